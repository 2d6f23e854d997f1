"""The only place that asks what time it is; everything is UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

_told: ContextVar[datetime | None] = ContextVar("the moment that a story is told at", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Within the block it is noon of that day, for this thread only.

    For the history of made-up organisations, which went through the same operations years ago. Never for real ones:
    what they did is dated by the clock.
    """
    token = _told.set(datetime.combine(day, time(12), UTC))
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """The present day in UTC."""
    return now().date()


def working_days_between(start: date, end: date) -> int:
    """Whole working days (Monday to Friday) after `start` up to and including `end`; never below 0."""
    days = 0
    day = start
    while day < end:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days += 1
    return days
