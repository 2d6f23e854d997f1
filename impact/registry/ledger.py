"""Amendments and history of a commitment in finished words. No private remark is among them, and of people only the leaders who re-affirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import ngettext
from markupsafe import Markup, escape

from impact import i18n
from impact.commitments.labels import OF_TARGET
from impact.commitments.models import Amendment, Commitment
from impact.commitments.proposals import REASON_LABELS, Line, lines_of
from impact.commitments.queries import settled_reaffirmations
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.registry.figures_shown import filled
from impact.reviews.models import Review


@dataclass(frozen=True)
class Entry:
    """One amendment: what was, what is, why, and who asked and approved."""

    number: int
    was: Markup
    now: Markup
    reason: Markup
    by: str


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    iso: str
    when: str
    what: str
    note: str = ""


def entries(commitment: Commitment, who: str, hidden: Collection[str] = ()) -> list[Entry]:
    """Approved amendments, the newest first. `hidden`: public ids of targets whose counts nobody may see."""
    approved = [row for row in commitment.amendments if row.number is not None]
    return [_entry(row, commitment, who, hidden) for row in sorted(approved, key=lambda row: -(row.number or 0))]


def _entry(row: Amendment, commitment: Commitment, who: str, hidden: Collection[str]) -> Entry:
    many = len(commitment.targets) > 1
    lines = lines_of(row, brief=True, without_counts=hidden)
    note = i18n.in_its_language(row.note, commitment.language)
    label = _(REASON_LABELS[row.reason_code]) if row.reason_code in REASON_LABELS else ""
    both = filled(_("%(reason)s: %(note)s"), reason=label, note=note)
    return Entry(
        number=row.number or 0,
        was=Markup("<br>").join(_said(line, line.before, many) for line in lines),
        now=Markup("<br>").join(_said(line, line.after, many) for line in lines),
        reason=both if label and note else note or escape(label),
        by=_by(row, who),
    )


def _said(line: Line, value: Any, many: bool) -> Markup:
    """The field and one side of its change; a sentence speaks for itself. With several targets it says of which."""
    parts = value if isinstance(value, list) else [value]
    told = Markup("; ").join(i18n.show(part) for part in parts if part not in (None, "")) or escape(_("nothing"))
    label = "" if line.field.endswith(":sentence") else _(line.label)
    if many and line.number:
        place = i18n.number(line.number)
        label = _(OF_TARGET, number=place, field=label) if label else _("Target %(number)s", number=place)
    return filled(_("%(field)s: %(value)s"), field=label, value=told) if label else told


def _by(row: Amendment, who: str) -> str:
    if row.is_recorded:
        return _("Recorded from a public source: %(source)s", source=row.recorded_source)
    asked = i18n.long_date(row.requested_at.date())
    approved = i18n.long_date(row.approved_at.date() if row.approved_at else None)
    return _(
        "Asked for by %(who)s on %(asked)s and signed off by its leader. Approved by a second person on %(approved)s.",
        who=who,
        asked=asked,
        approved=approved,
    )


def history(commitment: Commitment, reviews: Sequence[Review], years: dict[int, int], who: str) -> list[Event]:
    """What happened to the commitment, its amendments and its figures, the newest first.

    `years`: {id of an approved report: its year}. Returns are told with their dates; what was remarked is not.
    """
    found: list[tuple[datetime, Event]] = []

    def tell(at: datetime | None, what: str, note: str = "") -> None:
        if at is not None:
            found.append((at, Event(at.date().isoformat(), i18n.long_date(at.date()), what, note)))

    if commitment.is_recorded:
        tell(commitment.published_at, _("Recorded from public sources and published."))
    else:
        tell(commitment.created_at, _("Filed by %(who)s.", who=who))
        tell(commitment.signed_at, _("Signed off by the leader, in the text that was submitted."))
    numbers = {row.id: row.number for row in commitment.amendments}
    for review in reviews:
        if review.subject_kind == "progress_report":
            continue
        thing = _thing(review, numbers)
        tell(review.submitted_at, _("Submitted for review: %(what)s.", what=thing))
        if review.verdict == "returned":
            tell(review.verdict_at, _("Returned with remarks: %(what)s.", what=thing))
        elif review.verdict == "recommended":
            tell(review.verdict_at, _("Recommended by a reviewer: %(what)s.", what=thing))
        if review.decision == "sent_back":
            tell(review.decided_at, _("Sent back by the second person: %(what)s.", what=thing))
        elif review.decision == "approved":
            tell(review.decided_at, _("Approved by a second person: %(what)s.", what=thing))
    for report_id, year in years.items():
        rounds = [row for row in reviews if row.subject_kind == "progress_report" and row.subject_id == report_id]
        accepted = next((row.decided_at for row in rounds if row.decision == "approved"), None)
        tell(accepted, _("The figures for %(year)s were approved by a second person.", year=year), _after(rounds))
    for row in commitment.amendments:
        if row.is_recorded and row.number is not None:
            tell(row.approved_at, _("Amendment %(number)s recorded from a public source.", number=row.number))
    for task in settled_reaffirmations(commitment):
        day, name = i18n.long_date(task.done_at.date() if task.done_at else None), task.term.name
        if task.outcome == "reaffirmed":
            tell(task.done_at, _("Re-affirmed by %(name)s on %(day)s.", name=name, day=day))
        else:
            tell(task.done_at, _("Amended on the wish of %(name)s, %(day)s.", name=name, day=day))
    if commitment.state in _ENDINGS:
        reason = commitment.ended_reason
        # Nobody writes why a promise expired: the reason is a sentence of our own.
        tell(commitment.ended_at, _(_ENDINGS[commitment.state]), _(reason) if commitment.state == "expired" else reason)
    # Of two steps at one moment the later is told above the earlier, too.
    found.reverse()
    return [event for _at, event in sorted(found, key=lambda pair: pair[0], reverse=True)]


_ENDINGS = {
    "completed": N_("Completed."),
    "expired": N_("Expired."),
    "withdrawn": N_("Withdrawn."),
}


def _thing(review: Review, numbers: dict[int, int | None]) -> str:
    if review.subject_kind == "amendment":
        return _("amendment %(number)s", number=numbers.get(review.subject_id) or "")
    return _("the commitment")


def _returns(reviews: Sequence[Review]) -> int:
    return sum(1 for review in reviews if review.verdict == "returned" or review.decision == "sent_back")


def _after(rounds: Sequence[Review]) -> str:
    number = _returns(rounds)
    if not number:
        return ""
    return ngettext("Returned once with remarks before.", "Returned %(num)s times with remarks before.", number)


def times_returned(reviews: Sequence[Review]) -> int:
    """How often the commitment itself was given back before it was approved."""
    return _returns([review for review in reviews if review.subject_kind == "commitment"])
