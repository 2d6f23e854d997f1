"""Questions about windows, reports and figures; each takes a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion, CohortPlace
from impact.commitments.models import Commitment, Target
from impact.db import db
from impact.errors import NotFound
from impact.indicators.models import Indicator
from impact.messages import gettext_noop as N_
from impact.progress.models import Evidence, Figure, ProgressReport, ReportingWindow, StatusOverride
from impact.progress.operations.figures import is_share
from impact.reviews.models import Review


def figures_of(targets: Iterable[Target]) -> dict[int, list[Figure]]:
    """{target id: its approved figures that are not superseded, by date}; one query for any number of targets."""
    ids = [target.id for target in targets]
    found: dict[int, list[Figure]] = {target_id: [] for target_id in ids}
    if ids:
        rows = db.session.scalars(
            select(Figure)
            .where(Figure.target_id.in_(ids), Figure.approved_at.is_not(None), Figure.superseded_at.is_(None))
            .options(
                joinedload(Figure.report).joinedload(ProgressReport.window),
                selectinload(Figure.evidence),
            )
            .order_by(Figure.on, Figure.approved_at, Figure.id)
        )
        for figure in rows:
            found[figure.target_id].append(figure)
    return found


def superseded_of(targets: Iterable[Target]) -> dict[int, list[Figure]]:
    """{target id: figures that were approved and later corrected, oldest first}."""
    ids = [target.id for target in targets]
    found: dict[int, list[Figure]] = {target_id: [] for target_id in ids}
    rows = db.session.scalars(
        select(Figure)
        .where(Figure.target_id.in_(ids), Figure.superseded_at.is_not(None))
        .options(joinedload(Figure.report).joinedload(ProgressReport.window))
        .order_by(Figure.on, Figure.superseded_at)
    )
    for figure in rows:
        found[figure.target_id].append(figure)
    return found


def overrides_of(targets: Iterable[Target]) -> dict[int, StatusOverride]:
    """{target id: the other status that a reviewer set and that still stands}."""
    ids = [target.id for target in targets]
    rows = db.session.scalars(
        select(StatusOverride)
        .where(StatusOverride.target_id.in_(ids), StatusOverride.ended_at.is_(None))
        .order_by(StatusOverride.at)
    )
    return {override.target_id: override for override in rows}


def windows_of(champion: Champion) -> list[ReportingWindow]:
    """The windows of the cohorts in which the champion had a seat when they opened, newest first."""
    return windows_of_all([champion.id]).get(champion.id, [])


def windows_of_all(champion_ids: Sequence[int]) -> dict[int, list[ReportingWindow]]:
    """The same for many champions, in one query. Recorded champions have no duty to report, so they have none."""
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


def all_windows() -> list[ReportingWindow]:
    return list(
        db.session.scalars(
            select(ReportingWindow)
            .options(joinedload(ReportingWindow.cohort))
            .order_by(ReportingWindow.due_on.desc(), ReportingWindow.id)
        )
    )


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


def target_by_public_id(public_id: str) -> Target:
    target = db.session.scalar(
        select(Target)
        .where(Target.public_id == public_id)
        .options(joinedload(Target.indicator), joinedload(Target.commitment).joinedload(Commitment.champion))
    )
    if target is None:
        raise NotFound(N_("There is no such target."))
    return target


def figure_before(target: Target, on: date) -> Figure | None:
    """The last approved figure before this day: shown beside the one that is being entered."""
    return db.session.scalar(
        select(Figure)
        .where(
            Figure.target_id == target.id,
            Figure.approved_at.is_not(None),
            Figure.superseded_at.is_(None),
            Figure.on < on,
        )
        .order_by(Figure.on.desc(), Figure.approved_at.desc())
        .limit(1)
    )


def evidence_by_public_id(public_id: str) -> tuple[Evidence, bool]:
    """(the piece, whether the public may have it): it is marked public and its figure was approved."""
    row = db.session.execute(
        select(Evidence, Figure.approved_at)
        .outerjoin(Figure, Figure.id == Evidence.figure_id)
        .where(Evidence.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound(N_("There is no such file."))
    piece: Evidence = row[0]
    return piece, bool(piece.is_public and row[1] is not None and piece.removed_at is None)


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


@dataclass(frozen=True)
class PublicFigure:
    """A figure as the public sees it: counts that could point at a person are None and `suppressed` says so."""

    public_id: str
    on: date | None
    on_is_year: bool
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    delivered: bool | None
    parts: dict[str, int | None] = field(default_factory=dict)
    suppressed: bool = False
    parts_note: str = ""
    not_measured: str = ""
    known_by: date | None = None
    method_change: str = ""
    source: str = ""
    narrative: str = ""
    worked: str = ""
    obstacles: str = ""
    next_steps: str = ""
    evidence: tuple[Evidence, ...] = ()
    year: int | None = None


def public_figures(targets: Sequence[Target], threshold: int) -> dict[int, list[PublicFigure]]:
    """{target id: figures for public pages}; `threshold` is settings.suppression_threshold."""
    indicators = {target.id: target.indicator for target in targets}
    return {
        target_id: [public_figure(figure, indicators[target_id], threshold) for figure in figures]
        for target_id, figures in figures_of(targets).items()
    }


def public_figure(figure: Figure, indicator: Indicator | None, threshold: int) -> PublicFigure:
    """One figure for the public. Named public offices are known anyway, so nothing is hidden for them."""
    offices = bool(indicator and indicator.public_office)
    parts, hidden = suppressed_parts(figure.parts, 0 if offices else threshold)
    counts_hidden = not offices and (
        any(parts.get(part, 0) is None for part in ("women", "men"))
        or _gives_away(figure.numerator, figure.denominator, threshold, is_share(indicator))
    )
    if counts_hidden and figure.parts:
        parts, hidden = dict.fromkeys(figure.parts), True
    return PublicFigure(
        public_id=figure.public_id,
        on=figure.on,
        on_is_year=figure.on_is_year,
        value=figure.value,
        numerator=None if counts_hidden else figure.numerator,
        denominator=None if counts_hidden else figure.denominator,
        delivered=figure.delivered,
        parts=parts,
        suppressed=hidden or counts_hidden,
        parts_note=figure.parts_note,
        not_measured=figure.not_measured,
        known_by=figure.known_by,
        method_change=figure.method_change,
        source=figure.recorded_source or figure.source,
        narrative=figure.narrative,
        worked=figure.worked,
        obstacles=figure.obstacles,
        next_steps=figure.next_steps,
        evidence=tuple(piece for piece in figure.evidence if piece.is_public and piece.removed_at is None),
        year=figure.report.window.year if figure.report else (figure.on.year if figure.on else None),
    )


def suppressed_parts(parts: dict[str, int], threshold: int) -> tuple[dict[str, int | None], bool]:
    """(the parts with None for what may not be shown, whether anything is hidden).

    A part from 1 to below the threshold is hidden. With "other" and "undisclosed" both are hidden together, a zero
    too, so that their sum (which the whole gives away) says nothing about either; where only one of the two was
    counted, the smaller of women and men is hidden with it. A small count of women or men hides everything.
    """
    small = {part for part, count in parts.items() if 0 < count < threshold}
    if not small:
        return dict(parts), False
    if small & {"women", "men"}:
        return dict.fromkeys(parts), True
    hidden: set[str] = {part for part in ("other", "undisclosed") if part in parts}
    if len(hidden) == 1:
        rest = [part for part in ("men", "women") if part in parts]
        hidden.update(sorted(rest, key=lambda part: parts[part])[:1])
    return {part: None if part in hidden else count for part, count in parts.items()}, True


def _gives_away(numerator: Decimal | None, denominator: Decimal | None, threshold: int, share: bool) -> bool:
    """Whether the counts show a group of fewer than `threshold` people: those counted, or those who are left."""
    if numerator is None or denominator is None:
        return False
    others = denominator - numerator if share else denominator
    return 0 < numerator < threshold or 0 < others < threshold
