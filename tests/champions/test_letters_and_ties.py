"""Letters to the programme, the one reminder, ties, and the reason of the first standing in every language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.actor import Role
from impact.champions import operations
from impact.champions.models import Application, ConflictOfInterest, StandingChange
from impact.champions.queries import actor_for
from impact.db import db, transaction
from impact.i18n import force_locale, show
from impact.mail import Letter
from impact.permissions import Action, may
from tests.champions.makers import champion, cohort, confirmed, contact_of, particulars, person, post, sign_in

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def letters(template: str) -> list[str]:
    return list(db.session.scalars(select(Letter.to_email).where(Letter.template == template).order_by(Letter.id)))


def test_every_manager_is_written_to_once_the_address_is_confirmed_and_not_before(app: Flask) -> None:
    person("mia@unwomen.example", Role.PROGRAMME_MANAGER)
    person("max@unwomen.example", Role.PROGRAMME_MANAGER)
    person("rita@unwomen.example", Role.REVIEWER)
    with transaction():
        application, token = operations.apply(particulars(), language="fr", accepts_terms=True)
    assert letters("application_new") == []
    with transaction():
        operations.confirm(token)
    assert letters("application_new") == ["mia@unwomen.example", "max@unwomen.example"]
    letter = db.session.scalars(select(Letter).where(Letter.template == "application_new")).first()
    assert letter is not None
    assert "Sample University applies to become a champion" in letter.text
    assert f"/en/programme/applications/{application.public_id}" in letter.text


def test_a_manager_who_is_the_contact_gets_no_letter_about_their_own_application(app: Flask) -> None:
    person("mia@unwomen.example", Role.PROGRAMME_MANAGER)
    confirmed(contact_email="mia@unwomen.example")
    assert letters("application_new") == []


def test_an_answer_is_told_to_the_managers_with_its_words(app: Flask) -> None:
    mia = person("mia@unwomen.example", Role.PROGRAMME_MANAGER)
    application = confirmed()
    with transaction():
        operations.ask(application, "How many professors?", actor_for(mia))
    with transaction():
        operations.answer(application, "Four hundred.", contact_of(application))
    letter = db.session.scalars(select(Letter).where(Letter.template == "application_answered")).one()
    assert letter.to_email == "mia@unwomen.example" and "Four hundred." in letter.text


def test_one_reminder_after_a_day_and_never_a_second(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        with transaction():
            application, _token = operations.apply(particulars(), language="en", accepts_terms=True)
        for hours, expected in ((23, 0), (2, 1), (24, 1), (24 * 30, 1)):
            clock.shift(timedelta(hours=hours))
            with transaction():
                operations.remind_unconfirmed()
            assert len(letters("application_reminder")) == expected
        assert application.state == "unconfirmed"


def test_the_link_of_the_reminder_confirms_and_whoever_confirmed_is_not_reminded(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        with transaction():
            _application, token = operations.apply(particulars(), language="en", accepts_terms=True)
            operations.apply(particulars("Other University"), language="en", accepts_terms=True)
        with transaction():
            operations.confirm(token)
        clock.shift(timedelta(hours=30))
        with transaction():
            operations.remind_unconfirmed()
        assert letters("application_reminder") == ["noor@other-university.example"]
        letter = db.session.scalars(select(Letter).where(Letter.template == "application_reminder")).one()
        fresh = letter.text.split("/apply/confirm/")[1].split()[0]
        with transaction():
            application, _person, _password = operations.confirm(fresh)
        assert (application.name, application.state) == ("Other University", "received")


def test_the_reason_of_admission_is_a_sentence_in_the_readers_language(app: Flask) -> None:
    with time_machine.travel(START, tick=False):
        champion(into=cohort("First cohort"))
    change = db.session.scalars(select(StandingChange)).one()
    assert change.reason_values == {"cohort": "First cohort", "day": "2026-03-02"}
    assert show(change.said) == "Admitted to “First cohort” on 2 March 2026."
    with force_locale("fr"):
        assert "2 mars 2026" in show(change.said)


def test_a_reason_in_somebodys_words_is_printed_as_it_was_written(app: Flask) -> None:
    made = champion()
    mia = actor_for(person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    with transaction():
        change = operations.change_standing(made, "suspended", "No report for 100% of two years.", mia)
    assert show(change.said) == "No report for 100% of two years."


def test_staff_declare_a_tie_on_their_page_and_decide_nothing_from_then_on(app: Flask, client: FlaskClient) -> None:
    made = champion()
    rita = person("rita@unwomen.example", Role.REVIEWER)
    sign_in(client, rita)
    empty = post(client, "/en/ties", {"champion": made.slug, "reason": ""})
    assert empty.status_code == 422 and "Say what the tie is" in empty.text
    assert post(client, "/en/ties", {"champion": "nobody", "reason": "x"}).status_code == 422
    assert post(client, "/en/ties", {"champion": made.slug, "reason": "My brother teaches there."}).status_code == 303
    page = client.get("/en/ties").text
    assert "My brother teaches there." in page and "Declared by all staff" not in page
    assert not may(actor_for(rita), Action.REVIEW_DECIDE, made.id)
    assert db.session.scalars(select(ConflictOfInterest)).one().champion_id == made.id
    boss = app.test_client()
    sign_in(boss, person("olu@unwomen.example", Role.ADMINISTRATOR))
    assert "My brother teaches there." in boss.get("/en/ties").text
    outsider = app.test_client()
    sign_in(outsider, made.memberships[0].person)
    assert outsider.get("/en/ties").status_code == 403


def test_the_public_list_leads_to_the_page_of_each_cohort(app: Flask, client: FlaskClient) -> None:
    cohort("First cohort")
    page = client.get("/en/champions").text
    assert 'href="/en/cohorts/first-cohort"' in page
    assert client.get("/en/cohorts/first-cohort").status_code == 200
    assert db.session.scalar(select(Application)) is None
