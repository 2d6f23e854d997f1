"""What is written down about requests, and what never is (security.md 14.2.1, 16.2–16.5, T1)."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import insert

from impact import clock
from impact.accounts import operations
from impact.accounts.models import Person
from impact.actor import Role
from impact.db import db
from impact.jobs.runner import reason_of
from impact.logs import JsonLines, log
from tests.champions.makers import PASSWORD, token_in
from tests.security.conftest import Site

PEER = "203.0.113.77"


@pytest.fixture
def lines() -> Iterator[Any]:
    """What the log holds, as text."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    before, propagate = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield stream
    log.removeHandler(handler)
    log.setLevel(before)
    log.propagate = propagate


def read(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_no_log_holds_a_password_a_token_an_e_mail_or_an_address_of_the_network(site: Site, lines: io.StringIO) -> None:
    client = site.anonymous()
    client.environ_base["REMOTE_ADDR"] = PEER
    tokens = {
        "new-password": site.link("set_password", site.email(Role.VIEWER)),
        "join": site.link("join", champion=site.champion().id, role="viewer", name="Kim", language="en"),
        "apply/confirm": site.link("confirm_application", application=0),
    }
    form = token_in(client.get("/en/sign-in"))
    for password in ("a wrong one entirely", PASSWORD):
        client.post("/en/sign-in", data={"csrf_token": form, "email": site.email(Role.LEADER), "password": password})
    client.post("/en/forgotten-password", data={"csrf_token": form, "email": site.email(Role.VIEWER)})
    for path in ("new-password", "join"):
        assert client.get(f"/en/{path}/{tokens[path]}").status_code == 200
    client.get("/en/sign-in?next=/en/join/" + tokens["join"])
    client.get("/en/no-such-page?email=" + site.email(Role.VIEWER))
    client.get(f"/en/new-password/{tokens['join']}")
    text = lines.getvalue()
    assert len(read(lines)) > 8
    assert "@" not in text
    assert not [secret for secret in (*tokens.values(), form, PASSWORD, "a wrong one entirely", PEER) if secret in text]


def test_a_refusal_is_written_down_with_who_and_why(site: Site, lines: io.StringIO) -> None:
    client = site.signed_in(Role.VIEWER)
    assert client.get("/en/programme/history").status_code == 403
    assert client.get("/en/organisations/no-such-organisation/").status_code == 404
    refused = [line for line in read(lines) if line["message"] == "refused"]
    assert [(line["status"], line["person"]) for line in refused] == [
        (403, site.people[Role.VIEWER]),
        (404, site.people[Role.VIEWER]),
    ]
    assert all(line["why"] and line["request"] for line in refused)
    asked = [line for line in read(lines) if line["message"] == "request"]
    # One number for the page that the reader sees and for both lines.
    assert [line["request"] for line in asked] == [line["request"] for line in refused]


def test_an_address_that_does_not_exist_is_written_down_without_its_words(site: Site, lines: io.StringIO) -> None:
    site.anonymous().get("/en/organisations/../../etc/passwd-secret")
    (line,) = [line for line in read(lines) if line["message"] == "request"]
    assert (line["status"], line["route"]) == (404, None)
    assert "secret" not in lines.getvalue()


def test_a_line_end_in_a_text_forges_no_line(lines: io.StringIO) -> None:
    log.info("refused", extra={"fields": {"why": 'x\n{"at": "2026", "message": "admin approved"}\r\n\u2028\u2029\x85'}})
    (line,) = read(lines)
    assert (line["message"], line["why"]) == (
        "refused",
        'x\n{"at": "2026", "message": "admin approved"}\r\n\u2028\u2029\x85',
    )


def test_a_fault_shows_neither_values_nor_stack_to_the_reader_and_no_values_to_the_log(
    site: Site, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken rule of the database would print everything of the statement, addresses too."""

    def broken(*given: Any) -> None:
        row = {"email": site.email(Role.LEADER), "name": "A Secret Name", "language": "en", "is_active": True}
        db.session.execute(
            insert(Person).values(**row, is_demonstration=False, created_at=clock.now(), session_epoch=0)
        )

    monkeypatch.setattr(operations, "change_particulars", broken)
    monkeypatch.setitem(site.app.config, "SHOW_ERROR_PAGES", True)
    client = site.signed_in(Role.VIEWER)
    token = token_in(client.get("/en/account"))
    answer = client.post("/en/account", data={"csrf_token": token, "name": "Kim", "language": "en"})
    assert answer.status_code == 503
    assert "Traceback" not in answer.text and "INSERT" not in answer.text
    number = re.search(r"[0-9a-f]{16}", answer.text)
    assert number and answer.headers["X-Request-Id"] in answer.text
    (line,) = [line for line in read(lines) if line["message"] == "database"]
    assert "IntegrityError" in line["error"]
    assert "@" not in lines.getvalue() and "A Secret Name" not in lines.getvalue()


def test_the_list_of_jobs_holds_no_values_of_a_broken_statement(site: Site) -> None:
    try:
        broken = insert(Person).values(
            email=site.email(Role.LEADER), name="A Secret Name", language="en", is_active=True
        )
        db.session.execute(broken.values(is_demonstration=False, created_at=clock.now(), session_epoch=0))
    except Exception as error:
        db.session.rollback()
        reason = reason_of(error)
    assert reason.startswith("IntegrityError: ")
    assert "@" not in reason and "Secret" not in reason


def test_no_address_of_a_page_holds_an_e_mail(site: Site) -> None:
    found = []
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
        client = site.signed_in(role)
        for rule in site.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            answer = client.get(site.address(rule.endpoint))
            found += [
                (rule.endpoint, address)
                for address in re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
                if ("@" in address or "%40" in address) and not address.startswith("mailto:")
            ]
            if "@" in answer.headers.get("Location", ""):
                found.append((rule.endpoint, answer.headers["Location"]))
    assert found == []
