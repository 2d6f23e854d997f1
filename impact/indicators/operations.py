"""Loading the catalogue, and adding and retiring indicators. Nothing is ever deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import changes, record
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.indicators.catalogue import CONSTITUENCIES, DIRECTIONS, UNITS, VERIFIED, CatalogueRow, catalogue
from impact.indicators.models import Indicator
from impact.indicators.themes import THEME_KEYS
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
    """Add an indicator; `data` holds the columns of the model.

    Raises Invalid where something is missing or does not go together, or the code or address is taken.
    """
    require(actor, Action.INDICATOR_MANAGE)
    problems = problems_of(data)
    if problems:
        raise Invalid(N_("Something of the indicator has to be put right."), problems)
    for column in ("code", "slug"):
        if db.session.scalar(select(Indicator.id).where(getattr(Indicator, column) == data[column])):
            raise Invalid(
                N_("There is an indicator with this code or address already."),
                {"code": (N_("An indicator with this code or address exists already; choose another"), {})},
            )
    indicator = Indicator(**data, added_at=clock.now(), added_by_id=actor.person_id)
    db.session.add(indicator)
    record(actor, "indicator_added", indicator, details=changes({}, {"code": indicator.code, "name": indicator.name}))
    return indicator


_CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,39}")
Problems = dict[str, tuple[str, dict[str, Any]]]


def problems_of(data: Mapping[str, Any]) -> Problems:
    """{field: (message id, values)} of what is missing in a new indicator or does not go together."""
    found: Problems = {}
    if not _CODE.fullmatch(data["code"]):
        found["code"] = (N_("Use letters, digits, hyphens and points, at most 40 of them"), {})
    for name, message in _IN_ENGLISH.items():
        if not data[name].get("en"):
            found[f"{name}_en"] = (message, {})
    if not data["constituencies"] or not set(data["constituencies"]) <= CONSTITUENCIES:
        found["constituencies"] = (N_("Choose at least one kind of organisation"), {})
    for name, allowed in (("theme", THEME_KEYS), ("unit", UNITS), ("direction", DIRECTIONS), ("verified", VERIFIED)):
        if data[name] not in allowed:
            found[name] = (N_("Choose one of the list"), {})
    return {**found, **_what_does_not_go_together(data)}


_IN_ENGLISH = {
    "name": N_("Give the name in English"),
    "short_what": N_("Give the words for sentences in English"),
    "definition": N_("Give the definition"),
}


def _what_does_not_go_together(data: Mapping[str, Any]) -> Problems:
    found: Problems = {}
    if data["direction"] == "up_to_cap" and data["cap"] is None:
        found["cap"] = (N_("Give the cap: the value above which nothing more is counted"), {})
    if data["direction"] not in {"up_to_cap", "ratio_to_1", "index_to_1"} and data["cap"] is not None:
        found["cap"] = (N_("A cap belongs to “up to a cap”, a ratio or an index. Leave it empty"), {})
    if data["direction"] in {"parity", "at_least_40"} and data["unit"] in UNITS - {"percent"}:
        found["unit"] = (N_("A parity share is a percentage: choose per cent, or another way to go"), {})
    counted, out_of = data["numerator"], data["denominator"]
    if counted and not out_of:
        found["denominator_en"] = (N_("Say out of what it is counted, or leave both empty"), {})
    elif out_of and not counted:
        found["numerator_en"] = (N_("Say what is counted, or leave both empty"), {})
    elif set(counted) != set(out_of):
        language = min(set(counted) ^ set(out_of))
        side = "denominator" if language in counted else "numerator"
        found[f"{side}_{language}"] = (N_("Give this label in the same languages as the other one"), {})
    elif counted and "en" not in counted:
        found["numerator_en"] = (N_("Give both labels in English"), {})
    return found


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
    """Undo a retirement; that it was retired stays in the history."""
    require(actor, Action.INDICATOR_MANAGE)
    if not reason.strip():
        raise Invalid(N_("Give a reason."), {"reason": (N_("Say why it is used again"), {})})
    if indicator.retired_at is None:
        raise InvalidState(N_("This indicator is in use."))
    indicator.retired_at = None
    indicator.retired_reason = ""
    record(actor, "indicator_brought_back", indicator, reason=reason)
