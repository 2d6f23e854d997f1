"""Which way a target went when its value was amended."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from impact.indicators.kinds import Direction, Kind, TargetSpec, Unit, raised_or_lowered


@pytest.mark.parametrize(
    "kind, direction, baseline, old, new, went",
    [
        (Kind.LEVEL, Direction.UP, 20, 50, 60, 1),
        (Kind.LEVEL, Direction.UP, 20, 60, 50, -1),
        (Kind.LEVEL, Direction.DOWN, 20, 10, 5, 1),
        (Kind.LEVEL, Direction.DOWN, 20, 10, 15, -1),
        (Kind.LEVEL, Direction.PARITY, 20, 30, 40, 1),
        (Kind.LEVEL, Direction.PARITY, 90, 70, 60, 1),
        (Kind.LEVEL, Direction.PARITY, None, 30, 40, 0),
        (Kind.RELATIVE, Direction.DOWN, 20, -5, -10, 1),
        (Kind.POINTS, Direction.PARITY, 70, -5, -10, 1),
        (Kind.MULTIPLY, Direction.UP, 20, 3, 2, -1),
        (Kind.SIGNED_GAP, Direction.SIGNED_GAP, -9, 2, 1, 1),
        (Kind.CUMULATIVE, Direction.UP, 0, 100, 200, 1),
        (Kind.LEVEL, Direction.UP, 20, 50, 50, 0),
        (Kind.PARITY, Direction.PARITY, 20, None, None, 0),
    ],
)
def test_more_than_before_depends_on_the_kind_and_the_direction(
    kind: Kind, direction: Direction, baseline: int | None, old: int | None, new: int | None, went: int
) -> None:
    start = None if baseline is None else Decimal(baseline)
    before = TargetSpec(kind, direction, Unit.PERCENT, baseline=start, value=None if old is None else Decimal(old))
    after = replace(before, value=None if new is None else Decimal(new))
    assert raised_or_lowered(before, after) == went
