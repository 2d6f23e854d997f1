"""What the door of every form holds: the token, the session, what is kept by caches (security.md 3.5, 7.2–7.4, 14.3)."""

from __future__ import annotations

import io
from typing import Any

import pytest

from impact.accounts.models import Person
from impact.accounts.operations import person_for, set_active, set_password
from impact.actor import SYSTEM, Role
from impact.champions import operations as champions
from impact.db import db, transaction
from impact.guards import OPEN_ENDPOINTS
from impact.progress import operations as progress
from impact.progress.models import Evidence, Figure
from tests.champions.makers import token_in
from tests.security.conftest import PASSWORD, Site


def changing(site: Site) -> list[str]:
    return sorted(rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ()))


def sign_in(site: Site, role: Role) -> Any:
    client = site.anonymous()
    data = {"csrf_token": token_in(client.get("/en/sign-in")), "email": site.email(role), "password": PASSWORD}
    assert client.post("/en/sign-in", data=data).status_code == 303
    return client


@pytest.mark.parametrize("who", [None, Role.ADMINISTRATOR, Role.COORDINATOR])
def test_no_form_is_taken_without_its_token(site: Site, who: Role | None) -> None:
    """Asked once and again: no anonymous request switches the check off for the process (CVE-2026-41255)."""
    taken = []
    client = site.signed_in(who) if who else site.anonymous()
    for endpoint in changing(site) * 2:
        answer = client.post(site.address(endpoint), data={"name": "x", "reason": "y"})
        # 401: who is not signed in is asked to sign in, whatever was sent; 400: the token is missing.
        if answer.status_code not in ({400, 401} if who is None else {400}):
            taken.append((endpoint, answer.status_code))
    assert taken == []
    assert len(changing(site)) > 60


def test_a_token_of_another_session_is_refused(site: Site) -> None:
    foreign = token_in(site.signed_in(Role.VIEWER).get("/en/account"))
    answer = site.signed_in(Role.ADMINISTRATOR).post("/en/account", data={"csrf_token": foreign, "name": "Changed"})
    assert answer.status_code == 400


def test_no_address_with_get_takes_a_form(site: Site) -> None:
    """GET confirms nothing: not the link of a letter, not signing out."""
    client = sign_in(site, Role.VIEWER)
    assert client.get("/en/sign-out").status_code == 405
    assert client.get("/en/account").status_code == 200


def test_signing_in_gives_a_new_session_and_keeps_nothing_of_the_old_one(site: Site) -> None:
    client = site.anonymous()
    token = token_in(client.get("/en/sign-in"))
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["_user_id"] = "chosen-by-an-attacker"
    before = client.get_cookie("impact").value
    data = {"csrf_token": token, "email": site.email(Role.LEADER), "password": PASSWORD}
    assert client.post("/en/sign-in", data=data).status_code == 303
    with client.session_transaction() as session:
        assert "planted" not in session and session["_user_id"] != "chosen-by-an-attacker"
    assert client.get_cookie("impact").value != before
    old = site.anonymous()
    old.set_cookie("impact", before)
    assert old.get("/en/account").status_code == 303


def confidential(site: Site) -> str:
    """The address of a confidential file of the year that is open."""
    piece = db.session.query(Evidence).filter_by(title="Minutes").first()
    if piece is None:
        with transaction():
            figure = db.session.query(Figure).filter_by(public_id=site.values["figure"]).one()
            piece = progress.add_evidence_file(figure, io.BytesIO(b"name,pay\n"), "pay.csv", "Minutes", False, SYSTEM)
    return f"/en/evidence/{piece.public_id}"


@pytest.mark.parametrize("ending", ["sign out", "password", "everywhere", "disabled", "removed"])
def test_a_copied_cookie_ends_with_its_session_also_for_files(site: Site, ending: str) -> None:
    file = confidential(site)
    with transaction():
        person = champions_person(site, f"{ending.replace(' ', '-')}@site.example")
    role_cookie = site.app.test_client()
    data = {"csrf_token": token_in(role_cookie.get("/en/sign-in")), "email": person.email, "password": PASSWORD}
    assert role_cookie.post("/en/sign-in", data=data).status_code == 303
    thief = site.anonymous()
    thief.set_cookie("impact", role_cookie.get_cookie("impact").value)
    pages = ("/en/organisations/example-university/", file)
    assert [thief.get(page).status_code for page in pages] == [200, 200]
    end(site, ending, role_cookie, person.id)
    # Who left the organisation is still signed in, and sees nothing of it any more.
    assert [thief.get(page).status_code for page in pages] == [404 if ending == "removed" else 303, 404]


def champions_person(site: Site, email: str) -> Person:
    person = person_for(email, "Somebody Else")
    champions.add_member(site.champion(), person, Role.VIEWER, SYSTEM)
    set_password(person, PASSWORD, SYSTEM)
    return person


def end(site: Site, ending: str, client: Any, person_id: int) -> None:
    token = token_in(client.get("/en/account"))
    post = client.post
    if ending == "sign out":
        answer = post("/en/sign-out", data={"csrf_token": token})
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    elif ending == "password":
        new = {"csrf_token": token, "present": PASSWORD, "password": "nine loud herons fly"}
        assert post("/en/account/password", data=new).status_code == 303
    elif ending == "everywhere":
        assert post("/en/account/end-sessions", data={"csrf_token": token}).status_code == 303
    else:
        with transaction():
            person = db.session.get_one(Person, person_id)
            if ending == "disabled":
                set_active(person, False, SYSTEM)
            else:
                champions.end_membership(site.champion(), person, SYSTEM)


def test_private_pages_are_stored_nowhere_and_all_pages_vary_by_cookie(site: Site) -> None:
    stored, same, private = [], [], 0
    everybody = [site.signed_in(role) for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)]
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS or "GET" not in (rule.methods or ()):
            continue
        for client in everybody:
            answer = client.get(site.address(rule.endpoint))
            if answer.status_code == 200 and getattr(site.app.view_functions[rule.endpoint], "guard", "") != "public":
                private += 1
                if "no-store" not in answer.headers["Cache-Control"]:
                    stored.append(rule.endpoint)
            if answer.mimetype == "text/html" and "Cookie" not in answer.headers.get("Vary", ""):
                same.append(rule.endpoint)
    assert (stored, same) == ([], [])
    assert private > 40
