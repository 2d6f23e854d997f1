"""Questions to the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from impact.audit.chain import BEGINNING, entry_hash
from impact.audit.models import AuditEntry
from impact.db import db


def history_of(kind: str, subject_id: int) -> Sequence[AuditEntry]:
    """Everything that happened to one thing, oldest first."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id)
    ).all()


def entries_page(
    *,
    who: str = "",
    kind: str = "",
    action: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    size: int = 25,
) -> tuple[Sequence[AuditEntry], int | None]:
    """At most `size` entries that fit, the newest first, older than entry `before`; and the key of the next page.

    `who` is a part of the name as it was then; `until` itself is not included.
    """
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(size + 1)
    if who:
        query = query.where(AuditEntry.actor_name.icontains(who, autoescape=True))
    if kind:
        query = query.where(AuditEntry.subject_kind == kind)
    if action:
        query = query.where(AuditEntry.action == action)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if until is not None:
        query = query.where(AuditEntry.at < until)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    found = db.session.scalars(query).all()
    return found[:size], found[size - 1].id if len(found) > size else None


def page_before(before: int | None, size: int = 50) -> Sequence[AuditEntry]:
    """The newest `size` entries older than entry `before` (or the newest of all)."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(size)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return db.session.scalars(query).all()


def first_broken() -> tuple[int, str] | None:
    """(entry id, what is wrong) of the first entry that does not follow from the one before, or None."""
    previous, expected = BEGINNING, 1
    while entries := _after(expected - 1):
        for entry in entries:
            if entry.id != expected:
                return entry.id, f"entry {expected} is missing"
            if entry.previous_hash != previous:
                return entry.id, "does not follow from the entry before it"
            if entry_hash(entry) != entry.hash:
                return entry.id, "was altered"
            previous, expected = entry.hash, expected + 1
    return None


def _after(number: int, size: int = 500) -> Sequence[AuditEntry]:
    """The next entries, some at a time: a cursor left open halfway would keep its connection busy."""
    return db.session.scalars(
        select(AuditEntry).where(AuditEntry.id > number).order_by(AuditEntry.id).limit(size)
    ).all()
