"""Files that nobody asked for at the sealing: any reader may, and each is made once however often it is asked for."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update

from impact.actor import ANYONE
from impact.db import db, transaction
from impact.errors import Invalid
from impact.jobs import Job, run_waiting
from reports import making
from reports.asking import ask_as_reader, sparing
from reports.models import Edition, EditionFile
from tests.champions.makers import token_in
from tests.reports import makers
from tests.reports.makers import quickly

QUICK = b"%PDF-1.7 of a test"
PDF = "/en/editions/example-university-2018-1/en.pdf"
FILE = "/en/editions/example-university-2018-1/files/public/en"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch, QUICK)


@pytest.fixture
def bare(year: makers.Year) -> Edition:
    """A sealed edition of which no file was asked for."""
    with sparing(()):
        edition = makers.an_edition(year)
    db.session.commit()
    return edition


def number_of_jobs() -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == making.KIND)) or 0


def press(client: FlaskClient, path: str = FILE) -> int:
    return client.post(path, data={"csrf_token": token_in(client.get(path))}).status_code


def test_sealing_asks_for_every_file_but_sparingly_for_those_that_are_named(year: makers.Year, bare: Edition) -> None:
    assert (bare.state, bare.files, number_of_jobs()) == ("sealed", [], 0)
    year.report = makers.correct(year, 120)
    with sparing(["en", "ar"]):
        second = makers.an_edition(year, "A count was wrong.")
    db.session.refresh(second)
    assert [(file.tier, file.language) for file in second.files] == [("public", "ar"), ("public", "en")]
    makers.correct(year, 121)
    third = makers.an_edition(year, "Another count was wrong.")
    assert len(third.files) == 18
    assert number_of_jobs() == 20


def test_a_reader_asks_for_it_sees_it_on_its_way_and_downloads_it(bare: Edition, client: FlaskClient) -> None:
    answer = client.get(PDF)
    assert (answer.status_code, answer.headers["Location"]) == (303, FILE)
    assert answer.headers["Cache-Control"] == "no-store"
    page = client.get(FILE)
    assert "This file has not been made yet." in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert press(client) == 303
    page = client.get(FILE)
    assert "Waiting for its turn" in page.text
    assert 'data-look-again="3"' in page.text
    run_waiting()
    page = client.get(FILE)
    assert f'href="{PDF}"' in page.text
    assert "data-look-again" not in page.text
    assert client.get(PDF).data == QUICK


def test_it_is_made_once_however_often_it_is_asked_for(bare: Edition, client: FlaskClient) -> None:
    assert press(client) == 303
    token = token_in(client.get("/en/sign-in"))
    for _ in range(3):
        assert client.post(FILE, data={"csrf_token": token}).status_code == 303
    assert number_of_jobs() == 1
    run_waiting()
    assert client.post(FILE, data={"csrf_token": token}).status_code == 303
    assert (number_of_jobs(), db.session.scalar(select(func.count()).select_from(EditionFile))) == (1, 1)


def test_nothing_is_asked_for_by_opening_an_address_or_without_the_token(bare: Edition, client: FlaskClient) -> None:
    client.get(PDF)
    client.get(FILE)
    assert client.post(FILE).status_code == 400
    assert number_of_jobs() == 0


def test_one_that_failed_says_why_and_waits_for_the_staff(bare: Edition, client: FlaskClient) -> None:
    press(client)
    with transaction():
        db.session.execute(update(EditionFile).values(state="failed", failure="The file store does not answer."))
        db.session.execute(delete(Job).where(Job.kind == making.KIND))
    page = client.get(FILE)
    assert "The file store does not answer." in page.text
    assert "<button" not in page.text.split("<main", 1)[1].split("</main>", 1)[0]
    token = token_in(client.get("/en/sign-in"))
    client.post(FILE, data={"csrf_token": token})
    assert number_of_jobs() == 0


@pytest.mark.parametrize("path", ["public/xx", "confidential/en", "nothing/en"])
def test_what_is_not_public_or_not_there_is_not_asked_for(bare: Edition, client: FlaskClient, path: str) -> None:
    address = f"/en/editions/example-university-2018-1/files/{path}"
    assert client.get(address).status_code == 404
    token = token_in(client.get("/en/sign-in"))
    assert client.post(address, data={"csrf_token": token}).status_code == 404
    tier, language = path.split("/")
    with pytest.raises(Invalid):
        ask_as_reader(bare, language, tier, ANYONE)
    assert number_of_jobs() == 0


def test_before_it_is_sealed_it_has_no_such_page(year: makers.Year, client: FlaskClient) -> None:
    makers.recommended(year)
    db.session.commit()
    assert client.get(FILE).status_code == 404
    assert client.post(FILE, data={"csrf_token": token_in(client.get("/en/sign-in"))}).status_code == 404


def test_the_public_page_leads_to_what_is_not_made_yet(bare: Edition, client: FlaskClient) -> None:
    assert f'href="{FILE}"' in client.get("/en/champions/example-university").text
