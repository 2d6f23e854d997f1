"""What is told beside the figures of a target: its evidence, its amendments, and what else is known of it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from reports import sums
from reports.contents import Numbered
from reports.snapshot_types import Snapshot
from reports.target_facts import AmendmentFacts, EvidenceFacts, TargetFacts
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


def evidence(facts: EvidenceFacts, w: Words) -> str:
    media = {
        # Held, or an Arabic comma and the day after it would be drawn into the Latin run.
        "pdf": w.held("PDF"),
        "spreadsheet": w.gettext("spreadsheet"),
        "image": w.gettext("image"),
        "text": w.gettext("text"),
        "link": w.gettext("link"),
    }
    parts = [media.get(facts.medium, facts.medium)]
    if facts.on:
        parts.append(w.day(facts.on))
    parts.append(w.gettext("open to everyone") if facts.is_public else w.gettext("open to reviewers"))
    return w.comma.join(parts)


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
        "dates": w.sentences(dates),
    }


def amendment_lines(facts: dict[str, Any], w: Words) -> list[str]:
    """About what an amendment prints, to know its height."""
    said = " ".join(" ".join(change) for change in facts["changes"])
    return [said, f"{facts['reason']} {w.plain(facts['note'])}", facts["dates"]]


def about_target(item: Numbered, w: Words) -> list[tuple[str, Markup | str]]:
    """(name, words) of what else is known of a target."""
    target, commitment = item.target, item.commitment
    name = w.text(target.indicator.name)
    said: list[tuple[str, Markup | str]] = [
        (
            w.gettext("Indicator:"),
            Markup('{}{}<span class="l" dir="ltr">{}</span>').format(name, w.comma, target.indicator.code),
        ),
        (w.gettext("Kind of target:"), kind_name(target.kind, w)),
    ]
    for label, text in (
        # What is delivered stands in the sentence.
        (w.gettext("Who or what it covers:"), None if target.kind == "deliverable" else target.scope),
        (w.gettext("Responsible:"), commitment.responsible),
        (w.gettext("Source of the figures:"), target.source),
        (w.gettext("Source of the starting point:"), target.baseline.source if target.baseline else None),
    ):
        if text:
            said.append((label, w.text(text)))
    if commitment.recorded_source:
        said.append((w.gettext("Recorded from:"), commitment.recorded_source))
    return said


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
