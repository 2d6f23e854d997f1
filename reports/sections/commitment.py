"""One spread for each target: the figures and the sum on the left page, what was done on the right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from impact.charts import BarsChart, MilestoneChart, PathChart, draw, paper
from reports import drawn, sums, tables
from reports.contents import Numbered, numbered
from reports.snapshot_types import AmendmentFacts, EvidenceFacts, Snapshot, TargetFacts
from reports.words import Words


def kind_name(kind: str, w: Words) -> str:
    names = {
        "level": w.gettext("Reach a level"),
        "multiply": w.gettext("Multiply"),
        "relative": w.gettext("Change by a percentage"),
        "points": w.gettext("Change by points"),
        "cumulative": w.gettext("Count up to a total"),
        "zero": w.gettext("Go down to zero"),
        "ratio": w.gettext("Ratio of two counts"),
        "parity": w.gettext("Parity, from either side"),
        "signed_gap": w.gettext("Close a gap, from either side"),
        "deliverable": w.gettext("Deliver something by a date"),
        "conditional": w.gettext("Due only under a condition"),
    }
    return names[kind]


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
        return [
            ("k-step-done", w.gettext("Step done")),
            ("k-step-late", w.gettext("Step overdue")),
            ("k-step-ahead", w.gettext("Step to come")),
            ("k-deliver", w.gettext("Day it is due")),
        ]
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


def evidence(facts: EvidenceFacts, w: Words) -> str:
    media = {
        "pdf": "PDF",
        "spreadsheet": w.gettext("spreadsheet"),
        "image": w.gettext("image"),
        "text": w.gettext("text"),
        "link": w.gettext("link"),
    }
    parts = [media.get(facts.medium, facts.medium)]
    if facts.on:
        parts.append(w.day(facts.on))
    parts.append(w.gettext("open to everyone") if facts.is_public else w.gettext("open to reviewers"))
    comma = "، " if w.language == "ar" else ", "
    return comma.join(parts)


def amendment(facts: AmendmentFacts, w: Words) -> dict[str, Any]:
    dates = []
    if facts.requested_on:
        dates.append(w.gettext("Asked for on %(day)s.", day=w.day(facts.requested_on)))
    if facts.recommended_on:
        dates.append(w.gettext("Recommended by an expert on %(day)s.", day=w.day(facts.recommended_on)))
    if facts.approved_on:
        dates.append(
            w.gettext("Recorded on %(day)s.", day=w.day(facts.approved_on))
            if facts.is_recorded
            else w.gettext("Approved by a second person on %(day)s.", day=w.day(facts.approved_on))
        )
    return {
        "number": facts.number,
        "changes": [(w.gettext(c.what), w.show(c.before), w.show(c.after)) for c in facts.changes],
        "reason": w.gettext(facts.reason) if facts.reason else "",
        "note": facts.note,
        "dates": " ".join(dates),
    }


def against_original(target: TargetFacts, snapshot: Snapshot, w: Words) -> str:
    """How it stands against the target first approved, in one sentence with its ratio."""
    verdict, before = target.original_verdict, target.original
    if verdict is None or before is None:
        return ""
    unit = target.indicator.unit
    promised = w.amount(before.value, unit) if before.value is not None else w.gettext("delivered")
    if verdict.r is None:
        return w.gettext(
            "Against the original target, %(target)s by %(day)s: %(status)s.",
            target=promised,
            day=w.day(before.on),
            status=w.status(verdict.status),
        )
    return w.gettext(
        "Against the original target, %(target)s by %(day)s: %(status)s, ratio %(ratio)s.",
        target=promised,
        day=w.day(before.on),
        status=w.status(verdict.status),
        ratio=sums.localised(sums.deciding(verdict.r, snapshot.settings), w),
    )


def context(snapshot: Snapshot, w: Words) -> list[dict[str, Any]]:
    """One context for each target."""
    return [spread(item, snapshot, w) for item in numbered(snapshot)]


def spread(item: Numbered, snapshot: Snapshot, w: Words) -> dict[str, Any]:
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
        notes.append(against_original(target, snapshot, w))
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
    return {
        "item": item,
        "target": target,
        "sentence": w.say(target.sentence),
        "rule": sums.rule(verdict, snapshot.settings, w),
        "last_known": w.gettext("Last known: %(status)s", status=w.status(verdict.last_known))
        if verdict.last_known
        else "",
        "rows": sums.rows(target, verdict, snapshot.settings, w),
        "notes": notes,
        "chart": paper.svg(chart, gutter=gutter, title=title) if chart else "",
        "hangs": gutter and not isinstance(chart, MilestoneChart),
        "caption": caption(chart, target, w, gutter=gutter) if chart else "",
        "key": key(chart, target, w) if chart else [],
        "table": tables.figures(target, snapshot, w),
        "stack": paper.svg(shares) if shares else "",
        "evidence": [(i, e, evidence(e, w)) for i, e in enumerate(target.evidence, start=1)],
        "amendments": [amendment(a, w) for a in target.amendments],
        "kind": kind_name(target.kind, w),
        "running": w.gettext("Commitment %(number)s", number=item.number),
    }
