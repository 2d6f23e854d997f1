"""How a target's pace compares with that of others who promised the same: a private answer, never a list. Pure.

The others' figures are published already, so nothing new is told of anybody; but a ranking is not what the programme is
for. Therefore: no names, oneself left out, nothing under FEWEST others, and of the others only the middle and the
upper quarter, rounded as figures are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles

from impact.progress.cases import CaseInputs
from impact.progress.distances import goal_of
from impact.progress.pace import pace

#: Under so many others nothing is said.
FEWEST = 8


@dataclass(frozen=True)
class Compared:
    """Paces towards the target, in the indicator's unit a year; `quarter` is 1 (slowest) to 4 (fastest)."""

    own: Decimal
    others: int
    median: Decimal
    upper: Decimal
    quarter: int


def towards(case: CaseInputs) -> Decimal | None:
    """The pace so far, positive towards the target; None where there is none. A gap closes towards nothing.

    For parity from either side it is positive towards the band.
    """
    ways = pace(case)
    if ways.so_far is None or case.baseline is None:
        return None
    if case.kind == "parity":
        return ways.so_far if case.baseline < 50 else -ways.so_far
    if case.kind == "signed_gap":
        return -ways.so_far if case.baseline > 0 else ways.so_far
    goal = goal_of(case)
    if goal is None:
        return None
    return ways.so_far if goal >= case.baseline else -ways.so_far


def compared(own: Decimal, others: Sequence[Decimal]) -> Compared | None:
    """Where `own` stands among the others' paces; None under FEWEST of them.

    The quarters are those of the others alone (method "inclusive": the slowest and the fastest are their ends).
    """
    if len(others) < FEWEST:
        return None
    lower, _middle, upper = quantiles(others, n=4, method="inclusive")
    middle = median(others)
    quarter = 1 + sum(own >= mark for mark in (lower, middle, upper))
    return Compared(own, len(others), middle, upper, quarter)
