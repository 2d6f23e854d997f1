"""The indicators that ship are named and defined in every language of the reports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from impact.indicators import catalogue
from reports.words import catalogued

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
