"""Student's t distribution for whole degrees of freedom, by its closed form. Standard library only; floats."""

from __future__ import annotations

from functools import cache
from math import atan, cos, pi, sin, sqrt


def below(t: float, freedom: int) -> float:
    """The chance that a value of this distribution lies at or below t (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2 == 1
    term = cos(angle) if odd else 1.0
    total = 0.0
    for step in range(freedom // 2):
        if step:
            term *= cos(angle) ** 2 * ((2 * step) / (2 * step + 1) if odd else (2 * step - 1) / (2 * step))
        total += term
    inner = (2 / pi) * (angle + sin(angle) * total) if odd else sin(angle) * total
    return 0.5 + inner / 2


@cache
def quantile(share: float, freedom: int) -> float:
    """The value that this share (more than a half) lies below, by halving."""
    low, high = 0.0, 1.0
    while below(high, freedom) < share:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle, freedom) < share else (low, middle)
    return (low + high) / 2
