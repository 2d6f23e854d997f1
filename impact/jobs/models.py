"""One row per piece of work, from the wish to its end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from impact.db import Model


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


#: Work that is still to be done: the part of the table in which a unique key is unique.
OPEN = "state IN ('waiting', 'running')"


class Job(Model):
    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("attempts >= 0 AND max_attempts >= 1", name="attempts"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="lease"),
        CheckConstraint("(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint("state <> 'failed' OR error <> ''", name="reason"),
        Index(
            "uq_job_open_unique_key",
            "unique_key",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        # What the worker asks for several times a second; finished work is not in it.
        Index("ix_job_due", "run_after", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_job_finished", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: room.verb; the handler is registered under it
    kind: Mapped[str] = mapped_column(String(60), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unique_key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=5)
    run_after: Mapped[datetime]
    #: until then the worker that claimed it is believed to be alive
    lease_until: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0)
    #: a message id: what it is doing now
    progress_message: Mapped[str] = mapped_column(String(200), default="")
    #: why the last attempt failed, for the staff
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    champion_id: Mapped[int | None] = mapped_column(ForeignKey("champion.id"), index=True)

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING}
