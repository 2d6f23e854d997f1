"""Tables of the gap index in and out: CSV with one line of names. A refused table says where and why; nothing else is said.

A row is counted as a spreadsheet counts it: the line of names is row 1.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from impact.errors import NotFound
from impact.indicators import gap_index, gap_index_raw
from impact.indicators.gap_index_faults import Fault, Refused
from impact.messages import gettext_noop as N_
from impact.places.countries import by_iso3

RATIO_COLUMNS = ("iso3", "year", *gap_index.KEYS)
SUBINDEX_COLUMNS = ("iso3", "year", *gap_index.SUBINDEXES)
RAW_COLUMNS = ("iso3", "indicator", "female", "male")
POPULATION_COLUMNS = ("iso3", "year", "population")
SCORE_COLUMNS = (*SUBINDEX_COLUMNS, "overall", "rank", "indicators_used", "publishable")
OVERALL_COLUMNS = (*SUBINDEX_COLUMNS, "overall", "rank")
WORLD_COLUMNS = ("year", *gap_index.SUBINDEXES, "overall", "countries", "population", "left_out")

#: How far a table that prints three places may lie above the value itself.
ROUNDED_BY = 0.0005
#: Said in words where a table is longer.
MOST_ROWS = 100_000

Row = dict[str, str]


_TWICE = {
    "year": N_("the same iso3 and year as row %(row)s"),
    "indicator": N_("the same iso3 and indicator as row %(row)s"),
}


@dataclass
class Table:
    """The rows of one file, and what is wrong in them so far."""

    name: str
    rows: list[Row]
    problems: list[Fault] = field(default_factory=list)

    def wrong(self, number: int, column: str, value: str, rule: str, **values: object) -> None:
        """Note a fault; rows are numbered from 2, the first after the names. `rule` is a gettext id."""
        self.problems.append(Fault(self.name, rule, values, number, column, value))

    def refuse_if_wrong(self) -> None:
        if self.problems:
            raise Refused(self.problems)

    def numbered(self) -> Iterable[tuple[int, Row]]:
        return enumerate(self.rows, start=2)

    def number(self, at: int, row: Row, column: str, rule: str = "", most: float = math.inf) -> float | None:
        """The number in a cell, None when it is blank or wrong (which is noted)."""
        text = row[column]
        if text == "":
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.wrong(at, column, text, N_("a number with a decimal point, or nothing where there are no data"))
        elif value < 0:
            self.wrong(at, column, text, N_("0 or more"))
        elif value > most:
            self.wrong(at, column, text, rule)
        else:
            return value
        return None

    def keys(self, at: int, row: Row, seen: dict[tuple[str, ...], int], other: str) -> tuple[str, ...]:
        """The two columns that tell rows apart: a country that exists, a year or an indicator, no row twice."""
        try:
            by_iso3(row["iso3"])
            if row["iso3"] != row["iso3"].upper():
                raise NotFound(N_("There is no country with this code."))
        except NotFound:
            self.wrong(at, "iso3", row["iso3"], N_("unknown country: three capital letters of ISO 3166-1"))
        if "year" in row and not (row["year"].isascii() and row["year"].isdigit() and 1900 <= int(row["year"]) <= 2200):
            self.wrong(at, "year", row["year"], N_("a year in four digits"))
        key = (row["iso3"], row[other])
        if key in seen:
            self.wrong(at, "iso3", row["iso3"], _TWICE[other], row=str(seen[key]))
        seen.setdefault(key, at)
        return key


def read(file: TextIO, name: str, columns: Sequence[str], may_have: Sequence[str] = ()) -> Table:
    """The table, every cell trimmed. Refused when its names are not exactly the columns (in any order)."""
    reader = csv.reader(file, strict=True)
    try:
        names = [cell.strip().lstrip("\ufeff") for cell in next(reader, [])]
        _check_names(name, names, columns, may_have)
        table = Table(name, [])
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                counts = {"cells": str(len(cells)), "names": str(len(names))}
                table.problems.append(
                    Fault(name, N_("%(cells)s cells where the names are %(names)s"), counts, len(table.rows) + 2)
                )
                cells = [*cells, *[""] * len(names)][: len(names)]
            table.rows.append(dict(zip(names, (cell.strip() for cell in cells), strict=True)))
            if len(table.rows) > MOST_ROWS:
                raise Refused([Fault(name, N_("more than 100,000 rows"))])
    except (csv.Error, UnicodeDecodeError) as error:
        raise Refused([Fault(name, N_("not a CSV file in UTF-8"), detail=str(error))]) from None
    if not table.rows:
        raise Refused([Fault(name, N_("no rows after the names"))])
    return table


def _check_names(name: str, names: Sequence[str], columns: Sequence[str], may_have: Sequence[str]) -> None:
    problems = [
        Fault(name, N_("this column is missing"), row=1, column=column) for column in columns if column not in names
    ]
    for column in dict.fromkeys(names):
        if column not in {*columns, *may_have}:
            rule = N_("not one of the columns %(columns)s")
            problems.append(Fault(name, rule, {"columns": ",".join(columns)}, 1, column, column))
        elif names.count(column) > 1:
            problems.append(Fault(name, N_("this column stands there twice"), row=1, column=column))
    if problems:
        raise Refused(problems)


def write(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """CSV with a line of names; numbers unrounded (12 decimals), nothing for None."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.12f}" if isinstance(value, float) else str(value)


def scores(table: Table, weights: gap_index.Weights = gap_index.WEIGHTS["published"]) -> list[dict[str, object]]:
    """Ratios → subindexes, overall, rank within the year, in the order of the table. Raises Refused."""
    seen: dict[tuple[str, ...], int] = {}
    ratios_of = []
    for at, row in table.numbered():
        table.keys(at, row, seen, "year")
        ratios_of.append({key: _ratio(table, at, row, key) for key in gap_index.KEYS})
    table.refuse_if_wrong()
    found: list[dict[str, object]] = [
        {
            "iso3": row["iso3"],
            "year": row["year"],
            **result.subindexes,
            "overall": result.overall,
            "indicators_used": result.used,
            "publishable": "yes" if result.publishable else "no",
        }
        for row, result in zip(table.rows, gap_index.scores(ratios_of, weights), strict=True)
    ]
    return _ranked(found)


def _ratio(table: Table, at: int, row: Row, key: str) -> float | None:
    if key == "wage":
        return table.number(at, row, key, N_("the survey's value divided by 7, at most 1"), 1)
    if key == "srb":
        rule = N_("girls to a boy: this looks inverted (males per female)")
        return table.number(at, row, key, rule, gap_index_raw.SEX_RATIO_HIGHEST)
    return table.number(at, row, key)


def overalls(table: Table) -> list[dict[str, object]]:
    """Subindexes → overall and rank within the year. Raises Refused."""
    seen: dict[tuple[str, ...], int] = {}
    found: list[dict[str, object]] = []
    for at, row in table.numbered():
        table.keys(at, row, seen, "year")
        values = {name: _subindex(table, at, row, name) for name in gap_index.SUBINDEXES}
        found.append({"iso3": row["iso3"], "year": row["year"], **values, "overall": gap_index.aggregate(values)})
    table.refuse_if_wrong()
    return _ranked(found)


def _subindex(table: Table, at: int, row: Row, name: str) -> float | None:
    """Births are capped below 1, so health cannot reach it; tables that print three places round it up to 0.980."""
    if name == "health":
        most = gap_index.highest(name) + ROUNDED_BY
        return table.number(
            at, row, name, N_("health and survival is at most 0.9796, because births are capped at 0.944"), most
        )
    return table.number(at, row, name, N_("a subindex is at most 1"), 1)


def _ranked(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    years: dict[object, list[dict[str, object]]] = {}
    for row in rows:
        years.setdefault(row["year"], []).append(row)
    for of_year in years.values():
        places = gap_index.ranks([row["overall"] for row in of_year])  # type: ignore[misc]
        for row, place in zip(of_year, places, strict=True):
            row["rank"] = place
    return rows


def ratios(table: Table, edition: int, warn: Callable[[str], None] = lambda words: None) -> list[dict[str, object]]:
    """Raw values in long form → one row of ratios per country, by country code. Raises Refused, Impossible."""
    gap_index_raw.checked_edition(edition)
    seen: dict[tuple[str, ...], int] = {}
    found: dict[str, dict[str, object]] = {}
    for at, row in table.numbered():
        key = row["indicator"]
        table.keys(at, row, seen, "indicator")
        before = len(table.problems)
        female, male = table.number(at, row, "female"), table.number(at, row, "male")
        if len(table.problems) > before:
            continue
        try:
            value = gap_index_raw.ratio(key, female, male, edition)
        except gap_index_raw.Impossible as error:
            column = "indicator" if key not in gap_index.BY_KEY else "female"
            table.wrong(at, column, row[column], str(error))
            continue
        if key == "srb" and value is not None and value > 1:
            warn(f"{table.name}, row {at}: {value:.3f} girls to a boy; is the sex ratio at birth inverted?")
        found.setdefault(row["iso3"], {"iso3": row["iso3"], "year": edition})[key] = value
    table.refuse_if_wrong()
    return [found[code] for code in sorted(found)]


def world(results: Table, populations: Table) -> list[dict[str, object]]:
    """Population-weighted means of each year, over the countries with all four subindexes and a population.

    `left_out` names the others, so that the same countries stand behind every mean. Raises Refused.
    """
    people: dict[tuple[str, str], float] = {}
    seen: dict[tuple[str, ...], int] = {}
    for at, row in populations.numbered():
        populations.keys(at, row, seen, "year")
        count = populations.number(at, row, "population")
        if count:
            people[row["iso3"], row["year"]] = count
    names = (*gap_index.SUBINDEXES, "overall")
    years: dict[str, list[tuple[str, dict[str, float | None]]]] = {}
    seen = {}
    for at, row in results.numbered():
        results.keys(at, row, seen, "year")
        values = {name: results.number(at, row, name, N_("at most 1"), 1) for name in names}
        years.setdefault(row["year"], []).append((row["iso3"], values))
    problems = [*results.problems, *populations.problems]
    if problems:
        raise Refused(problems)
    return [_of_the_world(year, rows, people) for year, rows in sorted(years.items())]


def _of_the_world(
    year: str, rows: Sequence[tuple[str, Mapping[str, float | None]]], people: Mapping[tuple[str, str], float]
) -> dict[str, object]:
    taken, left_out, total = [], [], 0.0
    for code, values in rows:
        known = {name: value for name, value in values.items() if value is not None}
        count = people.get((code, year))
        if count is None or len(known) < len(values):
            left_out.append(code)
            continue
        taken.append((known, count))
        total += count
    return {
        "year": year,
        **gap_index.weighted_means(taken),
        "countries": len(taken),
        "population": round(total),
        "left_out": " ".join(sorted(left_out)),
    }
