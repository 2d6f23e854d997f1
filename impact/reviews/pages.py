"""What the pages of one review show, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from impact import i18n
from impact.actor import Role
from impact.audit.models import AuditEntry
from impact.i18n import gettext, ngettext, say, show
from impact.reviews import queries
from impact.reviews.criteria import EVERY_CRITERION, MARKS, OUTCOMES, STEPS
from impact.reviews.marking import Pieces, marked
from impact.reviews.models import Remark, Review
from impact.reviews.queries import Age
from impact.reviews.subjects import Difference, EvidenceItem, SubjectKind, criteria_of, kind_named, subject_of

#: What a champion does not read in its history: remarks come with the verdict, and who opened which file is for staff.
_NOT_TOLD = frozenset({"remark_added", "remark_settled", "scored", "evidence_opened"})


@dataclass(frozen=True)
class Row:
    """One line as the page prints it; `label` is what it is called outside of its part. Who wrote the sides says `is_written`."""

    field: str
    label: str
    short: str
    before: Pieces
    after: Pieces
    changed: bool
    remarks: list[Remark]
    is_written: bool = False
    #: in which language, where it is not that of the whole thing
    written_in: str = ""


@dataclass
class Part:
    """Lines that stand together: a target with its sentence, a figure, the rest of the text."""

    heading: str
    lead: Row | None = None
    rows: list[Row] = field(default_factory=list)
    same_rows: list[Row] = field(default_factory=list)


def printed(value: Any) -> str:
    """A side of a difference or a title in the reader's language; nothing for None."""
    return "" if value is None else show(value)


def age_words(age: Age) -> str:
    if age.is_late:
        return ngettext("%(num)s working day, late", "%(num)s working days, late", age.days)
    return ngettext("%(num)s working day", "%(num)s working days", age.days)


def row(difference: Difference, remarks: Mapping[str, list[Remark]]) -> Row:
    before, after = printed(difference.before), printed(difference.after)
    sides: tuple[Pieces, Pieces] = ([("same", before)], [("same", after)])
    if difference.changed:
        sides = marked(before, after)
    fields = (difference.field, *difference.says_also)
    side = difference.after or difference.before
    said_in = side.written_in(i18n.current()) if hasattr(side, "written_in") else ""
    return Row(
        difference.field,
        _named(difference.label),
        _named(difference.short or difference.label),
        *sides,
        changed=difference.changed,
        remarks=sorted((found for name in fields for found in remarks.get(name, [])), key=lambda found: found.id),
        is_written=bool(said_in) or isinstance(side, str),
        written_in=said_in,
    )


def title_of(kind: SubjectKind, thing: Any) -> Markup:
    """What the thing is called: a text in its language, or words in the reader's."""
    title = kind.title(thing, "")
    return i18n.in_its_language(printed(title), kind.language(thing) if isinstance(title, str) else i18n.current())


def _named(label: Any) -> str:
    return say(label) if isinstance(label, str) else show(label)


def in_parts(differences: Sequence[Difference], rows: Sequence[Row], *, is_first_round: bool) -> list[Part]:
    """The lines by the parts they belong to. From the second round on, what is as it was stands aside."""
    parts: dict[str, Part] = {}
    for difference, line in zip(differences, rows, strict=True):
        heading = show(difference.part)
        part = parts.setdefault(heading, Part(heading))
        if difference.leads:
            part.lead = line
        elif is_first_round or line.changed or line.remarks:
            part.rows.append(line)
        else:
            part.same_rows.append(line)
    return list(parts.values())


def gist_of(review: Review, thing: Any) -> list[Row]:
    """What it comes to, for lists of several things."""
    return [row(difference, {}) for difference in kind_named(review.subject_kind).gist(thing)]


def everything(review: Review, *, told_only: bool = False) -> dict[str, Any]:
    """The names of the templates item.html, approval.html and outcome.html."""
    kind = kind_named(review.subject_kind)
    thing = subject_of(review)
    criteria = criteria_of(review)
    rounds = queries.rounds(review.subject_kind, review.subject_id)
    remarks = queries.remarks_by_field(rounds, told_only=told_only)
    differences = kind.differences(thing, review)
    rows = [row(difference, remarks) for difference in differences]
    parts = in_parts(differences, rows, is_first_round=review.round == 1)
    known = {name for difference in differences for name in (difference.field, *difference.says_also)}
    history = queries.history(review)
    endpoint, values = kind.open_url(thing)
    read_endpoint, read_values = kind.read_url(thing) if kind.read_url else ("", {})
    is_claimed = queries.is_claimed(review)
    age = queries.age_of(review)
    return {
        "review": review,
        "thing": thing,
        "champion": review.champion,
        "read_url": url_for(read_endpoint, **read_values) if read_endpoint else "",
        "title": printed(kind.title(thing, "")),
        "written_in": kind.language(thing),
        "marked_title": title_of(kind, thing),
        "kind_label": gettext(kind.label),
        "approving": gettext(kind.approving) if kind.approving else "",
        "rounds": rounds,
        "previous": next((item for item in rounds if item.round == review.round - 1), None),
        "rows": rows,
        # An amendment has two sides at its first round already: what is in force, and what is asked for.
        "two_sides": any(not difference.is_first for difference in differences),
        "parts_of_text": parts,
        "anything_changed": any(line.changed for line in rows),
        "same_number": sum(len(part.same_rows) for part in parts),
        "other_remarks": [remark for name, found in remarks.items() if name not in known for remark in found],
        "remarks": remarks,
        "labels": {
            name: line.label
            for difference, line in zip(differences, rows, strict=True)
            for name in (difference.field, *difference.says_also)
        },
        "checks": kind.prechecks(thing),
        "evidence": kind.evidence(thing),
        "history": [_step(entry) for entry in reversed(history) if not (told_only and entry.action in _NOT_TOLD)],
        "opened": _opened(history),
        "scores": [(criterion_words(name), review.scores.get(name)) for name in criteria],
        "total": sum(review.scores.get(name, 0) for name in criteria),
        "criteria": criteria,
        "evidence_note": evidence_note,
        "outcomes": OUTCOMES,
        "mark": mark_of(review, is_claimed),
        "own_page": (endpoint, values),
        "age_words": age_words(age),
        "is_claimed": is_claimed,
        "hands": _hands(review, is_claimed),
        "is_demonstration": review.champion.is_demonstration,
        "demonstration_sentence": gettext(
            "%(name)s and every figure on this page are made up.", name=review.champion.name
        ),
    }


def criterion_words(name: str) -> str:
    criterion, meaning = EVERY_CRITERION[name]
    return gettext("%(name)s: %(meaning)s", name=gettext(criterion), meaning=gettext(meaning))


def mark_of(review: Review, is_claimed: bool) -> str:
    outcome = review.decision or review.verdict
    return MARKS[outcome] if outcome else "in_review" if is_claimed else "submitted"


def _step(entry: AuditEntry) -> dict[str, Any]:
    """One line of the history, as components/timeline.html prints it."""
    what = gettext(STEPS[entry.action]) if entry.action in STEPS else entry.action.replace("_", " ")
    return {
        "when": i18n.date_time(entry.at),
        "iso": entry.at.isoformat(timespec="seconds"),
        "what": escape(gettext("%(step)s: %(who)s")) % {"step": what, "who": i18n.isolated(entry.actor_name)},
        "note": entry.reason,
    }


def _opened(history: Sequence[AuditEntry]) -> dict[str, set[int]]:
    """{public id of a piece of evidence: ids of the people who opened it}."""
    found: dict[str, set[int]] = {}
    for entry in history:
        if entry.action == "evidence_opened" and entry.actor_id is not None:
            found.setdefault(str(entry.details.get("evidence", "")), set()).add(entry.actor_id)
    return found


def _hands(review: Review, is_claimed: bool) -> list[dict[str, Any]]:
    """Who has done what, and who may be next: components/verdict.html."""
    filed = review.submitted_by.name if review.submitted_by else ""
    reviewer = review.verdict_by or (review.claimed_by if is_claimed else None)
    decider = review.decided_by.name if review.decided_by else ""
    if not decider and review.verdict in {"", "recommended"}:
        but = reviewer.id if reviewer else 0
        able = [
            person.name for person in queries.staff_without_tie(Role.APPROVER, review.champion_id) if person.id != but
        ]
        names = Markup(", ").join(map(i18n.isolated, able[:3]))
        decider = escape(gettext("One of: %(names)s")) % {"names": names} if able else gettext("Nobody yet")
    return [
        {
            "words": gettext("Submitted"),
            "who": Markup(", ").join(
                map(i18n.isolated, filter(None, [filed, i18n.long_date(review.submitted_at.date())]))
            ),
            "state": "done",
        },
        {
            "words": gettext("Reviewed"),
            "who": reviewer.name if reviewer else gettext("Nobody yet"),
            "state": "done" if review.verdict else "now",
        },
        {
            "words": gettext("Decided by a second person"),
            "who": decider or gettext("Not needed"),
            "state": "done" if review.decision else "now" if review.verdict == "recommended" else "ahead",
        },
    ]


def evidence_note(piece: EvidenceItem, opened: Mapping[str, set[int]], reader: int | None) -> str:
    """Whose figure it belongs to, who may read it, and whether the reader has opened it."""
    words = [show(piece.note)] if piece.note else []
    words.append(gettext("confidential") if piece.is_confidential else gettext("public"))
    if reader is not None and reader in opened.get(str(piece.values.get("public_id", "")), set()):
        words.append(gettext("opened by you"))
    return " · ".join(words)


def shown_to_champion(review: Review, thing: Any) -> dict[str, Any]:
    """One round in the champion's list of decisions."""
    kind = kind_named(review.subject_kind)
    outcome = review.decision or review.verdict
    by = review.decided_by if review.decision else review.verdict_by
    return {
        "review": review,
        "title": title_of(kind, thing),
        "kind": gettext(kind.label),
        "mark": mark_of(review, False),
        "outcome": gettext(OUTCOMES[outcome]),
        "reason": review.decision_reason if review.decision else review.verdict_reason,
        "who": by.name if by else "",
        "at": review.decided_at or review.verdict_at or review.submitted_at,
    }
