"""Will a target be met? Its pace and its forecast in sentences, worked out from nothing but what the page publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from impact import i18n
from impact.i18n import gettext as _
from impact.progress.cases import CaseInputs
from impact.progress.forecast import ALIKE, BREAK, NEAR, WIDER, Forecast, forecast, parity_on, words_of
from impact.progress.pace import pace
from impact.progress.pace_words import needed, so_far
from impact.progress.paths_drawn import SETTLED
from impact.progress.values_shown import expected, value_words


@dataclass(frozen=True)
class Outlook:
    """`sentences` in the order of the page; the inputs of the sum as (what, value)."""

    sentences: Sequence[str]
    sums: Sequence[tuple[str, str]] = ()


def outlook(case: CaseInputs, status: str, unit: str) -> Outlook | None:
    """None where there is nothing to foretell: it is settled, it is delivered or not, or start or date is not known."""
    if status in SETTLED or case.kind == "deliverable":
        return None
    if case.baseline is None or case.baseline_date is None or case.target_date is None:
        return None
    ways, found = pace(case), forecast(case)
    sentences = [*so_far(ways, unit), *needed(ways, case, unit), *_expected(found, case, unit)]
    return Outlook(sentences, _sums(found, unit)) if sentences else None


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


def _expected(found: Forecast, case: CaseInputs, unit: str) -> list[str]:
    if found.kind == "direction":
        return [_("Two figures show a direction; a forecast needs three.")]
    if found.kind != "band" or found.low is None or found.high is None or found.chance is None:
        return [_("Forecast: cannot say. %(why)s", why=i18n.say(found.reason))] if found.reason else []
    low, high = (value_words(expected(value, unit), unit) for value in (found.low, found.high))
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
