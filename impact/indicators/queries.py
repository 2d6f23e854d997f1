"""Questions to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from impact.db import db
from impact.errors import NotFound
from impact.indicators.models import Indicator
from impact.messages import gettext_noop as N_


def all_indicators(include_retired: bool = True) -> Sequence[Indicator]:
    """The whole catalogue by theme and code (some 160 rows: small enough to be read at once)."""
    query = select(Indicator).order_by(Indicator.theme, Indicator.code)
    if not include_retired:
        query = query.where(Indicator.retired_at.is_(None))
    return db.session.scalars(query).all()


def for_constituency(constituency: str) -> list[Indicator]:
    """The indicators in use that a champion of this constituency may choose from."""
    return [row for row in all_indicators(include_retired=False) if constituency in row.constituencies]


def indicator_by_slug(slug: str) -> Indicator:
    found = db.session.scalar(select(Indicator).where(Indicator.slug == slug))
    if found is None:
        raise NotFound(N_("There is no such indicator."))
    return found


def indicator_by_code(code: str) -> Indicator:
    found = db.session.scalar(select(Indicator).where(Indicator.code == code))
    if found is None:
        raise NotFound(N_("There is no such indicator."))
    return found
