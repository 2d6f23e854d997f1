"""One row for each change; database triggers refuse to alter or delete one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from impact.db import Model

_CHANGES = text("action NOT IN ('sign_in', 'sign_in_refused')")


class AuditEntry(Model):
    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        # What impact/page_cache.py asks for at every public page: the newest entry that is not a mere sign-in.
        Index("ix_audit_entry_changes", "id", sqlite_where=_CHANGES, postgresql_where=_CHANGES),
    )

    #: given by the operation under a lock, without gaps: the chain's own order
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    #: the name as it was then; a person who leaves stays in the history
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int | None]
    champion_id: Mapped[int | None] = mapped_column(index=True)
    from_state: Mapped[str] = mapped_column(String(40), default="")
    to_state: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
