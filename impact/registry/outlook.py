"""Will a target be met? Its pace and its forecast in sentences, worked out from nothing but what the page publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from impact import charts, i18n
from impact.i18n import gettext as _
from impact.progress.cases import CaseInputs
from impact.progress.forecast import ALIKE, BREAK, NEAR, WIDER, Forecast, forecast, parity_on, words_of
from impact.progress.pace import Pace, pace
from impact.registry.figures_shown import value_words

#: Statuses after which nobody asks whether the target will be met.
SETTLED = frozenset({"reached", "not_reached"})


@dataclass(frozen=True)
class Outlook:
    """`sentences` in the order of the page; the inputs of the sum as (what, value)."""

    sentences: Sequence[str]
    sums: Sequence[tuple[str, str]] = ()


def outlook(case: CaseInputs, status: str, unit: str) -> Outlook | None:
    """None where there is nothing to foretell: the target is settled, or is delivered or not."""
    if status in SETTLED or case.kind == "deliverable" or case.target_date is None:
        return None
    ways, found = pace(case), forecast(case)
    sentences = [*_paces(ways, case, unit), *_expected(found, case, unit)]
    return Outlook(sentences, _sums(found, unit)) if sentences else None


def band(case: CaseInputs, status: str, limits: tuple[Decimal | None, Decimal | None]) -> charts.Forecast | None:
    """The 80 % band for the chart, held within the values that are possible; None where there is none."""
    if status in SETTLED or case.condition is not None or case.target_date is None:
        return None
    found = forecast(case)
    if found.kind != "band" or found.low is None or found.high is None or found.at_due is None:
        return None
    low, middle, high = (
        _held(Decimal(str(round(value, 6))), limits) for value in (found.low, found.at_due, found.high)
    )
    return charts.Forecast(day=case.target_date, low=low, middle=middle, high=high)


def forecast_numbers() -> dict[str, str]:
    """The numbers of the method, for the page that explains it."""

    def listed(values: Sequence[object]) -> str:
        return " · ".join(i18n.number(Decimal(str(value))) for value in values)

    return {
        "factors": listed(list(WIDER.values())),
        "factor_points": listed(list(WIDER)),
        "alike": i18n.number(Decimal(str(ALIKE))),
        "break_limits": listed(list(BREAK.values())),
        "break_points": listed(list(BREAK)),
        "near": i18n.number(Decimal(str(NEAR))),
    }


def _held(value: Decimal, limits: tuple[Decimal | None, Decimal | None]) -> Decimal:
    lowest, highest = limits
    if lowest is not None:
        value = max(lowest, value)
    return value if highest is None else min(highest, value)


def _paces(ways: Pace, case: CaseInputs, unit: str) -> list[str]:
    said = []
    if ways.so_far is not None:
        change = _change(ways.so_far, unit)
        if ways.so_far > 0:
            said.append(_("So far it has risen by %(pace)s a year.", pace=change))
        elif ways.so_far < 0:
            said.append(_("So far it has fallen by %(pace)s a year.", pace=change))
        else:
            said.append(_("So far it has not changed."))
    if ways.needed is not None and ways.goal is not None:
        values = {
            "pace": _change(ways.needed, unit),
            "goal": value_words(ways.goal, unit),
            "day": i18n.long_date(case.target_date),
        }
        if ways.needed > 0:
            said.append(_("To reach %(goal)s by %(day)s it must rise by %(pace)s a year.", **values))
        else:
            said.append(_("To reach %(goal)s by %(day)s it must fall by %(pace)s a year.", **values))
    return said


def _expected(found: Forecast, case: CaseInputs, unit: str) -> list[str]:
    if found.kind == "direction":
        return [_("Two figures show a direction; a forecast needs three.")]
    if found.kind != "band" or found.low is None or found.high is None or found.chance is None:
        return [_("Forecast: cannot say. %(why)s", why=i18n.say(found.reason))] if found.reason else []
    low, high = (value_words(Decimal(str(round(value, 6))), unit) for value in (found.low, found.high))
    said = [
        _(
            "If it goes on like this, the figure of %(day)s will lie between %(low)s and %(high)s, in four cases of five.",
            day=i18n.long_date(case.target_date),
            low=low,
            high=high,
        ),
        _(
            "That the target is reached in time is %(words)s: about %(chance)s.",
            words=_(words_of(found.chance)),
            chance=i18n.percent(_chance(found.chance)),
        ),
    ]
    if found.met_on is not None:
        said.append(_("At this pace the target is met in %(year)s.", year=str(found.met_on.year)))
    parity = parity_on(case, found)
    if parity is not None:
        low, high = i18n.percent(50 - case.band), i18n.percent(50 + case.band)
        said.append(
            _("At this pace parity (%(low)s to %(high)s) comes in %(year)s.", low=low, high=high, year=str(parity.year))
        )
    return said


def _chance(share: float) -> Decimal:
    """Whole per cent; never 0 or 100, which would be a certainty."""
    return min(max(Decimal(round(share * 100)), Decimal(1)), Decimal(99))


def _sums(found: Forecast, unit: str) -> list[tuple[str, str]]:
    """What the forecast was worked out from, for whoever redoes it."""
    if found.kind != "band" or found.slope is None or found.at_due is None or found.spread is None:
        return []
    points = "; ".join(
        _("%(day)s: %(value)s", day=i18n.short_date(day), value=value_words(value, unit)) for day, value in found.points
    )
    return [
        (_("Points of the line"), points),
        (_("Slope, a year"), i18n.number(Decimal(str(round(found.slope, 4))))),
        (_("The line at the due date"), i18n.number(Decimal(str(round(found.at_due, 4))))),
        (_("Spread of an observed figure"), i18n.number(Decimal(str(round(found.spread, 4))))),
        (_("Degrees of freedom"), i18n.number(found.freedom)),
    ]


def _change(change: Decimal, unit: str) -> str:
    """The size of a change a year; of a share in percentage points."""
    return value_words(abs(change), "percentage_points" if unit == "percent" else unit)
