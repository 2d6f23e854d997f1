"""From an application to a champion: applying, vetting, the waiting list, admission."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from impact import clock, mail
from impact.accounts.models import Person
from impact.accounts.operations import canonical_email, find_link, new_link, person_for, use_link
from impact.actor import ANYONE, Actor, Role
from impact.audit.operations import changes, record
from impact.champions.models import (
    Application,
    ApplicationMessage,
    ApplicationState,
    Champion,
    Cohort,
    CohortState,
    Invitation,
    LeaderTerm,
    Membership,
    Standing,
    StandingChange,
)
from impact.champions.operations.cohorts import offer_next, take_seat
from impact.champions.rules import TERMS_EDITION, require_words, slug_from
from impact.champions.workflow import APPLICATION
from impact.db import db, flush_or_conflict, public_id
from impact.errors import Invalid, NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move


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
    _link, token = new_link("confirm_application", application.contact_email, {"application": application.id}, actor)
    mail.send(
        application.contact_email,
        language,
        "application_confirm",
        {"name": application.contact_name, "organisation": application.name, "token": token},
        secret=True,
    )
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
    _letter(application, "application_received")
    if person.password_hash is not None:
        return application, person, None
    _link, password_token = new_link("set_password", person.email)
    return application, person, password_token


def invitation_of(invitation_id: int | None) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id) if invitation_id else None
    if invitation is None:
        raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
    return invitation


def invite_organisation(
    *,
    constituency: str,
    name: str,
    country: str,
    contact_name: str,
    contact_email: str,
    message: str,
    language: str,
    actor: Actor,
    cohort: Cohort | None = None,
) -> tuple[Invitation, str]:
    """Invite an organisation to apply: (invitation, token of the link that fills the form in)."""
    require(actor, Action.ADMISSION_DECIDE)
    require_words(
        name=(name, N_("Give the official name")),
        contact_name=(contact_name, N_("Give the name of the person you write to")),
        contact_email=(contact_email, N_("Give an e-mail address")),
    )
    assert actor.person_id is not None
    invitation = Invitation(
        constituency=constituency,
        name=name.strip(),
        country=country,
        contact_name=contact_name.strip(),
        contact_email=canonical_email(contact_email),
        message=message.strip(),
        cohort_id=cohort.id if cohort else None,
        invited_at=clock.now(),
        invited_by_id=actor.person_id,
    )
    db.session.add(invitation)
    db.session.flush()
    record(actor, "invited", invitation, details={"name": name})
    _link, token = new_link("invitation", invitation.contact_email, {"invitation": invitation.id}, actor)
    mail.send(
        invitation.contact_email,
        language,
        "champion_invited",
        {
            "name": invitation.contact_name,
            "organisation": invitation.name,
            "message": invitation.message,
            "inviter": actor.name,
            "token": token,
        },
        secret=True,
    )
    return invitation, token


def record_diligence(application: Application, ethics: str, reach: str, will: str, actor: Actor) -> None:
    """Keep the vetting note (ethics record, reach, will to lead); staff alone read it."""
    require(actor, Action.ADMISSION_DECIDE, unless=_own(application, actor))
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
    move(APPLICATION, application, "ask", actor, unless=_own(application, actor))
    _say(application, question, actor, from_staff=True)
    _letter(application, "application_question", question=question)


def answer(application: Application, words: str, actor: Actor) -> None:
    """The applicant answers; the application goes back into the queue."""
    _require_applicant(application, actor)
    require_words(text=(words, N_("Write your answer")))
    move(APPLICATION, application, "answer", actor)
    _say(application, words, actor, from_staff=False)


def withdraw(application: Application, actor: Actor) -> None:
    """The applicant takes the application back; an offered seat goes to the next in line."""
    _require_applicant(application, actor)
    offered = application.state == ApplicationState.OFFERED
    move(APPLICATION, application, "withdraw", actor)
    if offered and application.cohort is not None:
        offer_next(application.cohort, application.constituency, actor)


def put_on_waiting_list(application: Application, cohort: Cohort, actor: Actor) -> None:
    """Vetted and willing, but no seat is free: wait for this cohort, first come first served."""
    _require_fit(application, cohort)
    application.cohort_id = cohort.id
    move(APPLICATION, application, "wait", actor, details={"cohort": cohort.name}, unless=_own(application, actor))
    db.session.refresh(application, ["cohort"])
    _letter(application, "application_waiting", cohort=cohort.name)
    offer_next(cohort, application.constituency, actor)


def decline(application: Application, reason: str, actor: Actor) -> None:
    """Decline for a reason that the applicant reads; an offered seat goes to the next in line."""
    offered = application.state == ApplicationState.OFFERED
    application.decision_reason = reason.strip()
    move(APPLICATION, application, "decline", actor, reason=reason, unless=_own(application, actor))
    _letter(application, "application_declined", reason=reason)
    if offered and application.cohort is not None:
        offer_next(application.cohort, application.constituency, actor)


def admit(application: Application, cohort: Cohort, actor: Actor, *, slug: str = "") -> Champion:
    """Admit to the lowest free seat of the cohort: the organisation is a champion from now on.

    Makes the champion with its first leader term and its first coordinator, the contact. Raises InvalidState when
    no seat is free or the application was decided meanwhile, Invalid where the vetting note is missing.
    """
    require(actor, Action.ADMISSION_DECIDE, unless=_own(application, actor))
    _require_fit(application, cohort)
    return _admit(application, cohort, actor, "admit", slug)


def accept_offer(application: Application, actor: Actor) -> Champion:
    """The applicant takes the seat that was offered."""
    _require_applicant(application, actor)
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
                reason=f"{cohort.name}, {place.admitted_on.isoformat()}",
                at=clock.now(),
                by_id=actor.person_id,
            ),
        ]
    )
    record(actor, "admitted", champion, from_state=Standing.APPLICANT, to_state=Standing.ACTIVE)
    _letter(application, "application_admitted", cohort=cohort.name, slug=champion.slug)
    db.session.refresh(champion)
    return champion


def _free_slug(name: str) -> str:
    wanted = slug_from(name) or f"champion-{public_id(6)}"
    taken = set(db.session.scalars(select(Champion.slug).where(Champion.slug.startswith(wanted, autoescape=True))))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{number}" for number in range(2, len(taken) + 3) if f"{wanted}-{number}" not in taken)


def _require_fit(application: Application, cohort: Cohort) -> None:
    if application.diligence_at is None:
        raise Invalid(N_("Write the vetting note first: the ethics record, the reach, the will to lead."))
    if cohort.state != CohortState.OPEN:
        raise Invalid(N_("Choose an open cohort."), {"cohort": (N_("This cohort is closed. Choose another"), {})})
    if application.is_demonstration and not cohort.is_demonstration:
        raise Invalid(
            N_("Choose a demonstration cohort."),
            {"cohort": (N_("An invented organisation sits in a demonstration cohort only"), {})},
        )


def is_applicant(application: Application, person: Person | None) -> bool:
    """Whether this person is the contact whose address was confirmed."""
    return (
        person is not None
        and application.confirmed_at is not None
        and canonical_email(person.email) == application.contact_email
    )


def _person(actor: Actor) -> Person | None:
    return db.session.get(Person, actor.person_id) if actor.person_id else None


def _require_applicant(application: Application, actor: Actor) -> None:
    if not actor.is_system and not is_applicant(application, _person(actor)):
        raise NotFound(N_("There is no such page, or you may not see it."))


def _own(application: Application, actor: Actor) -> list[tuple[bool, str]]:
    """A manager never decides on an application of which they are the contact."""
    person = _person(actor)
    return [
        (
            person is not None and canonical_email(person.email) == application.contact_email,
            N_("You have a tie to this organisation, so somebody else must decide."),
        )
    ]


def _say(application: Application, words: str, actor: Actor, *, from_staff: bool) -> None:
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


def _letter(application: Application, template: str, **context: str) -> None:
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
