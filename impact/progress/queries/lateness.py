"""Who is late: computed from a window's days and the first submission, never stored."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True)
class WindowRow:
    """An organisation in a window: whether it is late, and where its report is ("" while none was begun)."""

    champion: Champion
    lateness: Lateness
    state: str


def standings_in(windows: Sequence[ReportingWindow], today: date) -> list[tuple[ReportingWindow, list[WindowRow]]]:
    """Each window with the organisations that owe a report in it, the latest first; two queries in all."""
    ids = [window.id for window in windows]
    owing = db.session.execute(
        select(ReportingWindow.id, Champion)
        .join(CohortPlace, CohortPlace.cohort_id == ReportingWindow.cohort_id)
        .join(Champion, Champion.id == CohortPlace.champion_id)
        .where(
            ReportingWindow.id.in_(ids),
            CohortPlace.admitted_on <= ReportingWindow.period_ends,
            or_(CohortPlace.left_on.is_(None), CohortPlace.left_on > ReportingWindow.period_ends),
            Champion.is_recorded.is_(False),
        )
        .order_by(Champion.name)
    ).all()
    reports = {
        (report.window_id, report.champion_id): report
        for report in db.session.scalars(
            select(ProgressReport).where(ProgressReport.window_id.in_(ids), ProgressReport.correction == 0)
        )
    }
    by_id = {window.id: window for window in windows}
    rows: dict[int, list[WindowRow]] = {window_id: [] for window_id in ids}
    for window_id, champion in owing:
        report = reports.get((window_id, champion.id))
        came = report.first_submitted_at.date() if report and report.first_submitted_at else None
        late = lateness_of(champion, by_id[window_id], came, today)
        rows[window_id].append(WindowRow(champion, late, report.state if report else ""))
    return [
        (window, sorted(rows[window.id], key=lambda row: -row.lateness.days_late if row.lateness.is_late else 1))
        for window in windows
    ]


def lateness_in(window: ReportingWindow, today: date) -> list[tuple[Champion, Lateness]]:
    """Every organisation that owes a report in this window, the latest first."""
    ((_window, rows),) = standings_in([window], today)
    return [(row.champion, row.lateness) for row in rows]
