"""Questions about jobs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from impact.db import db
from impact.errors import NotFound
from impact.jobs.models import Job
from impact.messages import gettext_noop as N_

PAGE = 25


def jobs_page(state: str = "", before: int | None = None) -> tuple[Sequence[Job], int | None]:
    """At most 25 jobs, the newest first, older than job `before`; and the key of the next page."""
    query = select(Job).order_by(Job.id.desc()).limit(PAGE + 1)
    if state:
        query = query.where(Job.state == state)
    if before is not None:
        query = query.where(Job.id < before)
    found = db.session.scalars(query).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def number_failed() -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.state == "failed")) or 0


def job_by_id(job_id: int) -> Job:
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound(N_("There is no such job."))
    return job
