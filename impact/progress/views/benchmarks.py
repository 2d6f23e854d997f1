"""How fast each target moves beside comparable organisations: for the champion's own people and for experts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments.models import Target
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.progress import queries
from impact.progress.benchmarks import COMPARABLE, FEWEST_OTHERS, Benchmark, benchmark, closing, quantile
from impact.progress.cases import CaseInputs, published_cases
from impact.progress.operations.reports import name_of
from impact.progress.pace import pace
from impact.progress.rules import begun
from impact.progress.views.room import blueprint, demonstration

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
    return render_template(
        "progress/benchmarks.html",
        rows=[_row(target, cases, others) for target in own],
        fewest=FEWEST_OTHERS,
        **demonstration(champion),
    )


def _row(target: Target, cases: dict[int, CaseInputs], others: Iterable[Target]) -> Row:
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
    return Row(name_of(target), url_for("registry.commitment", public_id=target.commitment.public_id), said)


def _one_of_each(targets: Iterable[Target], cases: dict[int, CaseInputs]) -> list[Decimal]:
    """One pace for each organisation, the middle one where it has several such targets."""
    paces: dict[int, list[Decimal]] = {}
    for target in targets:
        found = closing(cases[target.id])
        if found is not None:
            paces.setdefault(target.commitment.champion_id, []).append(found)
    return [quantile(sorted(found), Decimal("0.5")) for found in paces.values()]


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
    median, upper = _amount(found.median, unit), _amount(found.upper_quartile, unit)
    said = [
        _("Median of %(group)s: %(median)s a year; upper quartile: %(upper)s.", group=group, median=median, upper=upper)
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
