"""What a report says of one target: where it starts, its figures, its verdict, its evidence and its amendments.

Counts of people arrive already suppressed: `WITHHELD` for a cell under the threshold, `PROTECTING` for one that would
give it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reports.canonical import ADDED_LATER
from reports.values import Sentence, Text, Value

WITHHELD = "withheld"
PROTECTING = "protecting"


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
    #: where the way begins, if not at the baseline: the figure that met the condition of a conditional target
    begins: Baseline | None = field(default=None, metadata={ADDED_LATER: True})

    @property
    def start(self) -> Baseline | None:
        """From where distance and time are counted."""
        return self.begins or self.baseline
