"""Questions about the editions of many organisations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only, selectinload

from impact.accounts.models import Person
from impact.champions.models import Champion
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.progress.models import ReportingWindow
from reports.models import Edition

#: Years on the page; older editions stay at their addresses.
MOST_YEARS = 10
#: What the page prints of an edition: not what it says, which is long.
_PRINTED = (
    "kind", "champion_id", "code", "year", "constituency", "number", "state", "sha256", "confidential_sha256", "taken_at", "sealed_at", "returned_because",
    "recommended_at", "recommended_by_id",
)  # fmt: skip


def editions_of_many(*, sealed_only: bool) -> Sequence[Edition]:
    """The newest year first, in each the whole year first."""
    question = (
        select(Edition)
        .where(Edition.kind != "champion")
        .options(
            load_only(*(getattr(Edition, name) for name in _PRINTED)),
            selectinload(Edition.files),
        )
    )
    if sealed_only:
        # Everybody's page: it names nobody who works here.
        question = question.where(Edition.sealed_at.is_not(None))
    else:
        question = question.options(joinedload(Edition.recommended_by).load_only(Person.name))
    years = reported_years()
    return db.session.scalars(
        question.where(Edition.year.in_(years)).order_by(
            Edition.year.desc(), Edition.constituency, Edition.number.desc()
        )
    ).all()


def reported_years() -> list[int]:
    """Years with a reporting window, the newest first."""
    return list(
        db.session.scalars(
            select(ReportingWindow.year).distinct().order_by(ReportingWindow.year.desc()).limit(MOST_YEARS)
        )
    )


def holds_invented() -> bool:
    """Whether some of the champions that such reports are about are made up."""
    return db.session.scalar(select(Champion.id).where(Champion.is_demonstration).limit(1)) is not None


def edition_of_many(code: str) -> Edition:
    """Raises NotFound."""
    edition = db.session.scalar(select(Edition).where(Edition.code == code, Edition.kind != "champion"))
    if edition is None:
        raise NotFound(N_("There is no such edition."))
    return edition
