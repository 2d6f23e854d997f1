"""What is known of countries, worked out from the figures that are current.

    years() → [2018, 2014]                    editions with data, newest first
    latest_year() → 2018 | None
    results(year) → {"ISL": Result, …}         best first; scores, ranks, coverage, computed from what is stored
    history("ISL") → [Result, …]               one country, oldest year first, without ranks
    populations(2018) → {"ISL": Population}    the latest count up to that year
    sources([import ids]) → {id: EconomyImport}

A page costs the year it asks for: nothing here reads the rows of another year (but `history`, those of one country).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from impact.db import db
from impact.economies.models import POPULATIONS, RATIOS, SUBINDEXES, EconomyImport, EconomyRow, EconomyYear
from impact.errors import NotFound
from impact.indicators import gap_index
from impact.indicators.severity import Gap, gaps, gaps_of_areas
from impact.messages import gettext_noop as N_

_OF_INDEX = (RATIOS, SUBINDEXES)


@dataclass(frozen=True)
class Result:
    """One country in one year.

    `basis`: "ratios", where everything is worked out from the fourteen ratios, or "subindexes", where only those are
    known (then `ratios` and `capped` are empty and `used` is None). `rank` is the place among the `ranked` countries that
    have an overall score here; `published_…` is what the source prints. No rank in a history.
    """

    iso3: str
    year: int
    basis: str
    import_id: int
    ratios: Mapping[str, float]
    capped: Mapping[str, float | None]
    subindexes: Mapping[str, float | None]
    overall: float | None
    used: int | None
    published_overall: float | None
    published_rank: int | None
    rank: int | None = None
    ranked: int = 0

    @property
    def is_publishable(self) -> bool | None:
        """At least twelve of fourteen indicators; None where only subindexes are known."""
        return None if self.used is None else self.used >= gap_index.PUBLISHED_FROM

    @property
    def gaps(self) -> list[Gap]:
        """Overall, subindexes, indicators: how much of each gap is open (impact.indicators.severity)."""
        if self.used is None:
            return gaps_of_areas(self.subindexes, self.overall)
        return gaps(gap_index.Score(self.capped, self.subindexes, self.overall, self.used))


@dataclass(frozen=True)
class Population:
    """People of a country, and the women and girls among them where they were counted; `year` is that of the count."""

    iso3: str
    year: int
    people: int
    women: int | None
    import_id: int


def years() -> list[int]:
    """The editions of which there are figures, newest first."""
    return list(
        db.session.scalars(
            select(EconomyYear.year)
            .where(EconomyYear.kind.in_(_OF_INDEX), EconomyYear.is_current)
            .distinct()
            .order_by(EconomyYear.year.desc())
        )
    )


def latest_year() -> int | None:
    """The newest edition of which there are figures."""
    return db.session.scalar(
        select(func.max(EconomyYear.year)).where(EconomyYear.kind.in_(_OF_INDEX), EconomyYear.is_current)
    )


def usual_year(known: Mapping[int, int] | None = None) -> int | None:
    """The newest edition with at least half as many countries as the fullest: a few rows do not hide the rest.

    `known`: what `countries_in` gave, where it was asked already.
    """
    countries = countries_in() if known is None else known
    full = [year for year, number in countries.items() if number * 2 >= max(countries.values())]
    return max(full, default=None)


def countries_in(wanted: Sequence[int] | None = None) -> dict[int, int]:
    """{year: number of countries with figures}, newest first; of these years only, where given."""
    question = (
        select(EconomyRow.year, func.count(EconomyRow.iso3.distinct()))
        .join(EconomyYear, _SAME)
        .where(EconomyYear.kind.in_(_OF_INDEX), EconomyYear.is_current)
        .group_by(EconomyRow.year)
        .order_by(EconomyRow.year.desc())
    )
    if wanted is not None:
        question = question.where(EconomyRow.year.in_(wanted))
    return dict(db.session.execute(question).all())


def results(year: int) -> dict[str, Result]:
    """Every country of an edition, the best first, those without an overall score last; {} for a year without data."""
    found = _results(_rows(EconomyYear.year == year))
    places = gap_index.ranks([one.overall for one in found])
    ranked = sum(place is not None for place in places)
    with_places = [replace(one, rank=place, ranked=ranked) for one, place in zip(found, places, strict=True)]
    with_places.sort(key=lambda one: (one.rank is None, one.rank or 0, one.iso3))
    return {one.iso3: one for one in with_places}


def history(iso3: str) -> list[Result]:
    """One country in all its editions, the oldest first; without ranks, which would need every country of every year."""
    return sorted(_results(_rows(EconomyRow.iso3 == iso3)), key=lambda one: one.year)


def populations(year: int, codes: Iterable[str] | None = None) -> dict[str, Population]:
    """{iso3: the latest count up to this year}, of these countries only where given."""
    wanted = (
        select(EconomyRow.iso3, func.max(EconomyRow.year).label("year"))
        .join(EconomyYear, _SAME)
        .where(EconomyYear.kind == POPULATIONS, EconomyYear.is_current, EconomyRow.year <= year)
        .group_by(EconomyRow.iso3)
    )
    if codes is not None:
        wanted = wanted.where(EconomyRow.iso3.in_(list(codes)))
    newest = wanted.subquery()
    rows = db.session.scalars(
        select(EconomyRow)
        .join(EconomyYear, _SAME)
        .join(newest, (newest.c.iso3 == EconomyRow.iso3) & (newest.c.year == EconomyRow.year))
        .where(EconomyYear.kind == POPULATIONS, EconomyYear.is_current)
        .order_by(EconomyRow.iso3)
    )
    return {row.iso3: _population(row) for row in rows}


def sources(import_ids: Iterable[int]) -> dict[int, EconomyImport]:
    """The imports with these ids: source, licence, day."""
    found = db.session.scalars(select(EconomyImport).where(EconomyImport.id.in_(set(import_ids))))
    return {one.id: one for one in found}


PAGE = 25


def imports_page(before: int | None = None) -> tuple[list[EconomyImport], int | None]:
    """The history of imports, the newest first, PAGE at a time; and the key of the next page."""
    question = (
        select(EconomyImport)
        .options(selectinload(EconomyImport.years), joinedload(EconomyImport.imported_by))
        .order_by(EconomyImport.id.desc())
    )
    if before is not None:
        question = question.where(EconomyImport.id < before)
    found = list(db.session.scalars(question.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def import_by_id(import_id: int) -> EconomyImport:
    """Raises NotFound."""
    found = db.session.get(EconomyImport, import_id)
    if found is None:
        raise NotFound(N_("There is no such import."))
    return found


_SAME = (EconomyYear.import_id == EconomyRow.import_id) & (EconomyYear.year == EconomyRow.year)


def _rows(condition: ColumnElement[bool]) -> list[tuple[str, EconomyRow]]:
    """(kind, row) of the current figures of the index."""
    return [
        (kind, row)
        for kind, row in db.session.execute(
            select(EconomyYear.kind, EconomyRow)
            .join(EconomyRow, _SAME)
            .where(EconomyYear.kind.in_(_OF_INDEX), EconomyYear.is_current, condition)
            .order_by(EconomyRow.year, EconomyRow.iso3)
        )
    ]


def _results(rows: Sequence[tuple[str, EconomyRow]]) -> list[Result]:
    """One result a country and year: from ratios where there are any, else from subindexes."""
    of_ratios = [row for kind, row in rows if kind == RATIOS]
    of_areas = {(row.year, row.iso3): row for kind, row in rows if kind == SUBINDEXES}
    values = [_numbers(row, gap_index.KEYS) for row in of_ratios]
    found = []
    for row, ratios, score in zip(of_ratios, values, gap_index.scores(values), strict=True):
        # What the source prints may stand with its subindexes only.
        beside = of_areas.pop((row.year, row.iso3), None)
        printed = {**(beside.values if beside else {}), **row.values}
        found.append(
            Result(
                row.iso3,
                row.year,
                RATIOS,
                row.import_id,
                ratios,
                score.capped,
                score.subindexes,
                score.overall,
                score.used,
                *_published(printed),
            )
        )
    for row in of_areas.values():
        areas = {name: _numbers(row, gap_index.SUBINDEXES).get(name) for name in gap_index.SUBINDEXES}
        found.append(
            Result(
                row.iso3,
                row.year,
                SUBINDEXES,
                row.import_id,
                {},
                {},
                areas,
                gap_index.aggregate(areas),
                None,
                *_published(row.values),
            )
        )
    return found


def _numbers(row: EconomyRow, names: Sequence[str]) -> dict[str, float]:
    return {name: float(row.values[name]) for name in names if name in row.values}


def _published(values: Mapping[str, str]) -> tuple[float | None, int | None]:
    overall, rank = values.get("published_overall"), values.get("published_rank")
    return (float(overall) if overall else None, int(rank) if rank else None)


def _population(row: EconomyRow) -> Population:
    women = row.values.get("women")
    return Population(row.iso3, row.year, int(row.values["population"]), int(women) if women else None, row.import_id)
