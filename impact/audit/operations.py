"""The one way to write to the audit trail: in the same transaction as the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text

from impact import clock
from impact.actor import Actor
from impact.audit.chain import BEGINNING, entry_hash
from impact.audit.models import AuditEntry
from impact.db import db

#: Any number: the key of PostgreSQL's advisory lock under which the chain grows, one writer at a time.
_CHAIN_LOCK = 10_10_10


def record(
    actor: Actor,
    action: str,
    subject: Any,
    *,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry about `subject` (a mapped row, flushed here so that it has its id)."""
    session = db.session
    session.flush()
    one_writer_at_a_time()
    last = session.execute(select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)).first()
    champion_id = getattr(subject, "champion_id", None)
    kind = subject.__tablename__
    if kind == "champion":
        champion_id = subject.id
    entry = AuditEntry(
        id=(last.id + 1) if last else 1,
        at=clock.now(),
        actor_id=actor.person_id,
        actor_name=actor.name or "anyone",
        action=action,
        subject_kind=kind,
        subject_id=subject.id,
        champion_id=champion_id,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        details=plain(details or {}),
        previous_hash=last.hash if last else BEGINNING,
    )
    entry.hash = entry_hash(entry)
    session.add(entry)
    session.flush()
    return entry


def one_writer_at_a_time() -> None:
    """Wait until nobody else adds to a chain, and keep others waiting until this transaction ends.

    SQLite has one writer anyway. All chains share the lock, so that no two can wait for each other.
    """
    session = db.session
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """{"changed": {field: {"from": …, "to": …}}} for the fields that differ."""
    return {
        "changed": {
            name: {"from": plain(before.get(name)), "to": plain(value)}
            for name, value in after.items()
            if before.get(name) != value
        }
    }


def plain(value: Any) -> Any:
    """The value as JSON can hold it: decimals and dates as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value
