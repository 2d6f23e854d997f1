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
from reports import making, queries
from reports.asking import ask_for_file
from reports.models import Edition, EditionFile
from tests.champions.makers import token_in
from tests.progress import makers as progress_makers
from tests.reports import makers
from tests.reports.makers import quickly

PASSWORD = "a long row of words"
OWN = "/en/organisations/example-university/reports"
ONE = "/en/organisations/example-university/editions/example-university-2018-1"
FILE = "/en/editions/example-university-2018-1/en.pdf"
PUBLIC = "/en/champions/example-university"
QUICK = b"%PDF-1.7 of a test"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch, QUICK)


def sign_in(client: FlaskClient, year: makers.Year, name: str, role: Role = Role.COORDINATOR) -> None:
    who = progress_makers.actor(name, champion=year.world.champion, role=role)
    makers.can_sign_in(year, who, PASSWORD, role)
    signs_in(client, name)


def signs_in(client: FlaskClient, name: str) -> None:
    token = token_in(client.get("/en/sign-in"))
    sent = {"csrf_token": token, "email": f"{name}@example.org", "password": PASSWORD}
    assert client.post("/en/sign-in", data=sent).status_code == 303


def press(client: FlaskClient, path: str, **values: str) -> TestResponse:
    return client.post(path, data={"csrf_token": token_in(client.get("/en/account")), **values})


def the_file() -> EditionFile:
    db.session.rollback()
    return db.session.scalars(select(EditionFile).execution_options(populate_existing=True)).one()


def test_an_edition_goes_from_the_coordinator_to_the_leader_and_back_on_its_pages(
    year: makers.Year, client: FlaskClient
) -> None:
    sign_in(client, year, "coordinator")
    page = client.get(OWN)
    assert "No edition was drawn up yet." in page.text
    assert client.get("/en/organisations/example-university/").text.count(f'href="{OWN}"') >= 1
    assert press(client, f"{OWN}/2018/draw-up").headers["Location"] == ONE
    page = client.get(ONE)
    assert "The edition is drawn up. Read it, then send it to the leader." in page.text
    assert "No leader has an account here" in page.text
    assert "We are behind." in page.text and "24.1" in page.text
    press(client, f"{ONE}/send")
    assert "With the leader" in client.get(OWN).text or "Awaiting the leader" in client.get(OWN).text
    assert press(client, f"{ONE}/anew").status_code == 409
    press(client, f"{ONE}/take-back")
    assert "The edition is a draft again." in client.get(ONE).text
    press(client, f"{ONE}/send")
    edition = db.session.scalars(select(Edition)).one()
    digest = edition.sha256
    client.post("/en/sign-out", data={"csrf_token": token_in(client.get("/en/account"))})

    sign_in(client, year, "leader", Role.LEADER)
    page = client.get(ONE)
    assert f'name="digest" value="{digest}"' in page.text
    assert press(client, f"{ONE}/return").status_code == 422
    assert press(client, f"{ONE}/sign").status_code == 409
    press(client, f"{ONE}/sign", digest=digest)
    assert "Signed off. UN Women reviews the edition now." in client.get(ONE).text
    db.session.rollback()
    assert db.session.scalars(select(Edition.state)).one() == "submitted"


def test_the_page_shows_how_far_each_file_is(year: makers.Year, client: FlaskClient) -> None:
    makers.a_file(year)
    sign_in(client, year, "coordinator")
    page = client.get(OWN)
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
    assert f'href="{FILE}"' in page.text
    assert "data-look-again" not in page.text
    assert client.get(FILE).data == QUICK


def test_a_failed_report_shows_the_reason_and_a_button_that_tries_again(year: makers.Year, client: FlaskClient) -> None:
    file = makers.a_file(year)
    file.failure = "The file store does not answer."
    db.session.execute(update(EditionFile).values(state="failed", failure=file.failure))
    db.session.execute(update(Job).values(state="failed", error="x", finished_at=makers.TAKEN))
    sign_in(client, year, "coordinator")
    page = client.get(OWN)
    assert "The file store does not answer." in page.text
    again = f"{ONE}/files/public/en"
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
    assert "Draw up" not in client.get(OWN).text
    assert press(client, f"{OWN}/2018/draw-up").status_code == 403
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 0


def test_a_stranger_finds_no_such_page_and_nobody_signed_out_comes_in(year: makers.Year, client: FlaskClient) -> None:
    other = progress_makers.a_champion("Another University")
    makers.a_draft(year)
    db.session.commit()
    answer = client.get(OWN)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/en/sign-in")
    stranger = makers.Year(year.world, year.window, year.report)
    stranger.world.champion = other
    sign_in(client, stranger, "stranger")
    for path in (OWN, ONE):
        assert client.get(path).status_code == 404
    assert press(client, f"{OWN}/2018/draw-up").status_code == 404


def test_nothing_is_made_by_opening_an_address_or_without_the_token_of_the_form(
    year: makers.Year, client: FlaskClient
) -> None:
    sign_in(client, year, "coordinator")
    assert client.get(f"{OWN}/2018/draw-up").status_code == 405
    assert client.post(f"{OWN}/2018/draw-up").status_code == 400
    assert press(client, f"{OWN}/1999/draw-up").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 0


def test_a_draft_is_no_bodys_but_its_own_peoples(year: makers.Year, client: FlaskClient) -> None:
    makers.recommended(year)
    db.session.commit()
    assert client.get(FILE).status_code == 404
    assert "example-university-2018-1" not in client.get(PUBLIC).text


@pytest.mark.parametrize(
    ("role", "status"), [(Role.VIEWER, 200), (Role.LEADER, 200), (Role.REVIEWER, 200), (Role.PROGRAMME_MANAGER, 404)]
)
def test_the_confidential_tier_is_for_own_people_and_those_who_judge(
    year: makers.Year, client: FlaskClient, role: Role, status: int
) -> None:
    makers.an_edition(year)
    run_waiting()
    address = f"{ONE}/confidential/en.pdf"
    assert client.get(address).status_code == 303
    if role in {Role.REVIEWER, Role.PROGRAMME_MANAGER}:
        makers.staff_can_sign_in(progress_makers.actor("reader"), PASSWORD, role)
        signs_in(client, "reader")
    else:
        sign_in(client, year, "reader", role)
    answer = client.get(address)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "confidential" in answer.headers["Content-Disposition"]


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
    address = f"/en/editions/{file.edition.code}/{language}.pdf"
    db.session.commit()
    waiting = f"/en/editions/{file.edition.code}/files/public/{language}"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, waiting)
    assert "Waiting for its turn" in client.get(waiting).text
    assert "Its files are being made." in client.get(PUBLIC).text

    run_waiting()
    answer = client.get(address)
    assert (answer.status_code, answer.data, answer.headers["Content-Type"]) == (200, QUICK, "application/pdf")
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["ETag"] == f'"{the_file().sha256}"'
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(address, headers={"Range": "bytes=0-3"}).data == b"%PDF"
    assert "Set-Cookie" not in answer.headers
    old = client.get(f"/en/annual-reports/{the_file().edition.public_id}/{language}")
    assert (old.status_code, old.headers["Location"]) == (301, address)
    public = client.get(PUBLIC).text
    assert "Annual reports" in public
    assert f'href="{address}"' in public


def test_the_public_page_lists_for_each_language_the_newest_edition_that_is_ready(
    year: makers.Year, client: FlaskClient
) -> None:
    first = makers.a_file(year, "en").edition
    ask_for_file(first, "fr", year.world.coordinator)
    run_waiting()
    makers.correct(year, 121)
    second = makers.a_file(year, "fr", "A count was wrong.").edition
    addresses = [f"/en/editions/{edition.code}" for edition in (first, second)]
    run_waiting()
    public = client.get(PUBLIC).text
    assert f"{addresses[0]}/en.pdf" in public
    assert f"{addresses[1]}/fr.pdf" in public
    # The older edition stays where it was.
    assert client.get(f"{addresses[0]}/fr.pdf").status_code == 200
    disposition = client.get(f"{addresses[1]}/fr.pdf").headers["Content-Disposition"]
    assert disposition.endswith("2018%20%282%29.pdf")


def test_a_report_of_an_applicant_is_nobodys_business(year: makers.Year, client: FlaskClient) -> None:
    address = f"/en/editions/{makers.a_file(year).edition.code}/en.pdf"
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
                year=before,
                number=1,
                code=f"example-university-{before}-1",
                state="sealed",
                sealed_at=makers.TAKEN,
                snapshot={},
                sha256="0" * 64,
                taken_at=makers.TAKEN,
                files=[EditionFile(language="en", state="waiting")],
            )
        )
    db.session.commit()
    assert count() == few
    assert few <= 12


def test_the_page_names_the_leader_who_signed_it_off(year: makers.Year, client: FlaskClient) -> None:
    edition = makers.an_edition(year)
    # The organisation that has the number of this person must not be taken for the person.
    for number in range(3):
        progress_makers.a_champion(f"University {number}")
    db.session.commit()
    sign_in(client, year, "coordinator")
    page = client.get(ONE).text
    leader = queries.name_of_leader(edition)
    assert leader and f"UTC</bdi> · <bdi>{leader}</bdi>" in " ".join(page.split())


def test_a_correction_begins_where_something_was_corrected(year: makers.Year, client: FlaskClient) -> None:
    makers.an_edition(year)
    db.session.commit()
    sign_in(client, year, "coordinator")
    page = client.get(ONE).text
    assert "Nothing has changed since this edition." in page and 'name="correct-reason"' not in page
    assert 'href="/en/organisations/example-university/figures/2018"' in page
    late = press(client, f"{ONE}/correct", **{"correct-reason": "A count was <wrong>."})
    assert late.status_code == 422
    assert "Correct the figure or the text first" in late.text and "A count was &lt;wrong&gt;." in late.text
    with transaction():
        makers.correct(year, 121)
    page = client.get(ONE).text
    assert "What is published now differs from this edition." in page and 'name="correct-reason"' in page
    assert press(client, f"{ONE}/correct", **{"correct-reason": "A count was wrong."}).status_code == 303
