"""The indicators that ship are named and defined in every language of the reports."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from impact.indicators import catalogue
from reports.words import catalogued

ROOT = Path(catalogue.__file__).parents[2]
PAGES = ROOT / "translations" / "ar" / "LC_MESSAGES"
REPORTS = ROOT / "reports" / "translations" / "ar" / "LC_MESSAGES"
TABLE = Path(catalogue.__file__).parent / "catalogue.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(keepends=True)))


@pytest.mark.parametrize("column", ["name", "short_what", "definition"])
@pytest.mark.parametrize("language", ["fr", "es", "ru", "zh", "ar"])
def test_no_indicator_is_without_words(column: str, language: str) -> None:
    assert len(ROWS) > 100
    missing = [
        row["code"]
        for row in ROWS
        if not row.get(f"{column}_{language}") and language not in catalogued(row[f"{column}_en"])
    ]
    assert missing == []


def test_no_framework_is_without_words() -> None:
    """What the method prints beside the code of an indicator."""
    frameworks = {row["source_framework"] for row in ROWS} - {""}
    assert len(frameworks) > 15
    assert {
        one: missing for one in frameworks if (missing := {"fr", "es", "ru", "zh", "ar"} - set(catalogued(one)))
    } == {}


def test_a_definition_is_said_and_not_copied() -> None:
    text = "Women among full directors at fiscal year-end; the supervisory board where there are two."
    found = catalogued(text)
    assert set(found) == {"ar", "es", "fr", "ru", "zh"}
    assert len({*found.values(), text}) == 6


def arabic_of(path: Path) -> dict[str, str]:
    """{English: every Arabic form of it}."""
    with path.open("rb") as file:
        found = [entry for entry in read_po(file, locale="ar") if entry.id]
    return {
        " ".join([entry.id] if isinstance(entry.id, str) else entry.id): " ".join(
            [entry.string] if isinstance(entry.string, str) else entry.string
        )
        for entry in found
    }


#: The gap index, a book that somebody names as a source: these come out in an edition of another kind.
OF_OTHERS = re.compile(
    "index|publisher|open gap|there is no edition 2019|Of this edition only|ten topics", re.IGNORECASE
)


def test_arabic_calls_a_thing_by_one_name_on_pages_and_in_reports() -> None:
    said = {
        **arabic_of(PAGES / "messages.po"),
        **arabic_of(REPORTS / "reports.po"),
        **arabic_of(REPORTS / "indicators.po"),
    }
    assert len(said) > 3000
    editions = {one: words for one, words in said.items() if re.search(r"\bedition", one, re.IGNORECASE)}
    assert len(editions) > 60
    assert {
        one for one, words in editions.items() if re.search("طبعة|طبعات", words) and not OF_OTHERS.search(one)
    } == set()
    assert {one for one, words in said.items() if "أبطال" in words} == set()
    named = {words for one, words in said.items() if "HeForShe" in one and "pledge" not in one}
    assert len(named) > 3
    assert {words for words in named if "الرجل نصير المرأة" not in words} == set()
    # Of two meanings of one English word each has its own.
    assert said["Earlier figure"] != said["Before"] == "قبل التعديل"
