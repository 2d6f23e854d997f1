"""The catalogue of indicators in public."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from impact.champions.models import CONSTITUENCY_PLURALS, Constituency
from impact.guards import public
from impact.i18n import gettext as _
from impact.indicators.queries import all_indicators, indicator_by_slug
from impact.indicators.themes import THEMES
from impact.registry import list_page, queries
from impact.registry.shown import target_lines
from impact.registry.views.room import blueprint


@blueprint.get("/indicators")
@public
def indicators() -> ResponseReturnValue:
    """The catalogue by theme; a constituency narrows it."""
    constituency = list_page.known(request.args.get("constituency"), {item.value for item in Constituency})
    rows = [row for row in all_indicators() if not constituency or constituency in row.constituencies]
    return render_template(
        "registry/indicators.html",
        themes=[(theme, [row for row in rows if row.theme == theme.key]) for theme in THEMES],
        constituency=constituency,
        choices=[(item.value, _(CONSTITUENCY_PLURALS[item])) for item in Constituency],
        number=len(rows),
    )


@blueprint.get("/indicators/<slug>")
@public
def indicator(slug: str) -> ResponseReturnValue:
    """One indicator: definition, formula, source, and the commitments set against it."""
    found = indicator_by_slug(slug)
    return render_template(
        "registry/indicator.html", indicator=found, items=target_lines(queries.targets_of_indicator(found.id), found.id)
    )
