"""An edition that would give a small group away by now is offered to nobody, and the pages say why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from impact import page_cache
from impact.db import db
from impact.progress import operations as progress
from impact.storage import storage
from reports.offered import annual_reports_of
from reports.withheld import withheld_of
from tests.progress import makers as progress_makers
from tests.questions import noted
from tests.reports import makers

PAGES = b"%PDF-1.7 the pages"
OPEN_ANSWER = {**makers.ANSWER, "other": 12, "undisclosed": 12, "men": 294}


@pytest.fixture
def year(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[makers.Year]:
    """The first approved figures have no small group; what readers are given is remembered, as on a site."""
    app.extensions["page_cache"] = page_cache.PageCache(8_000_000)
    monkeypatch.setattr(makers, "ANSWER", OPEN_ANSWER)
    with time_machine.travel(makers.TAKEN, tick=False):
        made = makers.an_approved_year()
        db.session.commit()
        yield made


def correct(year: makers.Year, **changes: int) -> None:
    """The counts are put right and approved again."""
    world = year.world
    correction = progress.start_correction(year.report, "A count was wrong.", world.coordinator)
    assert progress.enter_figure(correction.figures[0], {**OPEN_ANSWER, **changes}, world.coordinator) == {}
    progress_makers.approved(correction, world)
    db.session.commit()


def test_an_edition_is_offered_while_nothing_of_it_is_hidden(year: makers.Year) -> None:
    edition = makers.an_edition(year)
    assert withheld_of(year.world.champion, [edition]) == frozenset()
    correct(year, men=300, undisclosed=16, other=12, women=91, numerator=91)
    assert withheld_of(year.world.champion, [edition]) == frozenset()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"other": 3, "undisclosed": 21}, id="a small part"),
        pytest.param({"women": 6, "numerator": 6, "men": 389}, id="few counted"),
    ],
)
def test_a_correction_that_hides_more_withdraws_the_older_edition_and_the_next_takes_its_place(
    year: makers.Year, changes: dict[str, int]
) -> None:
    first = makers.an_edition(year)
    correct(year, **changes)
    assert withheld_of(year.world.champion, [first]) == {first.id}
    second = makers.an_edition(year, "A count was wrong.")
    assert (second.number, withheld_of(year.world.champion, [second])) == (2, frozenset())


def test_the_public_is_told_why_and_finds_the_newer_edition(year: makers.Year, client: FlaskClient) -> None:
    first = makers.a_file(year)
    first.state, first.sha256 = "ready", storage().put(PAGES)
    db.session.commit()
    address = f"/en/editions/{first.edition.code}/en.pdf"
    # The file was handed out before, so that the permission to do so is remembered.
    assert client.get(address).data == PAGES
    correct(year, other=3, undisclosed=21)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "no longer offered" in answer.text and "small groups" in answer.text
    page = client.get("/en/champions/example-university").text
    assert address not in page and "no longer offered" in page
    (report,) = annual_reports_of(year.world.champion)
    (offered,) = report.editions
    assert (report.year, offered.files, offered.is_withheld) == (2018, (), True)


def test_the_next_who_takes_the_file_asks_one_small_question(year: makers.Year, client: FlaskClient) -> None:
    file = makers.a_file(year)
    file.state, file.sha256 = "ready", storage().put(PAGES)
    db.session.commit()
    address = f"/en/editions/{file.edition.code}/en.pdf"
    first = client.get(address)
    with noted(db.engine) as asked:
        second = client.get(address)
    assert asked == [page_cache.NEWEST_CHANGE]
    assert (second.data, second.headers["ETag"]) == (PAGES, first.headers["ETag"])
    assert second.headers["Content-Disposition"] == first.headers["Content-Disposition"]


def test_a_file_that_is_not_ready_is_looked_for_again(year: makers.Year, client: FlaskClient) -> None:
    file = makers.a_file(year)
    db.session.commit()
    address = f"/en/editions/{file.edition.code}/en.pdf"
    assert client.get(address).status_code == 303
    # Even where nothing in the history tells that it is there by now.
    file.state, file.sha256 = "ready", storage().put(PAGES)
    db.session.commit()
    assert client.get(address).data == PAGES
