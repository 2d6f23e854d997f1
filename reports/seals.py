"""Every edition, sealed in the audit trail: what was frozen stays what was frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from impact.audit.seals import Now, name_of, register
from impact.commitments.content import digest_of
from impact.db import db
from reports.models import Edition


def seal_of_edition(edition: Edition) -> dict[str, str]:
    return {name_of("edition", edition.public_id): _digest(edition.snapshot, edition.sha256)}


def _digest(snapshot: Mapping[str, Any], sha256: str) -> str:
    """Of the JSON as it is kept, so that editions of a layout that is no longer read are compared too."""
    return digest_of({"snapshot": snapshot, "sha256": sha256})


def _editions() -> Iterator[Now]:
    numbers = db.session.scalars(select(Edition.id).order_by(Edition.id)).all()
    for number in numbers:
        # One at a time: a snapshot holds a whole year.
        row = db.session.execute(
            select(Edition.public_id, Edition.snapshot, Edition.sha256).where(Edition.id == number)
        ).one()
        yield Now(name_of("edition", row.public_id), _digest(row.snapshot, row.sha256))


register("edition", _editions)
