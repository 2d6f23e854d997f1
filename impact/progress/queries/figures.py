"""Questions about figures, their evidence and overrides; each takes a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact.commitments.models import Commitment, Target
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.progress.models import Evidence, Figure, ProgressReport, StatusOverride


def figures_of(targets: Iterable[Target], evidence: bool = True) -> dict[int, list[Figure]]:
    """{target id: its approved figures that are not superseded, by date}; one query for any number of targets.

    With `evidence` (a second query) each figure knows its files and links.
    """
    ids = [target.id for target in targets]
    found: dict[int, list[Figure]] = {target_id: [] for target_id in ids}
    if ids:
        rows = db.session.scalars(
            select(Figure)
            .where(Figure.target_id.in_(ids), Figure.approved_at.is_not(None), Figure.superseded_at.is_(None))
            .options(
                joinedload(Figure.report).joinedload(ProgressReport.window),
                *((selectinload(Figure.evidence),) if evidence else ()),
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
