"""The year on one page: how many stand where, the key figures, and each commitment in one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from impact.charts import BarsChart, MilestoneChart, PathChart, Spark, paper
from impact.charts.palette import PRINT
from reports import drawn, fit
from reports.contents import Numbered, numbered
from reports.snapshot_types import KeyFigure, Snapshot
from reports.target_facts import TargetFacts
from reports.values import Text
from reports.words import STATUSES, Words

#: Lines of the table that keep their sentence; with more, the table would run over its page.
MOST_LINES = 6
MOST_KEYS = 4
ARABIC_IS_TALLER = 1.05


@dataclass(frozen=True)
class Line:
    """One target in the table."""

    item: Numbered
    title: Text
    sentence: str
    note: str
    spark: Markup
    now: str
    goal: str
    way: str
    override: str = ""


def spark(item: Numbered, snapshot: Snapshot, w: Words, sentence: str) -> Markup:
    chart = drawn.chart(item.target, snapshot, sentence, w)
    if isinstance(chart, PathChart | BarsChart):
        if chart.baseline is None and all(figure.value is None for figure in chart.figures):
            # A target alone is no path.
            return Markup("")
        return paper.svg(Spark(chart), title=sentence)
    if isinstance(chart, MilestoneChart):
        done = sum(1 for step in chart.steps if step.done) or (1 if chart.delivered else 0)
        return steps(done, max(len(chart.steps), 1), w, sentence)
    return Markup("")


def steps(done: int, count: int, w: Words, title: str) -> Markup:
    """A deliverable in small: a square a step, filled when done, from the inline start."""
    size, shapes = 8, ""
    for i in range(count):
        x = 2 + i * (size + 4)
        x = 94 - size - (x - 2) if w.rtl else x
        look = f'fill="{PRINT["plum"]}"' if i < done else f'fill="none" stroke="{PRINT["soft"]}" stroke-width=".9"'
        shapes += f'<path {look} d="M{x} 13h{size}v{size}h-{size}Z"/>'
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="96pt" height="34pt" viewBox="0 0 96 34"><title>{}</title>{}</svg>'
    ).format(
        title,
        Markup(shapes),  # noqa: S704 - numbers and our own colours only
    )


def scale(figure: KeyFigure, snapshot: Snapshot, w: Words, title: str) -> Markup:
    """A line from 0 to 100 with the parity band, a dot for this year and a ring for the year before."""
    width, band = 104, snapshot.settings.band

    def x(value: Decimal) -> str:
        return f"{float(value) / 100 * width:.1f}"

    left, right = x(50 - band), x(50 + band)
    d = f'<path fill="{PRINT["band"]}" d="M{left} 1H{right}V11H{left}Z"/>'
    d += f'<path fill="none" stroke="{PRINT["ink"]}" stroke-width=".6" d="M.3 3V9M{width - 0.3} 3V9M0 6H{width}M{width / 2} 1V11"/>'
    if figure.before is not None:
        d += f'<circle cx="{x(figure.before)}" cy="6" r="2.6" fill="{PRINT["white"]}" stroke="{PRINT["plum"]}" stroke-width="1"/>'
    if figure.now is not None:
        d += f'<circle cx="{x(figure.now)}" cy="6" r="3.1" fill="{PRINT["plum"]}"/>'
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="104pt" height="12pt" viewBox="0 0 104 12"><title>{}</title>{}</svg>'
    ).format(
        title,
        Markup(d),  # noqa: S704 - numbers and our own colours only
    )


def key_figure(figure: KeyFigure, snapshot: Snapshot, w: Words) -> dict[str, Any]:
    def written(value: Decimal) -> str:
        # Shares keep one place even when it is 0, so that figures side by side look alike.
        return w.per_cent(value, 1) if figure.unit == "percent" else w.with_sign(value, figure.unit)

    now = written(figure.now) if figure.now is not None else w.gettext("not measured")
    before = ""
    if figure.before is not None and figure.before_year is not None:
        before = w.gettext("%(value)s in %(year)s", value=written(figure.before), year=w.year(figure.before_year))
    label = w.plain(figure.label)
    title = ", ".join(part for part in (label, f"{now} ({w.year(figure.now_year)})", before) if part)
    drawing = scale(figure, snapshot, w, title) if figure.is_share else ""
    return {"now": now, "before": before, "label": figure.label, "drawing": drawing, "words": figure.now is None}


def lead(snapshot: Snapshot, w: Words) -> str:
    """How many targets stand where, in short sentences."""
    found = Counter(item.target.verdict.status for item in numbered(snapshot))
    total = sum(found.values())
    sentences = [w.ngettext("%(count)s target.", "%(count)s targets.", total)]
    sentences += [
        w.gettext("%(status)s: %(count)s.", status=w.status(status), count=w.number(Decimal(found[status]), 0))
        for status in STATUSES
        if found[status]
    ]
    return w.sentences(sentence.replace(": ", ":\u00a0") for sentence in sentences)


def line(item: Numbered, snapshot: Snapshot, w: Words) -> Line:
    target, verdict = item.target, item.target.verdict
    unit = target.indicator.unit
    notes = [
        w.gettext("%(year)s not measured", year=w.year(f.year))
        for f in target.figures
        if f.value is None and f.not_measured
    ]
    if target.amendments:
        notes.append(w.ngettext("amended once", "amended %(count)s times", len(target.amendments)))
    sentence = w.say(target.sentence)
    goal = drawn.goal_value(target, snapshot.settings)
    way = ""
    if verdict.p is not None and verdict.e is not None:
        way = w.gettext(
            "%(way)s of the way, %(expected)s expected by now",
            way=w.per_cent(verdict.p * 100, 0),
            expected=w.per_cent(verdict.e * 100, 0),
        )
    now, aim = "", ""
    if target.kind == "deliverable":
        done = sum(1 for m in target.milestones if m.done_on)
        if target.delivered_on:
            aim = w.gettext("delivered on %(day)s", day=w.day(target.delivered_on))
        elif target.milestones:
            now = w.gettext("%(done)s of %(all)s", done=done, all=len(target.milestones))
            aim = w.gettext("steps")
        else:
            aim = w.gettext("to deliver")
    else:
        reached = verdict.value if verdict.value is not None else _newest(target, snapshot.year)
        now = w.with_sign(reached, unit) if reached is not None else ""
        if goal is not None:
            aim = w.gettext("target %(value)s", value=w.with_sign(goal, unit))
        if reached is None:
            aim = " · ".join(part for part in (w.gettext("no figure yet"), aim) if part)
    title = item.commitment.headline if item.is_only_one else target.indicator.name
    override = ""
    if target.override:
        override = w.gettext("A reviewer set: %(status)s", status=w.status(target.override.status))
    drawing = spark(item, snapshot, w, sentence)
    return Line(item, title, sentence, " · ".join(notes), drawing, now, aim, way, override)


def _newest(target: TargetFacts, year: int) -> Decimal | None:
    """The last figure up to the year, of a target that is not judged by it: a condition is not met yet, or only now."""
    if target.kind == "cumulative":
        return None
    measured = [figure.value for figure in target.figures if figure.value is not None and figure.year <= year]
    return measured[-1] if measured else None


def totals(snapshot: Snapshot, w: Words) -> list[dict[str, Any]]:
    """Of each count up to a total, how far it has come: key figures without a line."""
    found = []
    for target in (item.target for item in numbered(snapshot)):
        so_far = drawn.totals(target) if target.kind == "cumulative" else {}
        if snapshot.year not in so_far:
            continue
        earlier = [year for year in so_far if year < snapshot.year]
        note = w.gettext("in all")
        if earlier:
            before = w.short(so_far[max(earlier)], target.indicator.unit)
            note = w.gettext("in all; %(value)s up to %(year)s", value=before, year=w.year(max(earlier)))
        now = w.short(so_far[snapshot.year], target.indicator.unit)
        found.append({"now": now, "before": note, "label": target.indicator.name, "drawing": "", "words": False})
    return found


def density(lines: list[Line], snapshot: Snapshot, w: Words, keys: int, *, is_squeezed: bool) -> str:
    """The class of the roomiest table that keeps to the page."""
    several = sum(len(commitment.targets) > 1 for commitment in snapshot.commitments)
    if is_squeezed or len(lines) + several > MOST_LINES:
        return "glance-many glance-dense"
    head = 35.0 + fit.height(lead(snapshot, w), (21.0, 55)) + (200.0 if keys else 28.0) + 34.0 + 21.0
    taller = ARABIC_IS_TALLER if w.rtl else 1.0
    for looks, title, sentence, spark_height, padding in (
        ("", 14.0, (14.0, 34), 34.0, 14.5),
        ("glance-many", 12.0, (10.5, 44), 30.0, 7.5),
    ):
        rows = sum(
            padding
            + max(
                spark_height,
                taller
                * (
                    fit.height(w.plain(one.title), (title, 30))
                    + fit.height(one.sentence, sentence)
                    + (10.5 if one.note else 0.0)
                ),
            )
            for one in lines
        )
        if head + rows + 33.0 * several <= fit.PAGE:
            return looks
    return "glance-many glance-dense"


def context(snapshot: Snapshot, w: Words, squeezed: frozenset[str] = frozenset()) -> dict[str, Any]:
    lines = [line(item, snapshot, w) for item in numbered(snapshot)]
    keys = [key_figure(figure, snapshot, w) for figure in snapshot.key_figures[:MOST_KEYS]]
    keys += totals(snapshot, w)[: MOST_KEYS - len(keys)]
    looks = density(lines, snapshot, w, len(keys), is_squeezed="glance" in squeezed)
    return {
        "lead": lead(snapshot, w),
        "key_figures": keys,
        "has_shares": any(figure.is_share for figure in snapshot.key_figures[:4]),
        "has_original": any(item.target.original for item in numbered(snapshot)),
        "looks": looks,
        "is_dense": "glance-dense" in looks,
        "lines": lines,
        "band": (w.number(50 - snapshot.settings.band), w.number(50 + snapshot.settings.band)),
    }
