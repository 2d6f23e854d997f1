"""The list of gaps, the widest first: which fit a filter, in which order, and a page of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.indicators.severity import OVERALL, Gap, People, people_concerned

PAGE = 25
#: A gap that prints as 0.0 per cent is closed.
_CLOSED = 0.0005


class AddressedBy(StrEnum):
    """Whose published commitments in force are set against a gap. The government's are named before the others'."""

    GOVERNMENT = "government"
    ORGANISATIONS = "organisations"
    NOBODY = "nobody"


class Level(StrEnum):
    """What a row of the list is about."""

    AREAS = "areas"
    INDICATORS = "indicators"


class Order(StrEnum):
    """The widest gap first, or the most people times the width of their gap."""

    SEVERITY = "severity"
    PEOPLE = "people"


@dataclass(frozen=True)
class Economy:
    """The gaps of one country in one edition of the index, and how many people live there (None: not known).

    `import_ids`: the imports that the figures come from.
    """

    iso3: str
    year: int
    gaps: tuple[Gap, ...]
    population: int | None = None
    women_and_girls: int | None = None
    population_year: int | None = None
    import_ids: frozenset[int] = frozenset()

    @property
    def people(self) -> People | None:
        return people_concerned(self.population, self.women_and_girls)

    def gap(self, key: str) -> Gap | None:
        """The gap of an area or an indicator; None where there are no data."""
        return next((gap for gap in self.gaps if gap.key == key), None)


@dataclass(frozen=True)
class Row:
    """One open gap of one country."""

    economy: Economy
    gap: Gap
    addressed_by: AddressedBy

    @property
    def key(self) -> str:
        """Its name in an address: "JPN.political", "JPN.parl"."""
        return f"{self.economy.iso3}.{self.gap.key}"


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty text asks for everything."""

    level: Level = Level.AREAS
    area: str = ""
    region: str = ""
    addressed: str = ""
    order: Order = Order.SEVERITY


#: {(country, indicator or area): who has a published commitment in force on it}; nobody where nothing stands.
Coverage = Mapping[tuple[str, str], AddressedBy]


def open_gaps(
    economies: Iterable[Economy], coverage: Coverage, wanted: Filters, region_of: Callable[[str], str]
) -> list[Row]:
    """The open gaps that fit, in their order: the first is where change is hardest. `region_of` takes a country's code."""
    found = []
    for economy in economies:
        if wanted.region and region_of(economy.iso3) != wanted.region:
            continue
        for gap in economy.gaps:
            if not _fits(gap, wanted):
                continue
            by = coverage.get((economy.iso3, gap.key), AddressedBy.NOBODY)
            if not wanted.addressed or by == wanted.addressed:
                found.append(Row(economy, gap, by))
    return sorted(found, key=_by_people if wanted.order == Order.PEOPLE else _by_severity)


def _fits(gap: Gap, wanted: Filters) -> bool:
    if gap.severity < _CLOSED or gap.area == OVERALL or (wanted.area and gap.area != wanted.area):
        return False
    return bool(gap.indicator) == (wanted.level == Level.INDICATORS)


def _by_severity(row: Row) -> tuple[float, str]:
    return -row.gap.severity, row.key


def _by_people(row: Row) -> tuple[float, float, str]:
    """Countries whose people nobody counted come last."""
    people = row.economy.people
    return -(people.number * row.gap.severity if people else 0.0), -row.gap.severity, row.key


def page_of(rows: Sequence[Row], after: str, size: int = PAGE) -> tuple[list[tuple[int, Row]], str]:
    """([(place, row)] of the page that begins after a row's key; the key of the next page or "").

    A key that is not in the list begins at the start.
    """
    start = next((place for place, row in enumerate(rows, start=1) if row.key == after), 0)
    shown = list(enumerate(rows[start : start + size], start=start + 1))
    return shown, shown[-1][1].key if shown and start + size < len(rows) else ""


def who_addresses(links: Iterable[tuple[str, str, frozenset[str]]]) -> dict[tuple[str, str], AddressedBy]:
    """From (country, constituency, what a commitment's target moves) to who addresses what."""
    found: dict[tuple[str, str], AddressedBy] = {}
    for country, constituency, moved in links:
        for what in moved:
            if constituency == "government":
                found[country, what] = AddressedBy.GOVERNMENT
            else:
                found.setdefault((country, what), AddressedBy.ORGANISATIONS)
    return found
