"""Admission: the organisation becomes a champion with a seat, its first leader term and its first coordinator."""

from __future__ import annotations

from sqlalchemy import select

from impact import clock
from impact.accounts.operations import person_for
from impact.actor import Actor, Role
from impact.audit.operations import record
from impact.champions.models import Application, Champion, Cohort, LeaderTerm, Membership, Standing, StandingChange
from impact.champions.operations.applicants import letter, own_application, require_applicant
from impact.champions.operations.cohorts import take_seat
from impact.champions.operations.vetting import require_fit
from impact.champions.rules import ADMITTED_TO, slug_from
from impact.champions.workflow import APPLICATION
from impact.db import db, flush_or_conflict, public_id
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move


def admit(application: Application, cohort: Cohort, actor: Actor, *, slug: str = "") -> Champion:
    """Admit to the lowest free seat of the cohort: the organisation is a champion from now on.

    Makes the champion with its first leader term and its first coordinator, the contact. Raises InvalidState when
    no seat is free or the application was decided meanwhile, Invalid where the vetting note is missing.
    """
    require(actor, Action.ADMISSION_DECIDE, unless=own_application(application, actor))
    require_fit(application, cohort)
    return _admit(application, cohort, actor, "admit", slug)


def accept_offer(application: Application, actor: Actor) -> Champion:
    """The applicant takes the seat that was offered."""
    require_applicant(application, actor)
    cohort = application.cohort
    if cohort is None:
        raise NotFound(N_("No seat is offered any more."))
    return _admit(application, cohort, actor, "accept")


def _admit(application: Application, cohort: Cohort, actor: Actor, action: str, slug: str = "") -> Champion:
    if application.state not in APPLICATION[action].leaves:
        # The move refuses with the right words before anything is made.
        move(APPLICATION, application, action, actor)
    champion = Champion(
        slug=slug or _free_slug(application.name),
        constituency=application.constituency,
        name=application.name,
        names={},
        country=application.country,
        sector=application.sector,
        size=application.size,
        website=application.website,
        standing=Standing.ACTIVE,
        is_demonstration=application.is_demonstration or cohort.is_demonstration,
        is_founding=False,
        created_at=clock.now(),
    )
    db.session.add(champion)
    flush_or_conflict(N_("Somebody else admitted an organisation of this name at the same moment. Try again."))
    place = take_seat(cohort, champion, offered_to=application)
    application.cohort_id = cohort.id
    application.champion_id = champion.id
    # The champion is new: nobody has a tie to it yet, and the table's question was asked before it was made.
    move(APPLICATION, application, action, actor, details={"cohort": cohort.name, "seat": place.seat})
    person = person_for(
        application.contact_email, application.contact_name, application.language, application.is_demonstration
    )
    db.session.add_all(
        [
            LeaderTerm(
                champion_id=champion.id,
                name=application.leader_name,
                office=application.leader_office,
                since=application.leader_since,
                statement=application.statement,
                statement_language=application.language,
            ),
            Membership(person_id=person.id, champion_id=champion.id, role=Role.COORDINATOR.value, since=clock.now()),
            StandingChange(
                champion_id=champion.id,
                from_standing=Standing.APPLICANT,
                to_standing=Standing.ACTIVE,
                reason=ADMITTED_TO,
                reason_values={"cohort": cohort.name, "day": place.admitted_on.isoformat()},
                at=clock.now(),
                by_id=actor.person_id,
            ),
        ]
    )
    record(actor, "admitted", champion, from_state=Standing.APPLICANT, to_state=Standing.ACTIVE)
    letter(application, "application_admitted", cohort=cohort.name, slug=champion.slug)
    db.session.refresh(champion)
    return champion


def _free_slug(name: str) -> str:
    wanted = slug_from(name) or f"champion-{public_id(6)}"
    taken = set(db.session.scalars(select(Champion.slug).where(Champion.slug.startswith(wanted, autoescape=True))))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{number}" for number in range(2, len(taken) + 3) if f"{wanted}-{number}" not in taken)
