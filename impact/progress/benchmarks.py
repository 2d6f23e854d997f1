"""How fast comparable organisations move: the median, the upper quartile, and the quarter that one lies in. Pure.

Never a name and never a rank: fewer than eight others are not compared at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles

from impact.progress.cases import CaseInputs
from impact.progress.forecast import points_of
from impact.progress.pace import A_YEAR, pace
from impact.progress.rules import begun

FEWEST_OTHERS = 8
#: Units in which large and small organisations compare; a count or a sum of money says how large one is.
COMPARABLE = frozenset({"percent", "percentage_points", "ratio", "rate_per_100k", "per_1000", "index", "score_100"})


@dataclass(frozen=True)
class Benchmark:
    """Paces a year towards what the indicator aims at; `quarter` 1 is the slowest, None without a pace of one's own."""

    others: int
    median: Decimal
    upper_quartile: Decimal
    quarter: int | None = None


def closing(case: CaseInputs) -> Decimal | None:
    """How much nearer to its indicator's aim the target came in a year; below 0 further away; None without a figure."""
    way = begun(case)
    ways = pace(way)
    if ways.so_far is None or way.baseline is None or way.baseline_date is None:
        return None
    day, latest = points_of(way)[-1]
    nearer = _from_aim(way.direction, way.baseline) - _from_aim(way.direction, latest)
    return nearer * A_YEAR / (day - way.baseline_date).days


def _from_aim(direction: str, value: Decimal) -> Decimal:
    """Differences of it say how much nearer a value is; one-sided aims have no end, so only the difference counts."""
    if direction == "parity":
        return abs(value - 50)
    if direction == "signed_gap":
        return abs(value)
    return value if direction == "down" else -value


def benchmark(own: Decimal | None, others: Iterable[Decimal]) -> Benchmark | None:
    """Own pace among the others', which do not hold it; None where they are too few."""
    paces = list(others)
    if len(paces) < FEWEST_OTHERS:
        return None
    lower, median, upper = quantiles(paces, n=4, method="inclusive")
    quarter = None if own is None else 1 + sum(own >= limit for limit in (lower, median, upper))
    return Benchmark(len(paces), median, upper, quarter)
