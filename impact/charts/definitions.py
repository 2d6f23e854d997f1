"""What a chart is, before anyone draws it: typed data with words already in the reader's language.

Nothing here translates or formats. Numbers become text through the callables given in `Words`, so that the same
definition serves every language, the web and the printed report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Figure:
    """One figure at its reference day; `value` None means it was due and not measured."""

    day: date
    value: Decimal | None


@dataclass(frozen=True)
class Goal:
    """A value to be at on a day: a target, a milestone or a target that was superseded."""

    day: date
    value: Decimal


@dataclass(frozen=True)
class Forecast:
    """Where the pace so far leads by `day`: the middle and the ends of the wedge."""

    day: date
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class Amendment:
    """A tick on the time axis; `label` is short ("A1")."""

    day: date
    label: str


def plain(value: Decimal) -> str:
    """The number as Python writes it: for tests and for drawings without a reader."""
    return f"{value:f}"


def plain_year(year: int) -> str:
    return str(year)


def plain_range(low: str, high: str) -> str:
    return f"{low}–{high}"


@dataclass(frozen=True)
class Words:
    """The texts of one chart, in one language.

    `value` writes a figure with its unit, `tick` an axis number, `year` a year, `between` a range of two written
    numbers. The others stand beside line ends; an empty one is left out.
    """

    value: Callable[[Decimal], str] = plain
    tick: Callable[[Decimal], str] = plain
    year: Callable[[int], str] = plain_year
    between: Callable[[str, str], str] = plain_range
    at_least: Callable[[str], str] = str
    target: str = ""
    target_note: str = ""
    original: str = ""
    original_note: str = ""
    forecast: str = ""
    parity: str = ""


@dataclass(frozen=True)
class PathChart:
    """The way from a baseline to a target, with what was reported on it.

    `title` is the text alternative: a sentence with the numbers. `parity` is the band (low, high) that counts as
    met, or None. `limits` are the values that cannot be passed (0 and 100 for a share). `original` and
    `original_from` are the target and baseline as first approved, given when an amendment replaced them.
    """

    title: str
    baseline: Figure | None
    target: Goal | None
    figures: tuple[Figure, ...] = ()
    milestones: tuple[Goal, ...] = ()
    original: Goal | None = None
    original_from: Figure | None = None
    parity: tuple[Decimal, Decimal] | None = None
    forecast: Forecast | None = None
    amendments: tuple[Amendment, ...] = ()
    limits: tuple[Decimal | None, Decimal | None] = (None, None)
    words: Words = field(default_factory=Words)
    #: the axis runs from limit to limit, so that charts side by side compare
    whole_scale: bool = False


@dataclass(frozen=True)
class BarsChart:
    """A count that adds up: each figure is what its own period added; bars show the sum so far, from zero."""

    title: str
    baseline: Figure | None
    target: Goal | None
    figures: tuple[Figure, ...] = ()
    original: Goal | None = None
    original_from: Figure | None = None
    forecast: Forecast | None = None
    amendments: tuple[Amendment, ...] = ()
    words: Words = field(default_factory=Words)


PEOPLE = ("women", "men", "other", "undisclosed")


@dataclass(frozen=True)
class StackRow:
    """One row of a disaggregation: parts in the order of `PEOPLE`, None where the count is withheld."""

    label: str
    parts: tuple[int | None, int | None, int | None, int | None]
    total: int


@dataclass(frozen=True)
class StackChart:
    """Who is counted, one bar a period, each filling the whole width from the inline start."""

    title: str
    rows: tuple[StackRow, ...]
    rtl: bool = False
    words: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Spark:
    """A path or a sum of periods without scale or words, for one line of a table."""

    chart: PathChart | BarsChart


@dataclass(frozen=True)
class Step:
    """A milestone of a deliverable: due on a day, done on a day or not yet."""

    due: date
    done: date | None = None


@dataclass(frozen=True)
class MilestoneChart:
    """A deliverable on its time line: steps due and done, the day it is due, and today."""

    title: str
    start: date
    due: date
    today: date
    steps: tuple[Step, ...] = ()
    delivered: date | None = None
    words: Words = field(default_factory=Words)


@dataclass(frozen=True)
class ParityRow:
    """A ratio of women to men against the value that counts as parity; `value` None where there are no data.

    `words` is the value as it is written, or what is said in its place.
    """

    label: str
    value: float | None
    benchmark: float
    words: str


@dataclass(frozen=True)
class ParityChart:
    """Ratios as bars from zero, from the inline start, each with its benchmark marked."""

    title: str
    rows: tuple[ParityRow, ...]
    rtl: bool = False


@dataclass(frozen=True)
class MapChart:
    """Areas coloured by class, from the lightest (0) to the darkest (`number` − 1).

    `areas` are paths and `points` places, by code, in units of a sheet of `width` × `height`; `classes` says which have
    data. An area without is hatched; a point without is drawn, hollow, only where `hollow` names it. `apart` are areas
    shown by themselves that nobody has data for: hatched, with a dotted edge.
    """

    title: str
    width: int
    height: int
    outline: str
    areas: Mapping[str, str]
    points: Mapping[str, tuple[int, int]]
    classes: Mapping[str, int]
    number: int
    hollow: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


Chart = PathChart | BarsChart | StackChart | Spark | MilestoneChart | MapChart | ParityChart
