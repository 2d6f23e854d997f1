"""The pages of figures and evidence, as the people of an organisation, strangers and staff meet them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.accounts import operations as accounts
from impact.accounts.models import Person
from impact.actor import SYSTEM, Role
from impact.audit.models import AuditEntry
from impact.champions.models import Membership
from impact.db import db
from impact.progress import operations, queries
from impact.progress.models import Figure, ProgressReport
from tests.progress import makers

PASSWORD = "a long row of words"


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        made = makers.a_world()
        db.session.add(
            Membership(
                person_id=made.coordinator.person_id, champion_id=made.champion.id, role="coordinator", since=makers.NOW
            )
        )
        accounts.give_staff_role(db.session.get_one(Person, made.manager.person_id), Role.PROGRAMME_MANAGER, SYSTEM)
        accounts.give_staff_role(db.session.get_one(Person, made.reviewer.person_id), Role.REVIEWER, SYSTEM)
        other = makers.a_champion("Another University")
        stranger = makers.actor("stranger", champion=other, role=Role.COORDINATOR)
        db.session.add(
            Membership(person_id=stranger.person_id, champion_id=other.id, role="coordinator", since=makers.NOW)
        )
        for who in (made.coordinator, made.manager, made.reviewer, stranger):
            accounts.set_password(db.session.get_one(Person, who.person_id), PASSWORD, SYSTEM)
        makers.a_window(made)
        db.session.commit()
        yield made


def token_of(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found
    return found[1]


def sign_in(client: FlaskClient, name: str) -> None:
    page = client.get("/en/sign-in").text
    answer = client.post(
        "/en/sign-in", data={"csrf_token": token_of(page), "email": f"{name}@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 303


def test_a_year_is_begun_filled_in_and_handed_in(client: FlaskClient, world: makers.World) -> None:
    target = world.target.public_id
    sign_in(client, "coordinator")
    page = client.get("/en/organisations/example-university/figures")
    assert page.status_code == 200 and "Late" in page.text
    token = token_of(page.text)
    years = "/en/organisations/example-university/figures/2018"
    assert client.post(f"{years}/begin", data={"csrf_token": token}).status_code == 303
    refused = client.post(f"{years}/submit", data={"csrf_token": token})
    assert refused.status_code == 422 and "full professors, permanent staff" in refused.text
    form = client.get(f"{years}/{target}")
    assert form.status_code == 200 and "Staff records" in form.text
    version = re.search(r'name="version" value="(\d+)"', form.text)
    assert version
    data = {
        "csrf_token": token,
        "version": version[1],
        "numerator": "about 100",
        "denominator": "419",
        "on-day": "31",
        "on-month": "12",
        "on-year": "2018",
        "narrative": "Panels see everyone.",
    }
    wrong = client.post(f"{years}/{target}", data=data)
    assert wrong.status_code == 422 and 'value="about 100"' in wrong.text
    again = client.get(f"{years}/{target}").text
    assert 'value="about 100"' in again and "Panels see everyone." in again
    version = re.search(r'name="version" value="(\d+)"', again)
    assert version
    right = client.post(f"{years}/{target}", data={**data, "version": version[1], "numerator": "101"})
    assert right.status_code == 303 and right.headers["Location"].endswith(f"{years}/{target}")
    saved = client.get(f"{years}/{target}").text
    assert "The figure is saved: full professors, permanent staff." in saved
    assert "Every target of the year has its answer." in saved
    shown = client.get(years).text
    assert "24.1%" in shown
    assert "full professors, permanent staff: no evidence is attached" in unescape(shown)
    assert client.post(f"{years}/submit", data={"csrf_token": token}).status_code == 303
    assert "Submitted" in client.get(years).text


def test_saving_leads_to_the_next_figure_without_an_answer_and_after_the_last_to_the_year(
    client: FlaskClient, world: makers.World
) -> None:
    second = makers.a_target(world.commitment, world.target.indicator, scope="associate professors")
    db.session.commit()
    first, other = world.target.public_id, second.public_id
    sign_in(client, "coordinator")
    years = "/en/organisations/example-university/figures/2018"
    token = token_of(client.get("/en/organisations/example-university/figures").text)
    client.post(f"{years}/begin", data={"csrf_token": token})
    assert "associate professors</a>" in client.get(f"{years}/{first}").text
    data = {"csrf_token": token, "numerator": "101", "denominator": "419", "then": "next"}
    data |= {"on-day": "31", "on-month": "12", "on-year": "2018"}

    def sent(target: str) -> str:
        found = re.search(r'name="version" value="(\d+)"', client.get(f"{years}/{target}").text)
        assert found
        answer = client.post(f"{years}/{target}", data={**data, "version": found[1]})
        assert answer.status_code == 303
        return answer.headers["Location"]

    assert sent(first).endswith(f"{years}/{other}")
    assert sent(other).endswith(years)


def test_a_refused_upload_names_the_file_on_the_page(client: FlaskClient, world: makers.World) -> None:
    target = world.target.public_id
    sign_in(client, "coordinator")
    token = token_of(client.get("/en/organisations/example-university/figures").text)
    years = "/en/organisations/example-university/figures/2018"
    client.post(f"{years}/begin", data={"csrf_token": token})
    refused = client.post(
        f"{years}/{target}/evidence", data={"csrf_token": token, "file": (io.BytesIO(b"MZ"), "staff.exe")}
    )
    assert refused.status_code == 422 and "staff.exe" in refused.text and "only PDF" in refused.text
    # The form of the figure stands on the same page, and must not be sent to the address of the upload.
    assert f'<form method="post" action="{years}/{target}"' in refused.text
    assert f'href="/fr/organisations/example-university/figures/2018/{target}"' in refused.text
    assert f'href="/fr{years[3:]}/{target}/evidence"' not in refused.text
    taken = client.post(
        f"{years}/{target}/evidence",
        data={"csrf_token": token, "file": (io.BytesIO(b"women\n101\n"), "staff.csv"), "title": "Staff"},
    )
    assert taken.status_code == 303
    assert "staff.csv" in client.get(f"{years}/{target}").text


def test_confidential_evidence_does_not_exist_for_the_public_and_other_organisations(
    client: FlaskClient, world: makers.World
) -> None:
    report = operations.open_report(world.champion, queries.windows_of(world.champion)[0], world.coordinator)
    figure = report.figures[0]
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    files = {
        seen: operations.add_evidence_file(
            figure, io.BytesIO(b"women\n101\n"), "staff.csv", seen, seen == "public", world.coordinator
        ).public_id
        for seen in ("public", "confidential")
    }
    db.session.commit()
    assert client.get(f"/en/evidence/{files['public']}").status_code == 404, "not approved yet"
    makers.approved(report, world)
    db.session.commit()
    answer = client.get(f"/en/evidence/{files['public']}")
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/en/evidence/{files['confidential']}").status_code == 404
    year_page = client.get("/en/organisations/example-university/figures/2018")
    assert year_page.status_code == 303, "a stranger signs in first"
    for name in ("manager", "stranger"):
        client = client.application.test_client()
        sign_in(client, name)
        assert client.get(f"/en/evidence/{files['confidential']}").status_code == 404
        assert client.get("/en/organisations/example-university/figures").status_code == (
            200 if name == "manager" else 404
        )
    client = client.application.test_client()
    sign_in(client, "reviewer")
    answer = client.get(f"/en/evidence/{files['confidential']}")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"
    db.session.rollback()
    opened = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "evidence_opened")).all()
    assert [(entry.actor_id, entry.details["evidence"]) for entry in opened] == [
        (world.reviewer.person_id, files["confidential"])
    ], "what a member of staff opened stays in the history; what its own people open does not"


def test_a_manager_sees_who_is_late_and_sets_a_window(client: FlaskClient, world: makers.World) -> None:
    sign_in(client, "manager")
    page = client.get("/en/programme/windows")
    assert page.status_code == 200 and "Example University" in page.text and "Late" in page.text
    form = client.get("/en/programme/windows/new")
    assert form.status_code == 200
    data = {"csrf_token": token_of(form.text), "cohort": "first", "year": "2019", "grace_days": "30"}
    for name, (day, month, year) in {
        "period_starts": (1, 1, 2019),
        "period_ends": (31, 12, 2019),
        "opens_on": (1, 1, 2020),
        "due_on": (31, 3, 2020),
    }.items():
        data |= {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}
    assert client.post("/en/programme/windows/new", data=data).status_code == 303
    twice = client.post("/en/programme/windows/new", data=data)
    assert twice.status_code == 422 and "There is a window for this year already" in twice.text


def test_the_organisation_finds_what_the_review_said(client: FlaskClient, world: makers.World) -> None:
    report = operations.open_report(world.champion, queries.windows_of(world.champion)[0], world.coordinator)
    operations.enter_figure(report.figures[0], makers.COUNTS, world.coordinator)
    makers.approved(report, world)
    db.session.commit()
    sign_in(client, "coordinator")
    page = client.get("/en/organisations/example-university/figures/2018").text
    link = re.search(r'href="(/en/organisations/example-university/reviews/[^"]+)"', page)
    assert link and "Begin a correction" in page
    assert client.get(link[1]).status_code == 200


def begun(client: FlaskClient, world: makers.World) -> tuple[str, str]:
    """(the address of the year's figure, the token) with the year begun."""
    sign_in(client, "coordinator")
    token = token_of(client.get("/en/organisations/example-university/figures").text)
    years = "/en/organisations/example-university/figures/2018"
    client.post(f"{years}/begin", data={"csrf_token": token})
    return f"{years}/{world.target.public_id}", token


def fields_of(html: str) -> dict[str, str]:
    found = {}
    for name in ("version", "seen"):
        match = re.search(rf'name="{name}" value="([^"]*)"', html)
        assert match
        found[name] = unescape(match[1])
    return found


def test_two_versions_of_a_figure_are_shown_and_one_is_chosen(client: FlaskClient, world: makers.World) -> None:
    url, token = begun(client, world)
    opened = fields_of(client.get(url).text)
    day = {"on-day": "31", "on-month": "12", "on-year": "2018"}
    sent = {"csrf_token": token, **opened, **day, "denominator": "419", "source": "Staff records"}
    assert client.post(url, data={**sent, "numerator": "101", "narrative": "Panels met."}).status_code == 303
    both = client.post(url, data={**sent, "numerator": "99", "worked": "Mentors."})
    assert both.status_code == 409 and "101" in both.text and "99" in both.text and "Mentors." in both.text
    seen = re.search(r'name="seen_revision" value="([^"]*)"', both.text)
    assert seen
    carried = {**sent, "numerator": "99", "worked": "Mentors.", "seen_revision": unescape(seen[1])}
    assert client.post(url, data={**carried, "keep-numerator": "mine"}).status_code == 303
    now = client.get(url).text
    assert 'value="99"' in now and "Mentors." in now and "Panels met." in now


def test_the_numbers_of_the_last_period_are_filled_in(client: FlaskClient, world: makers.World) -> None:
    makers.approved(_answered(world, 2017), world)
    db.session.commit()
    url, _token = begun(client, world)
    page = client.get(url).text
    assert 'value="101"' in page and "The numbers of 31 December 2017 are filled in" in page


def _answered(world: makers.World, year: int) -> ProgressReport:
    figure = makers.a_figure(world, year)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    assert figure.report is not None
    return figure.report


def test_the_windows_page_shows_who_is_where_and_sends_reminders(client: FlaskClient, world: makers.World) -> None:
    sign_in(client, "manager")
    page = client.get("/en/programme/windows").text
    assert "Example University" in page and "Not begun" in page and "10 days" in page and "Send reminders" in page
    answer = client.post("/en/programme/windows/first/2018/remind", data={"csrf_token": token_of(page)})
    assert answer.status_code == 303
    assert "1 letter is on its way." in client.get("/en/programme/windows").text


def test_a_reviewer_sets_another_status_and_both_are_shown(client: FlaskClient, world: makers.World) -> None:
    sign_in(client, "reviewer")
    url = f"/en/programme/targets/{world.target.public_id}/status"
    token = token_of(client.get(url).text)
    assert client.post(url, data={"csrf_token": token, "status": "on_track", "reason": ""}).status_code == 422
    data = {"csrf_token": token, "status": "on_track", "reason": "The fire destroyed the records."}
    assert client.post(url, data=data).status_code == 303
    page = client.get(url).text
    assert "Cannot say" in page and "On track" in page and "The fire destroyed the records." in page
    client.post("/en/sign-out", data={"csrf_token": token})
    assert client.post(url, data=data).status_code in {400, 401, 403}


@pytest.mark.parametrize("name", ["stranger", "coordinator", "manager"])
def test_nobody_but_a_reviewer_sets_another_status(client: FlaskClient, world: makers.World, name: str) -> None:
    sign_in(client, name)
    assert client.get(f"/en/programme/targets/{world.target.public_id}/status").status_code == 403


def test_saying_that_nothing_was_measured_wins_over_the_numbers_the_form_had_filled_in(
    client: FlaskClient, world: makers.World
) -> None:
    earlier = makers.a_figure(world, 2017)
    counts = {**makers.COUNTS, "on": date(2017, 12, 31), "source": "Staff records"}
    assert operations.enter_figure(earlier, counts, world.coordinator) == {}
    assert earlier.report is not None
    makers.approved(earlier.report, world)
    db.session.commit()
    sign_in(client, "coordinator")
    years = "/en/organisations/example-university/figures/2018"
    token = token_of(client.get("/en/organisations/example-university/figures").text)
    client.post(f"{years}/begin", data={"csrf_token": token})
    page = client.get(f"{years}/{world.target.public_id}").text
    sent = {
        name: found[1]
        for name in ("version", "numerator", "denominator")
        if (found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', page))
    }
    assert sent["numerator"] == "101"
    sent |= {"csrf_token": token, "not_measured": "The census was moved."}
    sent |= {"known_by-day": "31", "known_by-month": "12", "known_by-year": "2099"}
    assert client.post(f"{years}/{world.target.public_id}", data=sent).status_code == 303
    db.session.expire_all()
    saved = [row for row in db.session.scalars(select(Figure)) if row.not_measured]
    assert [(row.value, row.numerator) for row in saved] == [(None, None)]


def test_what_is_saved_without_an_answer_is_not_called_a_figure(client: FlaskClient, world: makers.World) -> None:
    sign_in(client, "coordinator")
    years = "/en/organisations/example-university/figures/2018"
    token = token_of(client.get("/en/organisations/example-university/figures").text)
    client.post(f"{years}/begin", data={"csrf_token": token})
    path = f"{years}/{world.target.public_id}"
    version = re.search(r'name="version" value="(\d+)"', client.get(path).text)
    assert version
    data = {"csrf_token": token, "version": version[1], "narrative": "Panels met."}
    assert client.post(path, data=data).status_code == 303
    shown = client.get(path).text
    assert "What you wrote is saved; an answer is still missing: full professors, permanent staff." in shown
    assert "The figure is saved" not in shown
