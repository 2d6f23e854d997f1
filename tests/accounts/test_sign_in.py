"""Signing in and out as a browser does it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from impact.accounts.operations import (
    end_all_sessions,
    give_staff_role,
    new_link,
    person_for,
    set_active,
    set_password,
)
from impact.actor import SYSTEM, Role
from impact.audit.models import AuditEntry
from impact.db import db, transaction
from impact.mail.models import Letter
from tests.champions.makers import run_all_but_sending

PASSWORD = "four words in a row"


@pytest.fixture
def lea(app: Flask) -> str:
    with transaction():
        set_password(person_for("lea@example.org", "Lea Sample"), PASSWORD, SYSTEM)
    return "lea@example.org"


def token_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def send(client: FlaskClient, url: str, **data: str) -> TestResponse:
    """Fetch the form for its CSRF token, fill it in, send it."""
    return client.post(url, data={"csrf_token": token_of(client.get(url)), **data})


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    return send(client, "/en/sign-in", email=email, password=password)


def test_the_right_password_opens_the_account_page(client: FlaskClient, lea: str) -> None:
    assert sign_in(client, lea.upper() + " ").status_code == 303
    assert "Lea Sample" in client.get("/en/account").text


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client: FlaskClient, lea: str) -> None:
    wrong, unknown = sign_in(client, lea, "not this one at all"), sign_in(client, "nobody@example.org")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not belong together" in wrong.text
    assert "do not belong together" in unknown.text
    assert client.get("/en/account").status_code == 303


def test_after_many_wrong_passwords_the_owner_still_gets_in_from_elsewhere(app: Flask, lea: str) -> None:
    stranger = app.test_client()
    for _ in range(10):
        sign_in(stranger, lea, "a wrong password")
    assert sign_in(stranger, lea).status_code == 422
    owner = app.test_client()
    owner.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(owner, lea).status_code == 303


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, lea: str) -> None:
    client, thief = app.test_client(), app.test_client()
    sign_in(client, lea)
    cookie = client.get_cookie("impact")
    assert cookie
    thief.set_cookie("impact", cookie.value)
    assert thief.get("/en/account").status_code == 200
    client.post("/en/sign-out", data={"csrf_token": token_of(client.get("/en/account"))})
    assert thief.get("/en/account").status_code == 303


@pytest.mark.parametrize("ending", ["all sessions", "disabled"])
def test_a_session_ends_when_its_person_is_signed_out_or_disabled(client: FlaskClient, lea: str, ending: str) -> None:
    sign_in(client, lea)
    with transaction():
        person = person_for(lea, "")
        if ending == "disabled":
            set_active(person, False, SYSTEM)
        else:
            end_all_sessions(person)
    assert client.get("/en/account").status_code == 303


def test_a_session_ends_after_silence_and_after_half_a_day(app: Flask, lea: str) -> None:
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = app.test_client()
        sign_in(client, lea)
        clock.shift(timedelta(minutes=119))
        assert client.get("/en/account").status_code == 200
        clock.shift(timedelta(minutes=121))
        assert client.get("/en/account").status_code == 303
        sign_in(client, lea)
        for _ in range(7):
            clock.shift(timedelta(minutes=100))
            assert client.get("/en/account").status_code == 200
        clock.shift(timedelta(minutes=30))
        assert client.get("/en/account").status_code == 303


def test_the_link_of_a_letter_works_once_and_only_for_its_purpose(client: FlaskClient, lea: str) -> None:
    with transaction():
        _link, token = new_link("set_password", lea)
        _other, wrong_purpose = new_link("join", lea)
    url = f"/en/new-password/{token}"
    assert client.get(f"/en/new-password/{wrong_purpose}").status_code == 404
    assert client.get(url).status_code == 200
    assert client.get(url).status_code == 200
    assert send(client, url, password="short").status_code == 422
    assert send(client, url, password="another four words").status_code == 303
    assert client.get(url).status_code == 404
    assert sign_in(client, lea, "another four words").status_code == 303


def test_the_link_is_too_old_after_an_hour(app: Flask, lea: str) -> None:
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False) as clock:
        with transaction():
            _link, token = new_link("set_password", lea)
        clock.shift(timedelta(minutes=61))
        assert app.test_client().get(f"/en/new-password/{token}").status_code == 404


def test_asking_for_a_new_password_says_the_same_for_everybody(client: FlaskClient, lea: str) -> None:
    known = send(client, "/en/forgotten-password", email=lea)
    unknown = send(client, "/en/forgotten-password", email="nobody@example.org")
    assert known.text.replace(lea, "X") == unknown.text.replace("nobody@example.org", "X")
    run_all_but_sending()
    db.session.expire_all()
    letters = db.session.scalars(select(Letter)).all()
    assert [letter.to_email for letter in letters] == [lea]
    assert "http://impact.test/en/new-password/" in letters[0].text


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "https:evil", "/\r\nx"]
)
def test_signing_in_never_leads_to_another_site(client: FlaskClient, lea: str, target: str) -> None:
    answer = send(client, "/en/sign-in", email=lea, password=PASSWORD, next=target)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/en/")


def test_what_was_typed_comes_back_after_the_sign_in_ended(client: FlaskClient, lea: str) -> None:
    sign_in(client, lea)
    token = token_of(client.get("/en/account"))
    with transaction():
        end_all_sessions(person_for(lea, ""))
    lost = client.post("/en/account", data={"csrf_token": token, "name": "Lea <b>Sample</b>", "language": "fr"})
    assert lost.status_code == 401
    assert "Nothing you typed is lost" in lost.text
    again = client.post(
        "/en/sign-in",
        data={
            "csrf_token": token_of(lost),
            "email": lea,
            "password": PASSWORD,
            "kept_action": "/en/account",
            "kept:name": "Lea <b>Sample</b>",
            "kept:language": "fr",
        },
    )
    assert 'name="name" value="Lea &lt;b&gt;Sample&lt;/b&gt;"' in again.text
    back = client.post(
        "/en/account",
        data={"csrf_token": token_of(again), "restore": "yes", "name": "Lea <b>Sample</b>", "language": "fr"},
    )
    assert 'value="Lea &lt;b&gt;Sample&lt;/b&gt;"' in back.text
    assert person_for(lea, "").name == "Lea Sample"


def test_a_form_without_its_token_changes_nothing(client: FlaskClient, lea: str) -> None:
    sign_in(client, lea)
    answer = client.post("/en/account", data={"name": "Somebody Else", "language": "fr"})
    assert answer.status_code == 400
    assert "Somebody Else" in answer.text
    assert person_for(lea, "").name == "Lea Sample"


def test_the_password_is_kept_as_argon2id(app: Flask, lea: str) -> None:
    assert (person_for(lea, "").password_hash or "").startswith("$argon2id$")


def test_the_account_page_says_where_one_is_signed_in_and_a_new_name_is_in_the_history(
    client: FlaskClient, lea: str
) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"
    token = token_of(client.get("/en/sign-in"))
    data = {"csrf_token": token, "email": lea, "password": PASSWORD}
    assert client.post("/en/sign-in", data=data, headers={"User-Agent": firefox}).status_code == 303
    assert "Firefox on Windows" in client.get("/en/account").text
    assert send(client, "/en/account", name="Lea Changed", language="fr").status_code == 303
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "particulars_changed")).one()
    assert entry.details == {
        "changed": {"name": {"from": "Lea Sample", "to": "Lea Changed"}, "language": {"from": "en", "to": "fr"}}
    }


def test_changing_the_password_signs_out_every_other_browser(app: Flask, lea: str) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    sign_in(here, lea)
    sign_in(elsewhere, lea)
    wrong = send(here, "/en/account/password", present="not this one", password="another four words")
    assert wrong.status_code == 422 and "The present password is not right" in wrong.text
    assert elsewhere.get("/en/account").status_code == 200
    assert send(here, "/en/account/password", present=PASSWORD, password="another four words").status_code == 303
    assert here.get("/en/account").status_code == 200
    assert elsewhere.get("/en/account").status_code == 303


def test_giving_a_staff_role_needs_a_role(app: Flask, client: FlaskClient) -> None:
    with transaction():
        olu = person_for("olu@unwomen.example", "Olu Example")
        set_password(olu, PASSWORD, SYSTEM)
        give_staff_role(olu, Role.ADMINISTRATOR, SYSTEM)
    sign_in(client, "olu@unwomen.example")
    none = send(client, "/en/staff", email="new@unwomen.example", name="New Person")
    assert none.status_code == 422 and "Choose at least one role" in none.text
    assert (
        send(client, "/en/staff", email="new@unwomen.example", name="New Person", roles="reviewer").status_code == 303
    )
    assert "New Person" in client.get("/en/staff").text
