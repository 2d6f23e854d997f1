"""Applying: the form that is sent, the address that is confirmed, and what the applicant does afterwards."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select

from impact import clock, mail
from impact.accounts.models import Person
from impact.accounts.operations import (
    canonical_email,
    find_link,
    may_be_written_to,
    new_link,
    person_for,
    use_link,
)
from impact.actor import ANYONE, SYSTEM, Actor
from impact.audit.operations import record
from impact.champions.models import Application, ApplicationState
from impact.champions.operations.applicants import letter, require_applicant, say, tell_managers
from impact.champions.operations.cohorts import offer_next
from impact.champions.operations.inviting import invitation_of
from impact.champions.rules import TERMS_EDITION, require_words
from impact.champions.workflow import APPLICATION
from impact.db import db
from impact.errors import Invalid
from impact.jobs.registry import every
from impact.messages import gettext_noop as N_
from impact.workflow import move

#: How long an unconfirmed application waits before the one reminder; the first link still works then.
REMIND_AFTER = timedelta(days=1)
#: Older ones are not reminded: whoever wanted to apply has seen the first letter, or applied again.
REMIND_UNTIL = timedelta(days=7)


@dataclass(frozen=True)
class Particulars:
    """What an application says. `size` counts people; `statement` is in the leader's words."""

    constituency: str
    name: str
    country: str
    sector: str
    size: int
    website: str
    leader_name: str
    leader_office: str
    leader_since: date
    contact_name: str
    contact_email: str
    statement: str
    contact_office: str = ""


def apply(
    particulars: Particulars,
    *,
    language: str,
    accepts_terms: bool,
    actor: Actor = ANYONE,
    invitation_token: str = "",
    is_demonstration: bool = False,
) -> tuple[Application, str]:
    """File an application whose e-mail is still to be confirmed: (application, token of the link in the letter).

    With `invitation_token` the invitation is answered, and its link is used up.
    """
    if not accepts_terms:
        raise Invalid(N_("Accept the terms."), {"terms": (N_("Accept the terms of the programme to apply"), {})})
    if particulars.size <= 0:
        raise Invalid(N_("Check the size."), {"size": (N_("Give a number of people above 0"), {})})
    if particulars.leader_since > clock.today():
        raise Invalid(N_("Check the date."), {"leader_since": (N_("Give a day that is not in the future"), {})})
    values = {**asdict(particulars), "contact_email": canonical_email(particulars.contact_email)}
    application = Application(
        **values,
        state=ApplicationState.UNCONFIRMED,
        language=language,
        terms_edition=TERMS_EDITION,
        is_demonstration=is_demonstration,
        created_at=clock.now(),
    )
    if invitation_token:
        invitation = invitation_of(use_link("invitation", invitation_token).payload.get("invitation"))
        invitation.answered_at = clock.now()
        application.invitation_id = invitation.id
        application.cohort_id = invitation.cohort_id
    db.session.add(application)
    db.session.flush()
    record(actor, "applied", application, to_state=ApplicationState.UNCONFIRMED, details={"name": particulars.name})
    token = _ask_to_confirm(application, actor, "application_confirm")
    return application, token


def application_to_confirm(token: str) -> Application:
    """The application of an unused link, which is not used by asking. Raises NotFound."""
    application = db.session.get(Application, find_link("confirm_application", token).payload["application"])
    assert application is not None
    return application


def confirm(token: str) -> tuple[Application, Person, str | None]:
    """Confirm the e-mail and make the contact's account: (application, person, token to set a password or None).

    The token is None for a person who has a password already.
    """
    link = use_link("confirm_application", token)
    application = db.session.get(Application, link.payload["application"])
    assert application is not None
    person = person_for(link.email, application.contact_name, application.language, application.is_demonstration)
    move(APPLICATION, application, "confirm", Actor(person.id, person.name))
    letter(application, "application_received")
    tell_managers(application, "application_new")
    if person.password_hash is not None:
        return application, person, None
    _link, password_token = new_link("set_password", person.email)
    return application, person, password_token


def answer(application: Application, words: str, actor: Actor) -> None:
    """The applicant answers; the application goes back into the queue."""
    require_applicant(application, actor)
    require_words(text=(words, N_("Write your answer")))
    move(APPLICATION, application, "answer", actor)
    say(application, words, actor, from_staff=False)
    tell_managers(application, "application_answered", answer=words.strip())


def withdraw(application: Application, actor: Actor) -> None:
    """The applicant takes the application back; an offered seat goes to the next in line."""
    require_applicant(application, actor)
    offered = application.state == ApplicationState.OFFERED
    move(APPLICATION, application, "withdraw", actor)
    if offered and application.cohort is not None:
        offer_next(application.cohort, application.constituency, actor)


@every(24 * 3600, "remind_unconfirmed_applications")
def remind_unconfirmed() -> None:
    """Once, after a day: a second letter with a new link to whoever has not pressed the button of the first."""
    now = clock.now()
    forgotten = db.session.scalars(
        select(Application).where(
            Application.state == ApplicationState.UNCONFIRMED,
            Application.reminded_at.is_(None),
            Application.created_at < now - REMIND_AFTER,
            Application.created_at > now - REMIND_UNTIL,
        )
    ).all()
    for application in forgotten:
        application.reminded_at = now
        _ask_to_confirm(application, SYSTEM, "application_reminder")
        record(SYSTEM, "reminded", application)


def _ask_to_confirm(application: Application, actor: Actor, template: str) -> str:
    """A letter with a link of its own, which works once; whichever letter is used, the application is confirmed once."""
    # Silently: the page after the form is the same, so that nobody learns what else was sent to the address.
    is_written = may_be_written_to("confirm_application", application.contact_email)
    _link, token = new_link("confirm_application", application.contact_email, {"application": application.id}, actor)
    if is_written:
        mail.send(
            application.contact_email,
            application.language,
            template,
            {"name": application.contact_name, "organisation": application.name, "token": token},
            secret=True,
        )
    return token
