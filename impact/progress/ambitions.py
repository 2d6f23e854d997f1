"""How ambitious a target is, for those who write it and those who review it: registered with the room of commitments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from impact import clock, i18n
from impact.champions.models import Champion
from impact.charts import BarsChart, Forecast, PathChart
from impact.commitments.ambition import Ambition, Asked, tell_by
from impact.commitments.models import Target
from impact.commitments.specs import sentence_for
from impact.i18n import gettext as _
from impact.progress import queries
from impact.progress.benchmarks import COMPARABLE, FEWEST_OTHERS, closing
from impact.progress.cases import CaseFigure, CaseInputs, published_cases, without_figures
from impact.progress.distances import goal_of
from impact.progress.operations.reports import name_of
from impact.progress.pace import pace
from impact.progress.pace_words import needed, parity_at_that_pace, parity_at_this_pace, so_far
from impact.progress.paths_drawn import path_of, projection
from impact.progress.peers_compared import Editions, compared, country_said, editions_of, paces_of_each
from impact.progress.rules import begun
from impact.progress.values_shown import unit_of, value_words


@tell_by
def ambitions(champion: Champion, asked: Sequence[Asked]) -> Sequence[Ambition | None]:
    """Of each target with a pace: what it needs a year, how others move, when parity would come, the country's trend."""
    if not any(_has_a_pace(begun(without_figures(one.target, clock.today()))) for one in asked):
        return [None] * len(asked)
    others = _others(champion, [one.target for one in asked])
    known = published_cases([*(one.stored for one in asked if one.stored is not None), *others], clock.today())
    cases = [_case(one, known) for one in asked]
    ways = [pace(case) if _has_a_pace(case) else None for case in cases]
    editions = editions_of(champion)
    told: list[Ambition | None] = []
    for one, case, way in zip(asked, cases, ways, strict=True):
        if way is None:
            told.append(None)
            continue
        target = one.target
        code = target.indicator.code if target.indicator is not None else ""
        same = [other for other in others if other.indicator is not None and other.indicator.code == code]
        said = sentences(target, case, paces_of_each(same, known), champion.constituency, editions)
        told.append(Ambition(title_of(target), said, drawn(target, case)))
    return told


def sentences(
    target: Target, case: CaseInputs, others: Sequence[Decimal], constituency: str, editions: Editions
) -> list[str]:
    """Its paces, those of the others, the year of parity and the country's trend; `case` as it is counted."""
    ways, unit = pace(case), unit_of(target)
    said = [*so_far(ways, unit), *parity_at_this_pace(ways, case), *needed(ways, case, unit)]
    if ways.reason:
        said.append(i18n.say(ways.reason))
    said += parity_at_that_pace(ways, case)
    if unit in COMPARABLE or not ways.reason:
        said += compared(closing(case), ways.needed, others, unit, constituency)
    return said + country_said(target.indicator, editions)


def drawn(target: Target, case: CaseInputs) -> PathChart | BarsChart | None:
    """The needed path, the figures so far and, from three on, where they lead."""
    unit = unit_of(target)
    title = alternative(title_of(target), case, unit)
    return path_of(case, unit, title, ahead=ahead_of(case, unit), due_is_year=bool(target.due_is_year))


def ahead_of(case: CaseInputs, unit: str) -> Forecast | None:
    """Where the figures lead; nothing once the target is met or its time is over."""
    return projection(case, "", unit) if pace(case).needed is not None else None


def title_of(target: Target) -> str:
    """The target in one plain sentence; what it is called in lists where its numbers make none."""
    said = sentence_for(target)
    return i18n.show(said) if said is not None else name_of(target)


def alternative(title: str, case: CaseInputs, unit: str) -> str:
    """What a chart says to whoever does not see it: the target, and every figure."""
    told = [
        _("%(day)s: %(value)s", day=i18n.long_date(row.on), value=value_words(row.value, unit))
        for row in case.figures
        if row.value is not None
    ]
    if not told:
        return title
    return _("%(promise)s. Figures: %(figures)s.", promise=title.rstrip("."), figures="; ".join(told))


def _case(asked: Asked, known: Mapping[int, CaseInputs]) -> CaseInputs:
    """As it is counted, with the approved figures of what is published and those that are handed in."""
    approved = known[asked.stored.id].figures if asked.stored is not None else ()
    # A correction takes the place of the figure of its day.
    days = {day for day, _value in asked.reported}
    kept = [figure for figure in approved if figure.on not in days]
    handed_in = [CaseFigure(day, value) for day, value in asked.reported]
    return begun(replace(without_figures(asked.target, clock.today()), figures=(*kept, *handed_in)))


def _has_a_pace(case: CaseInputs) -> bool:
    """Not while something of it is missing or cannot be, and where nothing is needed and nothing is known."""
    if not case.kind or (case.kind not in {"zero", "parity"} and goal_of(case) is None):
        return False
    found = pace(case)
    return found.needed is not None or found.so_far is not None


def _others(champion: Champion, targets: Iterable[Target]) -> list[Target]:
    """Targets whose paces compare; none, and no question for their figures, where the organisations are too few."""
    ids = {row.indicator.id for row in targets if row.indicator is not None and row.indicator.unit in COMPARABLE}
    found = queries.comparable_targets(champion, ids) if ids else []
    many = {
        indicator
        for indicator in ids
        if len({row.commitment.champion_id for row in found if row.indicator_id == indicator}) >= FEWEST_OTHERS
    }
    return [row for row in found if row.indicator_id in many]
