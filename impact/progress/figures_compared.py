"""The answers of a year as a reviewer reads them: each figure in full, what was promised, who is counted, what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from impact.commitments.labels import LABELS, in_full, readable
from impact.commitments.models import Milestone
from impact.commitments.specs import sentence_for
from impact.indicators.kinds import Value
from impact.messages import gettext_noop as N_
from impact.progress.models import Figure, ProgressReport
from impact.progress.operations.reports import name_of
from impact.progress.steps import done_on, steps_of
from impact.reviews.subjects import Difference, Words

#: What was written about a figure.
_WRITTEN: tuple[tuple[str, str], ...] = (
    ("parts_note", N_("Why the parts do not add up")),
    ("not_measured", N_("Not measured, because…")),
    ("known_by", N_("A figure will be known by")),
    ("source", N_("Source and how it was counted")),
    ("method_change", N_("What changed in the method or definition")),
    ("narrative", N_("What was done")),
    ("worked", N_("What worked")),
    ("obstacles", N_("What stood in the way")),
    ("next_steps", N_("Next steps")),
)
_PARTS: dict[str, str] = {
    "women": N_("Women"),
    "men": N_("Men"),
    "other": N_("Other or self-described"),
    "undisclosed": N_("Not disclosed"),
}
#: The fields that the figure in full says.
_SAID = ("numerator", "denominator", "on", "delivered")


def compared(report: ProgressReport, replaced: Mapping[int, Figure]) -> list[Difference]:
    """Every answer; beside it, in a correction, what it replaces (`replaced`: {id: the older figure})."""
    rows: list[Difference] = []
    for figure in report.figures:
        rows += _of_figure(figure, replaced.get(figure.supersedes_id or 0))
    for name, label in (
        ("statement", N_("Statement of the leader on the year")),
        ("correction_reason", N_("Why it is corrected")),
    ):
        if getattr(report, name):
            rows.append(Difference(name, label, "", getattr(report, name), is_first=True))
    return rows


def gist(report: ProgressReport) -> Sequence[Difference]:
    """Each figure in full, behind the name of its target."""
    return [
        _row(
            figure,
            "value",
            N_("Figure"),
            "",
            # The name is set apart, so that it keeps its own direction among words of another one.
            Words(
                N_("%(scope)s: %(field)s"),
                {"scope": f"\u2068{name_of(figure.target)}\u2069", "field": in_words(figure)},
            ),
            is_first=True,
        )
        for figure in report.figures
    ]


def in_words(figure: Figure) -> Any:
    """ "27.4% (118 of 430), 31 December 2021"; whether a thing is delivered; or that nothing was measured."""
    if figure.not_measured:
        return Words(N_("Not measured"))
    if figure.delivered is not None:
        done = Words(N_("Delivered") if figure.delivered else N_("Not delivered yet"))
        return in_full(done, None, None, figure.on)
    value: Any = figure.value
    if value is not None and figure.target.indicator is not None:
        value = Value(value, figure.target.indicator.unit)
    day = str(figure.on.year) if figure.on is not None and figure.on_is_year else figure.on
    return in_full(value, figure.numerator, figure.denominator, day)


def _of_figure(figure: Figure, old: Figure | None) -> list[Difference]:
    is_first = old is None
    target = figure.target
    rows = [_row(figure, "value", N_("Figure"), in_words(old) if old else "", in_words(figure), is_first, _SAID)]
    for name, label, said in (
        ("promise", N_("What is promised"), sentence_for(target) or ""),
        (
            "starting_point",
            LABELS["baseline_value"],
            "" if target.baseline_value is None else readable(target, "baseline_value"),
        ),
        ("indicator", LABELS["indicator"], readable(target, "indicator")),
    ):
        if said != "":
            rows.append(_row(figure, name, label, said, said, is_first))
    counted = _counted(old) if old else "", _counted(figure)
    if any(counted):
        rows.append(_row(figure, "parts", N_("Who is counted"), *counted, is_first, tuple(_PARTS)))
    if figure.steps:
        said = [_step(step, done_on(figure, step)) for _name, step in steps_of(figure)]
        before = [_step(step, done_on(old, step) if old else None) for _name, step in steps_of(figure)]
        rows.append(_row(figure, "steps", N_("Steps"), before, said, is_first))
    for name, label in _WRITTEN:
        sides = (getattr(old, name) or "" if old else "", getattr(figure, name) or "")
        if any(sides):
            rows.append(_row(figure, name, label, *sides, is_first))
    pieces = "\n".join(piece.title for piece in figure.evidence if piece.removed_at is None)
    if pieces:
        rows.append(_row(figure, "evidence", N_("Evidence"), pieces, pieces, is_first))
    return rows


def _step(step: Milestone, day: date | None) -> Words:
    name = step.title or step.on
    if day is None:
        return Words(N_("%(step)s: not done yet"), {"step": name})
    return Words(N_("%(step)s: done on %(day)s"), {"step": name, "day": day})


def _counted(figure: Figure) -> Any:
    known = [(label, figure.parts.get(part)) for part, label in _PARTS.items()]
    return [
        Words(N_("%(part)s: %(number)s"), {"part": Words(label), "number": number})
        for label, number in known
        if number is not None
    ] or ""


def _row(
    figure: Figure,
    name: str,
    label: str,
    before: Any,
    after: Any,
    is_first: bool = False,
    says_also: tuple[str, ...] = (),
) -> Difference:
    prefix = f"figure:{figure.public_id}:"
    return Difference(
        prefix + name,
        Words(N_("%(scope)s: %(field)s"), {"scope": name_of(figure.target), "field": Words(label)}),
        before,
        after,
        is_first,
        part=name_of(figure.target),
        short=label,
        leads=name == "value",
        says_also=tuple(prefix + field for field in says_also),
    )
