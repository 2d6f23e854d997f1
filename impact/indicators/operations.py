"""Loading the catalogue, and adding and retiring indicators. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import changes, record
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.indicators.catalogue import CatalogueRow, catalogue
from impact.indicators.models import Indicator
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require


def _columns(row: CatalogueRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "slug": row.slug,
        "name": dict(row.name),
        "short_what": dict(row.short_what),
        "constituencies": sorted(row.constituencies),
        "theme": row.theme,
        "unit": row.unit,
        "direction": row.direction,
        "cap": row.cap,
        "public_office": row.public_office,
        "counts": row.counts,
        "numerator": dict(row.numerator),
        "denominator": dict(row.denominator),
        "disaggregation": list(row.disaggregation),
        "definition": dict(row.definition),
        "formula": row.formula,
        "source_framework": row.source_framework,
        "source_edition": row.source_edition,
        "source_url": row.source_url,
        "verified": row.verified,
        "note": row.note,
    }


def load_catalogue(actor: Actor) -> int:
    """Add the indicators of the shipped catalogue that the database does not have yet; returns how many.

    What staff changed or retired stays as they left it, so the loading can be repeated at every start.
    """
    require(actor, Action.INDICATOR_MANAGE)
    known = set(db.session.scalars(select(Indicator.code)))
    rows = [row for row in catalogue() if row.code not in known]
    moment = clock.now()
    db.session.add_all(Indicator(**_columns(row), added_at=moment, added_by_id=actor.person_id) for row in rows)
    db.session.flush()
    if rows:
        first = db.session.scalars(select(Indicator).where(Indicator.code == rows[0].code)).one()
        record(actor, "catalogue_loaded", first, details={"codes": [row.code for row in rows]})
    return len(rows)


def add_indicator(data: Mapping[str, Any], actor: Actor) -> Indicator:
    """Add an indicator; `data` holds the columns of the model. Raises Invalid where the code or address is taken."""
    require(actor, Action.INDICATOR_MANAGE)
    for column in ("code", "slug"):
        if db.session.scalar(select(Indicator.id).where(getattr(Indicator, column) == data[column])):
            raise Invalid(
                N_("There is an indicator with this code or address already."),
                {column: (N_("An indicator with this code or address exists already; choose another"), {})},
            )
    indicator = Indicator(**data, added_at=clock.now(), added_by_id=actor.person_id)
    db.session.add(indicator)
    record(actor, "indicator_added", indicator, details=changes({}, {"code": indicator.code, "name": indicator.name}))
    return indicator


def retire_indicator(indicator: Indicator, reason: str, actor: Actor) -> None:
    """No new target may use it from now on; targets that do keep it, and its page stays."""
    require(actor, Action.INDICATOR_MANAGE)
    if indicator.retired_at is not None:
        raise InvalidState(N_("This indicator has been retired already."))
    if not reason.strip():
        raise Invalid(N_("Give a reason."), {"reason": (N_("Say why it is retired and what to use instead"), {})})
    indicator.retired_at = clock.now()
    indicator.retired_reason = reason.strip()
    record(actor, "indicator_retired", indicator, reason=reason)


def bring_back(indicator: Indicator, reason: str, actor: Actor) -> None:
    """Undo a retirement."""
    require(actor, Action.INDICATOR_MANAGE)
    if indicator.retired_at is None:
        raise InvalidState(N_("This indicator is in use."))
    indicator.retired_at = None
    indicator.retired_reason = ""
    record(actor, "indicator_brought_back", indicator, reason=reason)
