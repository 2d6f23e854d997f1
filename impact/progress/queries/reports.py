"""Questions about windows and yearly reports."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion, Cohort, CohortPlace
from impact.commitments.models import Target
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.progress.models import Figure, ProgressReport, ReportingWindow
from impact.reviews.models import Review


def windows_of(champion: Champion) -> list[ReportingWindow]:
    """The windows of the cohorts in which the champion had a seat when they opened, newest first."""
    return windows_of_all([champion.id]).get(champion.id, [])


def windows_of_all(champion_ids: Sequence[int], unanswered: bool = False) -> dict[int, list[ReportingWindow]]:
    """The same for many champions, in one query. Recorded champions have no duty to report, so they have none.

    With `unanswered`, windows are left out whose report came and waits for its review: nothing is missing there.
    """
    waits = exists().where(
        ProgressReport.champion_id == CohortPlace.champion_id,
        ProgressReport.window_id == ReportingWindow.id,
        ProgressReport.correction == 0,
        ProgressReport.first_submitted_at.is_not(None),
        ProgressReport.state != "approved",
    )
    found: dict[int, list[ReportingWindow]] = {champion_id: [] for champion_id in champion_ids}
    rows = db.session.execute(
        select(CohortPlace.champion_id, ReportingWindow)
        .join(ReportingWindow, ReportingWindow.cohort_id == CohortPlace.cohort_id)
        .join(Champion, Champion.id == CohortPlace.champion_id)
        .where(
            CohortPlace.champion_id.in_(champion_ids),
            Champion.is_recorded.is_(False),
            CohortPlace.admitted_on <= ReportingWindow.period_ends,
            or_(CohortPlace.left_on.is_(None), CohortPlace.left_on > ReportingWindow.period_ends),
            *((~waits,) if unanswered else ()),
        )
        .order_by(ReportingWindow.period_ends.desc(), ReportingWindow.id)
    )
    for champion_id, window in rows:
        if window not in found[champion_id]:
            found[champion_id].append(window)
    return found


def window_of_year(champion: Champion, year: int) -> ReportingWindow:
    """The champion's window of a year; NotFound otherwise."""
    for window in windows_of(champion):
        if window.year == year:
            return window
    raise NotFound(N_("There is no reporting window for this year."))


def all_windows(limit: int = 30) -> list[ReportingWindow]:
    """The newest windows; older ones are history that every organisation's own pages show."""
    return list(
        db.session.scalars(
            select(ReportingWindow)
            .options(joinedload(ReportingWindow.cohort))
            .order_by(ReportingWindow.due_on.desc(), ReportingWindow.id)
            .limit(limit)
        )
    )


def window_by(cohort_slug: str, year: int) -> ReportingWindow:
    window = db.session.scalar(
        select(ReportingWindow).join(Cohort).where(Cohort.slug == cohort_slug, ReportingWindow.year == year)
    )
    if window is None:
        raise NotFound(N_("There is no such reporting window."))
    return window


def reports_of(champion: Champion) -> dict[int, list[ProgressReport]]:
    """{window id: the report of the year and its corrections, newest first}."""
    found: dict[int, list[ProgressReport]] = {}
    rows = db.session.scalars(
        select(ProgressReport)
        .where(ProgressReport.champion_id == champion.id)
        .options(selectinload(ProgressReport.figures))
        .order_by(ProgressReport.correction.desc())
    )
    for report in rows:
        found.setdefault(report.window_id, []).append(report)
    return found


def report_of(champion: Champion, window: ReportingWindow) -> ProgressReport | None:
    """The newest report (or correction) of the year, with its figures and targets; None where none was begun."""
    return db.session.scalar(
        select(ProgressReport)
        .where(ProgressReport.champion_id == champion.id, ProgressReport.window_id == window.id)
        .options(
            selectinload(ProgressReport.figures).selectinload(Figure.evidence),
            selectinload(ProgressReport.figures).joinedload(Figure.target).joinedload(Target.indicator),
            selectinload(ProgressReport.figures).joinedload(Figure.target).joinedload(Target.commitment),
        )
        .order_by(ProgressReport.correction.desc())
        .limit(1)
    )


def reviews_of(report: ProgressReport) -> list[Review]:
    """The rounds of review that have a verdict, oldest first: the organisation reads what was said."""
    return list(
        db.session.scalars(
            select(Review)
            .where(
                Review.subject_kind == "progress_report", Review.subject_id == report.id, Review.verdict_at.is_not(None)
            )
            .order_by(Review.round)
        )
    )


def report_by_public_id(public_id: str) -> ProgressReport:
    report = db.session.scalar(select(ProgressReport).where(ProgressReport.public_id == public_id))
    if report is None:
        raise NotFound(N_("There is no such report."))
    return report
