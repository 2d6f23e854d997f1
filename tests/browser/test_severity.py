"""The programme manager looks for what is worst and addressed by nobody; the public looks at the map."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from impact.demo.people import PASSWORD
from tests.browser.conftest import Person, Site

New = Callable[..., Person]


@pytest.mark.timeout(180)
def test_the_manager_finds_the_three_worst_gaps_nobody_addresses_and_exports_them(
    site: Site, people: New, tmp_path: Path
) -> None:
    """Indonesia's government has a target for its parliament, so the fifth widest gap of 2014 is not among them."""
    manager = people()
    manager.signs_in("manager@demo.example", PASSWORD)
    manager.follows("Severity")
    manager.reads("Where change is hardest, and who could make it")
    manager.fills(year="2014", addressed="nobody")
    manager.presses("Use these filters")
    assert worst(manager, 5) == [
        "Political empowerment, Yemen",
        "Political empowerment, Japan",
        "Political empowerment, Uruguay",
        "Political empowerment, Romania",
        "Political empowerment, China",
    ]
    first = manager.page.locator(".gap-row").first
    assert "97.5%" in first.inner_text()
    assert "Nobody addresses it: no champion of the country is on board." in first.inner_text()
    second = manager.page.locator(".gap-row").nth(1)
    assert second.get_by_role("link", name="Nagoya University").count() == 1

    with manager.page.expect_download() as waiting:
        manager.page.get_by_role("link", name="Download the whole list (CSV)").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "severity.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["iso3"], row["area"], row["open_percent"]) for row in rows[:3]] == [
        ("YEM", "political", "97.5"),
        ("JPN", "political", "94.2"),
        ("URY", "political", "91.2"),
    ]
    assert {row["addressed_by"] for row in rows} == {"nobody"}

    manager.follows("Corporations")
    manager.reads("where at least five organisations have published one")
    manager.follows("Universities")


def worst(manager: Person, number: int) -> list[str]:
    """The titles of the first rows, without the place that is read aloud."""
    return [
        heading.inner_text().split(":", 1)[-1].strip() for heading in manager.page.locator(".gap-row h2").all()[:number]
    ]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("phone", [False, True])
def test_the_map_is_read_with_the_keyboard_and_as_a_table(people: New, phone: bool) -> None:
    reader: Any = people(phone=phone)
    reader.goes_to("/en/severity?year=2014")
    reader.fills(area="political")
    reader.presses("Show")
    reader.reads("Political empowerment, 2014")
    # The drawing says its ends in words, and the table is one press of the keyboard away.
    assert "widest in Yemen (97.5% open)" in reader.page.locator(".world-map svg title").text_content()
    reader.page.get_by_role("link", name="Go to the table").press("Enter")
    assert reader.page.url.endswith("#table")
    table = reader.page.get_by_role("table", name="Political empowerment, 2014: the widest gap first")
    assert table.get_by_role("row").count() == 15
    reader.goes_to("/ar/severity?area=political&year=2014")
    box = reader.page.locator(".world-map .sea").evaluate("one => getComputedStyle(one.closest('.chart')).direction")
    assert box == "ltr"
