"""Where the pace so far leads: the median of the yearly changes between any two figures (the slope of Theil and Sen).

The wedge spans the middle four fifths of those changes. It says what has been seen so far, not what will be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations

from impact.charts.definitions import Figure, Forecast

FEWEST = 3
DAYS_A_YEAR = Decimal("365.25")


def quantile(ordered: list[Decimal], share: Decimal) -> Decimal:
    """The value below which `share` (0 to 1) of a sorted, non-empty list lies, with straight lines between entries."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def forecast(
    baseline: Figure | None,
    figures: Iterable[Figure],
    until: date,
    limits: tuple[Decimal | None, Decimal | None] = (None, None),
) -> Forecast | None:
    """The forecast for the day `until`, or None with fewer than three reported figures or when that day has come.

    The baseline counts as a point of the pace, but not as one of the three figures. `limits` clamp the result.
    """
    reported = sorted((f for f in figures if f.value is not None), key=lambda f: f.day)
    if len(reported) < FEWEST or reported[-1].day >= until:
        return None
    points = ([baseline] if baseline and baseline.value is not None else []) + reported
    slopes = sorted(
        (later.value - earlier.value) / (later.day - earlier.day).days * DAYS_A_YEAR
        for earlier, later in combinations(points, 2)
        if earlier.value is not None and later.value is not None and later.day > earlier.day
    )
    last = reported[-1]
    assert last.value is not None
    years = (until - last.day).days / DAYS_A_YEAR

    def at(slope: Decimal) -> Decimal:
        assert last.value is not None
        value = last.value + slope * years
        lowest, highest = limits
        if lowest is not None:
            value = max(lowest, value)
        return value if highest is None else min(highest, value)

    low, middle, high = (at(quantile(slopes, Decimal(s))) for s in ("0.1", "0.5", "0.9"))
    return Forecast(day=until, low=low, middle=middle, high=high)
