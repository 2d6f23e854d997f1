"""How many digits a printed share needs so that rounding never carries it over the limit that decided."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal


def in_hundredths(share: Decimal, limits: Iterable[Decimal | str] = (), most: int = 6) -> Decimal:
    """A share such as 0.9496 in per cent with as few digits as keep it on its side of each limit.

    `share` and `limits` are fractions of 1; 0.9496 against 0.95 gives 94.96, 0.97 gives 97, and 0.95 gives 95.
    """
    exact = share * 100
    marks = [Decimal(limit) * 100 for limit in limits]
    for digits in range(most):
        rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
        if all((exact < mark) == (rounded < mark) for mark in marks):
            return rounded
    return exact.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_EVEN)
