"""What of the counts everybody may read: no cell of fewer people than the threshold, and none to be worked out. Pure.

Cells below the threshold are told together. Where that sum is itself below it, or where it hides one cell alone, the
smallest shown cell joins it: the total is public, so a cell that stands alone could be had by a subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """`cells` are shown, the largest first; `together` people are in `hidden` cells that are not."""

    cells: tuple[tuple[str, int], ...]
    together: int = 0
    hidden: int = 0

    @property
    def total(self) -> int:
        return sum(count for _name, count in self.cells) + self.together


def published(counts: Mapping[str, int], threshold: int) -> Published:
    """{cell: people} as it may be shown; cells of nobody are left out. Its total is that of the counts."""
    rest = sorted(((name, count) for name, count in counts.items() if count > 0), key=lambda cell: (-cell[1], cell[0]))
    hidden: list[int] = []
    while rest and (rest[-1][1] < threshold or (hidden and (len(hidden) == 1 or sum(hidden) < threshold))):
        hidden.append(rest.pop()[1])
    return Published(tuple(rest), sum(hidden), len(hidden))
