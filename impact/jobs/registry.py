"""Which function does which kind of job, and which ones the calendar calls.

A handler must be idempotent: after a crash it is called again with the same job.

- An ordinary handler runs inside one transaction together with the mark "done": either both are
  kept or neither. It has to be quick, because on SQLite nobody else writes meanwhile.
- A `slow` handler (a report, a letter) holds no transaction while it reads and computes, and
  returns what is to be written: a function that runs in one transaction with the mark "done".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar


@dataclass(frozen=True)
class Claimed:
    """What a handler gets: its job as plain values. `attempt` counts from 1."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempt: int
    max_attempts: int
    champion_id: int | None = None


class ReportProgress(Protocol):
    """Tell how far it is: 0 to 100, and a message id of what is being done."""

    def __call__(self, percent: int, message: str = "") -> None: ...


#: What a slow handler returns: the writing, done in one transaction with the mark "done".
Finish = Callable[[], None]
Work = Callable[[Claimed, ReportProgress], Finish | None]
#: (job, reason, final) after a failed attempt, in the transaction that notes the failure.
OnFailure = Callable[[Claimed, str, bool], None]

WorkFunction = TypeVar("WorkFunction", bound=Work)
Tick = TypeVar("Tick", bound=Callable[[], Any])
Preparation = TypeVar("Preparation", bound=Callable[[], None])


class Permanent(Exception):
    """Raised by a handler when another attempt cannot help: the job fails at once, with this reason."""


class Later(Exception):
    """Raised by a handler for a trouble that is expected and passes: the job is tried again, without a stack in the log."""


@dataclass(frozen=True)
class Handler:
    work: Work
    slow: bool = False
    #: the longest it may take and the memory it may take on top of the worker's own; 0 is no limit
    seconds: int = 0
    memory_mb: int = 0
    on_failure: OnFailure | None = None


@dataclass(frozen=True)
class Calendar:
    kind: str
    seconds: int


HANDLERS: dict[str, Handler] = {}
CALENDAR: dict[str, Calendar] = {}
PREPARATIONS: list[Callable[[], None]] = []


def handler(
    kind: str,
    *,
    slow: bool = False,
    seconds: int = 0,
    memory_mb: int = 0,
    on_failure: OnFailure | None = None,
) -> Callable[[WorkFunction], WorkFunction]:
    """Register the function that does jobs of this kind; limits hold in the worker's processes."""

    def register(work: WorkFunction) -> WorkFunction:
        known = HANDLERS.get(kind)
        if known is not None and known.work.__qualname__ != work.__qualname__:
            raise ValueError(f"Two handlers want {kind}: {known.work.__qualname__} and {work.__qualname__}.")
        HANDLERS[kind] = Handler(work, slow or bool(seconds or memory_mb), seconds, memory_mb, on_failure)
        return work

    return register


def every(seconds: int, name: str) -> Callable[[Tick], Tick]:
    """Call the function about this often, inside a transaction, once for all workers together.

    Each has one row in the job table, so that the list of jobs shows when it ran and why it failed.
    """

    def register(tick: Tick) -> Tick:
        kind = f"calendar.{name}"

        def work(job: Claimed, report_progress: ReportProgress) -> None:
            tick()

        work.__qualname__ = tick.__qualname__
        handler(kind)(work)
        CALENDAR[kind] = Calendar(kind, seconds)
        return tick

    return register


def before_work(function: Preparation) -> Preparation:
    """Have the worker's parent call the function once before it starts processes, which then share what it made.

    It must leave no connection and no thread behind: processes are forked after it.
    """
    PREPARATIONS.append(function)
    return function
