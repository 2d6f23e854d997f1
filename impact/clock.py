"""The only place that asks what time it is; everything is UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


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
