"""The doors: what each reader sees and what a form does with what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.accounts.queries import person_by_email
from impact.actor import SYSTEM, Role
from impact.champions import operations
from impact.champions.models import Application, Champion, Cohort
from impact.champions.views.people import mark_of
from impact.db import db, transaction
from tests.champions.makers import PASSWORD, champion, cohort, confirmed, manager, particulars, person, post, sign_in

FILLED: dict[str, Any] = {
    "constituency": "university",
    "name": "Sample University",
    "country": "FRA",
    "sector": "Public university",
    "size": "31,000",
    "website": "https://sample.example/",
    "leader_name": "Lea Sample",
    "leader_office": "Rector",
    "leader_since-day": "1",
    "leader_since-month": "9",
    "leader_since-year": "2024",
    "contact_name": "Noor Example",
    "contact_office": "",
    "contact_email": "Noor@sample.example",
    "statement": "We want as many women as men among our professors.",
    "terms": "y",
}


def test_a_form_with_a_mistake_comes_back_filled(client: FlaskClient) -> None:
    answer = post(client, "/en/apply", {**FILLED, "website": "javascript:alert(1)", "size": "many"})
    assert answer.status_code == 422
    for kept in ("Sample University", "Noor@sample.example", "We want as many women as men", "many", "2024"):
        assert kept in answer.text
    assert "begins with https://" in answer.text
    assert db.session.scalar(select(Application)) is None


def test_every_mistake_is_said_beside_its_field_and_in_the_summary(client: FlaskClient) -> None:
    mistakes = {**FILLED, "contact_email": "no address", "name": ""}
    del mistakes["constituency"]
    answer = post(client, "/en/apply", mistakes)
    for words in ("Choose the kind of organisation", "Give an e-mail address, such as", "Give the official name"):
        assert answer.text.count(words) == 2, words


def test_an_address_that_is_missing_is_asked_for_once(client: FlaskClient) -> None:
    answer = post(client, "/en/apply", {**FILLED, "contact_email": ""})
    assert answer.text.count("Give an e-mail address") == 2  # in the summary and beside the field
    assert "such as name@example.org" not in answer.text


def test_the_terms_are_printed_and_must_be_accepted(client: FlaskClient) -> None:
    assert "What stays confidential" in client.get("/en/apply").text
    answer = post(client, "/en/apply", {name: value for name, value in FILLED.items() if name != "terms"})
    assert answer.status_code == 422
    assert "Accept the terms of the programme to apply" in answer.text


def test_an_application_is_confirmed_by_the_button_not_by_opening_the_link(client: FlaskClient) -> None:
    answer = post(client, "/en/apply", FILLED)
    assert answer.status_code == 303 and answer.location.endswith("/en/apply/sent")
    application = db.session.scalars(select(Application)).one()
    assert (application.state, application.size, application.contact_email) == (
        "unconfirmed",
        31_000,
        "noor@sample.example",
    )
    with transaction():
        application, token = operations.apply(particulars(), language="en", accepts_terms=True)
    assert client.get(f"/en/apply/confirm/{token}").status_code == 200
    assert client.get(f"/en/apply/confirm/{token}").status_code == 200
    db.session.refresh(application)
    assert application.state == "unconfirmed"
    answer = post(client, f"/en/apply/confirm/{token}")
    assert answer.status_code == 303 and "/en/new-password/" in answer.location
    assert "Your address is confirmed" in client.get(answer.location).text
    db.session.refresh(application)
    assert application.state == "received"
    assert client.get(f"/en/apply/confirm/{token}").status_code == 404


def test_an_application_is_seen_by_its_contact_alone(app: Flask, client: FlaskClient) -> None:
    application = confirmed()
    path = f"/en/applications/{application.public_id}"
    assert client.get(path).status_code == 303
    sign_in(client, person("stranger@example.org"))
    assert client.get(path).status_code == 404
    own = app.test_client()
    contact = person_by_email(application.contact_email)
    assert contact is not None
    sign_in(own, contact)
    assert "Sample University" in own.get(path).text
    with transaction():
        operations.decline(application, "A court found for the plaintiffs in May.", manager())
    assert "A court found for the plaintiffs in May." in own.get(path).text


def test_the_contact_answers_on_the_page(app: Flask, client: FlaskClient) -> None:
    application = confirmed()
    with transaction():
        operations.ask(application, "How many professors?", manager())
    contact = person_by_email(application.contact_email)
    assert contact is not None
    sign_in(client, contact)
    path = f"/en/applications/{application.public_id}"
    assert client.get("/en/work").location.endswith(path)
    assert post(client, path, {"text": ""}).status_code == 422
    assert post(client, path, {"text": "Four hundred."}).status_code == 303
    assert "Four hundred." in client.get(path).text


@pytest.mark.parametrize(
    "path",
    ["/en/programme/applications", "/en/programme/cohorts", "/en/programme/cohorts/new", "/en/programme/invite"],
)
def test_the_programme_pages_are_for_programme_managers(app: Flask, path: str) -> None:
    outsider, reviewer, inside = (app.test_client() for _ in range(3))
    assert outsider.get(path).status_code == 303
    sign_in(reviewer, person("rita@unwomen.example", Role.REVIEWER))
    assert reviewer.get(path).status_code == 403
    sign_in(inside, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    assert inside.get(path).status_code == 200


def test_a_manager_takes_an_application_from_the_queue_to_a_seat(app: Flask, client: FlaskClient) -> None:
    room = cohort()
    with transaction():
        _made, token = operations.apply(particulars(), language="en", accepts_terms=True)
    with transaction():
        application, _person, _token = operations.confirm(token)
    sign_in(client, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    assert "Sample University" in client.get("/en/programme/applications").text
    assert "Sample University" not in client.get("/en/programme/applications?constituency=government").text
    base = f"/en/programme/applications/{application.public_id}"
    assert "come after the vetting note" in client.get(base).text
    early = post(client, f"{base}/admit", {"cohort": room.slug})
    assert early.status_code == 422 and "vetting note first" in early.text
    note = {"ethics": "No findings.", "reach": "31,000 people.", "will": "The rector wrote."}
    assert post(client, f"{base}/note", note).status_code == 303
    assert "No findings." in client.get(base).text
    assert post(client, f"{base}/admit", {"cohort": room.slug}).status_code == 303
    made = db.session.scalars(select(Champion)).one()
    assert "Sample University" in client.get(f"/en/programme/cohorts/{room.slug}").text
    assert client.get(f"/en/organisations/{made.slug}/").status_code == 200
    standing = {"standing": "suspended", "reason": "No report for two years."}
    assert post(client, f"/en/programme/champions/{made.slug}/standing", standing).status_code == 303
    assert "No report for two years." in client.get(f"/en/organisations/{made.slug}/").text


def test_a_full_cohort_is_marked_in_the_list_and_refused_beside_it(app: Flask, client: FlaskClient) -> None:
    room = cohort(seats=1)
    champion("First University", room)
    second = confirmed("Second University")
    sign_in(client, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    path = f"/en/programme/applications/{second.public_id}/admit"
    assert "(no seat free)" in client.get(path).text
    refused = post(client, path, {"cohort": room.slug})
    assert refused.status_code == 422
    assert "No seat of this constituency is free" in refused.text and "Back to the application" in refused.text


def test_the_queue_pages_by_key(app: Flask, client: FlaskClient) -> None:
    for number in range(27):
        confirmed(f"University {number:02}")
    sign_in(client, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    first = client.get("/en/programme/applications").text
    assert "University 24" in first and "University 25" not in first
    last = db.session.scalars(select(Application).where(Application.name == "University 24")).one()
    second = client.get(f"/en/programme/applications?after={last.public_id}").text
    assert "University 25" in second and "University 26" in second and "University 24" not in second


def test_a_cohort_is_opened_and_closed_in_the_browser(app: Flask, client: FlaskClient) -> None:
    sign_in(client, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    dates = {
        "pilot_starts-day": "1", "pilot_starts-month": "1", "pilot_starts-year": "2020",
        "pilot_ends-day": "31", "pilot_ends-month": "12", "pilot_ends-year": "2022",
    }  # fmt: skip
    seats = {"seats_government": "10", "seats_corporation": "10", "seats_university": "10"}
    assert post(client, "/en/programme/cohorts/new", {"name": "Cohort A", **dates, **seats}).status_code == 303
    room = db.session.scalars(select(Cohort)).one()
    champion("Sample University", room)
    evaluation = {"promised": "One promise.", "reached": "None yet.", "learned": "Measure first.", "next_cohort": ""}
    close = f"/en/programme/cohorts/{room.slug}/close"
    refused = post(client, close, {**evaluation, "carried": "sample-university"})
    assert refused.status_code == 422 and "One promise." in refused.text
    assert post(client, close, evaluation).status_code == 303
    public = app.test_client().get(f"/en/cohorts/{room.slug}")
    assert public.status_code == 200 and "Measure first." in public.text


def test_a_removed_member_sees_nothing_at_the_next_request(app: Flask, client: FlaskClient) -> None:
    made, kai = champion(), person("kai@example.org")
    with transaction():
        operations.add_member(made, kai, Role.CONTRIBUTOR, SYSTEM)
    path = f"/en/organisations/{made.slug}/"
    sign_in(client, kai)
    assert client.get(path).status_code == 200
    seen = client.get(path + "people")
    assert "Kai" in seen.text and "Send the invitation" not in seen.text
    invitation = {"name": "Max", "email": "max@example.org", "role": "viewer", "language": "en"}
    assert post(client, path + "people", invitation, page="/en/account").status_code == 403
    assert client.get(f"{path}people/remove?person={mark_of(kai)}").status_code == 403
    noor = app.test_client()
    sign_in(noor, made.memberships[0].person)
    assert post(noor, f"{path}people/remove?person={mark_of(kai)}").status_code == 303
    assert client.get(path).status_code == 404


def test_a_coordinator_invites_and_the_invited_person_joins(app: Flask, client: FlaskClient) -> None:
    made = champion()
    path = f"/en/organisations/{made.slug}/people"
    sign_in(client, made.memberships[0].person)
    wrong = post(client, path, {"name": "Kai", "email": "not an address", "role": "viewer", "language": "en"})
    assert wrong.status_code == 422 and "not an address" in wrong.text
    right = {"name": "Kai", "email": "kai@example.org", "role": "viewer", "language": "en"}
    assert post(client, path, right).status_code == 303
    assert "kai@example.org" in client.get(path).text
    with transaction():
        token = operations.invite_member(made, "kai@example.org", "Kai", Role.VIEWER, SYSTEM)
    guest = app.test_client()
    assert guest.get(f"/en/join/{token}").status_code == 200
    assert post(guest, f"/en/join/{token}", {"password": "short"}).status_code == 422
    assert post(guest, f"/en/join/{token}", {"password": PASSWORD}).status_code == 303
    # The password was chosen a moment ago: they are signed in.
    assert guest.get("/en/account").status_code == 200
    assert guest.get(f"/en/join/{token}").status_code == 404


def test_particulars_and_leaders_are_changed_on_their_pages(app: Flask, client: FlaskClient) -> None:
    made = champion()
    base = f"/en/organisations/{made.slug}"
    sign_in(client, made.memberships[0].person)
    new = {
        "name": "Sample University",
        "name_fr": "Université Exemple",
        "name_ar": "",
        "sector": "",
        "size": "",
        "website": "",
    }
    assert post(client, f"{base}/particulars", new).status_code == 303
    db.session.refresh(made)
    assert (made.names, made.size) == ({"fr": "Université Exemple"}, None)
    leader = {
        "name": "Max Sample", "office": "Rector", "person": "", "statement": "",
        "since-day": "1", "since-month": "3", "since-year": "2026",
    }  # fmt: skip
    assert post(client, f"{base}/leaders", leader).status_code == 303
    assert "Max Sample" in client.get(base + "/").text
    assert post(client, f"{base}/statement", {"statement": "We go on.", "language": "en"}).status_code == 303
    assert "We go on." in client.get(base + "/").text


def test_an_invitation_fills_the_form_in(app: Flask, client: FlaskClient) -> None:
    with transaction():
        _invitation, token = operations.invite_organisation(
            constituency="corporation", name="Sample Company", country="JPN", contact_name="Aiko", message="",
            contact_email="aiko@company.example", language="en", actor=manager(),
        )  # fmt: skip
    page = client.get(f"/en/apply/invited/{token}").text
    assert 'value="Sample Company"' in page and 'value="aiko@company.example"' in page
    assert post(client, f"/en/apply/invited/{token}", FILLED).status_code == 303
    assert client.get(f"/en/apply/invited/{token}").status_code == 404


def test_arabic_pages_read_from_right_to_left(client: FlaskClient) -> None:
    assert 'dir="rtl"' in client.get("/ar/apply").text


def test_mistakes_are_told_in_the_order_of_the_page_with_an_example_of_a_whole_number(client: FlaskClient) -> None:
    answer = post(client, "/en/apply", {"size": "many"})
    summary = answer.text.partition('id="error-summary"')[2].partition("</ul>")[0]
    places = [
        summary.index(words)
        for words in (
            "Choose the kind of organisation",
            "Write this as a number, for example 1,234",
            "Give the statement of intent",
            "Give the contact’s name",
            "Give an e-mail address",
            "Accept the terms",
        )
    ]
    assert places == sorted(places)
    assert "1,234.5" not in answer.text
