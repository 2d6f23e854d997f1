"""Windows and the yearly report: open, submit, approve, correct."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.audit.seals import sealed
from impact.champions.models import Champion, Cohort, CohortPlace, Standing
from impact.commitments.models import Commitment, Target
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress import steps
from impact.progress.models import Evidence, Figure, ProgressReport, ReportingWindow
from impact.progress.operations.figures import unanswered
from impact.progress.seals import seal_of_figure
from impact.progress.workflow import PROGRESS
from impact.reviews import operations as reviews
from impact.workflow import move

#: What a correction takes over from the figure that it replaces.
_COPIED = (
    "on",
    "on_is_year",
    "value",
    "numerator",
    "denominator",
    "delivered",
    "parts_note",
    "not_measured",
    "known_by",
    "method_change",
    "method_bridged",
    "source",
    "narrative",
    "worked",
    "obstacles",
    "next_steps",
)


def open_window(
    cohort: Cohort,
    year: int,
    period_starts: date,
    period_ends: date,
    opens_on: date,
    due_on: date,
    grace_days: int,
    actor: Actor,
) -> ReportingWindow:
    """A year's reporting of a cohort. Raises Invalid with a problem per field, InvalidState for a second one."""
    require(actor, Action.WINDOW_MANAGE)
    problems: dict[str, tuple[str, dict[str, Any]]] = {}
    if period_ends <= period_starts:
        problems["period_ends"] = (N_("The period must end after it begins"), {})
    if opens_on < period_ends:
        problems["opens_on"] = (
            N_("A window opens when its period has ended, on %(day)s or later"),
            {"day": period_ends},
        )
    if due_on < opens_on:
        problems["due_on"] = (N_("The due date must not be before the opening, %(day)s"), {"day": opens_on})
    if not 0 <= grace_days <= 366:
        problems["grace_days"] = (N_("Give between 0 and 366 days of grace"), {})
    if not 1990 <= year <= 2100:
        problems["year"] = (N_("Give a year between 1990 and 2100"), {})
    if problems:
        raise Invalid(N_("The window was not opened."), problems)
    if db.session.scalar(
        select(ReportingWindow.id).where(ReportingWindow.cohort_id == cohort.id, ReportingWindow.year == year)
    ):
        raise Invalid(
            N_("There is a window for %(year)s already."),
            {"year": (N_("There is a window for this year already"), {})},
            year=str(year),
        )
    window = ReportingWindow(
        cohort_id=cohort.id,
        year=year,
        period_starts=period_starts,
        period_ends=period_ends,
        opens_on=opens_on,
        due_on=due_on,
        grace_days=grace_days,
    )
    db.session.add(window)
    flush_or_conflict(N_("Somebody else opened a window for this year at the same moment."))
    record(actor, "opened", window, details={"cohort": cohort.slug, "year": year, "due_on": due_on})
    return window


def reportable_targets(champion: Champion, window: ReportingWindow) -> list[Target]:
    """The targets that a year's report has to answer: of published commitments that had begun in the period."""
    return list(
        db.session.scalars(
            select(Target)
            .join(Commitment)
            .where(
                Commitment.champion_id == champion.id,
                Commitment.state == "published",
                or_(Commitment.starts_on.is_(None), Commitment.starts_on <= window.period_ends),
                or_(Target.baseline_date.is_(None), Target.baseline_date < window.period_ends),
            )
            .order_by(Commitment.id, Target.position, Target.id)
        )
    )


def open_report(champion: Champion, window: ReportingWindow, actor: Actor) -> ProgressReport:
    """The draft of the year with one empty figure per target; the one that exists where there is one already.

    The source and method text of each target's last approved figure is filled in.
    """
    require(actor, Action.PROGRESS_WRITE, champion.id)
    existing = db.session.scalar(
        select(ProgressReport)
        .where(ProgressReport.champion_id == champion.id, ProgressReport.window_id == window.id)
        .order_by(ProgressReport.correction.desc())
        .limit(1)
    )
    if existing is not None:
        _add_missing_figures(existing, actor)
        return existing
    if champion.is_recorded or champion.standing != Standing.ACTIVE:
        raise InvalidState(N_("Only active champions report figures."))
    if window.opens_on > clock.today():
        raise InvalidState(N_("Reporting on %(year)s opens on %(day)s."), year=str(window.year), day=window.opens_on)
    if not db.session.scalar(
        select(CohortPlace.id).where(CohortPlace.champion_id == champion.id, CohortPlace.cohort_id == window.cohort_id)
    ):
        raise InvalidState(N_("This window belongs to another cohort."))
    report = ProgressReport(champion=champion, window=window, state="draft", correction=0, created_at=clock.now())
    db.session.add(report)
    flush_or_conflict(N_("Somebody else opened this report at the same moment. Open the page again."))
    record(actor, "opened", report, to_state="draft", details={"year": window.year})
    _add_missing_figures(report, actor)
    return report


def _add_missing_figures(report: ProgressReport, actor: Actor) -> None:
    """A commitment that was published after the draft was begun is asked about too."""
    if report.state != "draft" or report.correction:
        return
    there = {figure.target_id for figure in report.figures}
    missing = [target for target in reportable_targets(report.champion, report.window) if target.id not in there]
    if not missing:
        return
    last = _last_approved([target.id for target in missing])
    for target in missing:
        before = last.get(target.id)
        report.figures.append(
            Figure(
                target=target,
                on=report.window.period_ends,
                source=before.source if before else target.baseline_source,
                parts={},
                typed={},
                entered_at=clock.now(),
                entered_by_id=actor.person_id,
            )
        )
    db.session.flush()
    record(actor, "add_target", report, details={"targets": [target.public_id for target in missing]})


def _last_approved(target_ids: list[int]) -> dict[int, Figure]:
    rows = db.session.scalars(
        select(Figure)
        .where(Figure.target_id.in_(target_ids), Figure.approved_at.is_not(None), Figure.superseded_at.is_(None))
        .order_by(Figure.on, Figure.approved_at, Figure.id)
    )
    return {figure.target_id: figure for figure in rows}


def submit_report(report: ProgressReport, actor: Actor) -> None:
    """Hand the year in. Raises Invalid naming each figure that is not answered, by its public id."""
    require(actor, Action.PROGRESS_SUBMIT, report.champion_id)
    problems: dict[str, tuple[str, dict[str, Any]]] = {}
    for figure in report.figures:
        if reason := unanswered(figure):
            problems[figure.public_id] = (
                N_("%(scope)s: %(reason)s"),
                {"scope": name_of(figure.target), "reason": _Words(reason)},
            )
    if not report.figures:
        raise Invalid(N_("There is nothing to report: no published commitment was running in this period."))
    if problems:
        raise Invalid(N_("Some figures are not answered yet."), problems)
    move(PROGRESS, report, "submit", actor)
    if report.first_submitted_at is None:
        report.first_submitted_at = report.submitted_at
    db.session.flush()
    reviews.submitted("progress_report", report, actor)


class _Words:
    """A message inside another one: printed by `impact.i18n.show` in the reader's language."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.values: dict[str, Any] = {}

    def __str__(self) -> str:
        return self.message


def name_of(target: Target) -> str:
    """What a target is called in a list: its scope, or the indicator's name, or the headline."""
    if target.scope:
        return target.scope
    if target.indicator is not None:
        return target.indicator.text("name", "en")
    return target.commitment.headline


def on_approved(report: ProgressReport, actor: Actor) -> None:
    """After the move to approved: figures count from now on, and replace those that they correct."""
    now = report.approved_at or clock.now()
    for figure in report.figures:
        figure.approved_at = now
        if done := steps.settle(figure):
            details = {"target": figure.target.public_id, "steps": {name: str(day or "") for name, day in done.items()}}
            record(actor, "steps_done", figure.target.commitment, details=details)
        if figure.supersedes_id is not None:
            old = db.session.get_one(Figure, figure.supersedes_id)
            old.superseded_at = now
    seals: dict[str, str] = {}
    for figure in report.figures:
        seals |= seal_of_figure(figure)
    record(actor, "figures_approved", report, details=sealed(seals))


def start_correction(report: ProgressReport, reason: str, actor: Actor) -> ProgressReport:
    """After approval: a new report with the figures as they stand, to be changed and reviewed again.

    The old report and its figures stay as they are; they are superseded when the correction is approved.
    """
    require(actor, Action.PROGRESS_WRITE, report.champion_id)
    if report.state != "approved":
        raise InvalidState(N_("Only approved figures are corrected. Until then, change the report itself."))
    if not reason.strip():
        raise Invalid(N_("Say what was wrong."), {"reason": (N_("Say what was wrong. The public reads it."), {})})
    newest = (
        db.session.scalar(
            select(func.max(ProgressReport.correction)).where(
                ProgressReport.champion_id == report.champion_id, ProgressReport.window_id == report.window_id
            )
        )
        or 0
    )
    if newest != report.correction:
        raise InvalidState(N_("There is a newer correction of this report. Open that one."))
    correction = ProgressReport(
        champion=report.champion,
        window=report.window,
        correction=newest + 1,
        correction_reason=reason.strip(),
        statement=report.statement,
        state="draft",
        created_at=clock.now(),
        first_submitted_at=None,
    )
    db.session.add(correction)
    flush_or_conflict(N_("Somebody else began a correction at the same moment. Open the page again."))
    for old in report.figures:
        new = Figure(
            target=old.target,
            supersedes_id=old.id,
            parts=dict(old.parts),
            steps=dict(old.steps),
            typed={},
            entered_at=clock.now(),
            entered_by_id=actor.person_id,
            **{name: getattr(old, name) for name in _COPIED},
        )
        for piece in old.evidence:
            if piece.removed_at is None:
                new.evidence.append(_copy_of(piece))
        correction.figures.append(new)
    db.session.flush()
    record(actor, "correction_started", correction, to_state="draft", reason=reason, details={"correction": newest + 1})
    return correction


def _copy_of(piece: Evidence) -> Evidence:
    names = ("champion_id", "title", "is_public", "url", "sha256", "file_name", "content_type", "size")
    return Evidence(
        **{name: getattr(piece, name) for name in names}, added_at=piece.added_at, added_by_id=piece.added_by_id
    )
