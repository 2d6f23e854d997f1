"""A year's figures on the reviewer's desk: what the review room needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from impact.commitments.ambition import Asked
from impact.commitments.models import Target
from impact.db import db
from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.progress import operations, prechecks
from impact.progress.figures_compared import compared, gist
from impact.progress.models import Figure, ProgressReport
from impact.progress.operations.reports import name_of
from impact.progress.workflow import PROGRESS
from impact.reviews.criteria import OF_A_YEAR
from impact.reviews.models import Review
from impact.reviews.subjects import Check, Difference, EvidenceItem, SubjectKind, Words, register


def _load(report_id: int) -> ProgressReport | None:
    return _load_whole([report_id]).get(report_id)


def _load_many(ids: Sequence[int]) -> Mapping[int, ProgressReport]:
    """With what the queue prints of them."""
    rows = db.session.scalars(
        select(ProgressReport)
        .where(ProgressReport.id.in_(ids))
        .options(joinedload(ProgressReport.window), joinedload(ProgressReport.champion))
    )
    return {report.id: report for report in rows}


def _load_whole(ids: Sequence[int]) -> Mapping[int, ProgressReport]:
    """With every figure, its evidence, and its target as far as the sentence goes."""
    target = joinedload(ProgressReport.figures).joinedload(Figure.target)
    rows = db.session.scalars(
        select(ProgressReport)
        .where(ProgressReport.id.in_(ids))
        .options(
            joinedload(ProgressReport.window),
            joinedload(ProgressReport.champion),
            joinedload(ProgressReport.figures).selectinload(Figure.evidence),
            target.joinedload(Target.indicator),
            target.joinedload(Target.commitment),
            target.joinedload(Target.milestones),
            target.joinedload(Target.condition_figures),
        )
    )
    return {report.id: report for report in rows.unique()}


def _title(report: ProgressReport, language: str) -> Words:
    values = {"year": str(report.window.year), "number": report.correction}
    if report.correction:
        return Words(N_("Figures for %(year)s, correction %(number)s"), values)
    return Words(N_("Figures for %(year)s"), {"year": values["year"]})


def _open_url(report: ProgressReport) -> tuple[str, Mapping[str, Any]]:
    return "progress.year", {"slug": report.champion.slug, "year": report.window.year}


def _prechecks(report: ProgressReport) -> Sequence[Check]:
    """What a reviewer should look at first: the same remarks as the organisation reads before it hands in."""
    return prechecks.words_of(prechecks.prechecks_of(report))


def _differences(report: ProgressReport, review: Review) -> Sequence[Difference]:
    """Every answer; beside it, in a correction, what it replaces."""
    ids = [figure.supersedes_id for figure in report.figures if figure.supersedes_id]
    query = select(Figure).where(Figure.id.in_(ids)).options(joinedload(Figure.target).joinedload(Target.indicator))
    return compared(report, {old.id: old for old in db.session.scalars(query)} if ids else {})


def _evidence(report: ProgressReport) -> Sequence[EvidenceItem]:
    return [
        EvidenceItem(
            title=piece.title,
            endpoint="" if piece.url else "progress.evidence",
            values={} if piece.url else {"public_id": piece.public_id},
            link=piece.url,
            note=name_of(figure.target),
            is_confidential=not piece.is_public,
        )
        for figure in report.figures
        for piece in figure.evidence
        if piece.removed_at is None
    ]


def _targets(report: ProgressReport) -> Sequence[Asked]:
    """Each target with this year's figure, though it is not approved yet."""
    return [
        Asked(
            figure.target, figure.target, [(figure.on, figure.value)] if figure.on and figure.value is not None else []
        )
        for figure in report.figures
    ]


PROGRESS_REPORT = register(
    SubjectKind(
        kind="progress_report",
        table=PROGRESS,
        criteria=OF_A_YEAR,
        load=_load,
        load_many=_load_many,
        load_whole=_load_whole,
        title=_title,
        open_url=_open_url,
        prechecks=_prechecks,
        differences=_differences,
        evidence=_evidence,
        targets=_targets,
        gist=gist,
        on_approved=operations.on_approved,
        label=N_("Figures of a year"),
        writing=Action.PROGRESS_WRITE,
    )
)
