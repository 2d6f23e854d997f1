"""Every edition, sealed in the audit trail: what was frozen stays what was frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from impact.audit.seals import Now, name_of, register
from impact.commitments.content import digest_of
from impact.db import db
from reports.models import Edition

_SEALED = ("snapshot", "sha256", "confidential", "confidential_sha256")


def seal_of_edition(edition: Edition) -> dict[str, str]:
    return {name_of("edition", edition.public_id): _digest(*(getattr(edition, name) for name in _SEALED))}


def _digest(snapshot: Mapping[str, Any], sha256: str, confidential: Mapping[str, Any], confidential_sha256: str) -> str:
    """Of the JSON as it is kept, so that editions of a layout that is no longer read are compared too."""
    said: dict[str, Any] = {"snapshot": snapshot, "sha256": sha256}
    if confidential_sha256:
        said |= {"confidential": confidential, "confidential_sha256": confidential_sha256}
    return digest_of(said)


def _editions() -> Iterator[Now]:
    numbers = db.session.scalars(select(Edition.id).order_by(Edition.id)).all()
    for number in numbers:
        # One at a time: a snapshot holds a whole year.
        public_id, *content = db.session.execute(
            select(Edition.public_id, *(getattr(Edition, name) for name in _SEALED)).where(Edition.id == number)
        ).one()
        yield Now(name_of("edition", public_id), _digest(*content))


register("edition", _editions)
