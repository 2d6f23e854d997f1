"""Commitments and amendments as things to review: their titles, what changed in them, and what they rest on.

`register_commitments` takes the tables and the publishing of the commitments room, so that this file
depends on its models alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from impact.actor import Actor
from impact.commitments.labels import LABELS, OF_TARGET
from impact.commitments.models import Amendment, Commitment, Revision, Target
from impact.commitments.proposals import REASON_LABELS, lines_of
from impact.db import db
from impact.messages import gettext_noop as N_
from impact.reviews.models import Review
from impact.reviews.queries import previous_round
from impact.reviews.subjects import Check, Difference, EvidenceItem, SubjectKind, Words, register
from impact.workflow import Table

#: Kept in a revision for the machine's sake, of no interest to a reader.
_UNSEEN = frozenset({"public_id", "id", "position", "typed"})


def flat(content: Mapping[str, Any]) -> dict[str, tuple[Any, str]]:
    """{field: (label, text)} of a revision's content; a target's fields are named "target:<public id>:<field>"."""
    found: dict[str, tuple[Any, str]] = {}
    for name, value in content.items():
        if name == "targets" and isinstance(value, list):
            for number, target in enumerate(value, start=1):
                prefix = f"target:{target.get('public_id', number)}"
                for inner, inner_value in target.items():
                    if inner not in _UNSEEN:
                        found[f"{prefix}:{inner}"] = (_label(inner, number), _text(inner_value))
        elif name not in _UNSEEN:
            found[name] = (_label(name), _text(value))
    return found


def _label(name: str, number: int = 0) -> Any:
    label = LABELS.get(name, name.replace("_", " "))
    return Words(OF_TARGET, {"number": number, "field": Words(label)}) if number else label


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(_text(item) for item in value.values() if item not in (None, ""))
    if isinstance(value, list):
        return "\n".join(_text(item) for item in value)
    return str(value)


def _content(commitment_id: int, number: int | None) -> Mapping[str, Any]:
    found = db.session.scalar(
        select(Revision).where(Revision.commitment_id == commitment_id, Revision.number == number)
    )
    return found.content if found else {}


def differences_of_commitment(thing: Commitment, review: Review) -> Sequence[Difference]:
    """Every field of the submitted revision beside the revision of the round before; what was taken out comes last."""
    last = previous_round(review)
    before = flat(_content(thing.id, last.revision)) if last else {}
    after = flat(_content(thing.id, review.revision))
    rows = [
        Difference(name, label, before.get(name, ("", ""))[1], text, is_first=last is None)
        for name, (label, text) in after.items()
    ]
    return rows + [Difference(name, label, text, "") for name, (label, text) in before.items() if name not in after]


def differences_of_amendment(thing: Amendment, review: Review) -> Sequence[Difference]:
    """What is in force beside what is asked for: each target in its computed sentence, then field by field."""
    rows = [
        Difference(line.field, Words(OF_TARGET, {"number": line.number, "field": Words(line.label)}), *sides)
        if line.number
        else Difference(line.field, line.label, *sides)
        for line in lines_of(thing)
        for sides in [(_said(line.before), _said(line.after))]
    ]
    reason = Words(REASON_LABELS[thing.reason_code]) if thing.reason_code else ""
    return [
        *rows,
        Difference("reason_code", N_("Reason"), "", reason, is_first=True),
        Difference("note", N_("Why it is amended"), "", thing.note, is_first=True),
    ]


def _said(value: Any) -> Any:
    return Words(value.message, value.values) if hasattr(value, "message") else value


def evidence_of_commitment(thing: Commitment) -> Sequence[EvidenceItem]:
    """The sources that its starting points rest on; links where the source is an address."""
    sources = [(target.baseline_source, target.scope) for target in thing.targets if target.baseline_source]
    if thing.recorded_source:
        sources.append((thing.recorded_source, ""))
    return [
        EvidenceItem(title=source, link=source if source.startswith(("https://", "http://")) else "", note=note)
        for source, note in sources
    ]


def _commitments(ids: Sequence[int]) -> Mapping[int, Commitment]:
    rows = db.session.scalars(
        select(Commitment)
        .where(Commitment.id.in_(ids))
        .options(joinedload(Commitment.champion), joinedload(Commitment.targets).joinedload(Target.indicator))
    )
    return {row.id: row for row in rows.unique()}


def _amendments(ids: Sequence[int]) -> Mapping[int, Amendment]:
    rows = db.session.scalars(
        select(Amendment)
        .where(Amendment.id.in_(ids))
        .options(joinedload(Amendment.commitment).joinedload(Commitment.champion))
    )
    return {row.id: row for row in rows}


def register_commitments(
    commitment_table: Table,
    amendment_table: Table,
    *,
    approve_commitment: Callable[[Commitment, Actor, str], None] | None = None,
    approve_amendment: Callable[[Amendment, Actor, str], None] | None = None,
    prechecks: Callable[[Commitment], Sequence[Check]] | None = None,
    amendment_prechecks: Callable[[Amendment], Sequence[Check]] | None = None,
) -> None:
    """Make both kinds reviewable. The two `approve` functions take the move "approve" with what belongs to it."""
    register(
        SubjectKind(
            kind="commitment",
            table=commitment_table,
            load=lambda number: _commitments([number]).get(number),
            load_many=_commitments,
            title=lambda thing, language: thing.headline or Words(N_("A commitment without a headline")),
            open_url=lambda thing: ("commitments.show", {"slug": thing.champion.slug, "public_id": thing.public_id}),
            prechecks=prechecks or (lambda thing: ()),
            differences=differences_of_commitment,
            evidence=evidence_of_commitment,
            approve=approve_commitment,
            revision=lambda thing: int(thing.revision),
            label=N_("Commitment"),
        )
    )
    register(
        SubjectKind(
            kind="amendment",
            table=amendment_table,
            load=lambda number: _amendments([number]).get(number),
            load_many=_amendments,
            title=lambda thing, language: Words(
                N_("Amendment of “%(headline)s”"), {"headline": thing.commitment.headline}
            ),
            open_url=lambda thing: (
                "commitments.amendment",
                {
                    "slug": thing.commitment.champion.slug,
                    "public_id": thing.commitment.public_id,
                    "amendment_id": thing.public_id,
                },
            ),
            prechecks=amendment_prechecks or (lambda thing: ()),
            differences=differences_of_amendment,
            evidence=lambda thing: evidence_of_commitment(thing.commitment),
            approve=approve_amendment,
            label=N_("Amendment"),
            language=lambda thing: str(thing.commitment.language),
        )
    )
