"""Whose requests are counted together, and whose word about addresses is believed (security.md 2.4.1, 4.1.3, T22)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from impact.accounts.operations import person_for, set_password
from impact.actor import SYSTEM, Role
from impact.app import create_app
from impact.champions import operations as champions
from impact.db import db, transaction
from impact.mail.models import Letter
from tests.browsing import Browser
from tests.champions import makers
from tests.champions.makers import PASSWORD, post, token_in
from tests.conftest import settings_for
from tests.security.conftest import Site

Make = Callable[..., Flask]


@pytest.fixture
def made(migrated: Path, tmp_path: Path) -> Iterator[Make]:
    """Applications with settings of their own, on an empty database each."""
    apps: list[Any] = []

    def make(**changes: Any) -> Flask:
        path = tmp_path / f"{len(apps)}.sqlite"
        shutil.copy(migrated, path)
        app = create_app(replace(settings_for(tmp_path, f"sqlite:///{path}"), **changes))
        app.testing = True
        app.test_client_class = Browser
        context = app.app_context()
        context.push()
        apps.append(context)
        return app

    yield make
    for context in reversed(apps):
        db.session.remove()
        db.engine.dispose()
        context.pop()
    # The limiter is one for the process: the next application is made without limits, as the tests want it.
    create_app(settings_for(tmp_path, "sqlite://"))


def asks(app: Flask, peer: str, times: int, **headers: str) -> list[int]:
    """The answers to so many wishes for a new password (five a minute are allowed) from this network peer."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = peer
    token = token_in(client.get("/en/forgotten-password"))
    answers = []
    for number in range(times):
        sent = {name.replace("_", "-"): value.format(number) for name, value in headers.items()}
        data = {"csrf_token": token, "email": f"nobody{number}@example.org"}
        answers.append(client.post("/en/forgotten-password", data=data, headers=sent).status_code)
    return answers


def test_a_limit_says_when_to_come_back(made: Make) -> None:
    app = made(rate_limits=True)
    client = app.test_client()
    token = token_in(client.get("/en/forgotten-password"))
    for _ in range(5):
        assert (
            client.post("/en/forgotten-password", data={"csrf_token": token, "email": "a@b.example"}).status_code == 200
        )
    refused = client.post("/en/forgotten-password", data={"csrf_token": token, "email": "a@b.example"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "Too many attempts" in refused.text


def test_files_to_be_verified_are_limited_too(made: Make) -> None:
    client = made(rate_limits=True).test_client()
    token = token_in(client.get("/en/verify"))
    answers = [client.post("/en/verify", data={"csrf_token": token}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def test_a_made_up_forwarded_address_opens_no_new_account_of_attempts(made: Make) -> None:
    app = made(rate_limits=True)
    assert asks(app, "192.0.2.1", 7, X_Forwarded_For="198.51.100.{}") == [200] * 5 + [429] * 2


def test_of_a_forwarded_address_only_the_part_that_our_proxy_wrote_counts(made: Make) -> None:
    """Behind one proxy the last address is the proxy's own word; whatever stands before it was sent by the caller."""
    app = made(rate_limits=True, trusted_proxies=1)
    assert asks(app, "10.0.0.1", 7, X_Forwarded_For="198.51.100.{}, 203.0.113.9") == [200] * 5 + [429] * 2
    assert asks(app, "10.0.0.1", 1, X_Forwarded_For="203.0.113.10") == [200]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        # A server that listens on both families sees IPv4 so; they are not all one household.
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_a_household_is_one_caller_and_a_neighbour_is_another(
    made: Make, first: str, second: str, is_same: bool
) -> None:
    app = made(rate_limits=True)
    assert asks(app, first, 5) == [200] * 5
    assert asks(app, second, 1) == [429 if is_same else 200]


def test_wrong_passwords_from_one_household_are_counted_together_in_the_database(made: Make) -> None:
    app = made()
    with transaction():
        set_password(person_for("lea@example.org", "Lea Sample"), PASSWORD, SYSTEM)

    def sign_in(peer: str, password: str) -> int:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = peer
        token = token_in(client.get("/en/sign-in"))
        data = {"csrf_token": token, "email": "lea@example.org", "password": password}
        return client.post("/en/sign-in", data=data, headers={"X-Forwarded-For": peer[::-1]}).status_code

    for number in range(10):
        assert sign_in(f"2001:db8::{number}", "a wrong one") == 422
    assert sign_in("2001:db8::abc", PASSWORD) == 422
    assert sign_in("2001:db8:0:1::1", PASSWORD) == 303


# --- whose word about our own address is believed -----------------------------------------------------

EVIL = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}  # fmt: skip


def words_of_letters() -> list[str]:
    return [f"{letter.text}\n{letter.html}" for letter in db.session.scalars(select(Letter).order_by(Letter.id))]


@pytest.mark.parametrize("trusted_proxies", [0, 1])
def test_links_in_letters_lead_to_our_own_address_whatever_was_asked_for(made: Make, trusted_proxies: int) -> None:
    """A wish for a new password, an application and an invitation, each sent with another site's name."""
    app = made(trusted_proxies=trusted_proxies)
    with transaction():
        set_password(person_for("lea@example.org", "Lea Sample"), PASSWORD, SYSTEM)
    champion = makers.champion()
    with transaction():
        champions.add_member(champion, person_for("lea@example.org", ""), Role.COORDINATOR, SYSTEM)
        db.session.execute(Letter.__table__.delete())  # type: ignore[attr-defined]
    client = app.test_client()
    client.environ_base["HTTP_HOST"] = "evil.example"
    for name, value in EVIL.items():
        if name != "Host":
            client.environ_base["HTTP_" + name.upper().replace("-", "_")] = value
    post(client, "/en/forgotten-password", {"email": "lea@example.org"})
    makers.sign_in(client, person_for("lea@example.org", ""))
    people = f"/en/organisations/{champion.slug}/people"
    data = {"email": "noor@example.org", "name": "Noor", "role": "viewer", "language": "en"}
    assert post(client, people, data).status_code == 303
    with transaction():
        champions.apply(makers.particulars("Third University"), language="en", accepts_terms=True)
    makers.run_all_but_sending()
    letters = words_of_letters()
    assert len(letters) == 3
    for words in letters:
        assert "http://impact.test/en/" in words
        assert "evil.example" not in words


@pytest.mark.parametrize("address", ["/", "/en/", "/en/commitments", "/en/champions", "/en/sign-in", "/en/apply", "/en/account", "/en/no-such-page"])  # fmt: skip
def test_another_name_for_this_site_is_never_printed(site: Site, address: str) -> None:
    answer = site.anonymous().get(address, headers=EVIL | {"X-Original-URL": "/evil", "X-Forwarded-Prefix": "/evil"})
    assert "evil" not in answer.text
    assert "evil" not in str(answer.headers)
