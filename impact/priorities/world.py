"""The map of the world by severity: its chart, its legend, and the table of the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from impact import i18n
from impact.charts import MapChart
from impact.charts.world import shade
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.indicators.gap_words import AREA_LABELS
from impact.indicators.severity import Gap, class_limits, class_of
from impact.places.borders import world_map
from impact.places.countries import all_countries
from impact.priorities.ranking import Economy
from impact.priorities.wording import country_name, open_percent, points, rounded


@dataclass(frozen=True)
class LegendEntry:
    """One class: its shade, from 0 (light) to 4 (dark), its limits in words and how many countries are in it."""

    shade: int
    words: str
    countries: int


@dataclass(frozen=True)
class Line:
    """One country of the table."""

    iso3: str
    country: str
    percent: str
    score: str
    highest: str
    people: str


def measured(economies: Sequence[Economy], area: str) -> list[tuple[Economy, Gap]]:
    """Those with data on the area, the widest gap first."""
    found = [(economy, gap) for economy in economies if (gap := economy.gap(area))]
    return sorted(found, key=lambda pair: (-pair[1].severity, pair[0].iso3))


def chart(found: Sequence[tuple[Economy, Gap]], area: str, year: int) -> MapChart:
    """The map of one edition; members of the United Nations too small to see have a point also without data."""
    borders = world_map()
    limits = class_limits(gap.severity for _economy, gap in found)
    return MapChart(
        title=title(found, area, year),
        width=borders.width,
        height=borders.height,
        outline=borders.outline,
        areas=borders.areas,
        points=borders.points,
        classes={economy.iso3: class_of(gap.severity, limits) for economy, gap in found},
        number=len(limits) + 1,
        hollow=frozenset(country.iso3 for country in all_countries() if country.is_un_member),
        apart=borders.apart,
    )


def title(found: Sequence[tuple[Economy, Gap]], area: str, year: int) -> str:
    """The map said in a sentence, with its ends."""
    if not found:
        return _("Map of the world: no country has data.")
    (widest, wide), (narrowest, narrow) = found[0], found[-1]
    return _(
        "Map of the world, %(area)s, %(year)s: the gap is widest in %(widest)s (%(most)s open) and narrowest in %(narrowest)s (%(least)s open). The table has every figure.",
        area=_(AREA_LABELS[area]),
        year=str(year),
        widest=country_name(widest.iso3),
        most=open_percent(wide),
        narrowest=country_name(narrowest.iso3),
        least=open_percent(narrow),
    )


def legend(found: Sequence[tuple[Economy, Gap]]) -> list[LegendEntry]:
    """The classes with their limits written out, the narrowest gap first."""
    values = [gap.severity for _economy, gap in found]
    limits = class_limits(values)
    number = len(limits) + 1
    classes = [class_of(value, limits) for value in values]
    return [
        LegendEntry(shade(one, number), _limits_in_words(one, limits), classes.count(one))
        for one in range(number)
        if values
    ]


def _limits_in_words(one: int, limits: Sequence[float]) -> str:
    """The limits are the printed numbers: a class ends a tenth below the next."""
    if not limits:
        return _("every country with data")
    low = _percent(limits[one - 1]) if one else ""
    if one == len(limits):
        return _("%(low)s or more", low=low)
    high = _percent(limits[one])
    return _("under %(high)s", high=high) if not one else _("%(low)s to under %(high)s", low=low, high=high)


def _percent(value: float) -> str:
    return i18n.percent(Decimal(str(value)), 1)


def lines(found: Sequence[tuple[Economy, Gap]]) -> list[Line]:
    return [
        Line(
            economy.iso3,
            country_name(economy.iso3),
            open_percent(gap),
            points(gap.score),
            points(gap.highest),
            _people(economy),
        )
        for economy, gap in found
    ]


def _people(economy: Economy) -> str:
    people = economy.people
    if people is None:
        return _("not known")
    if people.is_estimate:
        return _(
            "about %(number)s (half of the population of %(year)s)",
            number=i18n.number(rounded(people.number)),
            year=str(economy.population_year),
        )
    return _("%(number)s (%(year)s)", number=i18n.number(people.number), year=str(economy.population_year))


def without_data(found: Sequence[tuple[Economy, Gap]]) -> str:
    """How many members of the United Nations are hatched."""
    known = {economy.iso3 for economy, _gap in found}
    number = sum(country.is_un_member and country.iso3 not in known for country in all_countries())
    return ngettext(
        "no data: %(num)s member of the United Nations", "no data: %(num)s members of the United Nations", number
    )
