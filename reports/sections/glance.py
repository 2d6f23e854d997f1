"""The year on one page: how many stand where, the key figures, and each commitment in one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from impact.charts import BarsChart, MilestoneChart, PathChart, Spark, paper
from impact.charts.palette import PRINT
from reports import drawn
from reports.contents import Numbered, numbered
from reports.snapshot_types import KeyFigure, Snapshot
from reports.values import Text
from reports.words import STATUSES, Words

#: Lines of the table that keep their sentence; with more, the table would run over its page.
MOST_LINES = 6


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
        return w.per_cent(value, 1) if figure.unit == "percent" else w.short(value, figure.unit)

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
    return " ".join(sentence.replace(": ", ":\u00a0") for sentence in sentences)


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
        now = w.gettext("%(done)s of %(all)s", done=done, all=len(target.milestones)) if target.milestones else ""
        aim = w.gettext("steps") if target.milestones else w.gettext("to deliver")
    else:
        now = w.with_sign(verdict.value, unit) if verdict.value is not None else ""
        if goal is not None:
            aim = w.gettext("target %(value)s", value=w.with_sign(goal, unit))
    title = item.commitment.headline if item.is_only_one else target.indicator.name
    return Line(item, title, sentence, " · ".join(notes), spark(item, snapshot, w, sentence), now, aim, way)


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    return {
        "lead": lead(snapshot, w),
        "key_figures": [key_figure(figure, snapshot, w) for figure in snapshot.key_figures[:4]],
        "has_shares": any(figure.is_share for figure in snapshot.key_figures[:4]),
        "is_dense": len(numbered(snapshot)) + sum(len(c.targets) > 1 for c in snapshot.commitments) > MOST_LINES,
        "lines": [line(item, snapshot, w) for item in numbered(snapshot)],
        "band": (w.number(50 - snapshot.settings.band), w.number(50 + snapshot.settings.band)),
    }
