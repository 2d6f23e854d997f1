"""Nobody learns from an answer, or from the time it takes, who has an account (security.md 6.x, T16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from impact.accounts import passwords
from impact.accounts.operations import person_for, set_active, set_password
from impact.actor import SYSTEM, Role
from impact.champions import operations as champions
from impact.db import db, transaction
from impact.jobs import run_waiting
from impact.jobs.models import Job
from impact.mail.models import Letter
from tests.champions import makers
from tests.champions.makers import PASSWORD, post, token_in

KNOWN, DISABLED, UNKNOWN, FRESH = "lea@example.org", "off@example.org", "nobody@example.org", "new@example.org"


@pytest.fixture
def people(app: Flask) -> Flask:
    """One with a password, one who is switched off, one who was invited and has no password yet."""
    with transaction():
        set_password(person_for(KNOWN, "Lea Sample"), PASSWORD, SYSTEM)
        off = person_for(DISABLED, "Off Sample")
        set_password(off, PASSWORD, SYSTEM)
        set_active(off, False, SYSTEM)
        person_for(FRESH, "New Sample")
    return app


@contextmanager
def work() -> Iterator[list[str]]:
    """What the database is asked to write, in the order of the statements; and how often a password is weighed."""
    done: list[str] = []
    hasher = passwords._hasher

    class Weighing:
        hash = hasher.hash

        def verify(self, *given: Any) -> bool:
            done.append("a password is weighed")
            return hasher.verify(*given)

    def asked(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        words = statement.split()
        if words[0] in {"INSERT", "UPDATE", "DELETE"}:
            done.append(" ".join(words[:3]))

    event.listen(db.engine, "before_cursor_execute", asked)
    passwords._hasher = Weighing()  # type: ignore[assignment]
    try:
        yield done
    finally:
        passwords._hasher = hasher
        event.remove(db.engine, "before_cursor_execute", asked)


def answer_of(app: Flask, path: str, email: str, **more: str) -> tuple[int, str, str, tuple[str, ...]]:
    """Status, text, place and names of cookies, without what is random or was typed."""
    client = app.test_client()
    token = token_in(client.get(path))
    answer = client.post(path, data={"csrf_token": token, "email": email, **more})
    text = re.sub(r'(csrf_token" value|nonce|id)="[^"]*"', "", answer.text.replace(email, "X"))
    return answer.status_code, text, answer.headers.get("Location", ""), tuple(sorted(answer.headers.keys()))


@pytest.mark.parametrize("other", [DISABLED, UNKNOWN, FRESH])
def test_a_wrong_password_is_answered_alike_for_everybody(people: Flask, other: str) -> None:
    known = answer_of(people, "/en/sign-in", KNOWN, password="not this one at all")
    assert known[0] == 422
    assert answer_of(people, "/en/sign-in", other, password="not this one at all") == known


def test_the_right_password_of_an_account_that_is_off_is_answered_like_a_wrong_one(people: Flask) -> None:
    wrong = answer_of(people, "/en/sign-in", KNOWN, password="not this one at all")
    assert answer_of(people, "/en/sign-in", DISABLED, password=PASSWORD) == wrong


@pytest.mark.parametrize("email", [KNOWN, DISABLED, UNKNOWN, FRESH])
def test_signing_in_weighs_one_password_whoever_it_is(people: Flask, email: str) -> None:
    """The weighing takes longer than everything else together; without it the answer would come at once."""
    with work() as done:
        answer_of(people, "/en/sign-in", email, password="not this one at all")
    assert done.count("a password is weighed") == 1
    assert "INSERT INTO sign_in_attempt" in done


@pytest.mark.parametrize("other", [DISABLED, UNKNOWN, FRESH])
def test_a_wish_for_a_new_password_is_answered_alike_and_costs_the_same(people: Flask, other: str) -> None:
    answers, works = [], []
    for email in (KNOWN, other):
        with work() as done:
            answers.append(answer_of(people, "/en/forgotten-password", email))
        works.append(list(done))
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert works[0] == works[1] == ["INSERT INTO job"]


def test_the_letter_comes_from_the_worker_and_only_to_who_has_an_account(people: Flask) -> None:
    for email in (KNOWN, DISABLED, UNKNOWN, FRESH):
        answer_of(people, "/en/forgotten-password", email)
    run_waiting()
    db.session.expire_all()
    letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    # Who was invited and never chose a password chooses the first one so.
    assert sorted(letter.to_email for letter in letters) == sorted([KNOWN, FRESH])
    kept = [job.payload for job in db.session.scalars(select(Job))]
    assert not [payload for payload in kept if "@" in str(payload)], "a wish is forgotten once it was answered"


def test_one_address_gets_five_letters_an_hour_and_the_answer_never_tells(people: Flask) -> None:
    answers = {answer_of(people, "/en/forgotten-password", KNOWN) for _ in range(7)}
    assert len(answers) == 1
    for _ in range(7):
        answer_of(people, "/en/forgotten-password", KNOWN)
        run_waiting()
    db.session.expire_all()
    assert len(db.session.scalars(select(Letter).where(Letter.to_email == KNOWN)).all()) == 5


def sent_application(app: Flask, email: str) -> tuple[str, list[str]]:
    client = app.test_client()
    values = {
        "constituency": "university", "name": "Some University", "country": "FRA", "sector": "Public", "size": "100",
        "website": "https://some.example/", "leader_name": "A B", "leader_office": "Rector", "leader_since-day": "1", "leader_since-month": "9", "leader_since-year": "2024",
        "contact_name": "C D", "contact_email": email, "statement": "We want it.", "terms": "y",
    }  # fmt: skip
    token = token_in(client.get("/en/apply"))
    with work() as done:
        answer = client.post("/en/apply", data={"csrf_token": token, **values})
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["Location"]).text.replace(email, "X"), list(done)


def test_applying_tells_nobody_who_has_an_account(people: Flask) -> None:
    """The same page, the same work, the same letter: what follows depends on who opens the letter."""
    known, unknown = sent_application(people, KNOWN), sent_application(people, UNKNOWN)
    nonce = re.compile(r'(nonce|value)="[^"]*"')
    assert nonce.sub("", known[0]) == nonce.sub("", unknown[0])
    assert known[1] == unknown[1]
    db.session.expire_all()
    written = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(letter.to_email, letter.template) for letter in written] == [
        (KNOWN, "application_confirm"),
        (UNKNOWN, "application_confirm"),
    ]


def test_one_address_gets_five_letters_of_applications_an_hour(people: Flask) -> None:
    pages = {re.sub(r'(nonce|value)="[^"]*"', "", sent_application(people, UNKNOWN)[0]) for _ in range(7)}
    assert len(pages) == 1
    db.session.expire_all()
    assert len(db.session.scalars(select(Letter).where(Letter.to_email == UNKNOWN)).all()) == 5


def test_inviting_tells_a_coordinator_nothing_about_who_has_an_account(people: Flask) -> None:
    champion = makers.champion()
    with transaction():
        champions.add_member(champion, person_for(KNOWN, ""), Role.COORDINATOR, SYSTEM)
    client = people.test_client()
    makers.sign_in(client, person_for(KNOWN, ""))
    where = f"/en/organisations/{champion.slug}/people"
    pages, works = [], []
    for email in (DISABLED, UNKNOWN):
        with work() as done:
            answer = post(client, where, {"email": email, "name": "Kim", "role": "viewer", "language": "en"})
        works.append([step for step in done if "sign_in" not in step])
        page = client.get(where).text
        token = token_in(client.get(where))
        client.post(f"{where}/cancel-invitation", data={"csrf_token": token, "email": email})
        pages.append((answer.status_code, re.sub(r'(nonce|value)="[^"]*"', "", page.replace(email, "X"))))
    assert pages[0] == pages[1]
    assert works[0] == works[1]


def test_a_coordinator_cannot_flood_an_address_with_invitations(people: Flask) -> None:
    champion = makers.champion()
    with transaction():
        champions.add_member(champion, person_for(KNOWN, ""), Role.COORDINATOR, SYSTEM)
    client = people.test_client()
    makers.sign_in(client, person_for(KNOWN, ""))
    where = f"/en/organisations/{champion.slug}/people"
    answers = [
        post(client, where, {"email": UNKNOWN, "name": "K", "role": "viewer", "language": "en"}) for _ in range(6)
    ]
    assert [answer.status_code for answer in answers] == [303] * 5 + [422]
    assert "Five letters went to this address within an hour" in answers[-1].text


def test_a_made_up_link_is_answered_like_one_that_was_used(people: Flask) -> None:
    """Neither says whether there ever was such an invitation, application or wish."""
    client = people.test_client()
    for path in ("new-password", "join", "apply/confirm", "apply/invited"):
        answer = client.get(f"/en/{path}/{'x' * 43}")
        assert answer.status_code == 404
        assert "This link has been used or is too old" in answer.text
