"""Everything the annual report of one champion and one year says, as data: frozen, typed, readable as JSON.

No finished sentence stands here, only what sentences are made from, so that one snapshot gives the report in every
language. What people wrote is a `Text`: the words with the language they were written in. Counts of people arrive
already suppressed: `WITHHELD` for a cell under the threshold, `PROTECTING` for one that would give it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from reports import canonical

WITHHELD = "withheld"
PROTECTING = "protecting"


@dataclass(frozen=True)
class Text:
    """The same words in one language or several: code of the language to text, the one it was written in first."""

    language: str
    text: str
    others: dict[str, str] = field(default_factory=dict)

    def best(self, language: str) -> tuple[str, str]:
        """(language, text) for a reader: in their language where there is one, else as it was written."""
        return (language, self.others[language]) if language in self.others else (self.language, self.text)


@dataclass(frozen=True)
class Number:
    """A number in a sentence with its unit, one of the units of the indicator catalogue ("percent", "count", …)."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Day:
    """A day in a sentence, of which sometimes only the year is known."""

    on: date
    only_year: bool = False


@dataclass(frozen=True)
class Term:
    """A word of the platform in a sentence: a message id, translated when it is printed."""

    message: str


@dataclass(frozen=True)
class Sentence:
    """A message id with named placeholders, and the typed values they take, another sentence among them."""

    message: str
    values: dict[str, Number | Day | Term | Text | Sentence] = field(default_factory=dict)


Value = Number | Day | Term | Text | Sentence


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
class IndicatorFacts:
    code: str
    name: Text
    unit: str
    direction: str
    definition: Text | None = None
    formula: str = ""
    framework: str = ""
    numerator: Text | None = None
    denominator: Text | None = None


@dataclass(frozen=True)
class Baseline:
    """Where a target starts; without a value it is still to be measured, by a day if one was given."""

    value: Decimal | None
    on: date | None
    only_year: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    source: Text | None = None
    due: date | None = None


@dataclass(frozen=True)
class MilestoneFacts:
    """A value to be at on a day, or a step of a deliverable with its name."""

    on: date
    value: Decimal | None = None
    name: Text | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class FigureFacts:
    """One figure. `expected` is the value of the path on that day. A count in `parts` is a number or a reason."""

    year: int
    on: date
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    parts: dict[str, int | str] = field(default_factory=dict)
    expected: Decimal | None = None
    delivered: bool | None = None
    not_measured: Text | None = None
    known_by: date | None = None
    method_change: Text | None = None


@dataclass(frozen=True)
class Original:
    """The target as first approved, when an amendment replaced it."""

    value: Decimal | None
    on: date
    only_year: bool = False
    baseline: Baseline | None = None


@dataclass(frozen=True)
class Verdict:
    """A computed status with its sum: p of the distance, e expected by now, r = p ÷ e, each None where undefined.

    `value` and `value_on` are the figure that decided; `band` is the half-width of the parity band; `steps` are
    further lines of the sum as sentences.
    """

    status: str
    p: Decimal | None = None
    e: Decimal | None = None
    r: Decimal | None = None
    value: Decimal | None = None
    value_on: date | None = None
    by_milestones: bool = False
    reached_on: date | None = None
    reason: Sentence | None = None
    steps: tuple[Sentence, ...] = ()
    last_known: str = ""


@dataclass(frozen=True)
class Override:
    """Another status set by a reviewer, with the reason; the computed one stays beside it."""

    status: str
    reason: Text
    on: date | None = None


@dataclass(frozen=True)
class EvidenceFacts:
    title: Text
    medium: str
    on: date | None = None
    is_public: bool = True
    address: str = ""


@dataclass(frozen=True)
class Change:
    """One field of an amendment; `what` is a message id, a side without value was empty."""

    what: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True)
class AmendmentFacts:
    number: int
    changes: tuple[Change, ...]
    reason: str = ""
    note: Text | None = None
    requested_on: date | None = None
    recommended_on: date | None = None
    approved_on: date | None = None
    is_recorded: bool = False


@dataclass(frozen=True)
class TargetFacts:
    """`value` is the value to reach (a level, whatever the kind; None for parity and deliverables). The figures of a
    cumulative target are what each period added; their `expected` and the verdict's `value` are sums.
    """

    kind: str
    sentence: Sentence
    indicator: IndicatorFacts
    verdict: Verdict
    value: Decimal | None = None
    on: date | None = None
    only_year: bool = False
    scope: Text | None = None
    baseline: Baseline | None = None
    milestones: tuple[MilestoneFacts, ...] = ()
    figures: tuple[FigureFacts, ...] = ()
    delivered_on: date | None = None
    original: Original | None = None
    original_verdict: Verdict | None = None
    override: Override | None = None
    narrative: Text | None = None
    worked: Text | None = None
    obstacles: Text | None = None
    next_steps: Text | None = None
    source: Text | None = None
    evidence: tuple[EvidenceFacts, ...] = ()
    amendments: tuple[AmendmentFacts, ...] = ()


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
