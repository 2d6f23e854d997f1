"""From rows to what a page prints: the computed sentence of a target, and its line in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from impact import clock, i18n
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import sentence_for
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.progress.precision import in_hundredths
from impact.progress.values_shown import unit_of, value_words
from impact.progress.verdicts import Standing, verdicts_of
from impact.registry.figures_shown import filled
from impact.registry.titles import target_title, title_of

#: Statuses that the pace decides.
PACED = frozenset({"on_track", "slightly_behind", "far_behind", "moving_away"})


def words_of(target: Target) -> str:
    """The target as a sentence in the reader's language, computed from its numbers."""
    said = sentence_for(target)
    return i18n.say(said.message, said.values) if said else target.scope


@dataclass(frozen=True)
class Line:
    """One commitment in a list, in finished words."""

    url: str
    sentence: str
    who: str
    status: str | None
    why: str
    latest: str
    latest_when: str


def lines(commitments: Sequence[Commitment], known: dict[int, Standing] | None = None) -> list[Line]:
    """The lines of these commitments; the number of queries does not depend on their number."""
    firsts = [commitment.targets[0] for commitment in commitments if commitment.targets]
    standings = known if known is not None else verdicts_of(firsts, clock.today()) if firsts else {}
    return [_line(commitment, standings) for commitment in commitments]


def target_lines(commitments: Sequence[Commitment], indicator_id: int) -> list[Line]:
    """A line for each target that is set against this indicator, in its own sentence."""
    targets = [
        (number, target)
        for commitment in commitments
        for number, target in enumerate(commitment.targets, start=1)
        if target.indicator_id == indicator_id
    ]
    standings = verdicts_of([target for _number, target in targets], clock.today()) if targets else {}
    return [_line_of_target(target, number, standings[target.id]) for number, target in targets]


def _line(commitment: Commitment, standings: dict[int, Standing]) -> Line:
    first = commitment.targets[0] if commitment.targets else None
    standing = standings.get(first.id) if first else None
    more = len(commitment.targets) - 1
    others = ngettext("and one more target", "and %(num)s more targets", more) if more > 0 else ""
    latest, latest_when = latest_of(first, standing) if first and standing else ("", _("no figure yet"))
    return Line(
        url=url_for("registry.commitment", public_id=commitment.public_id),
        sentence=title_of(commitment),
        who=commitment.champion.name_in(i18n.current()),
        status=standing.verdict.status if standing else None,
        why=" · ".join(part for part in (why_of(standing) if standing else "", others) if part),
        latest=latest,
        latest_when=latest_when,
    )


def _line_of_target(target: Target, number: int, standing: Standing) -> Line:
    commitment = target.commitment
    anchor = f"target-{number}" if len(commitment.targets) > 1 else None
    latest, latest_when = latest_of(target, standing)
    who = commitment.champion.name_in(i18n.current())
    scope = i18n.in_its_language(target.scope, commitment.language)
    said = (
        filled(_("%(who)s: %(scope)s"), who=who, scope=scope) if target.scope and target.kind != "deliverable" else who
    )
    return Line(
        url=url_for("registry.commitment", public_id=commitment.public_id, _anchor=anchor),
        sentence=target_title(target),
        who=said,
        status=standing.verdict.status,
        why=why_of(standing),
        latest=latest,
        latest_when=latest_when,
    )


def latest_of(target: Target, standing: Standing) -> tuple[str, str]:
    """(the latest figure, its day); the starting point, called so, where there is no later one."""
    verdict, case = standing.verdict, standing.found.inputs
    unit = unit_of(target)
    if verdict.latest is not None and verdict.latest_on is not None:
        return value_words(verdict.latest, unit, (verdict.goal,)), i18n.long_date(verdict.latest_on)
    if case.baseline is not None and case.kind != "deliverable":
        return value_words(case.baseline, unit), _("starting point")
    return "", _("no figure yet")


def why_of(standing: Standing) -> str:
    """What decided the status, in a few words."""
    verdict, case = standing.verdict, standing.found.inputs
    if verdict.status == "reached" and verdict.first_met_on is not None:
        return _("first on %(day)s", day=i18n.long_date(verdict.first_met_on))
    if verdict.status in PACED and verdict.p is not None and verdict.e is not None:
        way = i18n.percent(in_hundredths(verdict.p, ("-0.02",)))
        return _("%(way)s of the way, %(time)s of the time", way=way, time=i18n.percent(in_hundredths(verdict.e)))
    if verdict.status == "cannot_say" and case.target_date is None:
        return _("no date published")
    if verdict.status == "cannot_say" and case.kind != "deliverable" and case.baseline is None:
        return _("no starting point published")
    return i18n.say(verdict.reason, verdict.values) if verdict.reason else ""
