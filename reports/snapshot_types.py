"""Everything the annual report of one champion and one year says, as data: frozen, typed, readable as JSON.

No finished sentence stands here, only what sentences are made from (reports/values.py), so that one snapshot gives the
report in every language. What people wrote is a `Text`: the words with the language they were written in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from reports import canonical
from reports.target_facts import TargetFacts
from reports.values import Sentence, Text


@dataclass(frozen=True)
class Organisation:
    name: Text
    constituency: str
    country: Text | None = None
    sector: Text | None = None
    website: str = ""
    people: int | None = None
    is_demonstration: bool = False
    is_recorded: bool = False


@dataclass(frozen=True)
class Leader:
    name: str
    office: Text
    since: date | None = None


@dataclass(frozen=True)
class Statement:
    """The leader's words on the year. The first sentence of `text`, up to a line break, is set large."""

    text: Text
    signed_off_on: date | None = None


@dataclass(frozen=True)
class EditionFacts:
    """`code` names the edition in public, `address` is where it can be read, `changes` what it corrects."""

    code: str
    number: int
    taken_at: datetime
    address: str = ""
    approved_on: date | None = None
    replaces: str = ""
    changes: tuple[Sentence, ...] = ()
    #: where anybody can check the edition
    verification: str = field(default="", metadata={canonical.ADDED_LATER: True})
    #: why there is a correction, in the champion's words
    reason: Text | None = field(default=None, metadata={canonical.ADDED_LATER: True})


@dataclass(frozen=True)
class KeyFigure:
    """A figure for the page at a glance. `is_share`: drawn on a line from 0 to 100 with the parity band."""

    label: Text
    unit: str
    now: Decimal | None
    now_year: int
    before: Decimal | None = None
    before_year: int | None = None
    is_share: bool = False


@dataclass(frozen=True)
class CommitmentFacts:
    number: int
    headline: Text
    targets: tuple[TargetFacts, ...]
    why: Text | None = None
    actions: Text | None = None
    responsible: Text | None = None
    published_on: date | None = None
    recorded_source: str = ""
    address: str = ""


@dataclass(frozen=True)
class Gap:
    """Something that is not known: `kind` is not_measured, cannot_say or withheld; `about` names the thing."""

    kind: str
    about: Text
    year: int | None = None
    why: Text | None = None
    reason: Sentence | None = None
    known_by: date | None = None
    answers: Text | None = None


@dataclass(frozen=True)
class AnnexRow:
    """A line of the annex: a group of people in one year, already suppressed."""

    year: int
    parts: dict[str, int | str]
    total: int | str
    share: Decimal | None = None


@dataclass(frozen=True)
class AnnexGroup:
    name: Text
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True)
class Contact:
    """`role` is a message id ("Focal point")."""

    role: str
    name: str = ""
    address: str = ""
    #: where the same is in other languages, by their codes
    elsewhere: dict[str, str] | None = field(default=None, metadata={canonical.ADDED_LATER: True})


@dataclass(frozen=True)
class Settings:
    """The limits in force when the snapshot was taken, printed wherever they decided."""

    on_track: Decimal = Decimal("0.95")
    slightly_behind: Decimal = Decimal("0.60")
    too_early: Decimal = Decimal("0.10")
    band: Decimal = Decimal(10)
    threshold: int = 10
    grace_days: int = 90


@dataclass(frozen=True)
class Snapshot:
    year: int
    period_starts: date
    period_ends: date
    organisation: Organisation
    edition: EditionFacts
    settings: Settings = field(default_factory=Settings)
    leader: Leader | None = None
    statement: Statement | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    commitments: tuple[CommitmentFacts, ...] = ()
    gaps: tuple[Gap, ...] = ()
    #: the state of every figure asked for: reported, withheld or not_measured, in the order of the report
    asked: tuple[str, ...] = ()
    annex_title: Text | None = None
    annex: tuple[AnnexGroup, ...] = ()
    contacts: tuple[Contact, ...] = ()
    #: what else a reader should know of how the figures were made
    method_notes: tuple[Text, ...] = ()
    #: of this layout of the data; a change that old readers would misread raises it
    format: int = 1
    #: "public"; "confidential" holds every headcount and the evidence that is not public as well
    tier: str = field(default="public", metadata={canonical.ADDED_LATER: True})
    #: of the confidential tier: random, or who knows all but one small count would find it by trying which gives the
    #: digest on the public list of seals
    salt: str = field(default="", metadata={canonical.ADDED_LATER: True})

    def dump(self) -> bytes:
        """Canonical JSON."""
        return canonical.dump(self)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        return canonical.digest(self)

    @classmethod
    def load(cls, data: bytes | str | dict[str, object]) -> Snapshot:
        """The snapshot again. ValueError where the data do not fit."""
        return canonical.load(cls, data)
