"""What an import would change of the years it holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from impact.economies.reading import Entry

#: {(year, iso3): values}
Known = Mapping[tuple[int, str], Mapping[str, str]]


@dataclass(frozen=True)
class Change:
    """One value of one country and year; `before` or `after` is "" where there is none."""

    year: int
    iso3: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """Rows that come, values that change, rows that go, and how many rows stay as they are."""

    years: Sequence[int]
    added: Sequence[tuple[int, str]]
    changed: Sequence[Change]
    removed: Sequence[tuple[int, str]]
    unchanged: int

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


def difference(before: Known, entries: Iterable[Entry]) -> Difference:
    """`before` holds the current rows of the same kind, in the years of the file; an import replaces whole years."""
    after = {(entry.year, entry.iso3): entry.values for entry in entries}
    both = sorted(after.keys() & before.keys())
    changed = [
        Change(year, iso3, name, old, new)
        for year, iso3 in both
        for name in _names(before[year, iso3], after[year, iso3])
        if (old := before[year, iso3].get(name, "")) != (new := after[year, iso3].get(name, ""))
    ]
    return Difference(
        years=sorted({year for year, _iso3 in after}),
        added=sorted(after.keys() - before.keys()),
        changed=changed,
        removed=sorted(before.keys() - after.keys()),
        unchanged=len(both) - len({(one.year, one.iso3) for one in changed}),
    )


def _names(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))
