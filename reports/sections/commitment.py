"""One spread for each target: the figures and the sum on the left page, what was done on the right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from impact.charts import BarsChart, MilestoneChart, PathChart, draw, paper
from reports import drawn, fit, sums, tables, told
from reports.contents import Numbered, numbered
from reports.snapshot_types import Snapshot
from reports.target_facts import TargetFacts
from reports.values import Text
from reports.words import Words

#: Letters from which a block may run on to the next page.
LONG_PROSE = 800
#: Steps of a thing to deliver beside which its particulars have room.
FEW_STEPS = 5


def alternative(target: TargetFacts, snapshot: Snapshot, w: Words) -> str:
    """What the chart shows, with its numbers, for who does not see it."""
    unit = target.indicator.unit
    said = []
    if target.baseline and target.baseline.value is not None and target.baseline.on:
        said.append(f"{target.baseline.on.year}: {w.short(target.baseline.value, unit)}")
    if target.kind == "deliverable":
        done = sum(1 for m in target.milestones if m.done_on)
        return w.gettext(
            "Time line of %(what)s: %(done)s of %(all)s steps done.",
            what=w.plain(target.indicator.name),
            done=done,
            all=len(target.milestones),
        )
    for figure in target.figures:
        value = w.short(figure.value, unit) if figure.value is not None else w.gettext("not measured")
        said.append(f"{figure.year}: {value}")
    goal = drawn.goal_value(target, snapshot.settings)
    return w.gettext(
        "%(what)s. %(figures)s. Target for %(day)s: %(target)s.",
        what=w.plain(target.indicator.name),
        figures="; ".join(said) or w.gettext("no figure yet"),
        day=w.day(target.on),
        target=w.short(goal, unit) if goal is not None else w.gettext("not known"),
    )


def key(chart: PathChart | BarsChart | MilestoneChart, target: TargetFacts, w: Words) -> list[tuple[str, str]]:
    """(class of the icon, words) for everything the drawing holds."""
    if isinstance(chart, MilestoneChart):
        steps = {
            "k-step-done": any(step.done for step in chart.steps),
            "k-step-late": any(not step.done and step.due <= chart.today for step in chart.steps),
            "k-step-ahead": any(not step.done and step.due > chart.today for step in chart.steps),
        }
        names = (w.gettext("Step done"), w.gettext("Step overdue"), w.gettext("Step to come"))
        drawn_steps = [(icon, name) for (icon, is_there), name in zip(steps.items(), names, strict=True) if is_there]
        return [*drawn_steps, ("k-deliver", w.gettext("Day it is due"))]
    unit = target.indicator.unit
    items: list[tuple[str, str]] = []
    if isinstance(chart, BarsChart):
        items.append(("k-bars", w.gettext("Reported: earlier years, this year")))
    elif chart.baseline or any(f.value is not None for f in chart.figures):
        items.append(("k-reported", w.gettext("Reported")))
    if chart.target:
        items.append(("k-target", w.gettext("Path to the target")))
    if isinstance(chart, PathChart) and chart.milestones:
        items.append(("k-milestone", w.gettext("Milestone")))
    if chart.original:
        items.append(("k-original", w.gettext("Path before an amendment")))
    if chart.amendments:
        items.append(
            (
                "k-amendment",
                w.gettext("Day of amendment %(number)s", number=", ".join(a.label for a in chart.amendments)),
            )
        )
    if (
        isinstance(chart, PathChart)
        and chart.parity
        and any(s.role == "parity" for s in draw(chart, paper.frame_for(chart, gutter=True)).shapes)
    ):
        items.append(
            (
                "k-parity",
                w.gettext(
                    "Parity, %(low)s to %(high)s",
                    low=w.short(chart.parity[0], unit),
                    high=w.short(chart.parity[1], unit),
                ),
            )
        )
    if chart.forecast:
        items.append(
            (
                "k-forecast",
                w.gettext(
                    "Pace so far leads to %(low)s to %(high)s",
                    low=w.short(chart.forecast.low, unit),
                    high=w.short(chart.forecast.high, unit),
                ),
            )
        )
    if any(f.value is None for f in chart.figures):
        items.append(("k-missing", w.gettext("Not measured")))
    return items


def caption(chart: PathChart | BarsChart | MilestoneChart, target: TargetFacts, w: Words, *, gutter: bool) -> str:
    """Unit, day and where the axis starts."""
    if isinstance(chart, MilestoneChart):
        return w.gettext("Steps on their days; the dotted line is the end of the year reported on")
    unit = tables.unit_name(target.indicator.unit, w)
    day = tables.reference_day(target, w)
    text = w.gettext("%(unit)s, on %(day)s of each year", unit=unit, day=day) if day else unit
    begins = draw(chart, paper.frame_for(chart, gutter=gutter)).axis_start
    if begins:
        text = w.gettext("%(what)s; the scale starts at %(value)s", what=text, value=w.number(Decimal(str(begins))))
    return text


def flow(*texts: Text | None) -> str:
    """A class more for a block too long to be kept in one piece."""
    return " breakable" if sum(len(text.text) for text in texts if text) > LONG_PROSE else ""


def context(snapshot: Snapshot, w: Words, squeezed: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """One context for each target. `squeezed` are the anchors of those that ran over their two pages."""
    return [spread(item, snapshot, w, is_squeezed=item.anchor in squeezed) for item in numbered(snapshot)]


def spread(item: Numbered, snapshot: Snapshot, w: Words, *, is_squeezed: bool) -> dict[str, Any]:
    target = item.target
    verdict = target.verdict
    gutter = not w.rtl
    title = alternative(target, snapshot, w)
    chart = drawn.chart(target, snapshot, title, w)
    shares = drawn.stack(
        target, w.gettext("Who is counted, year by year; the numbers are in the table of figures per year."), w
    )
    notes = [w.say(step) for step in verdict.steps]
    if target.original_verdict:
        notes.append(told.against_original(target, snapshot, w))
    if target.override:
        notes.append(
            w.gettext(
                "A reviewer set another status, %(status)s: %(reason)s",
                status=w.status(target.override.status),
                reason=w.plain(target.override.reason),
            )
        )
    if verdict.status == "cannot_say":
        notes.append(
            w.gettext("“Cannot say” is no verdict on the organisation. It says that the figures do not allow one.")
        )
    heading = item.commitment.headline if item.is_only_one else target.indicator.name
    sentence, rule = w.say(target.sentence), sums.rule(verdict, snapshot.settings, w)
    said = caption(chart, target, w, gutter=gutter) if chart else ""
    items = key(chart, target, w) if chart else []
    table = tables.figures(target, snapshot, w)
    # What is said once of a commitment stands on the spread of its first target, where there is room.
    promised = [
        (name, text)
        for name, text in (
            (w.gettext("Why it matters"), item.commitment.why),
            (w.gettext("What was planned"), item.commitment.actions),
        )
        if text and item.opens
    ]
    left = fit.LeftPage(
        title=w.plain(heading),
        kicker="" if item.is_only_one else w.plain(item.commitment.headline),
        sentence=sentence,
        rule=rule,
        notes=tuple(notes),
        key=(w.plain(target.indicator.name), said, *(text for _, text in items)),
        caption=f"{table.caption} {table.caption_rest}",
        rows=len(table.rows),
        table_notes=table.notes,
        more=tuple(w.plain(text) for _, text in promised),
        language=w.language,
        has_line=isinstance(chart, PathChart | BarsChart),
        is_bare=not any(f.value is not None for f in target.figures),
        spare=fit.SPARE_WHEN_SQUEEZED if is_squeezed else fit.SPARE,
    )
    pieces = [(i, e, told.evidence(e, w)) for i, e in enumerate(target.evidence, start=1)]
    changed = [told.amendment(a, w) for a in target.amendments]
    about = told.about_target(item, w)
    right = fit.RightPage(
        bars=len(shares.rows) if shares else 0,
        texts=(
            *left.more,
            w.plain(target.narrative),
            *([w.plain(target.worked)] if target.worked else []),
            *(w.plain(text) for text in (target.obstacles, target.next_steps)),
        ),
        lists=(
            tuple(f"{w.plain(e.title)}, {rest}" for _, e, rest in pieces),
            tuple(line for a in changed for line in told.amendment_lines(a, w)),
            tuple(f"{name} {words}" for name, words in about),
        ),
        language=w.language,
    )
    # What is told of a target stands together on the right page; the left takes some of it where that is too much.
    is_full = is_squeezed or fit.is_tight(right)
    room = fit.room(left if is_full else replace(left, more=()))
    # A thing to deliver has a short table: what else is known of it keeps it company.
    about_left = is_full and not is_squeezed and target.kind == "deliverable" and len(target.milestones) <= FEW_STEPS
    if room.takes_more:
        right = replace(right, texts=right.texts[len(left.more) :])
    if about_left:
        right = replace(right, lists=right.lists[:-1])
    return {
        "item": item,
        "target": target,
        "heading": heading,
        "over": None if item.is_only_one else item.commitment.headline,
        "is_long_title": left.is_long_title,
        "flow": flow,
        "sentence": sentence,
        "rule": rule,
        "last_known": w.gettext("Last known: %(status)s", status=w.status(verdict.last_known))
        if verdict.last_known
        else "",
        "rows": sums.rows(target, verdict, snapshot.settings, w),
        "notes": notes,
        "chart": paper.svg(chart, gutter=gutter, title=title, height=room.chart) if chart else "",
        "hangs": gutter and not isinstance(chart, MilestoneChart),
        "caption": w.bound(said),
        "key": items,
        "table": tables.shortened(table, room.rows, w),
        "stack": paper.svg(shares) if shares else "",
        "promised": promised,
        "promised_left": room.takes_more,
        "is_tight": is_squeezed or fit.is_tight(right),
        "evidence": pieces,
        "amendments": changed,
        "about": about,
        "about_left": about_left,
        "is_divided": target.kind != "deliverable" or bool(target.milestones),
        "running": w.gettext("Commitment %(number)s", number=item.number),
    }
