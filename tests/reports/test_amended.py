"""What the report prints of an amendment, in the language of its reader."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from reports import amended, tables
from reports.words import Words
from tests.reports.sample_professors import PROFESSORS
from tests.reports.sample_snapshot import SAMPLE

TARGET: Any = SimpleNamespace(kind="reach", indicator=SimpleNamespace(unit="percent"))
STEPS = [{"on": "2026-07-31", "value": "28.5"}, {"on": "2027-07-31", "title": "A second nursery opens"}]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "31 July 2026: 28.5 per cent; 31 July 2027: A second nursery opens"),
        ("fr", "31 juillet 2026\u00a0: 28,5 pour cent\u00a0; 31 juillet 2027\u00a0: A second nursery opens"),
        ("ar", "31 تموز/\u2060يوليه 2026: 28.5 في المائة؛ 31 تموز/\u2060يوليه 2027: A second nursery opens"),
    ],
)
def test_amended_milestones_are_written_with_their_days_in_words(language: str, written: str) -> None:
    steps = amended._changed("milestones", STEPS, TARGET, "en")
    said = Words(language).show(steps)
    assert said.replace("\u00a0", " ") == written.replace("\u00a0", " ")


def test_milestones_that_were_none_before_are_nothing() -> None:
    assert amended._changed("milestones", [], TARGET, "en") is None


@pytest.mark.parametrize(("language", "written"), [("fr", "Point focal"), ("ar", "جهة الاتصال")])
def test_the_focal_point_is_named_in_the_language_of_the_report(language: str, written: str) -> None:
    assert Words(language).gettext("Focal point") == written


EXPLAINED = "Counts of fewer than 10 people are withheld, and so is a second count that would give them away."


@pytest.mark.parametrize(
    ("cells", "notes"),
    [
        ({"women": 10, "men": 30, "other": 10, "undisclosed": 12}, []),
        (
            {"women": "withheld", "men": 30, "other": 10, "undisclosed": 12},
            [EXPLAINED],
        ),
        (
            {"women": "protecting", "men": 30, "other": "protecting", "undisclosed": 12},
            [EXPLAINED],
        ),
    ],
)
def test_a_table_explains_withheld_counts_where_it_has_any(cells: dict[str, int | str], notes: list[str]) -> None:
    target = replace(PROFESSORS, figures=(replace(PROFESSORS.figures[-1], parts=cells),))
    made = tables.figures(target, SAMPLE, Words("en"))
    assert [note for note in made.notes if "withheld" in note] == notes
    assert any(cell.text == "withheld" for row in made.rows for cell in row.cells) == bool(notes)
