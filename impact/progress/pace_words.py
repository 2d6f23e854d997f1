"""Paces in sentences: the one wording for the public page, the pages of a champion and the reviewer's desk."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from impact import i18n
from impact.i18n import gettext as _
from impact.progress.cases import CaseInputs
from impact.progress.forecast import forecast, parity_on
from impact.progress.pace import Pace, parity_year, parity_year_so_far
from impact.progress.values_shown import value_words


def so_far(ways: Pace, unit: str) -> list[str]:
    """How the figure has moved from the starting point on; nothing before a figure."""
    if ways.so_far is None:
        return []
    if not ways.so_far:
        return [_("So far it has not changed.")]
    change = change_words(ways.so_far, unit)
    if ways.so_far > 0:
        return [_("So far it has risen by %(pace)s a year.", pace=change)]
    return [_("So far it has fallen by %(pace)s a year.", pace=change)]


def needed(ways: Pace, case: CaseInputs, unit: str) -> list[str]:
    """What it takes from the latest figure on; nothing where it is met or has no pace."""
    if ways.needed is None or ways.goal is None:
        return []
    values = {
        "pace": change_words(ways.needed, unit),
        "goal": value_words(ways.goal, unit),
        "day": i18n.long_date(case.target_date),
    }
    # A target within the band counts as met at its edge already: say why it is not the figure that was promised.
    if case.direction == "parity" and abs(ways.goal - 50) == case.band:
        if ways.needed > 0:
            return [_("To reach %(goal)s, where parity begins, by %(day)s it must rise by %(pace)s a year.", **values)]
        return [_("To reach %(goal)s, where parity begins, by %(day)s it must fall by %(pace)s a year.", **values)]
    if ways.needed > 0:
        return [_("To reach %(goal)s by %(day)s it must rise by %(pace)s a year.", **values)]
    return [_("To reach %(goal)s by %(day)s it must fall by %(pace)s a year.", **values)]


def parity_at_this_pace(ways: Pace, case: CaseInputs) -> list[str]:
    """When the pace so far leads to parity; nothing where the figures changed course or do not go there.

    By the line of the forecast where there is one, so that it is the year of the public page.
    """
    found = forecast(case)
    if found.kind not in {"band", "direction"}:
        return []
    day = parity_on(case, found) if found.kind == "band" else None
    year = day.year if day is not None else parity_year_so_far(case, ways)
    if year is None:
        return []
    if case.direction == "parity":
        low, high = _band(case)
        return [_("At this pace parity (%(low)s to %(high)s) comes in %(year)s.", low=low, high=high, year=str(year))]
    return [_("At this pace parity comes in %(year)s.", year=str(year))]


def parity_at_that_pace(ways: Pace, case: CaseInputs) -> list[str]:
    """When the pace that the target needs leads to parity; nothing where the target is parity, or has to do with none."""
    year = parity_year(case, ways)
    if year is None:
        return []
    # A pay gap is in per cent, too, but its parity is no band of a share.
    if case.direction == "parity":
        low, high = _band(case)
        return [
            _("At that pace parity (%(low)s to %(high)s) would come in %(year)s.", low=low, high=high, year=str(year))
        ]
    return [_("At that pace parity would come in %(year)s.", year=str(year))]


def _band(case: CaseInputs) -> tuple[str, str]:
    return i18n.percent(50 - case.band), i18n.percent(50 + case.band)


def change_words(change: Decimal, unit: str) -> str:
    """The size of a change a year, with as few places as tell it; of a share in percentage points."""
    size = abs(change)
    # Nobody is trained by a tenth.
    places = 0 if unit == "count" and size >= 10 else 1 if size >= 1 else 2 if size >= Decimal("0.1") else 3
    short = size.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return i18n.value_with_unit(short, "percentage_points" if unit == "percent" else unit)
