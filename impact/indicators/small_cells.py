"""Small groups are never shown in public, nor whatever would give them away. Pure.

A reader of the public pages has: women + men + other + not disclosed = the whole; counted = women (for most
shares); value = counted / whole; all of it for every year, every corrected version and every sibling target. So what
is hidden is decided once for all of them:

- nobody small anywhere: everything is shown;
- only "other" or "not disclosed" small: both are hidden in every year, and with them the larger group that the
  counted number does not name. The whole minus the shown parts is then never below the threshold;
- women, men, those counted or those left over small: no count is shown in any year, and values are rounded so far
  that no pair of counts can be read back out of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

PARTS = ("women", "men", "other", "undisclosed")
_LARGE = ("women", "men")
_REST = ("other", "undisclosed")


@dataclass(frozen=True)
class Counts:
    """The people behind one figure, one version of it, or a starting point."""

    counted: Decimal | None
    whole: Decimal | None
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Hiding:
    """What the public does not see of a target: these parts; and with `counts` every count, with values rounded."""

    parts: frozenset[str] = frozenset()
    counts: bool = False


OPEN = Hiding()
CLOSED = Hiding(frozenset(PARTS), counts=True)


def hiding_for(known: Iterable[Counts], threshold: int, share: bool) -> Hiding:
    """`known`: everything that is public about the same people. `share`: those counted are some of the whole."""
    everything = list(known)
    if any(_large_groups_are_small(counts, threshold, share) for counts in everything):
        return CLOSED
    if not any(0 < counts.parts.get(part, 0) < threshold for counts in everything for part in _REST):
        return OPEN
    # The number counted names one of the two large groups; hiding that one would hide nothing.
    men_counted = any(
        counts.counted is not None
        and counts.counted == counts.parts.get("men")
        and counts.counted != counts.parts.get("women")
        for counts in everything
    )
    both_named = men_counted and any(
        counts.counted is not None and counts.counted == counts.parts.get("women") for counts in everything
    )
    if both_named:
        return CLOSED
    third = "women" if men_counted else "men"
    hidden = Hiding(frozenset({*_REST, third}))
    # A year in which the third group is missing would leave the small one alone with the whole.
    alone = any(counts.parts and third not in counts.parts for counts in everything)
    return CLOSED if alone else hidden


def _large_groups_are_small(counts: Counts, threshold: int, share: bool) -> bool:
    groups: list[Decimal | int] = [counts.parts[part] for part in _LARGE if part in counts.parts]
    if counts.counted is not None and counts.whole is not None:
        groups += [counts.counted, counts.whole - counts.counted if share else counts.whole]
    return any(0 < group < threshold for group in groups)


def coarse(value: Decimal, baseline: Decimal | None, unit: str) -> Decimal:
    """A whole per cent (or two significant digits of another unit), rounded to the side of the starting point.

    So no target is called reached that was not, and none moving away that stood still. The status is worked out from
    this value too: a reader who redoes the sum gets the same result and learns nothing more.
    """
    step = Decimal(1).scaleb(0 if unit == "percent" else value.adjusted() - 1)
    if baseline is None or value >= baseline:
        rounded = value.quantize(step, rounding=ROUND_FLOOR)
        return rounded if baseline is None else max(rounded, baseline)
    return min(value.quantize(step, rounding=ROUND_CEILING), baseline)
