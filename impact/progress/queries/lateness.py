"""Who is late: computed from a window's days and the first submission, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from impact.champions.models import Champion, CohortPlace
from impact.db import db
from impact.messages import gettext_noop as N_
from impact.progress.models import ProgressReport, ReportingWindow


@dataclass(frozen=True)
class Lateness:
    """How a champion stands with one window: `state` is not_open, open, in_grace, late, in_time, was_late or exempt."""

    state: str
    due_on: date
    grace_ends: date
    #: after the end of the grace
    days_late: int = 0
    submitted_on: date | None = None

    @property
    def is_late(self) -> bool:
        return self.state == "late"


LATENESS_LABELS: dict[str, str] = {
    "not_open": N_("Not open yet"),
    "open": N_("Open"),
    "in_grace": N_("Due, in the days of grace"),
    "late": N_("Late"),
    "in_time": N_("Handed in on time"),
    "was_late": N_("Handed in late"),
    "exempt": N_("No duty to report"),
}


def lateness(champion: Champion, window: ReportingWindow, today: date) -> Lateness:
    """Computed from the window's days and the first submission; never stored."""
    submitted_at = db.session.scalar(
        select(ProgressReport.first_submitted_at).where(
            ProgressReport.champion_id == champion.id,
            ProgressReport.window_id == window.id,
            ProgressReport.correction == 0,
        )
    )
    return lateness_of(champion, window, submitted_at.date() if submitted_at else None, today)


def lateness_of(champion: Champion, window: ReportingWindow, submitted_on: date | None, today: date) -> Lateness:
    """The same with the day of the first submission given. Late begins the day after due date and grace."""
    due, ends = window.due_on, window.due_on + timedelta(days=window.grace_days)
    if champion.is_recorded:
        return Lateness("exempt", due, ends)
    if submitted_on is not None:
        over = (submitted_on - ends).days
        return Lateness("was_late" if over > 0 else "in_time", due, ends, max(0, over), submitted_on)
    if today < window.opens_on:
        return Lateness("not_open", due, ends)
    if today <= due:
        return Lateness("open", due, ends)
    if today <= ends:
        return Lateness("in_grace", due, ends)
    return Lateness("late", due, ends, (today - ends).days)


def lateness_in(window: ReportingWindow, today: date) -> list[tuple[Champion, Lateness]]:
    """Every champion that owes a report in this window, the latest first; two queries."""
    champions = db.session.scalars(
        select(Champion)
        .join(CohortPlace)
        .where(
            CohortPlace.cohort_id == window.cohort_id,
            CohortPlace.admitted_on <= window.period_ends,
            or_(CohortPlace.left_on.is_(None), CohortPlace.left_on > window.period_ends),
            Champion.is_recorded.is_(False),
        )
        .order_by(Champion.name)
    ).unique()
    submitted = dict(
        db.session.execute(
            select(ProgressReport.champion_id, ProgressReport.first_submitted_at).where(
                ProgressReport.window_id == window.id, ProgressReport.correction == 0
            )
        ).all()
    )
    rows = []
    for champion in champions:
        at = submitted.get(champion.id)
        rows.append((champion, lateness_of(champion, window, at.date() if at else None, today)))
    return sorted(rows, key=lambda row: -row[1].days_late if row[1].is_late else 1)
