"""How fast each target moves beside comparable organisations: for the champion's own people and for experts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion, Constituency
from impact.commitments.models import Target
from impact.economies import queries as economies
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.indicators.gap_links import ADDRESSES
from impact.indicators.gap_words import AREA_LABELS, indicator_name, is_indicator
from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.progress import queries
from impact.progress.benchmarks import COMPARABLE, FEWEST_OTHERS, Benchmark, benchmark, closing
from impact.progress.cases import CaseInputs, published_cases
from impact.progress.country_trend import trend_of
from impact.progress.operations.reports import name_of
from impact.progress.pace import pace
from impact.progress.rules import begun
from impact.progress.views.room import blueprint, demonstration

#: (year, {part of the index: value}), the oldest first.
Editions = list[tuple[int, dict[str, float | None]]]
QUARTERS = {1: N_("first quartile"), 2: N_("second quartile"), 3: N_("third quartile"), 4: N_("fourth quartile")}


@dataclass(frozen=True)
class Row:
    """One target in finished sentences; `url` is its public page, with the forecast."""

    name: str
    url: str
    sentences: list[str]


@blueprint.get("/organisations/<slug>/pace")
@of_champion(Action.BENCHMARK_SEE)
def benchmarks(champion: Champion) -> ResponseReturnValue:
    """Every public target with its paces, and the median and upper quartile of the others."""
    own, others = queries.own_and_comparable_targets(champion)
    cases = published_cases([*own, *others], clock.today())
    editions = _editions(champion)
    return render_template(
        "progress/benchmarks.html",
        rows=[_row(target, cases, others, editions) for target in own],
        fewest=FEWEST_OTHERS,
        **demonstration(champion),
    )


def _editions(champion: Champion) -> Editions:
    """The country of a government in every edition of the gap index; nothing for others, and for what is made up."""
    if champion.constituency != Constituency.GOVERNMENT or champion.is_demonstration or not champion.country:
        return []
    return [(one.year, {**one.ratios, **one.capped, **one.subindexes}) for one in economies.history(champion.country)]


def _row(target: Target, cases: dict[int, CaseInputs], others: Iterable[Target], editions: Editions) -> Row:
    case = cases[target.id]
    own, needed = closing(case), pace(begun(case)).needed
    unit = target.indicator.unit if target.indicator else ""
    said = _own_paces(own, needed, pace(begun(case)).reason, unit)
    if unit in COMPARABLE:
        same = [other for other in others if other.indicator_id == target.indicator_id]
        found = benchmark(own, _one_of_each(same, cases))
        said += _compared(found, needed, unit, target.commitment.champion.constituency)
    elif not pace(begun(case)).reason:
        said.append(_("Numbers of large and small organisations are not compared."))
    said += _country(target, editions)
    return Row(name_of(target), url_for("registry.commitment", public_id=target.commitment.public_id), said)


def _country(target: Target, editions: Editions) -> list[str]:
    """How the country moved in the index on what the target is about."""
    parts = ADDRESSES.get(target.indicator.code, frozenset()) if target.indicator else frozenset()
    found = trend_of(parts, editions)
    if found is None:
        return []
    name = indicator_name(found.part, i18n.current()) if is_indicator(found.part) else _(AREA_LABELS[found.part])
    said = [
        _(
            "The country’s own trend in the gap index: %(name)s went from %(first)s in %(start)s to %(last)s in %(end)s (at most %(highest)s can be reached).",
            name=name,
            first=i18n.number(found.first, 3),
            start=str(found.first_year),
            last=i18n.number(found.last, 3),
            end=str(found.last_year),
            highest=i18n.number(found.highest, 3),
        )
    ]
    if found.closes_in is not None:
        said.append(_("At that pace its gap closes in %(year)s.", year=str(found.closes_in)))
    elif found.last < found.highest:
        said.append(_("At that pace its gap does not close within a century."))
    return said


def _one_of_each(targets: Iterable[Target], cases: dict[int, CaseInputs]) -> list[Decimal]:
    """One pace for each organisation, the middle one where it has several such targets."""
    paces: dict[int, list[Decimal]] = {}
    for target in targets:
        found = closing(cases[target.id])
        if found is not None:
            paces.setdefault(target.commitment.champion_id, []).append(found)
    return [median(found) for found in paces.values()]


def _own_paces(own: Decimal | None, needed: Decimal | None, reason: str, unit: str) -> list[str]:
    said = []
    if own is not None:
        said.append(
            _("So far it came nearer to its aim by %(pace)s a year.", pace=_amount(own, unit))
            if own >= 0
            else _("So far it moved away from its aim by %(pace)s a year.", pace=_amount(-own, unit))
        )
    if needed is not None:
        said.append(_("From the latest figure on it needs %(pace)s a year.", pace=_amount(abs(needed), unit)))
    elif reason:
        said.append(i18n.say(reason))
    return said


def _compared(found: Benchmark | None, needed: Decimal | None, unit: str, constituency: str) -> list[str]:
    if found is None:
        return [_("Fewer than %(number)s others report on this: they are not compared.", number=FEWEST_OTHERS)]
    group = _group(constituency, found.others)
    middle, upper = _amount(found.median, unit), _amount(found.upper_quartile, unit)
    said = [
        _("Median of %(group)s: %(median)s a year; upper quartile: %(upper)s.", group=group, median=middle, upper=upper)
    ]
    if found.quarter is not None:
        quarter = _(QUARTERS[found.quarter])
        said.append(
            _("The pace so far lies in the %(quarter)s of %(group)s, from the slowest.", quarter=quarter, group=group)
        )
    if needed is not None:
        said.append(_ambition(abs(needed), found))
    return said


def _ambition(needed: Decimal, found: Benchmark) -> str:
    if needed > found.upper_quartile:
        return _("The pace needed is faster than three quarters of them have moved so far.")
    if needed > found.median:
        return _("The pace needed is faster than half of them have moved so far.")
    return _("Half of them have moved so far at least as fast as is needed here.")


def _group(constituency: str, number: int) -> str:
    if constituency == "university":
        return ngettext("%(num)s university", "%(num)s universities", number)
    if constituency == "corporation":
        return ngettext("%(num)s corporation", "%(num)s corporations", number)
    return ngettext("%(num)s government", "%(num)s governments", number)


def _amount(value: Decimal, unit: str) -> str:
    """A change a year with few places; of a share in percentage points."""
    places = 1 if abs(value) >= 1 else 2 if abs(value) >= Decimal("0.1") else 3
    short = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return i18n.value_with_unit(short, "percentage_points" if unit == "percent" else unit)
