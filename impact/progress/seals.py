"""Every approved figure with the digests of its evidence, sealed in the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact.audit.seals import Now, name_of, register
from impact.commitments.content import as_json, digest_of
from impact.db import db
from impact.progress.models import Figure

_FIELDS = (
    "on",
    "on_is_year",
    "value",
    "numerator",
    "denominator",
    "delivered",
    "parts",
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
    "steps",
    "recorded_source",
)
_OF_EVIDENCE = ("public_id", "title", "is_public", "url", "sha256", "file_name")
_AT_A_TIME = 500


def seal_of_figure(figure: Figure) -> dict[str, str]:
    db.session.flush()
    # Read back as the database keeps it: what was just computed may have more digits than a column has.
    db.session.refresh(figure)
    return {name_of("figure", figure.public_id): _digest(figure)}


def _digest(figure: Figure) -> str:
    content: dict[str, Any] = {name: as_json(getattr(figure, name)) for name in _FIELDS}
    content["target"] = figure.target.public_id
    content["evidence"] = [
        {name: getattr(piece, name) for name in _OF_EVIDENCE} for piece in figure.evidence if piece.removed_at is None
    ]
    return digest_of(content)


def _figures() -> Iterator[Now]:
    last = 0
    while found := _after(last):
        for figure in found:
            yield Now(name_of("figure", figure.public_id), _digest(figure))
        last = found[-1].id


def _after(last: int) -> Sequence[Figure]:
    return db.session.scalars(
        select(Figure)
        .where(Figure.approved_at.is_not(None), Figure.id > last)
        .options(joinedload(Figure.target), selectinload(Figure.evidence))
        .order_by(Figure.id)
        .limit(_AT_A_TIME)
        .execution_options(populate_existing=True)
    ).all()


register("figure", _figures)
