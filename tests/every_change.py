"""Every request that changes what the public reads writes to the audit trail in the same transaction.

The cache of public pages rests on it: a change without an entry would not be seen until the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

#: Every table that a public page may read; tests/test_public_leak.py holds the pages to it.
PUBLIC_TABLES = frozenset(
    {
        "amendment", "champion", "cohort", "cohort_place", "commitment", "condition_figure", "economy_import", "economy_row",
        "economy_year", "edition", "edition_file", "evidence", "figure",
        "indicator", "leader_term", "milestone", "progress_report", "reaffirmation", "reporting_window", "revision", "checkpoint", "seal",
        "standing_change", "status_override", "target",
    }
)  # fmt: skip

_watching: list[list[str]] = []
_touched: set[str] = set()


@contextmanager
def watched() -> Iterator[list[str]]:
    """The tables that were changed and committed without an entry, of the requests inside."""
    found: list[str] = []
    _watching.append(found)
    _touched.clear()
    try:
        yield found
    finally:
        _watching.remove(found)


def _note(table: str) -> None:
    if table in PUBLIC_TABLES or table == "audit_entry":
        _touched.add(table)


@event.listens_for(Session, "before_flush")
def _flushed(session: Session, context: Any, instances: Any) -> None:
    for thing in (*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))):
        _note(thing.__tablename__)


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _note(state.bind_mapper.local_table.name if state.bind_mapper else "")  # type: ignore[attr-defined]


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if _watching and _touched and "audit_entry" not in _touched:
        _watching[-1].extend(sorted(_touched))
    _touched.clear()


@event.listens_for(Session, "after_rollback")
def _undone(session: Session) -> None:
    _touched.clear()
