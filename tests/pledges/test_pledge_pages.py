"""The pages of the pledge, as a person, a scanner of mail, a program and the staff meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from impact.actor import Role
from impact.db import db, transaction
from impact.jobs import run_waiting
from impact.places.locating import country_of
from impact.pledges import counting, keys, queries
from impact.pledges.models import Pledge
from tests.champions.makers import token_in
from tests.pledges.conftest import letters
from tests.progress import makers as progress_makers
from tests.reports import makers

PASSWORD = "a long row of words"


def fill(client: FlaskClient, address: str = "/en/pledge", after: float = 20, **typed: str) -> TestResponse:
    """Open the page, and send it so many seconds later."""
    with time_machine.travel("2026-05-04T09:00:00Z", tick=False) as moment:
        page = client.get(address)
        begun = page.text.partition('name="begun"')[2].partition('value="')[2].partition('"')[0]
        moment.shift(timedelta(seconds=after))
        sent = {"csrf_token": token_in(page), "begun": begun, "country": "RWA", "email": "ana@example.org", **typed}
        answer = client.post(address, data=sent)
        run_waiting()
    return answer


def the_pledge() -> Pledge:
    return db.session.scalars(select(Pledge)).one()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_from_the_form_to_the_count_and_away(app: Flask, client: FlaskClient, language: str) -> None:
    answer = fill(client, f"/{language}/pledge", gender="woman", letters="y")
    assert (answer.status_code, answer.location) == (303, f"/{language}/pledge/sent")
    assert client.get(answer.location).status_code == 200
    pledge = the_pledge()
    assert (pledge.country, pledge.gender, pledge.wants_letters, pledge.is_confirmed) == ("RWA", "woman", True, False)
    assert [(letter.language, letter.to_email) for letter in letters("pledge_confirm")] == [(language, "")]
    mine = f"/{language}/pledge/mine/{keys.link(pledge.public_id)}"
    # A scanner of mail opens each link, more than once.
    for _time in range(3):
        page = client.get(mine)
        assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
        assert client.head(mine).status_code == 200
    db.session.expire_all()
    assert not the_pledge().is_confirmed
    assert client.post(f"{mine}/confirm").status_code == 400
    token = {"csrf_token": token_in(client.get(mine))}
    assert client.post(f"{mine}/confirm", data=token).location == mine
    db.session.expire_all()
    assert the_pledge().is_confirmed
    with transaction():
        counting.fold()
    assert queries.total() == 1
    client.post(f"{mine}/stop-letters", data=token)
    db.session.expire_all()
    assert the_pledge().email == ""
    assert client.post(f"{mine}/withdraw", data=token).location == f"/{language}/pledge/withdrawn"
    assert client.get(f"/{language}/pledge/withdrawn").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Pledge)) == 0
    assert client.get(mine).status_code == 404


def test_the_answer_is_the_same_whoever_asks_again(app: Flask, client: FlaskClient) -> None:
    answers = [fill(client), fill(client), fill(client, website="https://spam.example")]
    answers.append(fill(client, email="x@mailinator.com"))
    assert len({(answer.status_code, answer.location, answer.data) for answer in answers}) == 1
    again = [
        client.post("/en/pledge/link", data={"csrf_token": token_in(client.get("/en/pledge/link")), "email": email})
        for email in ("ana@example.org", "nobody@example.org")
    ]
    assert len({(answer.status_code, answer.location, answer.data) for answer in again}) == 1


@pytest.mark.parametrize(
    ("typed", "after"), [({"website": "x"}, 20), ({}, 0.5), ({"begun": "forged"}, 20), ({"begun": ""}, 20)]
)
def test_what_only_programs_do_counts_for_nothing(
    app: Flask, client: FlaskClient, typed: dict[str, str], after: float
) -> None:
    assert fill(client, after=after, **typed).status_code == 303
    assert the_pledge().invalid_because == "bot"
    assert letters("pledge_confirm") == []


def test_what_was_typed_comes_back_with_what_is_wrong(client: FlaskClient) -> None:
    answer = fill(client, email="ana at example", name="Ana <b>", gender="other", self_described="non-binary")
    assert answer.status_code == 422
    assert "Give an e-mail address, such as name@example.org" in answer.text
    assert 'value="ana at example"' in answer.text and "Ana &lt;b&gt;" in answer.text and "non-binary" in answer.text
    assert fill(client, country="XXX").status_code == 422


@pytest.mark.parametrize(
    ("address", "country"), [("8.8.8.8", "USA"), ("196.1.95.5", "SEN"), ("10.0.0.1", ""), ("x", ""), ("::1", "")]
)
def test_a_country_is_suggested_from_the_connection_and_never_guessed(address: str, country: str) -> None:
    assert country_of(address) == country


def test_the_suggested_country_is_chosen_on_the_page(client: FlaskClient) -> None:
    page = client.get("/en/pledge", environ_overrides={"REMOTE_ADDR": "196.1.95.5"})
    assert 'value="SEN" selected' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert 'value="" selected' in client.get("/en/pledge").text


def test_a_key_that_is_none_of_ours_leads_nowhere(client: FlaskClient) -> None:
    for key in ("x", "abcdefghjk.0", "abcdefghjk." + "0" * 32):
        answer = client.get(f"/en/pledge/mine/{key}")
        assert answer.status_code == 404 and "You can ask for a new link" in answer.text


def test_the_staff_see_bursts_look_at_a_rule_and_use_it(app: Flask, client: FlaskClient) -> None:
    fill(client, email="p1@bad.example")
    with app.app_context(), transaction():
        who = progress_makers.actor("manager", Role.PROGRAMME_MANAGER)
        makers.staff_can_sign_in(who, PASSWORD, Role.PROGRAMME_MANAGER)
    sent = {"csrf_token": token_in(client.get("/en/sign-in")), "email": "manager@example.org", "password": PASSWORD}
    assert client.post("/en/sign-in", data=sent).status_code == 303
    with time_machine.travel("2026-05-04T10:00:00Z"):
        sent = {"csrf_token": token_in(client.get("/en/sign-in")), "email": "manager@example.org", "password": PASSWORD}
        client.post("/en/sign-in", data=sent)
        page = client.get("/en/programme/pledges")
        assert page.status_code == 200 and "bad.example" in page.text and "203.0.113" not in page.text
        address = "/en/programme/pledges/rule?rule=domain&value=bad.example"
        looked = client.get(address)
        assert "Nothing is changed by looking." in looked.text
        form = {"csrf_token": token_in(looked), "rule": "domain", "value": "bad.example", "days": "1"}
        assert client.post(address, data={**form, "do": "take"}).status_code == 422
        assert client.post(address, data={**form, "do": "take", "reason": "One script."}).status_code == 303
        page = client.get("/en/programme/pledges")
        assert "One script." in page.text
        db.session.expire_all()
        assert the_pledge().invalid_because == "rule"
        number = the_pledge().invalidation_id
        assert client.post(f"/en/programme/pledges/{number}/undo", data=form).status_code == 303
        assert client.post(f"/en/programme/pledges/{number}/undo", data=form).status_code == 409
        db.session.expire_all()
        assert the_pledge().invalid_because == ""
