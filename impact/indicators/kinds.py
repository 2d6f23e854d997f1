"""The eleven kinds of target: what each needs, which indicators may take it, and which value it asks for.

Pure: nothing here knows a database, a request or a language. `sentences.py` says a target in words, `refusals.py` says
what cannot be one, and `impact.progress.rules` computes its status. The rule is public, so that anyone can redo it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from impact.messages import gettext_noop as N_


class Direction(StrEnum):
    """Where an indicator should go."""

    UP = "up"
    UP_TO_CAP = "up_to_cap"
    DOWN = "down"
    PARITY = "parity"
    AT_LEAST_40 = "at_least_40"
    RATIO_TO_1 = "ratio_to_1"
    INDEX_TO_1 = "index_to_1"
    SIGNED_GAP = "signed_gap"
    LEVEL = "level"
    YES_NO = "yes_no"
    CONTEXTUAL = "contextual"


class Unit(StrEnum):
    """What an indicator is measured in."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    COUNT = "count"
    RATIO = "ratio"
    RATE_PER_100K = "rate_per_100k"
    PER_1000 = "per_1000"
    INDEX = "index"
    SCORE_100 = "score_100"
    LEVEL = "level"
    YES_NO = "yes_no"
    POINTS = "points"
    WEEKS = "weeks"
    HOURS = "hours"
    MONEY = "money"


class Kind(StrEnum):
    """How a target is put."""

    LEVEL = "level"
    MULTIPLY = "multiply"
    RELATIVE = "relative"
    POINTS = "points"
    CUMULATIVE = "cumulative"
    ZERO = "zero"
    RATIO = "ratio"
    PARITY = "parity"
    SIGNED_GAP = "signed_gap"
    DELIVERABLE = "deliverable"
    CONDITIONAL = "conditional"


RISING = frozenset({Direction.UP, Direction.UP_TO_CAP})
#: Shares that should end in the band around 50 %.
PARITY_SHARES = frozenset({Direction.PARITY, Direction.AT_LEAST_40})
TO_ONE = frozenset({Direction.RATIO_TO_1, Direction.INDEX_TO_1})
#: Units whose values may lie below nought whatever the direction.
MAY_BE_NEGATIVE = frozenset({Unit.PERCENTAGE_POINTS, Unit.POINTS})


@dataclass(frozen=True)
class KindEntry:
    """One kind. `label`, `example` and `value_label` are message ids; `chart` is the drawing that shows it."""

    label: str
    example: str
    needs_value: bool
    value_label: str
    directions: frozenset[Direction]
    chart: str


KINDS: dict[Kind, KindEntry] = {
    Kind.LEVEL: KindEntry(
        N_("Reach a level"), N_("30 per cent of full professors are women"), True, N_("Value to reach"),
        RISING | TO_ONE | PARITY_SHARES | {Direction.DOWN}, "path",
    ),
    Kind.MULTIPLY: KindEntry(
        N_("Multiply"), N_("three times as many women deans"), True, N_("Times the baseline"),
        RISING | {Direction.DOWN}, "path",
    ),
    Kind.RELATIVE: KindEntry(
        N_("Change by per cent of the baseline"), N_("5 per cent fewer than at the baseline"), True,
        N_("Change in per cent of the baseline"), RISING | PARITY_SHARES | {Direction.DOWN}, "path",
    ),
    Kind.POINTS: KindEntry(
        N_("Change by points"), N_("10 points more than at the baseline"), True, N_("Change in points"),
        RISING | PARITY_SHARES | {Direction.DOWN}, "path",
    ),
    Kind.CUMULATIVE: KindEntry(
        N_("Count up over the years"), N_("100,000 people trained in five years"), True, N_("Sum to reach"),
        frozenset({Direction.UP}), "bars",
    ),
    Kind.ZERO: KindEntry(
        N_("Bring to zero"), N_("no pay decision without a check"), False, "", frozenset({Direction.DOWN}), "path"
    ),
    Kind.RATIO: KindEntry(
        N_("Ratio of two counts"), N_("as many women as men are promoted"), True, N_("Ratio to reach"),
        RISING | {Direction.RATIO_TO_1}, "path",
    ),
    Kind.PARITY: KindEntry(
        N_("Reach parity, from either side"), N_("between 40% and 60% are women"), False, "", PARITY_SHARES, "path"
    ),
    Kind.SIGNED_GAP: KindEntry(
        N_("Close a gap, on whichever side it is"), N_("a pay gap of at most 1%"), True, N_("Largest gap left"),
        frozenset({Direction.SIGNED_GAP}), "path",
    ),
    Kind.DELIVERABLE: KindEntry(
        N_("Deliver something"), N_("a policy is adopted and published"), False, "",
        frozenset({Direction.YES_NO, Direction.LEVEL, Direction.CONTEXTUAL}), "milestones",
    ),
    Kind.CONDITIONAL: KindEntry(
        N_("Only if a condition is met"), N_("quotas, if boards stay under 40%"), False, "",
        frozenset(Direction), "path",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """An amount with its unit; the doors print it in the reader's locale. A share is in per cent: 30 is 30 %."""

    amount: Decimal
    unit: str


@dataclass(frozen=True)
class Written:
    """Words that people wrote, which no language but their own can say. `language` may be unknown, ""."""

    text: str
    language: str = ""

    def __str__(self) -> str:
        return self.text

    def in_language(self, _language: str) -> str:
        return self.text


@dataclass(frozen=True)
class Missing:
    """A gap in a sentence: `label`, a message id, says what belongs there. `message` lets it be said like any other."""

    label: str

    @property
    def message(self) -> str:
        return self.label


@dataclass(frozen=True)
class Milestone:
    """A value on the way, on a day; of a deliverable, a step with its title and the day on which it was done."""

    on: date
    value: Decimal | None = None
    title: str = ""
    done_on: date | None = None


@dataclass(frozen=True)
class Condition:
    """What makes a conditional target due: a figure strictly `below` or `above` the threshold."""

    operator: str
    threshold: Decimal
    figures: tuple[tuple[date, Decimal], ...] = ()

    def holds(self, value: Decimal) -> bool:
        """Whether this figure meets the condition."""
        return value < self.threshold if self.operator == "below" else value > self.threshold


@dataclass(frozen=True)
class TargetSpec:
    """A target as it was given. `value`: 30 for 30 %, 3 for treble, −5 for −5 %; None for zero and parity.

    `band` is half the width of the parity band in points: 10 means 40 to 60 %. `baseline_due` is the day by which a
    missing baseline is to be measured. With `…_is_year` the date stands for a year of which no day is known.
    """

    kind: Kind
    direction: Direction
    unit: Unit
    baseline: Decimal | None = None
    baseline_date: date | None = None
    baseline_due: date | None = None
    value: Decimal | None = None
    due: date | None = None
    milestones: tuple[Milestone, ...] = ()
    band: Decimal = Decimal(10)
    inner_kind: Kind | None = None
    condition: Condition | None = None
    baseline_numerator: Decimal | None = None
    baseline_denominator: Decimal | None = None
    #: period figures of the indicator may be added up
    counts: bool = False
    baseline_is_year: bool = False
    due_is_year: bool = False
    #: of a deliverable: what is to be delivered. Its indicator only says that something is.
    delivered: Written | None = None

    @property
    def effective_kind(self) -> Kind | None:
        """The kind that is computed: of a conditional target the one it contains, None while that is missing."""
        return self.inner_kind if self.kind is Kind.CONDITIONAL else self.kind

    @property
    def is_share(self) -> bool:
        """Whether values are shares of a whole, from 0 to 100 %."""
        return self.unit is Unit.PERCENT and self.direction in PARITY_SHARES | RISING | {Direction.DOWN}

    @property
    def milestones_in_order(self) -> tuple[Milestone, ...]:
        return tuple(sorted(self.milestones, key=lambda milestone: milestone.on))


def allowed_kinds(direction: Direction, counts: bool) -> tuple[Kind, ...]:
    """The kinds that an indicator of this direction may take; `counts`: its period figures may be added up."""
    return tuple(
        kind for kind, entry in KINDS.items() if direction in entry.directions and (counts or kind != Kind.CUMULATIVE)
    )


def reach(spec: TargetSpec) -> Decimal | None:
    """The value t to reach, in the indicator's unit; None for parity, deliverables, and while inputs are missing."""
    kind, b, value = spec.effective_kind, spec.baseline, spec.value
    if kind is Kind.ZERO:
        return Decimal(0)
    if value is None or kind in {None, Kind.PARITY, Kind.DELIVERABLE, Kind.CONDITIONAL}:
        return None
    if kind in {Kind.LEVEL, Kind.CUMULATIVE, Kind.RATIO, Kind.SIGNED_GAP}:
        return value
    if b is None:
        return None
    if kind is Kind.MULTIPLY:
        return value * b
    if kind is Kind.RELATIVE:
        return b * (100 + value) / 100
    return b + value


def raised_or_lowered(before: TargetSpec, after: TargetSpec) -> int:
    """1 where the new value asks for more than the old one, −1 for less, 0 where that cannot be said."""
    kind, old, new = before.effective_kind, before.value, after.value
    if kind is not after.effective_kind or old is None or new is None or old == new:
        return 0
    falls: bool | None = None
    if kind is Kind.SIGNED_GAP or before.direction is Direction.DOWN:
        falls = True
    elif kind is Kind.CUMULATIVE or before.direction in RISING:
        falls = False
    elif kind in {Kind.RELATIVE, Kind.POINTS}:
        falls = old < 0
    elif kind is Kind.MULTIPLY:
        falls = old < 1
    elif before.baseline is not None and before.baseline != old:
        falls = old < before.baseline
    if falls is None:
        return 0
    return 1 if (new < old) is falls else -1


def parity_gap(value: Decimal, band: Decimal) -> Decimal:
    """g(v): how many points a share lies outside the band around 50, on whichever side; 0 inside it."""
    return max(Decimal(0), abs(value - 50) - band)
