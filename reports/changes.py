"""What a new edition changes, figure by figure, for the page about the edition."""

from __future__ import annotations

from decimal import Decimal

from impact.messages import gettext_noop as N_
from reports.snapshot_types import Snapshot
from reports.target_facts import FigureFacts, TargetFacts
from reports.values import Day, Number, Sentence, Term, Text, Value
from reports.words import STATUSES

CHANGED = N_("%(what)s, %(day)s: %(after)s instead of %(before)s.")
ADDED = N_("%(what)s, %(day)s: %(after)s is new.")
JUDGED = N_("%(what)s: the status is “%(after)s” instead of “%(before)s”.")
OTHERWISE = N_("Words, evidence or particulars were changed; no figure was.")
TOLD = N_("%(what)s: “%(text)s” was written anew.")
STATEMENT = N_("The statement of the leader was written anew.")
MORE = N_("%(number)s more changes stand in the tables and texts.")
#: What a champion tells of a target, under the heads of its page.
TEXTS = {
    "narrative": N_("What was done"),
    "worked": N_("What worked"),
    "obstacles": N_("What stood in the way"),
    "next_steps": N_("What comes next"),
}
NOT_MEASURED = N_("not measured")
#: A long list would fill the page; what is left out stands in the tables.
MOST = 8


def between(before: Snapshot, after: Snapshot) -> tuple[Sentence, ...]:
    """Sentences for every figure, status and text that differs, at most a page's worth; then how many more there are."""
    old_figures, old_statuses = _figures(before), _statuses(before)
    said = []
    for key, (name, figure, unit) in _figures(after).items():
        now = _value(figure, unit)
        values: dict[str, Value] = {"what": name, "day": Day(figure.on)}
        if key not in old_figures:
            said.append(Sentence(ADDED, {**values, "after": now}))
        elif (was := _value(old_figures[key][1], unit)) != now:
            said.append(Sentence(CHANGED, {**values, "before": was, "after": now}))
    for code, (name, status) in _statuses(after).items():
        if code in old_statuses and old_statuses[code][1] != status:
            was_called, is_called = Term(STATUSES[old_statuses[code][1]]), Term(STATUSES[status])
            said.append(Sentence(JUDGED, {"what": name, "before": was_called, "after": is_called}))
    said += _rewritten(before, after)
    if len(said) > MOST:
        left = Number(Decimal(len(said) - MOST + 1), "count")
        said = [*said[: MOST - 1], Sentence(MORE, {"number": left})]
    return tuple(said) or (Sentence(OTHERWISE),)


def _rewritten(before: Snapshot, after: Snapshot) -> list[Sentence]:
    """The texts that say something else than before; a reader of the figures would not find them."""
    old = {_key(target): target for commitment in before.commitments for target in commitment.targets}
    said = []
    if before.statement and after.statement and before.statement.text != after.statement.text:
        said.append(Sentence(STATEMENT))
    for commitment in after.commitments:
        for target in commitment.targets:
            was = old.get(_key(target))
            for name, head in TEXTS.items():
                if was is not None and getattr(was, name) != getattr(target, name):
                    said.append(Sentence(TOLD, {"what": target.indicator.name, "text": Term(head)}))
    return said


def _figures(snapshot: Snapshot) -> dict[tuple[str, str, str], tuple[Text, FigureFacts, str]]:
    return {
        (*_key(target), figure.on.isoformat()): (target.indicator.name, figure, target.indicator.unit)
        for commitment in snapshot.commitments
        for target in commitment.targets
        for figure in target.figures
    }


def _statuses(snapshot: Snapshot) -> dict[tuple[str, str], tuple[Text, str]]:
    return {
        _key(target): (target.indicator.name, target.verdict.status)
        for commitment in snapshot.commitments
        for target in commitment.targets
    }


def _key(target: TargetFacts) -> tuple[str, str]:
    return target.indicator.code, target.scope.text if target.scope else ""


def _value(figure: FigureFacts, unit: str) -> Value:
    return Number(figure.value, unit) if figure.value is not None else Term(NOT_MEASURED)
