"""The history of everything, the jobs and the outbox, as administrators read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from impact import mail
from impact.actor import SYSTEM, Actor, Role
from impact.audit.models import AuditEntry
from impact.audit.operations import record
from impact.champions.models import Champion
from impact.db import db, transaction
from impact.jobs import enqueue
from impact.jobs.models import Job
from impact.mail import Letter
from tests.champions.makers import champion, person, post, sign_in


@pytest.fixture
def olu(client: FlaskClient) -> FlaskClient:
    sign_in(client, person("olu@unwomen.example", Role.ADMINISTRATOR))
    return client


def numbers(page: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"entry ([\d,]+)", page)]


def write(*entries: tuple[str, str, str]) -> Champion:
    """Entries of (actor's name, action, reason) about a champion."""
    made = champion()
    with transaction():
        for name, action, reason in entries:
            record(Actor(None, name), action, made, from_state="active", to_state="suspended", reason=reason)
    return made


def test_who_what_why_and_from_where_to_where_are_read_as_history(olu: FlaskClient) -> None:
    write(("Mina Sample", "standing_changed", "No report for <b>two</b> years."))
    page = olu.get("/en/programme/history?action=standing_changed").text
    assert "Standing changed</b>: <bdi>Mina Sample</bdi>" in page
    assert "from “active” to “suspended”" in page and "Sample University" in page
    assert "No report for &lt;b&gt;two&lt;/b&gt; years." in page


def test_the_filters_narrow_by_person_action_kind_and_day(olu: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False):
        write(("Anna_Sample", "standing_changed", "The first reason."))
    with time_machine.travel(datetime(2026, 3, 5, 12, tzinfo=UTC), tick=False), transaction():
        found = db.session.scalars(select(Champion)).one()
        record(Actor(None, "AnnaxSample"), "particulars_changed", found, reason="The second reason.")

    def reasons(query: str) -> list[bool]:
        page = olu.get(f"/en/programme/history?{query}").text
        return ["The first reason." in page, "The second reason." in page]

    assert reasons("who=anna") == [True, True]
    assert reasons("who=a_s") == [True, False], "an underscore is a letter, not a wildcard"
    assert reasons("action=particulars_changed") == [False, True]
    assert reasons("kind=champion&action=standing_changed") == [True, False]
    assert reasons("kind=person") == [False, False]
    assert reasons("first=2026-03-03") == [False, True]
    assert reasons("last=2026-03-02") == [True, False]
    assert reasons("who=anna&first=nonsense&before=x&kind=%27--") == [True, True]


def test_the_history_is_paged_by_key_without_gap_or_double(olu: FlaskClient) -> None:
    write(*[("Mina Sample", "standing_changed", f"Reason {number}.") for number in range(60)])
    seen: list[int] = []
    url = "/en/programme/history?who=Mina"
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    while url:
        asked.clear()
        page = olu.get(url).text
        assert len([text for text in asked if text.lstrip().upper().startswith("SELECT")]) <= 12
        seen += numbers(page)
        following = page.split('class="next" href="')
        url = following[1].split('"')[0].replace("&amp;", "&") if len(following) > 1 else ""
    written = db.session.scalars(
        select(AuditEntry.id).where(AuditEntry.actor_name == "Mina Sample").order_by(AuditEntry.id.desc())
    ).all()
    assert seen == list(written) and len(seen) == 60


@pytest.mark.parametrize(
    "path, expected",
    [
        # anonymous, reviewer, approver, programme manager, administrator
        ("/en/programme/history", (303, 403, 403, 200, 200)),
        ("/en/administration/jobs", (303, 403, 403, 403, 200)),
        ("/en/administration/letters", (303, 403, 403, 403, 200)),
    ],
)
def test_who_may_open_which_page(app: Flask, path: str, expected: tuple[int, ...]) -> None:
    found = [app.test_client().get(path).status_code]
    for role in (Role.REVIEWER, Role.APPROVER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        client = app.test_client()
        sign_in(client, person(f"{role.value}@unwomen.example", role))
        found.append(client.get(path).status_code)
    assert tuple(found) == expected


def failed_letter() -> tuple[int, int]:
    with transaction():
        letter = mail.send("lea@example.org", "en", "set_password", {"name": "Lea", "token": "a-secret"}, secret=True)
        job = db.session.get_one(Job, letter.job_id)
        job.state, job.error, job.attempts = "failed", "550 no such mailbox", 20
        job.finished_at = letter.failed_at = datetime(2026, 3, 2, tzinfo=UTC)
        letter.error = "550 no such mailbox"
    return letter.id, job.id


def test_a_failed_job_says_why_and_is_tried_again_at_the_press_of_a_button(olu: FlaskClient) -> None:
    _letter, job_id = failed_letter()
    with transaction():
        enqueue("calendar.nothing")
    page = olu.get("/en/administration/jobs?state=failed").text
    assert "550 no such mailbox" in page and "mail.send" in page and "calendar.nothing" not in page
    assert post(olu, f"/en/administration/jobs/{job_id}/retry", page="/en/account").status_code == 303
    job = db.session.get_one(Job, job_id)
    db.session.refresh(job)
    assert (job.state, job.attempts) == ("waiting", 0)
    assert post(olu, f"/en/administration/jobs/{job_id}/retry", page="/en/account").status_code == 409
    assert post(olu, "/en/administration/jobs/999999/retry", page="/en/account").status_code == 404


def test_a_failed_letter_is_sent_again_and_its_words_are_never_shown(olu: FlaskClient) -> None:
    letter_id, job_id = failed_letter()
    page = olu.get("/en/administration/letters?state=failed").text
    assert "lea@example.org" in page and "550 no such mailbox" in page and "a-secret" not in page
    again = f"/en/administration/letters/{letter_id}/send-again"
    assert post(olu, again, page="/en/account").status_code == 303
    letter, job = db.session.get_one(Letter, letter_id), db.session.get_one(Job, job_id)
    db.session.refresh(letter)
    db.session.refresh(job)
    assert (letter.failed_at, job.state) == (None, "waiting")
    assert "lea@example.org" not in olu.get("/en/administration/letters?state=failed").text
    assert post(olu, again, page="/en/account").status_code == 409


def test_only_an_administrator_may_press_these_buttons(app: Flask) -> None:
    letter_id, job_id = failed_letter()
    client = app.test_client()
    sign_in(client, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    for path in (f"jobs/{job_id}/retry", f"letters/{letter_id}/send-again"):
        assert post(client, f"/en/administration/{path}", page="/en/account").status_code == 403
    db.session.rollback()
    assert db.session.get_one(Job, job_id).state == "failed"
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "job:retry")).all() == []


def test_the_system_is_named_in_the_history(olu: FlaskClient) -> None:
    made = champion()
    with transaction():
        record(SYSTEM, "reminded", made)
    assert "Reminded to confirm the address</b>: <bdi>system</bdi>" in olu.get("/en/programme/history").text
