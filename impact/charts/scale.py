"""From values and days to places on the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

STEPS = (1.0, 2.0, 4.0, 5.0)
MOST_INTERVALS = 5


@dataclass(frozen=True)
class ValueScale:
    """A value axis drawn from `bottom` (the lowest tick) up to `top` (the highest), in drawing units."""

    ticks: tuple[float, ...]
    bottom: float
    top: float

    @property
    def lowest(self) -> float:
        return self.ticks[0]

    @property
    def highest(self) -> float:
        return self.ticks[-1]

    def __call__(self, value: float) -> float:
        share = (value - self.lowest) / (self.highest - self.lowest)
        return self.bottom - share * (self.bottom - self.top)


def ticks(
    values: Iterable[float], *, from_zero: bool = False, limits: tuple[float | None, float | None] = (None, None)
) -> tuple[float, ...]:
    """Three to six round numbers that enclose all values, never past the limits.

    The axis starts at zero when asked to, or when the lowest value is within a third of the highest.
    """
    numbers = list(values) or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    if from_zero or 0 <= low <= high / 3:
        low = min(0.0, low)
    elif high == low > 0:
        low = 0.0
    if high == low:
        high = low + 1.0
    # A little room between the extreme values and the frame, unless the extreme is the natural end.
    room = (high - low) * 0.04
    floor, ceiling = limits
    low -= room if low not in (0.0, floor) else 0.0
    high += room if high != ceiling else 0.0
    magnitude = 10.0 ** math.floor(math.log10((high - low) / 5))
    for step in (s * m for m in (magnitude, magnitude * 10) for s in STEPS):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= MOST_INTERVALS:
            break
    if floor is not None:
        first = max(first, math.ceil(floor / step))
    if ceiling is not None:
        last = min(last, math.floor(ceiling / step))
    if last <= first:
        last = first + 1
    return tuple(round(i * step, 10) for i in range(first, last + 1))


@dataclass(frozen=True)
class DayScale:
    """Whole calendar years from left to right, in every language; a year's name stands in the middle of its year."""

    first: int
    last: int
    left: float
    right: float

    def __call__(self, day: date) -> float:
        start = date(self.first, 1, 1).toordinal()
        end = date(self.last + 1, 1, 1).toordinal()
        return self.left + (day.toordinal() - start) / (end - start) * (self.right - self.left)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def year_width(self) -> float:
        return (self.right - self.left) / len(self.years)

    def middle(self, year: int) -> float:
        return (self(date(year, 1, 1)) + self(date(year + 1, 1, 1))) / 2


def day_scale(days: Iterable[date], left: float, right: float) -> DayScale:
    """The years that hold all the days."""
    known = sorted(days)
    return DayScale(first=known[0].year, last=known[-1].year, left=left, right=right)
