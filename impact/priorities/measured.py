"""What the index says of each country: which editions were imported, and the gaps of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from impact.economies import queries
from impact.economies.models import EconomyImport
from impact.priorities.ranking import Economy


@dataclass(frozen=True)
class Edition:
    """The edition that is shown, among all that were imported, the newest first; `year` is None where none was."""

    year: int | None
    years: tuple[int, ...]
    is_usual: bool


def edition(asked: str) -> Edition:
    """The edition asked for; where there is none such, the newest that has at least half the countries of the fullest."""
    countries = queries.countries_in()
    years, usual = tuple(countries), queries.usual_year(countries)
    year = int(asked) if asked in {str(one) for one in years} else usual
    return Edition(year, years, year == usual)


def economies(wanted: Edition) -> list[Economy]:
    """Every country of the edition with its open and closed gaps, and its people as last counted by then."""
    if wanted.year is None:
        return []
    people = queries.populations(wanted.year)
    found = []
    for iso3, result in queries.results(wanted.year).items():
        counted = people.get(iso3)
        found.append(
            Economy(
                iso3,
                result.year,
                tuple(result.gaps),
                counted.people if counted else None,
                counted.women if counted else None,
                counted.year if counted else None,
                frozenset({result.import_id, *([counted.import_id] if counted else [])}),
            )
        )
    return found


def sources(economies: Iterable[Economy]) -> list[EconomyImport]:
    """The imports that these figures come from: whose they are and under which licence."""
    wanted = {number for economy in economies for number in economy.import_ids}
    found = queries.sources(wanted)
    return [found[number] for number in sorted(found)]
