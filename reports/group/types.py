"""Everything the report of a constituency, or of a whole year, says: frozen, typed, readable as JSON.

Shares stand here in whole per cent, as public pages round them where a group is small. So no later protection of a
small group can be undone by a report that was sealed before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reports import canonical
from reports.snapshot_types import EditionFacts, Settings
from reports.target_facts import Change
from reports.values import Sentence, Text


@dataclass(frozen=True)
class Stand:
    """One target: what was promised, its latest figure, and the status that the public rule gives it."""

    headline: Text
    sentence: Sentence
    indicator: Text
    code: str
    unit: str
    kind: str
    status: str
    value: Decimal | None = None
    value_on: date | None = None
    #: the reviewer's, where another was set
    override: str = ""


@dataclass(frozen=True)
class Member:
    """An organisation and its targets. `report`: in_time, was_late, late, open, in_grace, not_open, exempt or none."""

    name: Text
    constituency: str
    country: Text
    address: str
    report: str
    is_demonstration: bool = False
    is_recorded: bool = False
    stands: tuple[Stand, ...] = ()


@dataclass(frozen=True)
class Spread:
    """How the figures of one indicator lie; the five numbers are None where too few organisations opened theirs."""

    code: str
    name: Text
    unit: str
    organisations: int
    lowest: Decimal | None = None
    lower: Decimal | None = None
    median: Decimal | None = None
    upper: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True)
class CountryScores:
    """The gap index of a country: four subindexes and the whole, None where the source has no data."""

    name: Text
    iso3: str
    economic: Decimal | None
    education: Decimal | None
    health: Decimal | None
    political: Decimal | None
    overall: Decimal | None


@dataclass(frozen=True)
class Promised:
    """A commitment that was published in the year."""

    member: Text
    headline: Text
    on: date
    is_demonstration: bool = False


@dataclass(frozen=True)
class Amended:
    """An amendment that was approved in the year."""

    member: Text
    headline: Text
    number: int
    on: date
    changes: tuple[Change, ...] = ()
    #: message id
    reason: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class Missing:
    """A figure of the year that an organisation says it could not measure."""

    member: Text
    indicator: Text
    why: Text
    known_by: date | None = None
    is_demonstration: bool = False


@dataclass(frozen=True)
class GroupSnapshot:
    """`kind`: constituency, or global; then `constituency` is ""."""

    kind: str
    constituency: str
    year: int
    until: date
    edition: EditionFacts
    settings: Settings = field(default_factory=Settings)
    members: tuple[Member, ...] = ()
    spreads: tuple[Spread, ...] = ()
    countries: tuple[CountryScores, ...] = ()
    #: the edition of the gap index that `countries` are of, and who publishes it
    index_year: int | None = None
    index_source: str = ""
    promised: tuple[Promised, ...] = ()
    amended: tuple[Amended, ...] = ()
    missing: tuple[Missing, ...] = ()
    format: int = 1

    @property
    def counted(self) -> tuple[Member, ...]:
        """Those that the sums are about: invented organisations count only among their like."""
        real = tuple(member for member in self.members if not member.is_demonstration)
        return real or self.members

    @property
    def holds_demonstration(self) -> bool:
        return any(member.is_demonstration for member in self.members)

    def dump(self) -> bytes:
        """Canonical JSON."""
        return canonical.dump(self)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        return canonical.digest(self)

    @classmethod
    def load(cls, data: bytes | str | dict[str, object]) -> GroupSnapshot:
        """The snapshot again. ValueError where the data do not fit."""
        return canonical.load(cls, data)
