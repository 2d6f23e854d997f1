"""What is sent: bytes nobody types, names nobody offers, twice what is asked once (security.md 1.4.2, 8.2.3, 15.3.5)."""

from __future__ import annotations

import io
import json
from typing import Any

import html5lib
import pytest
from sqlalchemy import select

from impact.accounts.models import Person
from impact.actor import Role
from impact.commitments.models import Commitment, Target
from impact.db import db
from impact.progress.models import Figure
from tests.champions.makers import token_in
from tests.security.conftest import Site

NASTY = "a\0b\u202ec\x07d"
EVERYTHING = {
    "status": "approved", "state": "published", "org_id": "2", "champion_id": "2", "role": "administrator",
    "admin": "1", "is_staff": "1", "version": "99", "score": "5", "approved_by_id": "1", "published_at": "2020-01-01",
    "is_recorded": "1", "public_id": "mine", "id": "1", "actor": "1", "is_active": "0", "email": "evil@example.org",
}  # fmt: skip


def forms(site: Site) -> list[str]:
    return sorted(rule.endpoint for rule in site.app.url_map.iter_rules() if {"GET", "POST"} <= set(rule.methods or ()))


def filled(page: str, text: str) -> dict[str, str]:
    """A text in every field of the page."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    names = [item.get("name") for item in root.iter() if item.tag in {"input", "textarea", "select"}]
    return {name: text for name in names if name and name not in {"csrf_token", "restore"}}


@pytest.mark.parametrize("text", [NASTY, "x" * 9_000, "9" * 400, "-1e400", "NaN"])
def test_no_form_breaks_on_any_text(site: Site, text: str) -> None:
    """Nothing ends in a fault of ours, and no control or turning character comes back or is kept."""
    clients = [site.signed_in(role) for role in (Role.COORDINATOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)]
    tried = 0
    for endpoint in forms(site):
        for client in clients:
            page = client.get(site.address(endpoint))
            if page.status_code != 200:
                continue
            answer = client.post(site.address(endpoint), data={**filled(page.text, text), "csrf_token": token_in(page)})
            assert answer.status_code < 500, endpoint
            tried += 1
            break
    assert tried > 15
    kept = json.dumps(
        [
            [str(getattr(row, column.key)) for column in row.__table__.columns]
            for kind in (Figure, Commitment, Target, Person)
            for row in db.session.scalars(select(kind))  # type: ignore[var-annotated]
        ]
    )
    assert not [mark for mark in ("\\u0000", "\\x00", "\\u202e", "\\u0007") if mark in kept]


def rows() -> Any:
    """What fields that no form offers could reach: states, approvals, roles, who owns what."""
    db.session.rollback()
    return (
        sorted(db.session.execute(select(Commitment.public_id, Commitment.state, Commitment.champion_id)).all()),
        sorted(
            (person.email, person.is_active, *sorted(given.role for given in person.staff_roles))
            for person in db.session.scalars(select(Person))
        ),
        sorted(db.session.execute(select(Figure.public_id, Figure.approved_at)).all()),
    )


def test_fields_that_no_form_offers_do_nothing(site: Site) -> None:
    client, before = site.signed_in(Role.COORDINATOR), rows()
    for endpoint in forms(site):
        if endpoint.startswith(("accounts.sign", "champions.apply", "accounts.forgot", "champions.people")):
            continue
        page = client.get(site.address(endpoint))
        if page.status_code == 200:
            names = filled(page.text, "")
            sent = {name: value for name, value in EVERYTHING.items() if name not in names}
            assert client.post(
                site.address(endpoint), data={**sent, "csrf_token": token_in(page), "name": "Same Name"}
            ).status_code in {200, 303, 409, 422}
    after = rows()
    # A form that takes an empty draft makes one; it belongs to the coordinator's own champion and is a draft.
    made = set(after[0]) - set(before[0])
    assert {state for _id, state, _champion in made} <= {"draft"}
    assert {champion for _id, _state, champion in made} <= {site.champion().id}
    assert after[1:] == before[1:]


@pytest.mark.parametrize(
    "address", ["/en/commitments", "/en/champions", "/en/indicators", "/en/review", "/en/approvals"]
)
def test_queries_that_are_repeated_or_of_another_type_are_no_fault(site: Site, address: str) -> None:
    client = site.signed_in(Role.APPROVER)
    for name in ("after", "status", "kind", "constituency", "show"):
        for query in (f"{name}=1&{name}=x", f"{name}[]=1", f"{name}=%00", f"{name}=%ff", f"{name}=id;--",
                      f"{name}={'9' * 400}", f"{name}=-1", f"{name}=((((((a%2B)%2B)%2B)%2B)%2B)%2B$"):  # fmt: skip
            assert client.get(f"{address}?{query}").status_code < 500, query


def test_a_field_that_is_repeated_or_a_file_is_no_fault(site: Site) -> None:
    client = site.anonymous()
    token = token_in(client.get("/en/sign-in"))
    for data in (
        {"email": ["a", "b"], "password": ["c", "d"]},
        {"email[]": "a", "password": ""},
        {"email": (io.BytesIO(b"x"), "email.txt"), "password": "x"},
    ):
        assert client.post("/en/sign-in", data={"csrf_token": token, **data}).status_code == 422
    broken = client.post("/en/sign-in", data=b'{"email":["a"]}', content_type="application/json")
    assert broken.status_code == 400


def test_a_body_that_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    client = site.signed_in(Role.COORDINATOR)
    limit = site.app.config["MAX_CONTENT_LENGTH"]
    assert limit == 21 * 1024 * 1024
    answer = client.post(
        "/en/account",
        data=b"",
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"CONTENT_LENGTH": str(limit + 1)},
    )
    assert answer.status_code == 413
    assert "The file is too large" in answer.text
    many = "&".join(f"f{number}=x" for number in range(3000))
    long = "text=" + "x" * (2 * 1024 * 1024 + 1)
    for body in (long, many):
        answer = client.post("/en/account", data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {400, 413}
