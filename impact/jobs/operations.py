"""Asking for work, and asking again for work that failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.expression import text

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import after_commit, db, flush_or_conflict
from impact.errors import InvalidState
from impact.jobs.models import OPEN, Job, JobState
from impact.jobs.wakeup import bell
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require

_OPEN: TextClause = text(OPEN)


def enqueue(
    kind: str,
    payload: Mapping[str, Any] | None = None,
    *,
    unique_key: str | None = None,
    run_after: datetime | None = None,
    max_attempts: int = 5,
    champion_id: int | None = None,
) -> Job:
    """Write the wish into the present transaction; a worker is woken once it is committed.

    While a job with the same `unique_key` is waiting or running, that one is returned instead.
    `payload` must be plain JSON: ids rather than things, since it is read later.
    """
    now = clock.now()
    values = {
        "kind": kind,
        "payload": dict(payload or {}),
        "unique_key": unique_key,
        "state": JobState.WAITING.value,
        "run_after": run_after or now,
        "max_attempts": max_attempts,
        "created_at": now,
        "champion_id": champion_id,
    }
    job = _insert(values)
    if job.run_after <= now:
        after_commit(bell().ring)
    return job


def _insert(values: dict[str, Any]) -> Job:
    session = db.session
    session.flush()
    if values["unique_key"] is None:
        job = Job(**values)
        session.add(job)
        session.flush()
        return job
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    # The other one may be finished between our two statements; then the key is free and we try again.
    for _ in range(5):
        new_id = session.scalar(
            insert(Job)
            .values(**values)
            .on_conflict_do_nothing(index_elements=[Job.unique_key], index_where=_OPEN)
            .returning(Job.id)
        )
        wanted = Job.id == new_id if new_id else (Job.unique_key == values["unique_key"]) & _OPEN
        job_found = session.scalar(select(Job).where(wanted).execution_options(populate_existing=True))
        if job_found is not None:
            return job_found
    raise InvalidState(N_("Somebody else asked for the same at this moment. Try again."))


def retry(job: Job, actor: Actor) -> Job:
    """Let a failed job be tried anew, with all its attempts.

    Raises NotAllowed unless the actor manages staff, InvalidState when the job has not failed or when the
    same work was asked for again meanwhile.
    """
    require(actor, Action.STAFF_MANAGE)
    if job.state != JobState.FAILED:
        raise InvalidState(N_("Only a job that failed can be tried again."))
    job.state = JobState.WAITING
    job.attempts = 0
    job.progress = 0
    job.progress_message = ""
    job.run_after = clock.now()
    job.finished_at = None
    flush_or_conflict(N_("The same work was already asked for again."))
    record(actor, "job:retry", job, from_state=JobState.FAILED, to_state=JobState.WAITING, details={"kind": job.kind})
    after_commit(bell().ring)
    return job
