"""What is wrong in a file of country figures: where it stands and which rule it breaks. Pure.

A fault is data, so that a page says it in its reader's language; as text it is the English line of the commands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: A file with more errors than this is wrong as a whole; the rest is counted.
MOST_ERRORS = 20


@dataclass(frozen=True)
class Fault:
    """One fault. `rule` is a gettext id that `values` fill: what would be right, or what cannot be.

    `row` and `column` are None where the fault is of the whole file or row, `value` where no cell is at fault. `detail`
    is what the machine says about it, in English, for the commands only.
    """

    file: str
    rule: str
    values: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None
    column: str | None = None
    value: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        rule = self.rule % self.values if self.values else self.rule
        found = [] if self.value is None else [repr(self.value)]
        return ": ".join([", ".join(place), *found, rule, *([self.detail] if self.detail else [])])


class Refused(ValueError):
    """A table that cannot be taken: the first faults, and how many `more` there are."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults[:MOST_ERRORS])
        self.more = len(faults) - len(self.faults)
        lines = [str(fault) for fault in self.faults] + ([f"and {self.more} more"] if self.more else [])
        super().__init__("\n".join(lines))
