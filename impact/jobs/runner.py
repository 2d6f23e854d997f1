"""Taking a job and doing it, so that a crash at any moment neither loses nor doubles its effect.

Claiming is one conditional UPDATE that starts a lease; the number of the attempt is its token. The
mark "done" is written only by the attempt that still holds the job, in the same transaction as the
effect: whoever lost the lease meanwhile rolls back.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from impact import clock
from impact.db import db, set_reading, transaction, writing
from impact.errors import Refusal
from impact.jobs.models import Job, JobState
from impact.jobs.operations import enqueue
from impact.jobs.registry import CALENDAR, HANDLERS, Claimed, Handler, Later, Permanent, every

log = logging.getLogger("impact.jobs")

#: A job whose worker has not been heard of for so long is given to another; renewed at a third of it.
LEASE = timedelta(seconds=30)
#: The wait after the first failed attempt; it doubles with each, up to the longest.
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
#: Finished jobs are kept so long; failed ones stay until somebody retries them.
KEEP_DONE = timedelta(days=30)

#: Wraps the work of a limited job; given by the worker's processes (impact/jobs/limits.py).
Limits = Callable[[Handler, Claimed], AbstractContextManager[None]]


class LeaseLost(Exception):
    """The job was given to somebody else meanwhile; what was done here is undone."""


def no_limits(handler: Handler, job: Claimed) -> AbstractContextManager[None]:
    return nullcontext()


def due(now: datetime) -> ColumnElement[bool]:
    """Jobs that may be claimed: waiting and their time has come, or their worker has vanished."""
    waiting = and_(Job.state == JobState.WAITING, Job.run_after <= now)
    forgotten = and_(Job.state == JobState.RUNNING, Job.lease_until < now, Job.attempts < Job.max_attempts)
    return or_(waiting, forgotten)


def claim(lease: timedelta = LEASE) -> Claimed | None:
    """The next due job, now ours for the length of the lease; None when nothing is due."""
    now = clock.now()
    set_reading(True)
    try:
        candidates = db.session.scalars(select(Job.id).where(due(now)).order_by(Job.run_after, Job.id).limit(10)).all()
    finally:
        db.session.rollback()
        set_reading(False)
    for job_id in candidates:
        with transaction():
            claimed = _changed(
                update(Job)
                .where(Job.id == job_id, due(now))
                .values(
                    state=JobState.RUNNING.value,
                    attempts=Job.attempts + 1,
                    lease_until=now + lease,
                    progress=0,
                    progress_message="",
                )
            )
            if claimed:
                return _as_claimed(db.session.get_one(Job, job_id))
    return None


def perform(job: Claimed, limits: Limits = no_limits) -> bool:
    """Do a claimed job and write how it ended; True when it is done. Never raises an error of the work."""
    handler = HANDLERS.get(job.kind)
    try:
        if handler is None:
            raise Permanent(f"Nothing handles {job.kind}.")
        with limits(handler, job):
            if handler.slow:
                _perform_slow(handler, job)
            else:
                with transaction():
                    handler.work(job, _quick_progress)
                    _mark_done(job)
    except LeaseLost:
        log.warning("a job was given to another worker meanwhile", extra={"fields": {"job": job.id, "kind": job.kind}})
        return False
    except Exception as error:
        # The reason is in the table; an expected one may name a person's address, which no log may.
        expected = isinstance(error, (Permanent, Later))
        fields = {"job": job.id, "kind": job.kind, "attempt": job.attempt}
        log.log(
            logging.WARNING if expected else logging.ERROR,
            "a job failed",
            exc_info=not expected,
            extra={"fields": fields},
        )
        note_failure(job, reason_of(error), final=isinstance(error, Permanent))
        return False
    return True


def _perform_slow(handler: Handler, job: Claimed) -> None:
    # Reading only: a write outside the returned function would hold SQLite's lock for as long as the work takes.
    set_reading(True)
    try:
        finish = handler.work(job, _progress_of(job))
    finally:
        db.session.rollback()
        set_reading(False)
    with transaction():
        if finish is not None:
            finish()
        _mark_done(job)


def _mark_done(job: Claimed) -> None:
    db.session.flush()
    now = clock.now()
    values: dict[str, Any] = {
        "state": JobState.DONE.value,
        "progress": 100,
        "lease_until": None,
        "finished_at": now,
        "error": "",
    }
    if job.kind in CALENDAR:
        values |= _next_in_calendar(job, now)
    if not _changed(update(Job).where(_still_ours(job)).values(**values)):
        raise LeaseLost


def _next_in_calendar(job: Claimed, now: datetime) -> dict[str, Any]:
    """An entry of the calendar is one row for ever: it waits for its next time."""
    return {
        "state": JobState.WAITING.value,
        "progress": 0,
        "attempts": 0,
        "lease_until": None,
        "finished_at": None,
        "run_after": now + timedelta(seconds=CALENDAR[job.kind].seconds),
    }


def note_failure(job: Claimed, reason: str, final: bool = False) -> None:
    """Let the job wait for its next attempt, or fail for good; the handler's own `on_failure` goes with it."""
    handler = HANDLERS.get(job.kind)
    final = final or job.attempt >= job.max_attempts
    now = clock.now()
    values: dict[str, Any] = {"error": reason, "lease_until": None}
    if not final:
        values |= {"state": JobState.WAITING.value, "run_after": now + wait_after(job.attempt)}
    elif job.kind in CALENDAR:
        values |= _next_in_calendar(job, now)
    else:
        values |= {"state": JobState.FAILED.value, "finished_at": now}
    with transaction():
        if _changed(update(Job).where(_still_ours(job)).values(**values)) and handler and handler.on_failure:
            handler.on_failure(job, reason, final)


def wait_after(attempt: int) -> timedelta:
    """5 s, 10 s, 20 s, … at most an hour, each a fifth more or less, so that a crowd does not come back at once."""
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt - 1, 20))
    return wait * random.uniform(0.8, 1.2)


def reason_of(error: BaseException) -> str:
    """Why, for the staff: a refusal speaks for itself, anything else is named by its type."""
    if isinstance(error, (Permanent, Later, Refusal)):
        return str(error)[:2000] or type(error).__name__
    return f"{type(error).__name__}: {error}"[:2000].rstrip(": ")


def sweep() -> None:
    """Give up jobs whose worker vanished in the last attempt, and see that the calendar is complete."""
    now = clock.now()
    set_reading(True)
    try:
        vanished = and_(Job.state == JobState.RUNNING, Job.lease_until < now, Job.attempts >= Job.max_attempts)
        lost = [_as_claimed(job) for job in db.session.scalars(select(Job).where(vanished).limit(100))]
        known = set(db.session.scalars(select(Job.kind).where(Job.kind.in_(CALENDAR), Job.finished_at.is_(None))))
    finally:
        db.session.rollback()
        set_reading(False)
    for job in lost:
        note_failure(job, "The worker ended in the middle of it, in every attempt.", final=True)
    for kind in CALENDAR.keys() - known:
        with transaction():
            enqueue(kind, unique_key=kind, max_attempts=3)


@every(24 * 3600, "forget_finished_jobs")
def forget_finished() -> None:
    """Finished jobs of the last month stay for looking things up; letters and reports keep their own record."""
    db.session.execute(
        delete(Job).where(Job.state == JobState.DONE, Job.finished_at < clock.now() - KEEP_DONE, ~_is_referred_to())
    )


def _is_referred_to() -> ColumnElement[bool]:
    """Whether another table points at the job by a foreign key."""
    pointing = [
        select(column).where(column == Job.id).exists()
        for table in db.metadata.tables.values()
        for column in table.columns
        if any(key.column is Job.__table__.c.id and key.ondelete != "SET NULL" for key in column.foreign_keys)
    ]
    return or_(False, *pointing)


def run_waiting(app: Flask | None = None, at_most: int = 10_000) -> int:
    """Do every due job in this process until none is due; returns how many were tried.

    For tests and for loading data. Commits what the caller has pending, because the jobs run in
    transactions of their own. Jobs that wait for a later time are left alone.
    """
    # The type checker sees only the proxy.
    application = app or cast(Any, current_app)._get_current_object()
    if app is None:
        with transaction():
            pass
    tried = 0
    while tried < at_most:
        with application.app_context():
            job = claim()
            if job is None:
                return tried
            perform(job)
            tried += 1
    raise RuntimeError(f"More than {at_most} jobs: they seem to make each other.")


def renew(job_id: int, attempt: int, lease: timedelta) -> bool:
    """Prolong the lease, on a connection of its own; False when the job is no longer ours."""
    ours = (Job.id == job_id) & (Job.attempts == attempt) & (Job.state == JobState.RUNNING)
    with db.engine.begin() as connection:
        return connection.execute(update(Job).where(ours).values(lease_until=clock.now() + lease)).rowcount == 1


def _progress_of(job: Claimed) -> Callable[..., None]:
    def report_progress(percent: int, message: str = "") -> None:
        with writing(), db.engine.begin() as connection:
            connection.execute(
                update(Job)
                .where(_still_ours(job))
                .values(progress=max(0, min(100, int(percent))), progress_message=message)
            )

    return report_progress


def _quick_progress(percent: int, message: str = "") -> None:
    """A quick job shows nothing on its way: nobody could see it before the one transaction ends."""


def _still_ours(job: Claimed) -> ColumnElement[bool]:
    return (Job.id == job.id) & (Job.state == JobState.RUNNING) & (Job.attempts == job.attempt)


def _changed(statement: Any) -> bool:
    result = cast(CursorResult[Any], db.session.execute(statement.execution_options(synchronize_session=False)))
    return result.rowcount == 1


def _as_claimed(job: Job) -> Claimed:
    return Claimed(job.id, job.kind, dict(job.payload), job.attempts, job.max_attempts, job.champion_id)
