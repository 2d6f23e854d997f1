"""From the application to the seat."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from impact import clock
from impact.actor import ANYONE, SYSTEM, Actor, Role
from impact.audit.models import AuditEntry
from impact.champions import operations
from impact.champions.models import Application, ApplicationState, Champion, Cohort, CohortPlace, Standing
from impact.champions.queries import actor_for, waiting_for
from impact.champions.rules import slug_from
from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotAllowed, NotFound
from impact.mail import Letter
from tests.champions.makers import champion, cohort, confirmed, contact_of, manager, particulars, person


def letters(template: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.template == template).order_by(Letter.id)))


def test_an_admitted_organisation_has_a_seat_a_leader_a_coordinator_and_a_history(app: Flask) -> None:
    made = champion("École Sample", contact_email="noor@ecole.example")
    assert (made.slug, made.standing, made.places[0].seat) == ("ecole-sample", "active", 1)
    assert [(term.name, term.office, term.until) for term in made.terms] == [("Lea Sample", "Rector", None)]
    assert [(m.person.email, m.role) for m in made.memberships] == [("noor@ecole.example", "coordinator")]
    assert "ecole-sample" in letters("application_admitted")[0].text
    actions = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert {"applied", "confirm", "diligence_recorded", "admit", "admitted"} <= set(actions)


def test_a_link_confirms_once(app: Flask) -> None:
    with transaction():
        _application, token = operations.apply(particulars(), language="en", accepts_terms=True)
    with transaction():
        operations.confirm(token)
    with pytest.raises(NotFound):
        operations.confirm(token)


def test_a_link_that_is_too_old_confirms_nothing(app: Flask) -> None:
    with transaction():
        application, token = operations.apply(particulars(), language="en", accepts_terms=True)
    with time_machine.travel(clock.now() + timedelta(days=3, seconds=1)), pytest.raises(NotFound):
        operations.confirm(token)
    assert application.state == ApplicationState.UNCONFIRMED


def test_without_accepting_the_terms_nothing_is_filed(app: Flask) -> None:
    with pytest.raises(Invalid) as refusal, transaction():
        operations.apply(particulars(), language="en", accepts_terms=False)
    assert list(refusal.value.problems) == ["terms"]
    assert db.session.scalar(select(func.count()).select_from(Application)) == 0


def test_a_question_goes_to_the_applicant_and_comes_back_answered(app: Flask) -> None:
    application, actor = confirmed(), manager()
    with transaction():
        operations.ask(application, "How many professors are there?", actor)
    assert application.state == "question_asked"
    assert "How many professors are there?" in letters("application_question")[0].text
    with transaction():
        operations.answer(application, "Four hundred and ten.", contact_of(application))
    assert application.state == "received"
    assert [(m.from_staff, m.text) for m in application.messages] == [
        (True, "How many professors are there?"),
        (False, "Four hundred and ten."),
    ]


def test_nobody_but_the_contact_answers_or_withdraws(app: Flask) -> None:
    application = confirmed()
    stranger = actor_for(person("stranger@example.org"))
    with pytest.raises(NotFound):
        operations.answer(application, "Hello.", stranger)
    with pytest.raises(NotFound):
        operations.withdraw(application, manager())


def test_declining_needs_a_reason_and_the_applicant_reads_it(app: Flask) -> None:
    application, actor = confirmed(), manager()
    with pytest.raises(Invalid), transaction():
        operations.decline(application, "  ", actor)
    with transaction():
        operations.decline(application, "A court found for the plaintiffs in May.", actor)
    assert application.state == "declined"
    assert "A court found for the plaintiffs in May." in letters("application_declined")[0].text


def test_admission_wants_the_vetting_note_first(app: Flask) -> None:
    with transaction():
        _application, token = operations.apply(particulars(), language="en", accepts_terms=True)
    with transaction():
        application, _person, _token = operations.confirm(token)
    with pytest.raises(Invalid):
        operations.admit(application, cohort(), manager())


def test_nobody_is_admitted_past_the_seats(app: Flask) -> None:
    room, actor = cohort(seats=1), manager()
    champion("Sample University", room)
    second = confirmed("Second University")
    with pytest.raises(InvalidState), transaction():
        operations.admit(second, room, actor)
    assert second.state == "received"
    assert db.session.scalar(select(func.count()).select_from(Champion)) == 1


def test_a_seat_of_another_constituency_is_no_seat(app: Flask) -> None:
    room = cohort(seats=1)
    champion("Sample University", room)
    assert champion("Sample Company", room, constituency="corporation").places[0].seat == 1


@pytest.mark.parametrize("same_application", [False, True])
def test_of_two_managers_at_once_one_is_told_that_the_seat_is_gone(app: Flask, same_application: bool) -> None:
    room = cohort(seats=1)
    first = confirmed("Sample University")
    second = first if same_application else confirmed("Second University")
    ids, room_id = (first.id, second.id), room.id
    actors = (manager("one@unwomen.example"), manager("two@unwomen.example"))
    db.session.rollback()
    both_ready = threading.Barrier(2, timeout=30)
    outcomes: list[str] = []

    def decide(application_id: int, actor: Actor) -> None:
        with app.app_context():
            both_ready.wait()
            try:
                with transaction():
                    application = db.session.get_one(Application, application_id)
                    operations.admit(application, db.session.get_one(Cohort, room_id), actor)
                outcomes.append("admitted")
            except InvalidState:
                outcomes.append("told")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=decide, args=pair) for pair in zip(ids, actors, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["admitted", "told"]
    assert db.session.scalar(select(func.count()).select_from(CohortPlace)) == 1
    assert db.session.scalar(select(func.count()).select_from(Champion)) == 1


def test_a_freed_seat_is_offered_to_whoever_waits_longest_and_kept_for_them(app: Flask) -> None:
    room, actor = cohort(seats=1), manager()
    seated = champion("Sample University", room)
    waiting = [confirmed("Second University"), confirmed("Third University")]
    for application in waiting:
        with transaction():
            operations.put_on_waiting_list(application, room, actor)
    with transaction():
        operations.change_standing(seated, Standing.WITHDRAWN, "The merger ended the university.", actor)
    assert [application.state for application in waiting] == ["offered", "waiting"]
    assert "Second University" in letters("seat_offered")[0].text
    with pytest.raises(InvalidState), transaction():
        operations.admit(waiting[1], room, actor)
    with transaction():
        made = operations.accept_offer(waiting[0], contact_of(waiting[0]))
    assert made.places[0].seat == 1
    assert waiting[1].state == "waiting"


def test_an_offer_that_is_refused_goes_to_the_next(app: Flask) -> None:
    room, actor = cohort(seats=1), manager()
    seated = champion("Sample University", room)
    waiting = [confirmed("Second University"), confirmed("Third University")]
    for application in waiting:
        with transaction():
            operations.put_on_waiting_list(application, room, actor)
    with transaction():
        operations.change_standing(seated, Standing.WITHDRAWN, "The merger ended the university.", actor)
    with transaction():
        operations.withdraw(waiting[0], contact_of(waiting[0]))
    assert [application.state for application in waiting] == ["withdrawn", "offered"]


def test_closing_a_cohort_carries_some_completes_others_and_keeps_the_evaluation(app: Flask) -> None:
    room, following, actor = cohort(ends=clock.today()), cohort("Second cohort"), manager()
    carried, completed = champion("Sample University", room), champion("Other University", room)
    waiting = confirmed("Third University")
    with transaction():
        waiting.cohort_id = room.id
        operations.put_on_waiting_list(waiting, cohort("Full", seats=0), actor)
        waiting.cohort_id = room.id
    with transaction():
        operations.close_cohort(
            room,
            actor,
            promised="Two promises.",
            reached="One was reached.",
            learned="Measure before promising.",
            carried=[carried],
            next_cohort=following,
        )
    db.session.expire_all()
    assert (room.state, room.learned) == ("closed", "Measure before promising.")
    assert [(place.cohort.name, place.outcome) for place in carried.places] == [
        ("First cohort", "carried"),
        ("Second cohort", None),
    ]
    assert (carried.standing, completed.standing, completed.places[0].outcome) == ("active", "completed", "completed")
    assert [application.name for application in waiting_for(following)] == ["Third University"]
    with pytest.raises(InvalidState), transaction():
        operations.admit(waiting, room, actor) if room.state == "open" else operations.take_seat(room, carried)


def test_a_cohort_is_not_closed_before_its_pilot_period_ends_nor_without_an_evaluation(app: Flask) -> None:
    running, ended, actor = cohort(), cohort("Ended", ends=clock.today()), manager()
    with pytest.raises(Invalid):
        operations.close_cohort(running, actor, promised="a", reached="b", learned="c")
    with pytest.raises(Invalid) as refusal:
        operations.close_cohort(ended, actor, promised="a", reached=" ", learned="c")
    assert list(refusal.value.problems) == ["reached"]


def test_a_standing_changes_only_along_the_table_and_with_a_reason(app: Flask) -> None:
    made, actor = champion(), manager()
    with pytest.raises(Invalid):
        operations.change_standing(made, Standing.SUSPENDED, "", actor)
    with transaction():
        operations.change_standing(made, Standing.SUSPENDED, "No report for two years.", actor)
    with transaction():
        operations.change_standing(made, Standing.ACTIVE, "The reports came.", actor)
    with transaction():
        operations.change_standing(made, Standing.WITHDRAWN, "By its own wish.", actor)
    with pytest.raises(InvalidState):
        operations.change_standing(made, Standing.ACTIVE, "Back again.", actor)


def test_an_invented_organisation_sits_in_a_demonstration_cohort_only(app: Flask) -> None:
    application = confirmed()
    with transaction():
        application.is_demonstration = True
    with pytest.raises(Invalid):
        operations.admit(application, cohort(), manager())
    with transaction():
        made = operations.admit(application, cohort("Invented", is_demonstration=True), manager())
    assert made.is_demonstration


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR])
def test_only_a_programme_manager_vets_and_admits(app: Flask, role: Role | None) -> None:
    application, room = confirmed(), cohort()
    actor = actor_for(person("somebody@example.org", *([role] if role else []))) if role else ANYONE
    for refused in (
        lambda: operations.ask(application, "Why?", actor),
        lambda: operations.record_diligence(application, "a", "b", "c", actor),
        lambda: operations.put_on_waiting_list(application, room, actor),
        lambda: operations.decline(application, "No.", actor),
        lambda: operations.admit(application, room, actor),
        lambda: operations.create_cohort("X", room.pilot_starts, room.pilot_ends, actor),
        lambda: operations.close_cohort(room, actor, promised="a", reached="b", learned="c"),
    ):
        with pytest.raises(NotAllowed), transaction():
            refused()
    assert application.state == "received"


def test_a_manager_does_not_decide_on_the_application_they_are_the_contact_of(app: Flask) -> None:
    actor = manager("noor@unwomen.example")
    application = confirmed(contact_email="noor@unwomen.example")
    with pytest.raises(NotAllowed):
        operations.admit(application, cohort(), actor)


def test_an_invitation_is_answered_once(app: Flask) -> None:
    actor = manager()
    with transaction():
        invitation, token = operations.invite_organisation(
            constituency="corporation", name="Sample Company", country="JPN", contact_name="Aiko", message="",
            contact_email="aiko@company.example", language="en", actor=actor,
        )  # fmt: skip
    with transaction():
        application, _token = operations.apply(
            particulars("Sample Company"), language="en", accepts_terms=True, invitation_token=token
        )
    assert application.invitation_id == invitation.id and invitation.answered_at is not None
    with pytest.raises(NotFound):
        operations.apply(particulars(), language="en", accepts_terms=True, invitation_token=token)


def test_a_champion_recorded_from_a_public_source_has_a_seat_and_nobody_of_its_own(app: Flask) -> None:
    founding = cohort("Founding", is_founding=True)
    known = {
        "slug": "finland", "constituency": "government", "name": "Finland", "names": {"fr": "Finlande"},
        "country": "FIN", "sector": "State", "website": "https://example.org/", "note": "From public sources.",
        "terms": [{"name": "A Leader", "office": "President", "since": None, "until": None, "source": "example.org"}],
    }  # fmt: skip
    with transaction():
        made = operations.record_from_public_source(founding, **known, actor=SYSTEM)
        again = operations.record_from_public_source(founding, **known, actor=SYSTEM)
    assert again.id == made.id
    assert made.is_recorded and made.is_founding and made.memberships == [] and made.places[0].seat == 1
    assert [(term.name, term.since) for term in made.terms] == [("A Leader", None)]


@pytest.mark.parametrize(
    "name, slug",
    [
        ("Université d’Exemple", "universite-dexemple"),
        ("  A & B,  Ltd. ", "a-b-ltd"),
        ("جامعة", ""),
        ("x" * 90, "x" * 70),
    ],
)
def test_an_address_is_made_of_the_latin_letters_of_a_name(name: str, slug: str) -> None:
    assert slug_from(name) == slug
