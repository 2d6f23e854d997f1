"""The charts of a country's page as pictures for print, from the same definitions."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from impact.charts import Chart, paper
from impact.downloads import generated_file
from impact.economies import queries as economies
from impact.errors import NotFound
from impact.guards import public
from impact.messages import gettext_noop as N_
from impact.places.countries import by_iso3
from impact.registry import country_page
from impact.registry.views.countries import shown_year
from impact.registry.views.room import blueprint

AREAS = "any(economic,education,health,political)"


@blueprint.get(f"/countries/<code>/<{AREAS}:area>-bars.svg")
@public
def country_bars(code: str, area: str) -> ResponseReturnValue:
    """The indicators of a subindex against parity, in the edition of the page."""
    country = by_iso3(code)
    history = economies.history(country.iso3)
    year = shown_year(history)
    result = next((one for one in history if one.year == year), None)
    definition = country_page.bars_chart(result, area) if result else None
    return _picture(definition, f"{country.iso3}-{area}-{year}.svg")


@blueprint.get(f"/countries/<code>/<{AREAS}:area>-years.svg")
@public
def country_years(code: str, area: str) -> ResponseReturnValue:
    """A subindex over the years."""
    country = by_iso3(code)
    definition = country_page.years_chart(economies.history(country.iso3), area)
    return _picture(definition, f"{country.iso3}-{area}-years.svg")


def _picture(definition: Chart | None, name: str) -> ResponseReturnValue:
    if definition is None:
        raise NotFound(N_("There is no such chart."))
    picture = paper.svg(definition, gutter=False, family="sans-serif", words=True)
    return generated_file(picture, name, "image/svg+xml")
