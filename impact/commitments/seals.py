"""The published text and every approved amendment, sealed in the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from impact.audit.seals import Now, name_of, register
from impact.commitments.content import content_of, digest_of
from impact.commitments.models import Amendment, Commitment, Revision, Target
from impact.db import db

_AT_A_TIME = 200


def seals_of(commitment: Commitment) -> dict[str, str]:
    """Of the text in force and of the revision that keeps it: the original stays readable for ever."""
    db.session.flush()
    # Read back as the database keeps it: what was just computed may have more digits than a column has.
    for target in commitment.targets:
        db.session.refresh(target)
        for step in target.milestones:
            db.session.refresh(step)
    kept = db.session.scalars(
        select(Revision).where(Revision.commitment_id == commitment.id, Revision.number == commitment.revision)
    ).one()
    return {
        name_of("commitment", commitment.public_id): digest_of(content_of(commitment)),
        name_of("revision", commitment.public_id, kept.number): digest_of(kept.content),
    }


def seal_of_amendment(amendment: Amendment) -> dict[str, str]:
    return {name_of("amendment", amendment.public_id): _digest_of_amendment(amendment)}


def _digest_of_amendment(amendment: Amendment) -> str:
    """What the public reads of it: every change with its old side, the reason and the note."""
    return digest_of({"changes": amendment.changes, "reason_code": amendment.reason_code, "note": amendment.note})


def _commitments() -> Iterator[Now]:
    for commitment in _published():
        yield Now(name_of("commitment", commitment.public_id), digest_of(content_of(commitment)))


def _published() -> Iterator[Commitment]:
    last = 0
    while found := _after(last):
        yield from found
        last = found[-1].id


def _after(last: int) -> Sequence[Commitment]:
    targets = selectinload(Commitment.targets)
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.published_at.is_not(None), Commitment.id > last)
        .options(targets.selectinload(Target.milestones), targets.joinedload(Target.indicator))
        .order_by(Commitment.id)
        .limit(_AT_A_TIME)
        .execution_options(populate_existing=True)
    ).all()


def _revisions() -> Iterator[Now]:
    """Also of drafts, which have no seal."""
    last = 0
    while found := db.session.execute(
        select(Revision.id, Revision.number, Revision.content, Commitment.public_id)
        .join(Commitment, Commitment.id == Revision.commitment_id)
        .where(Revision.id > last)
        .order_by(Revision.id)
        .limit(_AT_A_TIME)
    ).all():
        for row in found:
            yield Now(name_of("revision", row.public_id, row.number), digest_of(row.content), is_approved=False)
        last = found[-1].id


def _amendments() -> Iterator[Now]:
    for amendment in db.session.scalars(
        select(Amendment).where(Amendment.state == "approved").execution_options(populate_existing=True)
    ):
        yield Now(name_of("amendment", amendment.public_id), _digest_of_amendment(amendment))


register("commitment", _commitments)
register("revision", _revisions)
register("amendment", _amendments)
