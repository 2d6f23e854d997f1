"""From a file to rows, for each kind of import. Pure; every fault is told with file, row, column, value and rule."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from impact.economies.models import POPULATIONS, RATIOS, SUBINDEXES
from impact.indicators import gap_index
from impact.indicators.gap_index_faults import Fault, Refused
from impact.indicators.gap_index_files import (
    POPULATION_COLUMNS,
    RATIO_COLUMNS,
    SUBINDEX_COLUMNS,
    Row,
    Table,
    read,
)
from impact.indicators.gap_index_raw import FIRST_EDITION, SEX_RATIO_HIGHEST
from impact.messages import gettext_noop as N_

PUBLISHED = ("published_overall", "published_rank")
COLUMNS = {RATIOS: RATIO_COLUMNS, SUBINDEXES: SUBINDEX_COLUMNS, POPULATIONS: POPULATION_COLUMNS}
MAY_HAVE = {RATIOS: PUBLISHED, SUBINDEXES: PUBLISHED, POPULATIONS: ("women",)}
#: Bytes; twenty editions of every country stay far below.
LARGEST = 1024 * 1024
#: A ratio above this is a misplaced decimal point: even tertiary enrolment in Qatar is 6.66.
RATIO_HIGHEST = 100
POPULATION_HIGHEST = 5_000_000_000


@dataclass(frozen=True, order=True)
class Entry:
    """One country and year of a file; `values` as EconomyRow keeps them."""

    year: int
    iso3: str
    values: Mapping[str, str]


def entries(kind: str, content: bytes, name: str) -> list[Entry]:
    """The rows of a file by year and country. Raises Refused with every fault there is (the first twenty)."""
    if len(content) > LARGEST:
        raise Refused([Fault(name, N_("larger than 1 MB; split it by years"))])
    table = read(io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=""), name, COLUMNS[kind], MAY_HAVE[kind])
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for at, row in table.numbered():
        table.keys(at, row, seen, "year")
        values = _people(table, at, row) if kind == POPULATIONS else _index(table, at, row, kind)
        if not table.problems:
            found.append(Entry(int(row["year"]), row["iso3"], values))
    table.refuse_if_wrong()
    return sorted(found, key=lambda entry: (entry.year, entry.iso3))


def _index(table: Table, at: int, row: Row, kind: str) -> dict[str, str]:
    year = row["year"]
    if year == "2019":
        table.wrong(at, "year", year, N_("there is no edition 2019: the report of December 2019 is dated 2020"))
    elif year.isascii() and year.isdigit() and int(year) < FIRST_EDITION:
        table.wrong(at, "year", year, N_("the index begins with %(year)s"), year=str(FIRST_EDITION))
    keys = gap_index.KEYS if kind == RATIOS else gap_index.SUBINDEXES
    found = {key: text for key in keys if (text := _number(table, at, row, key, *_limit(kind, key)))}
    if not any(row[key] for key in keys):
        table.wrong(at, "iso3", row["iso3"], N_("no data at all in this row; leave it out"))
    if "published_overall" in row:
        found |= _kept("published_overall", _number(table, at, row, "published_overall", 1, N_("a score is at most 1")))
    if "published_rank" in row:
        rank = _number(table, at, row, "published_rank", 999, N_("a rank is a whole number from 1 on"))
        if rank and (Decimal(rank) != int(Decimal(rank)) or Decimal(rank) < 1):
            table.wrong(at, "published_rank", row["published_rank"], N_("a rank is a whole number from 1 on"))
        found |= _kept("published_rank", rank)
    return found


def _limit(kind: str, key: str) -> tuple[float, str]:
    if kind == SUBINDEXES:
        return 1, N_("a subindex is at most 1")
    if key == "wage":
        return 1, N_("the survey's value divided by 7, at most 1")
    if key == "srb":
        return SEX_RATIO_HIGHEST, N_("girls to a boy: this looks inverted (males per female)")
    return RATIO_HIGHEST, N_("female to male, as a number: over 100 cannot be; is it a percentage?")


def _people(table: Table, at: int, row: Row) -> dict[str, str]:
    rule = N_("a number of people, whole, from 1 on")
    people = _number(table, at, row, "population", POPULATION_HIGHEST, rule)
    women = _number(table, at, row, "women", POPULATION_HIGHEST, rule) if "women" in row else ""
    if not row["population"]:
        table.wrong(at, "population", "", N_("a population is needed; leave the row out where there is none"))
    for column, text in (("population", people), ("women", women)):
        if text and (Decimal(text) != int(Decimal(text)) or Decimal(text) < 1):
            table.wrong(at, column, row[column], rule)
    if people and women and Decimal(women) > Decimal(people):
        table.wrong(at, "women", row["women"], N_("women and girls are at most the whole population"))
    return {**_kept("population", people), **_kept("women", women)}


def _number(table: Table, at: int, row: Row, column: str, most: float, rule: str) -> str:
    """The number as plain decimal text, "" where there is none or it is wrong (which is noted)."""
    if table.number(at, row, column, rule, most) is None:
        return ""
    return f"{Decimal(row[column]).normalize():f}"


def _kept(name: str, text: str) -> dict[str, str]:
    return {name: text} if text else {}
