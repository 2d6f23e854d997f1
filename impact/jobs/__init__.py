"""Work that is done after the answer: written in the same transaction as what it belongs to, done by `flask jobs work`.

    @handler("report.make", slow=True, seconds=120, memory_mb=600)
    def make(job, report_progress): ...

    with transaction():
        enqueue("report.make", {"edition": 7}, unique_key="report:7")

The table `job` is the truth; a wake-up only spares the worker its next look (impact/jobs/wakeup.py).
"""

from impact.jobs.models import Job, JobState
from impact.jobs.operations import enqueue, retry
from impact.jobs.registry import Claimed, Finish, Later, Permanent, ReportProgress, before_work, every, handler
from impact.jobs.runner import run_waiting

__all__ = [
    "Claimed",
    "Finish",
    "Job",
    "JobState",
    "Later",
    "Permanent",
    "ReportProgress",
    "before_work",
    "enqueue",
    "every",
    "handler",
    "retry",
    "run_waiting",
]
