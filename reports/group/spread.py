"""How figures of several organisations lie: lowest, quartiles, median, highest. Pure, and never of a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import quantiles

#: Of fewer organisations a spread would tell the figures of each.
FEWEST = 5
_PLACE = Decimal("0.1")


@dataclass(frozen=True)
class Five:
    """Five numbers that say how figures lie."""

    lowest: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    highest: Decimal


def five(values: Sequence[Decimal]) -> Five | None:
    """Of at least five figures, one of each organisation; the quartiles lie between figures where they must."""
    if len(values) < FEWEST:
        return None
    lower, median, upper = (
        value.quantize(_PLACE, ROUND_HALF_UP) for value in quantiles(values, n=4, method="inclusive")
    )
    return Five(min(values), lower, median, upper, max(values))
