"""Questions to the list of seals and to the checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from impact.audit.models import AuditEntry
from impact.db import db
from impact.seals.chain import statement
from impact.seals.models import Checkpoint, Seal


def last_seal() -> Seal | None:
    return db.session.scalar(select(Seal).order_by(Seal.n.desc()).limit(1))


def last_checkpoint() -> Checkpoint | None:
    return db.session.scalar(select(Checkpoint).order_by(Checkpoint.n.desc()).limit(1))


def last_entry() -> AuditEntry | None:
    """The newest entry of the audit trail."""
    return db.session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))


def statement_of(checkpoint: Checkpoint) -> str:
    """The very text that its signature is of."""
    return statement(
        number=checkpoint.n,
        at=checkpoint.at,
        seals=checkpoint.seals,
        seals_head=checkpoint.seals_head,
        audit_entries=checkpoint.audit_entries,
        audit_head=checkpoint.audit_head,
        previous=checkpoint.previous,
        certificate=checkpoint.certificate,
    )


def seals_page(before: int | None = None, size: int = 25) -> tuple[Sequence[Seal], int | None]:
    """At most `size` seals, the newest first, older than seal `before`; and the key of the next page."""
    query = select(Seal).order_by(Seal.n.desc()).limit(size + 1)
    if before is not None:
        query = query.where(Seal.n < before)
    found = db.session.scalars(query).all()
    return found[:size], found[size - 1].n if len(found) > size else None


def seals_after(number: int, size: int) -> Sequence[Seal]:
    """The next seals in the chain's own order."""
    return db.session.scalars(select(Seal).where(Seal.n > number).order_by(Seal.n).limit(size)).all()


def seals_of(code: str) -> Sequence[Seal]:
    """Every line about one edition, oldest first."""
    return db.session.scalars(select(Seal).where(Seal.code == code).order_by(Seal.n)).all()


def checkpoints_before(number: int | None, size: int) -> Sequence[Checkpoint]:
    """The newest checkpoints, or those before one."""
    query = select(Checkpoint).order_by(Checkpoint.n.desc()).limit(size)
    if number is not None:
        query = query.where(Checkpoint.n < number)
    return db.session.scalars(query).all()


def checkpoints_in_order(size: int = 500) -> Iterator[tuple[Checkpoint, str | None, str | None]]:
    """Each with the hashes that both chains have now where the checkpoint says they ended (None: no such link)."""
    last = 0
    while True:
        rows = db.session.execute(
            select(Checkpoint, Seal.hash, AuditEntry.hash)
            .outerjoin(Seal, Seal.n == Checkpoint.seals)
            .outerjoin(AuditEntry, AuditEntry.id == Checkpoint.audit_entries)
            .where(Checkpoint.n > last)
            .order_by(Checkpoint.n)
            .limit(size)
        ).all()
        if not rows:
            return
        yield from ((point, seal, entry) for point, seal, entry in rows)
        last = rows[-1][0].n


def seals_told_of(after: int, size: int = 500) -> Sequence[tuple[int, int, str]]:
    """(entry number, number of the seal, hash) of what the audit trail says was put on the list."""
    rows = db.session.execute(
        select(AuditEntry.id, AuditEntry.subject_id, AuditEntry.details["hash"].as_string())
        .where(AuditEntry.subject_kind == Seal.__tablename__, AuditEntry.id > after)
        .order_by(AuditEntry.id)
        .limit(size)
    ).all()
    return [(number, seal or 0, digest or "") for number, seal, digest in rows]
