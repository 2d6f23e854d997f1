"""Every night the whole trail and everything that was approved is looked through; what does not fit fails the job."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import select

from impact.audit.seals import troubles
from impact.db import db
from impact.jobs import Claimed, Permanent, ReportProgress, enqueue, every, handler
from impact.jobs.models import Job

KIND = "audit.verify"
#: Of many troubles the first few are enough to send somebody to `flask audit verify`.
NAMED = 5


@every(24 * 3600, "verify_what_was_approved")
def ask() -> None:
    """As a job of its own: it reads for a while, and an entry of the calendar holds a transaction."""
    enqueue(KIND, unique_key=KIND)


@handler(KIND, slow=True, seconds=1800)
def verify(job: Claimed, report_progress: ReportProgress) -> None:
    """Done when all fits; otherwise failed for good with what was found, where the administrator reads it."""
    found = list(islice(troubles(), NAMED))
    if found:
        raise Permanent(" ".join(found))


def last_look() -> Job | None:
    """The newest look that has ended."""
    return db.session.scalar(
        select(Job).where(Job.kind == KIND, Job.finished_at.is_not(None)).order_by(Job.id.desc()).limit(1)
    )
