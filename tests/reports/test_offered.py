"""Where readers get an edition, and how editions that took each other's place lead to one another."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from impact.actor import Role
from impact.db import db
from impact.storage import storage
from reports.models import Edition
from tests.reports import makers
from tests.reports.test_report_pages import PUBLIC, sign_in

FIRST, SECOND = "example-university-2018-1", "example-university-2018-2"
WORKING = f"/en/organisations/example-university/editions/{SECOND}"
NO_LONGER = "This edition is no longer offered: it shows numbers of small groups that are protected by now."


def with_files(edition: Edition) -> Edition:
    """Every file of the edition is there; each is another."""
    for file in edition.files:
        content = f"%PDF-1.7 {edition.code} {file.language} {file.tier}".encode()
        with db.session.no_autoflush:
            file.sha256, file.state, file.size = storage().put(content), "ready", len(content)
    db.session.commit()
    return edition


def two_editions(year: makers.Year) -> None:
    with_files(makers.an_edition(year))
    makers.correct(year, 102)
    with_files(makers.an_edition(year, "A count was wrong."))


def test_who_verifies_by_the_number_finds_the_edition_and_its_file(year: makers.Year, client: FlaskClient) -> None:
    with_files(makers.an_edition(year))
    page = client.get(f"/en/verify/{FIRST}").text
    assert f'href="/editions/{FIRST}/en"' in page and f'href="/en/editions/{FIRST}/en.pdf"' in page
    # In Arabic as well, and the file of another language is offered beside it.
    page = client.get(f"/ar/verify/{FIRST}").text
    assert f'href="/editions/{FIRST}/ar"' in page and f'href="/ar/editions/{FIRST}/fr.pdf"' in page


def test_an_edition_that_is_no_longer_offered_is_not_led_to(
    year: makers.Year, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = with_files(makers.an_edition(year))
    monkeypatch.setattr("reports.offered.withheld_of", lambda _champion, editions: {one.id for one in editions})
    page = client.get(f"/en/verify/{edition.code}").text
    assert NO_LONGER in page and "/editions/" not in page
    year.world.champion.standing = "applicant"
    db.session.commit()
    page = client.get(f"/en/verify/{edition.code}").text
    assert NO_LONGER not in page and "/editions/" not in page


def test_the_newer_edition_says_on_every_page_which_it_replaces(year: makers.Year, client: FlaskClient) -> None:
    two_editions(year)
    assert f'href="/editions/{FIRST}/fr"' in client.get(f"/editions/{SECOND}/fr").text
    assert f'href="/en/verify/{FIRST}"' in client.get(f"/en/verify/{SECOND}").text
    sign_in(client, year, "coordinator", Role.COORDINATOR)
    page = client.get(WORKING).text
    assert f'It replaces: <a href="{WORKING[:-1]}1">' in page
    first = client.get(f"{WORKING[:-1]}1").text
    assert "It replaces:" not in first
    assert "This edition replaces" not in client.get(f"/editions/{FIRST}/en").text


def test_on_the_public_page_what_was_superseded_comes_second(year: makers.Year, client: FlaskClient) -> None:
    two_editions(year)
    page = client.get(PUBLIC).text
    before, inside = page.split('<details class="superseded-editions">')
    inside = inside.split("</details>")[0]
    # The one in force names what it replaces, and offers its own files only.
    assert f'href="/editions/{SECOND}/en"' in before and f"/en/editions/{SECOND}/en.pdf" in before
    assert re.search(rf'It replaces:\s*<a href="/editions/{FIRST}/en">', before) and f"{FIRST}/en.pdf" not in before
    assert f"/en/editions/{FIRST}/en.pdf" in inside and SECOND not in inside
    assert re.search(r'class="process-tag soft".*?<span>Superseded</span>', inside, re.DOTALL)


def test_a_year_with_one_edition_has_nothing_to_unfold(year: makers.Year, client: FlaskClient) -> None:
    with_files(makers.an_edition(year))
    assert "superseded-editions" not in client.get(PUBLIC).text


def test_the_files_of_an_edition_stand_in_the_order_of_the_languages(year: makers.Year, client: FlaskClient) -> None:
    with_files(makers.an_edition(year))
    page = client.get(f"/editions/{FIRST}/en").text
    assert re.findall(rf'href="/en/editions/{FIRST}/([a-z]+).pdf"', page) == ["en", "fr", "es", "ru", "zh", "ar"]
    assert re.findall(rf'href="/en/editions/{FIRST}/one-page/([a-z]+).pdf"', page) == [
        "en",
        "fr",
        "es",
        "ru",
        "zh",
        "ar",
    ]
