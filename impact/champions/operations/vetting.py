"""Vetting: the note, questions to the applicant, the waiting list, declining."""

from __future__ import annotations

from impact import clock
from impact.actor import Actor
from impact.audit.operations import changes, record
from impact.champions.models import Application, ApplicationState, Cohort, CohortState
from impact.champions.operations.applicants import letter, own_application, say
from impact.champions.operations.cohorts import offer_next
from impact.champions.rules import require_words
from impact.champions.workflow import APPLICATION
from impact.db import db
from impact.errors import Invalid
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move


def record_diligence(application: Application, ethics: str, reach: str, will: str, actor: Actor) -> None:
    """Keep the vetting note (ethics record, reach, will to lead); staff alone read it."""
    require(actor, Action.ADMISSION_DECIDE, unless=own_application(application, actor))
    require_words(
        ethics=(ethics, N_("Say what is known of the ethics record")),
        reach=(reach, N_("Say how many people this organisation reaches")),
        will=(will, N_("Say what shows the will to lead")),
    )
    before = {name: getattr(application, f"diligence_{name}") for name in ("ethics", "reach", "will")}
    after = {"ethics": ethics.strip(), "reach": reach.strip(), "will": will.strip()}
    for name, words in after.items():
        setattr(application, f"diligence_{name}", words)
    application.diligence_by_id, application.diligence_at = actor.person_id, clock.now()
    record(actor, "diligence_recorded", application, details=changes(before, after))


def ask(application: Application, question: str, actor: Actor) -> None:
    """Put a question to the applicant, who is written to and answers inside the application."""
    require_words(text=(question, N_("Write the question")))
    move(APPLICATION, application, "ask", actor, unless=own_application(application, actor))
    say(application, question, actor, from_staff=True)
    letter(application, "application_question", question=question)


def put_on_waiting_list(application: Application, cohort: Cohort, actor: Actor) -> None:
    """Vetted and willing, but no seat is free: wait for this cohort, first come first served."""
    require_fit(application, cohort)
    application.cohort_id = cohort.id
    move(
        APPLICATION,
        application,
        "wait",
        actor,
        details={"cohort": cohort.name},
        unless=own_application(application, actor),
    )
    db.session.refresh(application, ["cohort"])
    letter(application, "application_waiting", cohort=cohort.name)
    offer_next(cohort, application.constituency, actor)


def decline(application: Application, reason: str, actor: Actor) -> None:
    """Decline for a reason that the applicant reads; an offered seat goes to the next in line."""
    offered = application.state == ApplicationState.OFFERED
    application.decision_reason = reason.strip()
    move(APPLICATION, application, "decline", actor, reason=reason, unless=own_application(application, actor))
    letter(application, "application_declined", reason=reason)
    if offered and application.cohort is not None:
        offer_next(application.cohort, application.constituency, actor)


def require_fit(application: Application, cohort: Cohort) -> None:
    if application.diligence_at is None:
        raise Invalid(N_("Write the vetting note first: the ethics record, the reach, the will to lead."))
    if cohort.state != CohortState.OPEN:
        raise Invalid(N_("Choose an open cohort."), {"cohort": (N_("This cohort is closed. Choose another"), {})})
    if application.is_demonstration and not cohort.is_demonstration:
        raise Invalid(
            N_("Choose a demonstration cohort."),
            {"cohort": (N_("An invented organisation sits in a demonstration cohort only"), {})},
        )
