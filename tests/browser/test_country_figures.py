"""A member of staff imports figures of countries: faults first, then the right file, then one figure changed; the public sees the years."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from impact.demo.people import PASSWORD
from tests.browser.conftest import Person, Site

New = Callable[..., Person]

NAMES = "iso3,year,economic,education,health,political\n"
#: Made-up figures: what the source says of these years is not shipped.
RIGHT = NAMES + "FRA,2016,0.6,0.99,0.97,0.3\nFRA,2017,0.61,0.99,0.97,0.31\nFRA,2018,0.62,0.995,0.97,0.33\n"
WRONG = RIGHT.replace("0.61", "61").replace("FRA,2018", "FRX,2018")
CHANGED = RIGHT.replace("0.33", "0.36")


def offers(manager: Person, folder: Path, text: str) -> None:
    """Chooses the file in the form and asks what it would change."""
    path = folder / "made-up.csv"
    path.write_text(text)
    manager.fills(kind="subindexes", source="Made up for a test", licence="Public domain")
    manager.page.locator("[name=file]").set_input_files(path)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("phone", [False, True])
def test_an_import_shows_faults_then_what_changes_and_the_country_its_years(
    site: Site, people: New, tmp_path: Path, phone: bool
) -> None:
    # Each size of window has a country of its own: the site is shared.
    country, code = ("Ghana", "GHA") if phone else ("France", "FRA")
    manager = people(phone=phone)
    manager.signs_in("manager@demo.example", PASSWORD)
    manager.goes_to("/en/programme/country-figures/new")

    offers(manager, tmp_path, WRONG.replace("FRA", code))
    manager.presses("See what would change")
    manager.reads("The file was not taken")
    table = manager.page.get_by_role("table", name="What is wrong in the file")
    assert [row.inner_text().split("\t") for row in table.get_by_role("row").all()] == [
        ["Row", "Column", "Value", "What would be right"],
        ["3", "economic", "61", "A subindex is at most 1"],
        ["4", "iso3", "FRX", "Unknown country: three capital letters of ISO 3166-1"],
    ]
    public = people()
    public.goes_to(f"/en/countries/{code}")
    public.reads("No data: no figures of the index were imported for this country.")

    offers(manager, tmp_path, RIGHT.replace("FRA", code))
    manager.presses("See what would change")
    manager.reads("Nothing is stored yet.")
    manager.reads("3 rows are added · 0 values change")
    manager.presses("Import all of it")
    manager.reads("The figures are imported: 3 rows.")

    manager.goes_to("/en/programme/country-figures/new")
    offers(manager, tmp_path, CHANGED.replace("FRA", code))
    manager.presses("See what would change")
    manager.reads("1 value changes")
    table = manager.page.get_by_role("table", name="Values that change")
    assert [row.inner_text().split("\t") for row in table.get_by_role("row").all()[1:]] == [
        [country, "2018", "Political empowerment", "0.33", "0.36"]
    ]
    manager.presses("Import all of it")
    manager.reads("(superseded)")

    public.goes_to(f"/en/countries/{code}")
    public.reads("The index, 2018")
    years = public.page.locator(".chart.y-political svg title").text_content()
    assert years == "Political empowerment by year. 2016: 0.300; 2017: 0.310; 2018: 0.360."
    public.follows("2017")
    public.reads("The index, 2017")
