"""The pages of annual reports, as the people of an organisation, strangers and the public meet them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from impact.actor import Role
from impact.db import db, transaction
from impact.jobs import Job, run_waiting
from reports import making
from reports.models import Edition, EditionFile
from tests.champions.makers import token_in
from tests.progress import makers as progress_makers
from tests.reports import makers

PASSWORD = "a long row of words"
OWN = "/en/organisations/example-university/reports"
PUBLIC = "/en/champions/example-university"
QUICK = b"%PDF-1.7 of a test"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "rendered", lambda snapshot, language: QUICK)


def sign_in(client: FlaskClient, year: makers.Year, name: str, role: Role = Role.COORDINATOR) -> None:
    who = progress_makers.actor(name, champion=year.world.champion, role=role)
    makers.can_sign_in(year, who, PASSWORD, role)
    token = token_in(client.get("/en/sign-in"))
    sent = {"csrf_token": token, "email": f"{name}@example.org", "password": PASSWORD}
    assert client.post("/en/sign-in", data=sent).status_code == 303


def press(client: FlaskClient, path: str) -> TestResponse:
    return client.post(path, data={"csrf_token": token_in(client.get("/en/account"))})


def the_file() -> EditionFile:
    db.session.rollback()
    return db.session.scalars(select(EditionFile).execution_options(populate_existing=True)).one()


def test_a_coordinator_has_the_report_made_sees_it_come_and_downloads_it(
    year: makers.Year, client: FlaskClient
) -> None:
    sign_in(client, year, "coordinator")
    page = client.get(OWN)
    assert "No report was made yet." in page.text
    assert page.text.count("Make the report") == 3
    assert client.get("/en/organisations/example-university/").text.count(f'href="{OWN}"') >= 1

    assert press(client, f"{OWN}/2018/en/make").headers["Location"] == OWN
    page = client.get(OWN)
    assert "Edition 1 is being made. You get a letter when it is ready." in page.text
    assert "Waiting for its turn" in page.text
    assert 'data-look-again="4"' in page.text
    assert f'<a href="{OWN}">Look again</a>' in page.text

    with transaction():
        db.session.execute(
            update(Job)
            .where(Job.kind == making.KIND)
            .values(
                state="running", attempts=1, lease_until=makers.TAKEN, progress=25, progress_message="Setting the pages"
            )
        )
    page = client.get(OWN)
    assert '<progress max="100" value="25" aria-label="Being made">25%</progress>' in page.text
    assert "Setting the pages" in page.text

    with transaction():
        db.session.execute(update(Job).values(state="waiting", lease_until=None))
    run_waiting()
    page = client.get(OWN)
    address = f"/en/annual-reports/{the_file().edition.public_id}/en"
    assert f'href="{address}"' in page.text
    assert "data-look-again" not in page.text
    assert client.get(address).data == QUICK

    press(client, f"{OWN}/2018/en/make")
    assert "Nothing has changed since edition 1: its file is there already." in client.get(OWN).text


def test_a_failed_report_shows_the_reason_and_a_button_that_tries_again(
    year: makers.Year, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = makers.a_file(year)
    file.failure = "The file store does not answer."
    db.session.execute(update(EditionFile).values(state="failed", failure=file.failure))
    db.session.execute(update(Job).values(state="failed", error="x", finished_at=makers.TAKEN))
    sign_in(client, year, "coordinator")
    page = client.get(OWN)
    assert "The file store does not answer." in page.text
    edition = the_file().edition.public_id
    again = f"/en/organisations/example-university/editions/{edition}/en/again"
    assert f'action="{again}"' in page.text
    press(client, again)
    assert the_file().state == "waiting"
    run_waiting()
    assert the_file().state == "ready"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CONTRIBUTOR])
def test_those_who_may_only_read_find_no_button_and_are_refused(
    year: makers.Year, client: FlaskClient, role: Role
) -> None:
    sign_in(client, year, "reader", role)
    assert "Make the report" not in client.get(OWN).text
    assert press(client, f"{OWN}/2018/en/make").status_code == 403
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 0


def test_a_stranger_finds_no_such_page_and_nobody_signed_out_comes_in(year: makers.Year, client: FlaskClient) -> None:
    other = progress_makers.a_champion("Another University")
    db.session.commit()
    answer = client.get(OWN)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/en/sign-in")
    stranger = makers.Year(year.world, year.window, year.report)
    stranger.world.champion = other
    sign_in(client, stranger, "stranger")
    assert client.get(OWN).status_code == 404
    assert press(client, f"{OWN}/2018/en/make").status_code == 404


def test_nothing_is_made_by_opening_an_address_or_without_the_token_of_the_form(
    year: makers.Year, client: FlaskClient
) -> None:
    sign_in(client, year, "coordinator")
    assert client.get(f"{OWN}/2018/en/make").status_code == 405
    assert client.post(f"{OWN}/2018/en/make").status_code == 400
    assert press(client, f"{OWN}/2018/zz/make").status_code == 422
    assert press(client, f"{OWN}/1999/en/make").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(EditionFile)) == 0


@pytest.mark.parametrize(
    ("language", "disposition"),
    [
        (
            "en",
            'attachment; filename="Example University, annual progress report 2018.pdf"; '
            "filename*=UTF-8''Example%20University%2C%20annual%20progress%20report%202018.pdf",
        ),
        (
            "fr",
            'attachment; filename="Universite Exemple, rapport annuel davancement 2018.pdf"; '
            "filename*=UTF-8''Universit%C3%A9%20Exemple%2C%20rapport%20annuel%20d%E2%80%99avancement%202018.pdf",
        ),
        (
            "ar",
            "attachment; filename=\"2018.pdf\"; filename*=UTF-8''%D8%AC%D8%A7%D9%85%D8%B9%D8%A9%20%D8%A7%D9%84%D9%85%D8%AB%D8%A7%D9%84%2C%20"
            "%D8%AA%D9%82%D8%B1%D9%8A%D8%B1%20%D8%A7%D9%84%D8%AA%D9%82%D8%AF%D9%85%20"
            "%D8%A7%D9%84%D8%B3%D9%86%D9%88%D9%8A%202018.pdf",
        ),
    ],
)
def test_the_public_downloads_a_ready_file_under_a_name_in_its_language(
    year: makers.Year, client: FlaskClient, language: str, disposition: str
) -> None:
    file = makers.a_file(year, language)
    address = f"/en/annual-reports/{file.edition.public_id}/{language}"
    db.session.commit()
    assert client.get(address).status_code == 404
    assert "Annual reports" not in client.get(PUBLIC).text

    run_waiting()
    answer = client.get(address)
    assert (answer.status_code, answer.data, answer.headers["Content-Type"]) == (200, QUICK, "application/pdf")
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["ETag"] == f'"{the_file().sha256}"'
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "Set-Cookie" not in answer.headers
    public = client.get(PUBLIC).text
    assert "Annual reports" in public
    assert f'href="{address}"' in public


def test_the_public_page_lists_for_each_language_the_newest_edition_that_is_ready(
    year: makers.Year, client: FlaskClient
) -> None:
    first = makers.a_file(year, "en").edition
    makers.a_file(year, "fr")
    run_waiting()
    makers.correct(year, 121)
    second = makers.a_file(year, "fr").edition
    addresses = [f"/en/annual-reports/{edition.public_id}" for edition in (first, second)]
    run_waiting()
    public = client.get(PUBLIC).text
    assert f"{addresses[0]}/en" in public
    assert f"{addresses[1]}/fr" in public
    assert f"{addresses[0]}/fr" not in public
    # The older edition stays where it was.
    assert client.get(f"{addresses[0]}/fr").status_code == 200
    disposition = client.get(f"{addresses[1]}/fr").headers["Content-Disposition"]
    assert disposition.endswith("2018%20%282%29.pdf")


def test_a_report_of_an_applicant_is_nobodys_business(year: makers.Year, client: FlaskClient) -> None:
    address = f"/en/annual-reports/{makers.a_file(year).edition.public_id}/en"
    run_waiting()
    assert client.get(address).status_code == 200
    year.world.champion.standing = "applicant"
    db.session.commit()
    assert client.get(address).status_code == 404


def test_the_page_takes_the_same_queries_for_one_year_and_for_five(
    year: makers.Year, client: FlaskClient, app: Flask
) -> None:
    from sqlalchemy import event

    def count() -> int:
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert client.get(OWN).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len([statement for statement in seen if statement.lstrip().upper().startswith(("SELECT", "WITH"))])

    makers.a_file(year)
    sign_in(client, year, "coordinator")
    few = count()
    for before in range(2014, 2018):
        window = progress_makers.a_window(year.world, before)
        db.session.add(
            Edition(
                champion=year.world.champion,
                window=window,
                number=1,
                snapshot={},
                sha256="0" * 64,
                taken_at=makers.TAKEN,
                files=[EditionFile(language="en", state="waiting")],
            )
        )
    db.session.commit()
    assert count() == few
    assert few <= 12
