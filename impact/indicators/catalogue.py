"""Read the catalogue of indicators that ships with the platform.

`catalogue.csv` is the list that a new installation starts from; staff add and retire indicators in the database
afterwards. This module is pure: it reads the file, checks it as a whole, and hands out frozen rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from impact.indicators.themes import DISAGGREGATIONS, THEME_KEYS

CATALOGUE_FILE = Path(__file__).with_name("catalogue.csv")

#: The languages in which every name and noun phrase of the catalogue is given.
LANGUAGES = ("en", "fr", "ar")

CONSTITUENCIES = frozenset({"government", "corporation", "university"})

DIRECTIONS = frozenset(
    {
        "up",
        "up_to_cap",
        "down",
        "parity",
        "at_least_40",
        "ratio_to_1",
        "index_to_1",
        "signed_gap",
        "level",
        "yes_no",
        "contextual",
    }
)

UNITS = frozenset(
    {
        "percent",
        "percentage_points",
        "count",
        "ratio",
        "rate_per_100k",
        "per_1000",
        "index",
        "score_100",
        "level",
        "yes_no",
        "points",
        "weeks",
        "hours",
        "money",
    }
)

#: V: framework, code and content read in a source. M: from memory. V/M: the framework read, a detail from memory.
VERIFIED = frozenset({"V", "M", "V/M"})


class CatalogueError(ValueError):
    """The file cannot be read as a catalogue; the message names the row and what is wrong with it."""


@dataclass(frozen=True)
class CatalogueRow:
    """One indicator as it ships. Texts with languages are mappings {"en": …, "fr": …, "ar": …}."""

    code: str
    slug: str
    name: Mapping[str, str]
    #: a noun phrase for computed sentences: "the share of women among full professors"
    short_what: Mapping[str, str]
    constituencies: tuple[str, ...]
    theme: str
    unit: str
    direction: str
    #: the value above which nothing more is counted
    cap: Decimal | None
    #: boards, cabinets, parliaments: small counts are public anyway and are not suppressed
    public_office: bool
    #: period figures may be added up to a cumulative count
    counts: bool
    #: empty where no counts stand behind the value
    numerator: Mapping[str, str]
    denominator: Mapping[str, str]
    disaggregation: tuple[str, ...]
    definition: Mapping[str, str]
    formula: str
    source_framework: str
    source_edition: str
    source_url: str
    verified: str
    note: str

    @property
    def has_counts(self) -> bool:
        """Whether a value is given as numerator and denominator."""
        return bool(self.numerator and self.denominator)


@lru_cache(maxsize=1)
def catalogue() -> tuple[CatalogueRow, ...]:
    """Every indicator that ships, in the order of the file. Raises CatalogueError when the file is not sound."""
    with CATALOGUE_FILE.open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


def by_code(code: str) -> CatalogueRow:
    """The row with this code. Raises KeyError when the catalogue has none."""
    return _codes()[code]


@lru_cache(maxsize=1)
def _codes() -> dict[str, CatalogueRow]:
    return {row.code: row for row in catalogue()}


def read(records: Iterable[Mapping[str, str]]) -> tuple[CatalogueRow, ...]:
    """Turn records of the file's columns into checked rows. Raises CatalogueError for the first that is not sound."""
    rows = tuple(_row(record) for record in records)
    for what in ("code", "slug"):
        seen: set[str] = set()
        for row in rows:
            value = getattr(row, what)
            if value in seen:
                raise CatalogueError(f"{row.code}: the {what} {value} is used twice")
            seen.add(value)
    return rows


def _row(record: Mapping[str, str]) -> CatalogueRow:
    code = record["code"]
    row = CatalogueRow(
        code=code,
        slug=record["slug"],
        name=_texts(record, "name"),
        short_what=_texts(record, "short_what"),
        constituencies=_keys(record["constituency"]),
        theme=record["theme"],
        unit=record["unit"],
        direction=record["direction"],
        cap=_cap(code, record["cap"]),
        public_office=_yes(code, record["public_office"]),
        counts=_yes(code, record["counts"]),
        numerator=_texts(record, "numerator"),
        denominator=_texts(record, "denominator"),
        disaggregation=_keys(record["disaggregation"]),
        definition={"en": record["definition_en"]},
        formula=record["formula"],
        source_framework=record["source_framework"],
        source_edition=record["source_edition"],
        source_url=record["source_url"],
        verified=record["verified"],
        note=record["note"],
    )
    problem = _problem(row)
    if problem:
        raise CatalogueError(f"{code}: {problem}")
    return row


def _problem(row: CatalogueRow) -> str | None:
    """What is wrong with a row, or None."""
    closed_lists = (
        ("constituency", row.constituencies, CONSTITUENCIES),
        ("theme", (row.theme,), THEME_KEYS),
        ("unit", (row.unit,), UNITS),
        ("direction", (row.direction,), DIRECTIONS),
        ("disaggregation", row.disaggregation, frozenset(DISAGGREGATIONS)),
        ("verified", (row.verified,), VERIFIED),
    )
    for what, values, allowed in closed_lists:
        for value in values:
            if value not in allowed:
                return f"{value!r} is not a {what}"
    if not row.constituencies:
        return "no constituency uses it"
    for language in LANGUAGES:
        if not row.name.get(language) or not row.short_what.get(language):
            return f"its name or noun phrase is missing in {language}"
    if not row.code or not row.slug or not row.definition["en"]:
        return "code, slug or definition is missing"
    if bool(row.numerator) != bool(row.denominator):
        return "numerator and denominator come together or not at all"
    for labels in (row.numerator, row.denominator):
        if labels and set(labels) != set(LANGUAGES):
            return "a label of its counts is missing in a language"
    if row.direction == "up_to_cap" and row.cap is None:
        return "a direction with a cap needs the cap"
    if row.direction in {"parity", "at_least_40"} and row.unit != "percent":
        return "a parity share is a percentage"
    return None


def _texts(record: Mapping[str, str], column: str) -> dict[str, str]:
    return {language: text for language in LANGUAGES if (text := record[f"{column}_{language}"].strip())}


def _keys(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _cap(code: str, cell: str) -> Decimal | None:
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        raise CatalogueError(f"{code}: the cap {cell!r} is not a number") from None


def _yes(code: str, cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise CatalogueError(f"{code}: {cell!r} is neither yes nor no")
    return cell == "yes"
