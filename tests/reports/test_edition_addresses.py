"""The addresses of an edition: who may read it when, and that its data are the bytes that were sealed."""

from __future__ import annotations

import csv
import hashlib
import io
import re

import pytest
from flask.testing import FlaskClient

from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.db import db, transaction
from tests.reports import makers

PASSWORD = "demonstration only 10x10x10"


def sign_in(client: FlaskClient, who: Actor) -> None:
    person = db.session.get_one(Person, who.person_id)
    answer = client.get("/en/sign-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
    assert token is not None
    client.post("/en/sign-in", data={"csrf_token": token[1], "email": person.email, "password": PASSWORD})


@pytest.mark.parametrize(("language", "title"), [("en", "Example University"), ("ar", "جامعة المثال")])
def test_a_sealed_edition_is_a_page_for_everybody(
    year: makers.Year, client: FlaskClient, language: str, title: str
) -> None:
    edition = makers.an_edition(year)
    db.session.commit()
    answer = client.get(f"/editions/{edition.code}/{language}")
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in answer.text
    assert "This edition is not sealed" not in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    # The digest that the page prints is that of the JSON beside it.
    data = client.get(f"/editions/{edition.code}.json")
    digest = hashlib.sha256(data.data).hexdigest()
    assert digest == edition.sha256
    assert f"{digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}" in answer.text


def test_before_it_is_sealed_nobody_outside_knows_of_it(year: makers.Year, client: FlaskClient) -> None:
    edition = makers.a_draft(year)
    db.session.commit()
    for address in (f"{edition.code}/en", f"{edition.code}.json", f"{edition.code}/figures.csv"):
        assert client.get(f"/editions/{address}").status_code == 404


def test_before_it_is_sealed_its_own_people_read_it_and_no_cache_keeps_it(
    year: makers.Year, client: FlaskClient
) -> None:
    edition = makers.a_draft(year)
    db.session.commit()
    with transaction():
        makers.can_sign_in(year, year.world.coordinator, PASSWORD, Role.COORDINATOR)
    sign_in(client, year.world.coordinator)
    answer = client.get(f"/editions/{edition.code}/en")
    assert answer.status_code == 200
    assert "This edition is not sealed." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"/editions/{edition.code}.json").status_code == 404


def test_a_superseded_edition_says_by_which(year: makers.Year, client: FlaskClient) -> None:
    first = makers.an_edition(year)
    makers.correct(year, 102)
    second = makers.an_edition(year, "A count was wrong.")
    db.session.commit()
    page = client.get(f"/editions/{first.code}/fr").text
    assert f'href="/editions/{second.code}/fr"' in page
    assert "edition-notice" in page
    assert "edition-notice" not in client.get(f"/editions/{second.code}/fr").text


def test_a_draft_of_a_correction_is_not_told_to_the_public(year: makers.Year, client: FlaskClient) -> None:
    first = makers.an_edition(year)
    makers.correct(year, 102)
    draft = makers.a_draft(year, "A count was wrong.")
    db.session.commit()
    assert draft.code not in client.get(f"/editions/{first.code}/en").text


def test_the_tables_hold_the_public_figures_only(year: makers.Year, client: FlaskClient) -> None:
    edition = makers.an_edition(year)
    db.session.commit()
    answer = client.get(f"/editions/{edition.code}/figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{edition.code}-figures.csv"')
    assert [row["year"] for row in rows] == ["2018"]
    # Three other or self-described and four not disclosed are too few, and what would give them away goes with them.
    assert {rows[0][part] for part in ("other", "undisclosed")} == {"protecting"}
    assert client.get(f"/editions/{edition.code}/nothing.csv").status_code == 404


def test_data_that_a_reader_has_are_not_sent_again(year: makers.Year, client: FlaskClient) -> None:
    address = f"/editions/{makers.an_edition(year).code}.json"
    db.session.commit()
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_there_is_no_page_in_a_language_without_a_report(year: makers.Year, client: FlaskClient) -> None:
    edition = makers.an_edition(year)
    db.session.commit()
    assert client.get(f"/editions/{edition.code}/xx").status_code == 404
    assert client.get("/editions/no-such-edition/en").status_code == 404
