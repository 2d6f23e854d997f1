"""A year's figures on the reviewer's desk: what the review room needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact.commitments.models import Target
from impact.db import db
from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.progress import operations, prechecks
from impact.progress.models import Figure, ProgressReport
from impact.progress.operations.reports import name_of
from impact.progress.workflow import PROGRESS
from impact.reviews.models import Review
from impact.reviews.subjects import Check, Difference, EvidenceItem, SubjectKind, Words, register

#: What a reviewer reads of each figure.
_SHOWN: tuple[tuple[str, str], ...] = (
    ("on", N_("Date that the figure is about")),
    ("numerator", N_("Counted")),
    ("denominator", N_("Out of")),
    ("value", N_("Figure")),
    ("delivered", N_("Is it delivered?")),
    ("parts_note", N_("Why the parts do not add up")),
    ("not_measured", N_("Not measured, because…")),
    ("known_by", N_("A figure will be known by")),
    ("source", N_("Source and how it was counted")),
    ("method_change", N_("What changed in the method or definition")),
    ("narrative", N_("What was done")),
    ("worked", N_("What worked")),
    ("obstacles", N_("What stood in the way")),
    ("next_steps", N_("Next steps")),
)
_PARTS: dict[str, str] = {
    "women": N_("Women"),
    "men": N_("Men"),
    "other": N_("Other or self-described"),
    "undisclosed": N_("Not disclosed"),
}


def _load(report_id: int) -> ProgressReport | None:
    return _load_many([report_id]).get(report_id)


def _load_many(ids: Sequence[int]) -> Mapping[int, ProgressReport]:
    rows = db.session.scalars(
        select(ProgressReport)
        .where(ProgressReport.id.in_(ids))
        .options(
            joinedload(ProgressReport.window),
            joinedload(ProgressReport.champion),
            selectinload(ProgressReport.figures).selectinload(Figure.evidence),
            selectinload(ProgressReport.figures).joinedload(Figure.target).joinedload(Target.indicator),
            selectinload(ProgressReport.figures).joinedload(Figure.target).joinedload(Target.commitment),
        )
    )
    return {report.id: report for report in rows}


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
    rows = []
    ids = [figure.supersedes_id for figure in report.figures if figure.supersedes_id]
    replaced = {old.id: old for old in db.session.scalars(select(Figure).where(Figure.id.in_(ids)))} if ids else {}
    for figure in report.figures:
        old = replaced.get(figure.supersedes_id) if figure.supersedes_id else None
        for name, label in _SHOWN:
            after, before = getattr(figure, name), getattr(old, name) if old else None
            if after in (None, "") and before in (None, ""):
                continue
            rows.append(_row(figure, name, label, before, after, old is None))
        for part, label in _PARTS.items():
            after, before = figure.parts.get(part), old.parts.get(part) if old else None
            if after is not None or before is not None:
                rows.append(_row(figure, part, label, before, after, old is None))
    return rows


def _row(figure: Figure, name: str, label: str, before: Any, after: Any, is_first: bool) -> Difference:
    words = Words(N_("%(scope)s: %(field)s"), {"scope": name_of(figure.target), "field": Words(label)})
    return Difference(f"figure:{figure.public_id}:{name}", words, before, after, is_first)


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


PROGRESS_REPORT = register(
    SubjectKind(
        kind="progress_report",
        table=PROGRESS,
        load=_load,
        load_many=_load_many,
        title=_title,
        open_url=_open_url,
        prechecks=_prechecks,
        differences=_differences,
        evidence=_evidence,
        on_approved=operations.on_approved,
        label=N_("Figures of a year"),
        writing=Action.PROGRESS_WRITE,
    )
)
