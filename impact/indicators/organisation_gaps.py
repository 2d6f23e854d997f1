"""How much of a gap is open in organisations, by sector or field: the median of what they publish themselves. Pure.

A sector is named from five organisations on. The others are put together, and the smallest named one with them where
they would still be fewer than five, so that no group of fewer can be worked out from what is printed. There is no
median of all beside those of the sectors, and every median is a whole per cent: one organisation more or less shows
as little as can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from impact.indicators.kinds import Direction, Unit

#: Fewer organisations have no median of their own.
LEAST = 5
#: The group of those whose own has fewer than five.
OTHERS = ""

_FROM, _TO = Decimal(40), Decimal(60)
_HUNDRED = Decimal(100)
_SHARES = frozenset({Unit.PERCENT, Unit.SCORE_100})
_POINTS = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS})
_RATIOS = frozenset({Unit.RATIO, Unit.INDEX})


@dataclass(frozen=True, slots=True)
class Published:
    """One organisation's newest published figure on one indicator, as the part of the gap that is open (0 to 1)."""

    indicator: str
    group: str
    organisation: int
    gap: Decimal


@dataclass(frozen=True, slots=True)
class GroupGap:
    """The median gap of a sector or field on one indicator. `percent` is whole, `group` is OTHERS for those together."""

    indicator: str
    group: str
    organisations: int
    percent: int


def open_part(direction: str, unit: str, value: Decimal, cap: Decimal | None = None) -> Decimal | None:
    """The part of the gap that a figure leaves open, 0 to 1; None for figures that know no highest possible value.

    Shares that aim at parity: the distance to the band from 40 to 60 %, by 40. Ratios: the smaller of the two by the
    larger, from 1. A signed gap in per cent: its size. Scores and shares that aim up or down: the distance to 100 or 0.
    """
    match direction:
        case Direction.PARITY if unit == Unit.PERCENT:
            return _within(max(_FROM - value, value - _TO) / _FROM)
        case Direction.AT_LEAST_40 if unit == Unit.PERCENT:
            return _within((_FROM - value) / _FROM)
        case Direction.RATIO_TO_1 | Direction.INDEX_TO_1 if unit in _RATIOS and value >= 0:
            return 1 - (min(value, 1 / value) if value else Decimal(0))
        case Direction.UP_TO_CAP if cap:
            return _within((cap - value) / cap)
        case Direction.SIGNED_GAP if unit in _POINTS:
            return _within(abs(value) / _HUNDRED)
        case Direction.UP if unit in _SHARES:
            return _within((_HUNDRED - value) / _HUNDRED)
        case Direction.UP if unit == Unit.INDEX:
            return _within(1 - value)
        case Direction.DOWN if unit in _SHARES:
            return _within(value / _HUNDRED)
        case Direction.DOWN if unit == Unit.INDEX:
            return _within(value)
    return None


def _within(part: Decimal) -> Decimal:
    return min(max(part, Decimal(0)), Decimal(1))


def medians(figures: Iterable[Published]) -> list[GroupGap]:
    """The median gap of each group and indicator with enough organisations, the widest first.

    An organisation counts once on an indicator, with the first of its figures.
    """
    by_indicator: dict[str, dict[int, Published]] = defaultdict(dict)
    for figure in figures:
        by_indicator[figure.indicator].setdefault(figure.organisation, figure)
    found = []
    for indicator, rows in by_indicator.items():
        groups: dict[str, list[Decimal]] = defaultdict(list)
        for row in rows.values():
            groups[row.group].append(row.gap)
        for group, parts in _large_enough(groups).items():
            found.append(GroupGap(indicator, group, len(parts), _whole_percent(median(parts))))
    return sorted(found, key=lambda one: (-one.percent, one.indicator, one.group))


def _large_enough(groups: dict[str, list[Decimal]]) -> dict[str, list[Decimal]]:
    """Groups of at least five; the rest together, with the smallest group beside them until they are five too."""
    named = {group: parts for group, parts in groups.items() if group != OTHERS and len(parts) >= LEAST}
    rest = [part for group, parts in groups.items() if group not in named for part in parts]
    while rest and len(rest) < LEAST and named:
        smallest = min(named, key=lambda group: (len(named[group]), group))
        rest += named.pop(smallest)
    return {**named, OTHERS: rest} if len(rest) >= LEAST else named


def _whole_percent(part: Decimal) -> int:
    return int((part * _HUNDRED).quantize(Decimal(1), rounding=ROUND_HALF_UP))
