"""What the index says of each country: the editions that are known, and the gaps of one of them.

Known is the excerpt that ships: subindexes of 2014 for fourteen economies, the fourteen ratios of 2018 for four.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from impact.indicators.gap_index import KEYS, SUBINDEXES, aggregate, score
from impact.indicators.severity import Gap, gaps, gaps_of_areas
from impact.priorities.ranking import Economy

EXCERPT = Path(__file__).with_name("gap_index_excerpt.csv")


@dataclass(frozen=True)
class Edition:
    """The edition that is shown, among all that are known, the newest first; `year` is None where none is."""

    year: int | None
    years: tuple[int, ...]
    is_usual: bool


def edition(asked: str) -> Edition:
    """The edition asked for; the usual one where there is none such."""
    years = tuple(sorted({economy.year for economy in _excerpt()}, reverse=True))
    usual = _usual()
    year = int(asked) if asked in {str(one) for one in years} else usual
    return Edition(year, years, year == usual)


def _usual() -> int | None:
    """The newest edition that has at least half as many countries as the fullest: a few rows do not hide the rest."""
    countries = Counter(economy.year for economy in _excerpt())
    full = [year for year, number in countries.items() if number * 2 >= max(countries.values())]
    return max(full, default=None)


def economies(wanted: Edition) -> list[Economy]:
    """Every country of the edition, by code."""
    return [economy for economy in _excerpt() if economy.year == wanted.year]


@lru_cache(maxsize=1)
def _excerpt() -> tuple[Economy, ...]:
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        sorted(
            (Economy(row["iso3"], int(row["year"]), _gaps(row)) for row in rows), key=lambda one: (one.iso3, one.year)
        )
    )


def _gaps(row: dict[str, str]) -> tuple[Gap, ...]:
    ratios = {key: float(row[key]) for key in KEYS if row[key]}
    if ratios:
        return tuple(gaps(score(ratios)))
    subindexes = {name: float(row[name]) if row[name] else None for name in SUBINDEXES}
    return tuple(gaps_of_areas(subindexes, aggregate(subindexes)))
