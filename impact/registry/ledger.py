"""Amendments and history of a commitment in finished words. No private remark is among them, and of people only the leaders who re-affirmed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import ngettext
from markupsafe import Markup, escape

from impact import i18n
from impact.commitments.labels import LABELS, UNSEEN
from impact.commitments.models import Amendment, Commitment, Target
from impact.commitments.proposals import REASON_LABELS, lines_of
from impact.commitments.queries import settled_reaffirmations
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.registry.figures_shown import filled, unit_of, value_words
from impact.reviews.models import Review

FIELD_LABELS: dict[str, str] = {
    "value": N_("Target"),
    "value_denominator": N_("Out of"),
    "due": N_("Due"),
    "baseline_value": N_("Starting point"),
    "baseline_numerator": N_("Starting point, counted"),
    "baseline_denominator": N_("Starting point, out of"),
    "baseline_date": N_("Date of the starting point"),
    "baseline_source": N_("Source of the starting point"),
    "baseline_due": N_("Starting point to be measured by"),
    "scope": N_("Who or what is counted"),
    "method": N_("Method"),
    "ends_on": N_("End of the commitment"),
    "kind": N_("Kind of target"),
}
_DAYS = frozenset({"due", "baseline_date", "baseline_due", "ends_on"})
_COUNTS = frozenset({"baseline_numerator", "baseline_denominator"})
_NUMBERS = frozenset({"value_denominator", "baseline_numerator", "baseline_denominator"})


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
    targets = {target.public_id: target for target in commitment.targets}
    return [
        _entry(row, targets, commitment, who, hidden) for row in sorted(approved, key=lambda row: -(row.number or 0))
    ]


def _entry(
    row: Amendment, targets: dict[str, Target], commitment: Commitment, who: str, hidden: Collection[str]
) -> Entry:
    lines = [
        _change(change, targets, len(targets) > 1)
        for change in row.changes
        if change.get("field") not in UNSEEN
        and (change.get("field") not in _COUNTS or change.get("target") not in hidden)
    ]
    sentences = [line for line in lines_of(row, brief=True) if line.field.endswith(":sentence")]
    said = [(_("Promise"), i18n.show(line.before), i18n.show(line.after)) for line in sentences]
    lines = said + lines
    note = i18n.in_its_language(row.note, commitment.language)
    label = _(REASON_LABELS[row.reason_code]) if row.reason_code in REASON_LABELS else ""
    both = filled(_("%(reason)s: %(note)s"), reason=label, note=note)
    return Entry(
        number=row.number or 0,
        was=Markup("<br>").join(_("%(field)s: %(value)s", field=field, value=old) for field, old, _new in lines),
        now=Markup("<br>").join(_("%(field)s: %(value)s", field=field, value=new) for field, _old, new in lines),
        reason=both if label and note else note or escape(label),
        by=_by(row, who),
    )


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


def _change(change: dict[str, Any], targets: dict[str, Target], many: bool) -> tuple[str, str, str]:
    """(field, old, new) in words; with several targets the field says of which."""
    name = str(change.get("field", ""))
    target = targets.get(str(change.get("target", "")))
    label = _(FIELD_LABELS.get(name) or LABELS.get(name, name))
    if many and target is not None:
        label = _("%(field)s of “%(scope)s”", field=label, scope=target.scope)
    return label, _told(name, change.get("old"), target), _told(name, change.get("new"), target)


def _told(name: str, stored: Any, target: Target | None) -> str:
    """A stored value (JSON text) in the reader's language."""
    value = stored
    if isinstance(stored, str):
        try:
            value = json.loads(stored)
        except ValueError:
            value = stored
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, list):
        return "; ".join(_step(step, target) for step in value)
    try:
        if name in _DAYS:
            return i18n.long_date(date.fromisoformat(str(value)))
        if name in {"value", "baseline_value"} and target is not None:
            return _amount(Decimal(str(value)), name, target)
        if name in _NUMBERS:
            return i18n.number(Decimal(str(value)))
    except (ValueError, InvalidOperation):
        pass
    return str(value)


def _step(step: dict[str, Any], target: Target | None) -> str:
    """A milestone: its day, and its value or what is done by then."""
    what = step.get("title") or ""
    if step.get("value") is not None:
        what = value_words(Decimal(str(step["value"])), unit_of(target)) if target else str(step["value"])
    return _("%(day)s: %(step)s", day=i18n.long_date(date.fromisoformat(str(step["on"]))), step=what)


def _amount(value: Decimal, name: str, target: Target) -> str:
    """A factor of a multiple has no unit, and a relative change is in per cent whatever is counted."""
    kind = target.inner_kind or target.kind
    if name == "value" and kind == "multiply":
        return i18n.number(value)
    if name == "value" and kind == "relative":
        return i18n.percent(value)
    return value_words(value, unit_of(target))


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
