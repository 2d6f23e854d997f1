"""The trend of a country in the gap index, beside a government's target on the same thing. Pure.

The change is that from the first to the last edition known, per year of editions: two editions are enough for it, and
more than a direction it is not; methods of the index changed between editions (see the page of the country).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from impact.indicators.gap_index import BY_KEY, highest

#: Nobody is told of a year further off than this.
FAR_YEARS = 100


@dataclass(frozen=True)
class Trend:
    """`part`: an indicator or a subindex of the index; values are ratios or scores, `highest` is as high as it goes."""

    part: str
    first_year: int
    first: Decimal
    last_year: int
    last: Decimal
    highest: Decimal

    @property
    def a_year(self) -> Decimal:
        return (self.last - self.first) / (self.last_year - self.first_year)

    @property
    def closes_in(self) -> int | None:
        """The year in which it gets as high as it goes at this pace; None where it is there, falls, or takes a century."""
        if self.last >= self.highest or self.a_year <= 0:
            return None
        years = (self.highest - self.last) / self.a_year
        return self.last_year + ceil(years) if years <= FAR_YEARS else None


def trend_of(
    parts: Iterable[str],
    editions: Sequence[tuple[int, Mapping[str, float | None]]],
) -> Trend | None:
    """The trend of the first part that two editions know; indicators before subindexes, since they are nearer.

    `editions` are (year, {part: value}), the oldest first.
    """
    for part in sorted(parts, key=lambda one: (one not in BY_KEY, one)):
        known = [(year, value) for year, values in editions if (value := values.get(part)) is not None]
        if len(known) > 1:
            (first_year, first), (last_year, last) = known[0], known[-1]
            top = BY_KEY[part].benchmark if part in BY_KEY else highest(part)
            return Trend(part, first_year, _exact(first), last_year, _exact(last), _exact(top))
    return None


def _exact(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))
