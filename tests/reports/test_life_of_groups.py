"""Reports of many organisations as editions: drawn up by the programme, sealed by a second person, then public."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.actor import Actor, Role
from impact.db import db
from impact.errors import Invalid, InvalidState, NotAllowed, NotFound
from impact.jobs import run_waiting
from impact.mail import Letter
from impact.seals.models import Seal
from impact.storage import storage
from reports.group import operations
from reports.group.types import GroupSnapshot
from reports.models import Edition
from reports.names import file_name
from tests.reports import makers
from tests.reviews import filing

Programme = tuple[Actor, Actor]


@pytest.fixture
def programme(year: makers.Year) -> Programme:
    """The programme manager and the second person."""
    db.session.commit()
    return year.world.manager, year.world.approver


def sealed(programme: Programme, reason: str = "") -> Edition:
    manager, approver = programme
    edition = operations.draw_up_group("university", 2018, manager, reason)
    operations.recommend(edition, manager)
    operations.approve(edition, approver)
    db.session.commit()
    return edition


def test_it_holds_what_is_published_with_shares_in_whole_per_cent(year: makers.Year, programme: Programme) -> None:
    edition = operations.draw_up_group("university", 2018, programme[0])
    snapshot = GroupSnapshot.load(edition.snapshot)
    assert (edition.code, edition.kind, edition.state) == ("parity-report-universities-2018-1", "constituency", "draft")
    (member,) = snapshot.members
    assert [stand.code for stand in member.stands] == ["UNI-PROF"]
    # 101 of 419 are 24.1 per cent.
    assert member.stands[0].value == D(24)
    assert makers.SECRET not in snapshot.dump().decode()


def test_who_recommended_it_cannot_approve_it(programme: Programme) -> None:
    manager, approver = programme
    edition = operations.draw_up_group("", 2018, manager)
    operations.recommend(edition, manager)
    with pytest.raises(NotAllowed):
        operations.approve(edition, manager)
    with pytest.raises(NotAllowed):
        operations.recommend(edition, approver)
    assert edition.state == "recommended"


def test_the_second_person_sends_it_back_with_a_reason(programme: Programme) -> None:
    manager, approver = programme
    edition = operations.draw_up_group("", 2018, manager)
    operations.recommend(edition, manager)
    with pytest.raises(Invalid):
        operations.send_back(edition, " ", approver)
    operations.send_back(edition, "A name is wrong.", approver)
    assert (edition.state, edition.returned_because, edition.recommended_by_id) == ("draft", "A name is wrong.", None)


def test_sealing_makes_it_public_and_asks_for_its_files(
    year: makers.Year, programme: Programme, client: FlaskClient
) -> None:
    draft = operations.draw_up_group("university", 2018, programme[0])
    db.session.commit()
    assert client.get(f"/editions/{draft.code}/en").status_code == 404
    assert draft.code not in client.get("/en/impact-reports").text
    edition = sealed(programme)
    assert edition.id == draft.id
    assert db.session.query(Seal).filter_by(kind="edition", code=edition.code).count() == 1
    page = client.get(f"/editions/{edition.code}/en")
    assert "<h1>Universities</h1>" in page.text
    assert client.get(f"/editions/{edition.code}.json").data == GroupSnapshot.load(edition.snapshot).dump()
    assert client.get(f"/editions/{edition.code}/spreads.csv").status_code == 200
    assert f"/editions/{edition.code}/en" in client.get("/en/impact-reports").text
    assert {file.tier for file in edition.files} == {"public"}


def test_its_file_is_made_by_the_job(programme: Programme) -> None:
    edition = sealed(programme)
    for file in edition.files[1:]:
        file.state, file.failure = "failed", "not in this test"
    db.session.commit()
    run_waiting()
    file = edition.files[0]
    db.session.refresh(file)
    assert file.state == "ready"
    assert storage().get(file.sha256).startswith(b"%PDF-1.7")
    # Not the name of the report of the whole year.
    assert file_name(file).startswith({"ar": "الجامعات", "en": "Universities, parity report 2018"}[file.language])


def test_a_correction_needs_a_change_and_a_reason_and_supersedes(year: makers.Year, programme: Programme) -> None:
    first = sealed(programme)
    with pytest.raises(InvalidState, match="Nothing has changed"):
        operations.draw_up_group("university", 2018, programme[0])
    makers.correct(year, 120)
    with pytest.raises(Invalid):
        operations.draw_up_group("university", 2018, programme[0])
    second = sealed(programme, "A count was wrong.")
    assert (first.state, second.state, second.number) == ("superseded", "sealed", 2)


def test_a_year_without_reporting_has_no_report(programme: Programme) -> None:
    with pytest.raises(NotFound):
        operations.draw_up_group("university", 1999, programme[0])
    with pytest.raises(NotFound):
        operations.draw_up_group("club", 2018, programme[0])


def test_a_coordinator_draws_up_no_report_of_others(year: makers.Year) -> None:
    with pytest.raises(NotAllowed):
        operations.draw_up_group("", 2018, year.world.coordinator)


def test_the_second_person_finds_it_among_the_approvals_and_by_letter(programme: Programme, app: Flask) -> None:
    manager, approver = programme
    for person, role in ((manager, Role.PROGRAMME_MANAGER), (approver, Role.APPROVER)):
        makers.staff_can_sign_in(person, "a long row of words", role)
    edition = operations.draw_up_group("university", 2018, manager)
    operations.recommend(edition, manager)
    db.session.commit()
    client = filing.signed_in(app, approver)
    assert "1 is waiting" in client.get("/en/work").text
    page = client.get("/en/approvals")
    assert 'href="/en/impact-reports#parity-report-universities-2018-1"' in page.text
    assert "Parity report: universities" in page.text
    assert 'id="parity-report-universities-2018-1"' in client.get("/en/impact-reports").text
    letter = db.session.scalars(select(Letter).where(Letter.template == "group_report_recommended")).one()
    assert letter.subject == "For your approval: Parity report: universities, 2018"
    assert "http://impact.test/editions/parity-report-universities-2018-1/en" in letter.text
    operations.send_back(edition, "A name is wrong.", approver)
    db.session.commit()
    assert "Nothing is waiting" in client.get("/en/work").text
    told = db.session.scalars(select(Letter).where(Letter.template == "group_report_decided")).one()
    assert told.subject == "Sent back: parity-report-universities-2018-1"
    assert "A name is wrong." in told.text


def test_who_recommended_it_reads_that_it_is_sealed(programme: Programme) -> None:
    sealed(programme)
    letter = db.session.scalars(select(Letter).where(Letter.template == "group_report_decided")).one()
    assert letter.subject == "Sealed: parity-report-universities-2018-1"


def test_the_page_says_where_organisations_are_made_up(
    year: makers.Year, programme: Programme, client: FlaskClient
) -> None:
    sealed(programme)
    assert "made up, and marked there" not in client.get("/en/impact-reports").text
    year.world.champion.is_demonstration = True
    db.session.commit()
    assert "made up, and marked there" in client.get("/en/impact-reports").text
