"""The charts of a report: from the facts of a target to the one definition that pages use too."""

from __future__ import annotations

from decimal import Decimal

from impact.charts import (
    Amendment,
    BarsChart,
    Figure,
    Goal,
    MilestoneChart,
    PathChart,
    StackChart,
    StackRow,
    Step,
)
from impact.charts import Words as ChartWords
from impact.charts.bars import sums
from impact.charts.definitions import Forecast
from impact.progress.forecast import FEWEST, line_of
from reports.snapshot_types import Settings, Snapshot
from reports.target_facts import Baseline, TargetFacts
from reports.words import Words

PARTS = ("women", "men", "other", "undisclosed")
#: Units that cannot pass 100, or go under 0.
SHARES = {"percent", "score_100"}
#: Bars of who is counted: older years are in the table.
MOST_YEARS = 5
CAN_BE_NEGATIVE = {"percentage_points", "level", "points"}


def limits(unit: str, direction: str) -> tuple[Decimal | None, Decimal | None]:
    if unit in SHARES and direction != "signed_gap":
        return Decimal(0), Decimal(100)
    return (None, None) if unit in CAN_BE_NEGATIVE or direction == "signed_gap" else (Decimal(0), None)


def goal_value(target: TargetFacts, settings: Settings) -> Decimal | None:
    """The value to reach; for parity the edge of the band on the side of the baseline."""
    if target.kind != "parity":
        return target.value
    if target.baseline is None or target.baseline.value is None:
        return None
    return 50 + settings.band if target.baseline.value > 50 else 50 - settings.band


def start(baseline: Baseline | None) -> Figure | None:
    return Figure(baseline.on, baseline.value) if baseline and baseline.on and baseline.value is not None else None


def drawn_words(unit: str, w: Words) -> ChartWords:
    """Numbers only: words stand in the margin column."""

    def short(value: Decimal) -> str:
        return w.short(value, unit)

    return ChartWords(value=short, tick=w.number, year=w.year, at_least=lambda text: f"≥ {text}")


def pace(target: TargetFacts) -> Forecast | None:
    """The band that the page of the commitment shows too; never for sums, steps or a target that is met."""
    if (
        target.kind in {"deliverable", "cumulative", "conditional"}
        or not target.on
        or target.verdict.status == "reached"
    ):
        return None
    begin = start(target.start)
    points = {begin.day: begin.value} if begin and begin.value is not None else {}
    points |= {f.on: f.value for f in target.figures if f.value is not None and (begin is None or f.on > begin.day)}
    if len(points) < FEWEST or max(points) >= target.on:
        return None
    line = line_of(sorted(points.items()), target.on)
    if line is None:
        return None
    low, high = limits(target.indicator.unit, target.indicator.direction)
    ends = [Decimal(str(round(value, 6))) for value in (line.band[0], line.at_due, line.band[1])]
    held = [value if low is None else max(low, value) for value in ends]
    return Forecast(target.on, *(value if high is None else min(high, value) for value in held))


def chart(
    target: TargetFacts, snapshot: Snapshot, title: str, w: Words
) -> PathChart | BarsChart | MilestoneChart | None:
    """The chart of a target, or None where there is no day to draw it to."""
    if target.on is None:
        return None
    words = drawn_words(target.indicator.unit, w)
    if target.kind == "deliverable":
        steps = tuple(Step(m.on, m.done_on) for m in target.milestones)
        begins = target.baseline.on if target.baseline and target.baseline.on else snapshot.period_starts
        return MilestoneChart(title, begins, target.on, snapshot.period_ends, steps, target.delivered_on, words)
    amendments = tuple(Amendment(a.approved_on, f"A{a.number}") for a in target.amendments if a.approved_on)
    figures = tuple(Figure(f.on, f.value) for f in target.figures)
    value = goal_value(target, snapshot.settings)
    goal = Goal(target.on, value) if value is not None else None
    before = target.original
    original = Goal(before.on, before.value) if before and before.value is not None else None
    original_from = start(before.baseline) if before else None
    if target.kind == "cumulative":
        return BarsChart(title, start(target.baseline), goal, figures, original, original_from, None, amendments, words)
    unit, direction = target.indicator.unit, target.indicator.direction
    band = None
    if direction == "parity" and unit == "percent":
        band = (50 - snapshot.settings.band, 50 + snapshot.settings.band)
    met = start(target.begins)
    if met and (base := start(target.baseline)):
        # What was reported before the way began is drawn too; the path starts at the figure that met the condition.
        figures = (base, *(figure for figure in figures if figure.day != met.day))
    return PathChart(
        title,
        met or start(target.baseline),
        goal,
        figures,
        tuple(Goal(m.on, m.value) for m in target.milestones if m.value is not None),
        original,
        original_from,
        band,
        pace(target),
        amendments,
        limits(unit, direction),
        words,
    )


def totals(target: TargetFacts) -> dict[int, Decimal]:
    """Of a cumulative target: the sum so far by year of its figure."""
    figures = {f.on: f.year for f in target.figures}
    return {
        figures[s.day]: s.total
        for s in sums(start(target.baseline), tuple(Figure(f.on, f.value) for f in target.figures))
    }


def stack(target: TargetFacts, title: str, w: Words) -> StackChart | None:
    """Who is counted, year by year, where the champion says so and nothing essential is withheld."""
    rows = []
    for figure in target.figures:
        if not figure.parts or figure.denominator is None:
            continue
        women, men, other, undisclosed = (
            part if isinstance(part, int) else None for part in (figure.parts.get(name) for name in PARTS)
        )
        if women is not None and men is not None:
            rows.append(StackRow(str(figure.year), (women, men, other, undisclosed), int(figure.denominator)))
    if not rows:
        return None
    return StackChart(title, tuple(rows[-MOST_YEARS:]), rtl=w.rtl, words=ChartWords(value=lambda v: w.number(v, 0)))
