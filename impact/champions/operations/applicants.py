"""Who an applicant is, what is said between applicant and programme, and the letters to each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from impact import clock, mail
from impact.accounts.models import Person, StaffRole
from impact.accounts.operations import canonical_email
from impact.actor import Actor, Role
from impact.champions.models import Application, ApplicationMessage
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_


def is_applicant(application: Application, person: Person | None) -> bool:
    """Whether this person is the contact whose address was confirmed."""
    return (
        person is not None
        and application.confirmed_at is not None
        and canonical_email(person.email) == application.contact_email
    )


def person_of(actor: Actor) -> Person | None:
    return db.session.get(Person, actor.person_id) if actor.person_id else None


def require_applicant(application: Application, actor: Actor) -> None:
    if not actor.is_system and not is_applicant(application, person_of(actor)):
        raise NotFound(N_("There is no such page, or you may not see it."))


def own_application(application: Application, actor: Actor) -> list[tuple[bool, str]]:
    """A manager never decides on an application of which they are the contact."""
    person = person_of(actor)
    return [
        (
            person is not None and canonical_email(person.email) == application.contact_email,
            N_("You have a tie to this organisation, so somebody else must decide."),
        )
    ]


def say(application: Application, words: str, actor: Actor, *, from_staff: bool) -> None:
    application.messages.append(
        ApplicationMessage(
            application_id=application.id,
            from_staff=from_staff,
            author_id=actor.person_id,
            author_name=actor.name,
            text=words.strip(),
            at=clock.now(),
        )
    )
    db.session.flush()


def letter(application: Application, template: str, **context: Any) -> None:
    mail.send(
        application.contact_email,
        application.language,
        template,
        {
            "name": application.contact_name,
            "organisation": application.name,
            "public_id": application.public_id,
            **context,
        },
        champion_id=application.champion_id,
    )


def tell_managers(application: Application, template: str, **context: Any) -> None:
    """A letter to every programme manager who may decide on the application (not to one who is its contact)."""
    managers = db.session.scalars(
        select(Person)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(
            StaffRole.role == Role.PROGRAMME_MANAGER.value,
            Person.is_active,
            Person.email != application.contact_email,
        )
        .order_by(Person.id)
    )
    for manager in managers:
        mail.send(
            manager.email,
            manager.language,
            template,
            {"name": manager.name, "organisation": application.name, "public_id": application.public_id, **context},
        )
