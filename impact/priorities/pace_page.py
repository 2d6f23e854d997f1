"""Is a target ambitious, will it be met: the pace of an organisation's targets, beside others who promised the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from markupsafe import Markup

from impact import clock, i18n
from impact.champions.models import Champion, Constituency
from impact.commitments.models import Target
from impact.i18n import ngettext
from impact.messages import gettext_noop as N_
from impact.priorities import queries
from impact.progress.comparison import Compared, compared, towards
from impact.progress.rules import begun
from impact.progress.verdicts import Standing, verdicts_of
from impact.registry.figures_shown import unit_of, value_words
from impact.registry.outlook import Outlook, outlook
from impact.registry.titles import target_title

QUARTERS = {
    1: N_("Your pace is in the slowest quarter of theirs."),
    2: N_("Your pace is in the second quarter of theirs, below the middle."),
    3: N_("Your pace is in the third quarter of theirs, above the middle."),
    4: N_("Your pace is in the fastest quarter of theirs."),
}


@dataclass(frozen=True)
class TargetPace:
    title: Markup
    public_id: str
    status: str
    outlook: Outlook | None
    comparison: Sequence[str]


def shown(champion: Champion) -> list[TargetPace]:
    """Every published target of the champion; the number of queries does not depend on their number."""
    today = clock.today()
    own = [target for commitment in queries.published_of(champion) for target in commitment.targets]
    others = _paces_of_others(champion, own, today)
    standings = verdicts_of(own, today) if own else {}
    return [_line(target, standings[target.id], others, champion) for target in own]


def _line(
    target: Target, standing: Standing, others: Mapping[int, Sequence[Decimal]], champion: Champion
) -> TargetPace:
    case, status, unit = begun(standing.found.inputs), standing.verdict.status, unit_of(target)
    return TargetPace(
        title=target_title(target),
        public_id=target.commitment.public_id,
        status=status,
        outlook=outlook(case, status, unit),
        comparison=_said(_comparison(standing, others.get(target.indicator_id or 0, ())), unit, champion),
    )


def _comparison(standing: Standing, others: Sequence[Decimal]) -> Compared | None:
    own = towards(begun(standing.found.inputs))
    return None if own is None else compared(own, others)


def _said(found: Compared | None, unit: str, champion: Champion) -> list[str]:
    if found is None:
        return []
    values = {
        "median": _a_year(found.median, unit),
        "upper": _a_year(found.upper, unit),
    }
    kinds = {
        Constituency.GOVERNMENT: ngettext(
            "%(num)s other government promised the same: its pace towards the target is %(median)s a year in the middle, %(upper)s at the upper quarter.",
            "%(num)s other governments promised the same: their pace towards the target is %(median)s a year in the middle, %(upper)s at the upper quarter.",
            found.others,
            **values,
        ),
        Constituency.CORPORATION: ngettext(
            "%(num)s other corporation promised the same: its pace towards the target is %(median)s a year in the middle, %(upper)s at the upper quarter.",
            "%(num)s other corporations promised the same: their pace towards the target is %(median)s a year in the middle, %(upper)s at the upper quarter.",
            found.others,
            **values,
        ),
        Constituency.UNIVERSITY: ngettext(
            "%(num)s other university promised the same: its pace towards the target is %(median)s a year in the middle, %(upper)s at the upper quarter.",
            "%(num)s other universities promised the same: their pace towards the target is %(median)s a year in the middle, %(upper)s at the upper quarter.",
            found.others,
            **values,
        ),
    }
    return [kinds[Constituency(champion.constituency)], i18n.say(QUARTERS[found.quarter])]


def _a_year(pace: Decimal, unit: str) -> str:
    return value_words(pace, "percentage_points" if unit == "percent" else unit)


def _paces_of_others(champion: Champion, own: Sequence[Target], today: date) -> dict[int, list[Decimal]]:
    """{indicator: the pace of each other organisation of the constituency}; of several targets of one its middle."""
    wanted = {target.indicator_id for target in own if target.indicator_id is not None}
    targets = queries.same_promises(champion, wanted) if wanted else []
    standings = verdicts_of(targets, today) if targets else {}
    by_organisation: dict[int, dict[int, list[Decimal]]] = {}
    for target in targets:
        found = towards(begun(standings[target.id].found.inputs))
        if found is not None and target.indicator_id is not None:
            of_one = by_organisation.setdefault(target.indicator_id, {})
            of_one.setdefault(target.commitment.champion_id, []).append(found)
    return {
        indicator: [median(paces) for paces in organisations.values()]
        for indicator, organisations in by_organisation.items()
    }
