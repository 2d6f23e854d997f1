"""Questions about champions and who belongs to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select, union
from sqlalchemy.orm import joinedload

from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.champions.models import (
    Application,
    ApplicationState,
    Champion,
    Cohort,
    CohortPlace,
    CohortState,
    ConflictOfInterest,
    Invitation,
    LeaderTerm,
    Membership,
    StandingChange,
)
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_


def actor_for(person: Person) -> Actor:
    """The person as an actor: staff roles, present memberships, and every tie (former ones too)."""
    present = db.session.execute(
        select(Membership.champion_id, Membership.role, Champion.slug, Champion.name)
        .join(Champion, Champion.id == Membership.champion_id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Champion.name)
    ).all()
    ties = db.session.scalars(
        union(
            select(Membership.champion_id).where(Membership.person_id == person.id),
            select(ConflictOfInterest.champion_id).where(ConflictOfInterest.person_id == person.id),
        )
    ).all()
    return Actor(
        person_id=person.id,
        name=person.name,
        staff=frozenset(Role(given.role) for given in person.staff_roles),
        memberships=frozenset((champion_id, Role(role)) for champion_id, role, _slug, _name in present),
        ties=frozenset(ties),
        champions=tuple(dict.fromkeys((slug, name) for _id, _role, slug, name in present)),
    )


def champions_by_slugs(slugs: Sequence[str]) -> Sequence[Champion]:
    """Those of these addresses, by name; no question for none."""
    if not slugs:
        return []
    return db.session.scalars(select(Champion).where(Champion.slug.in_(slugs)).order_by(Champion.name)).all()


def champion_by_slug(slug: str) -> Champion:
    """The champion with this address; NotFound otherwise."""
    champion = db.session.scalar(select(Champion).where(Champion.slug == slug))
    if champion is None:
        raise NotFound(N_("There is no such champion."))
    return champion


PAGE = 25
#: What still wants something of somebody.
UNDECIDED = (
    ApplicationState.RECEIVED,
    ApplicationState.QUESTION_ASKED,
    ApplicationState.WAITING,
    ApplicationState.OFFERED,
)


def application_by_public_id(public_id: str) -> Application:
    """The application with this address; NotFound otherwise."""
    application = db.session.scalar(select(Application).where(Application.public_id == public_id))
    if application is None:
        raise NotFound(N_("There is no such page, or you may not see it."))
    return application


def applications_of(email: str) -> Sequence[Application]:
    """Confirmed applications whose contact has this address, newest first."""
    return db.session.scalars(
        select(Application)
        .where(Application.contact_email == email.strip().lower(), Application.confirmed_at.is_not(None))
        .order_by(Application.id.desc())
    ).all()


def applications_page(
    state: str = "", constituency: str = "", after: str = ""
) -> tuple[Sequence[Application], str | None]:
    """At most 25 applications, oldest first, behind the one with the public id `after`; and the key of the next page.

    Without a state: those that are not decided. Unconfirmed ones are only shown when asked for.
    """
    question = select(Application).order_by(Application.id).limit(PAGE + 1)
    question = question.where(Application.state == state if state else Application.state.in_(UNDECIDED))
    if constituency:
        question = question.where(Application.constituency == constituency)
    if after:
        key = select(Application.id).where(Application.public_id == after).scalar_subquery()
        question = question.where(Application.id > key)
    found = db.session.scalars(question).all()
    return found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else None


def number_of_undecided(most: int) -> int:
    """How many applications wait for a decision; counting stops beyond `most`."""
    some = select(Application.id).where(Application.state.in_(UNDECIDED)).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def cohort_by_slug(slug: str) -> Cohort:
    cohort = db.session.scalar(select(Cohort).where(Cohort.slug == slug))
    if cohort is None:
        raise NotFound(N_("There is no such cohort."))
    return cohort


def cohorts() -> Sequence[Cohort]:
    """Every cohort, the newest pilot period first."""
    return db.session.scalars(select(Cohort).order_by(Cohort.pilot_starts.desc(), Cohort.id.desc())).all()


def open_cohorts() -> Sequence[Cohort]:
    return [cohort for cohort in cohorts() if cohort.state == CohortState.OPEN]


def places_of(cohort: Cohort) -> Sequence[CohortPlace]:
    """Every seat that is or was taken, with its champion, by constituency and number."""
    return db.session.scalars(
        select(CohortPlace)
        .where(CohortPlace.cohort_id == cohort.id)
        .options(joinedload(CohortPlace.champion))
        .order_by(CohortPlace.constituency, CohortPlace.seat, CohortPlace.id)
    ).all()


def full_cohorts(constituency: str) -> set[int]:
    """The ids of open cohorts in which every seat of this constituency is taken or offered."""
    found: dict[int, int] = {}
    for thing, standing in (
        (CohortPlace, CohortPlace.left_on.is_(None)),
        (Application, Application.state == ApplicationState.OFFERED),
    ):
        for cohort_id, number in db.session.execute(
            select(thing.cohort_id, func.count())
            .where(thing.constituency == constituency, standing)
            .group_by(thing.cohort_id)
        ):
            if cohort_id is not None:
                found[cohort_id] = found.get(cohort_id, 0) + number
    return {cohort.id for cohort in open_cohorts() if found.get(cohort.id, 0) >= cohort.seats_for(constituency)}


def taken_by_cohort() -> dict[int, int]:
    """{cohort id: seats taken now}."""
    rows = db.session.execute(
        select(CohortPlace.cohort_id, func.count().label("taken"))
        .where(CohortPlace.left_on.is_(None))
        .group_by(CohortPlace.cohort_id)
    )
    return {row.cohort_id: row.taken for row in rows}


def waiting_for(cohort: Cohort) -> Sequence[Application]:
    """Who was offered a seat or waits for one, in the order in which seats are offered."""
    return db.session.scalars(
        select(Application)
        .where(
            Application.cohort_id == cohort.id,
            Application.state.in_([ApplicationState.OFFERED, ApplicationState.WAITING]),
        )
        .order_by(Application.constituency, Application.state, Application.waiting_since, Application.id)
    ).all()


def invitations() -> Sequence[Invitation]:
    """The last hundred invitations, newest first."""
    return db.session.scalars(select(Invitation).order_by(Invitation.id.desc()).limit(100)).all()


def current_term(champion: Champion) -> LeaderTerm | None:
    """The leader now: the term without an end that began last; of ended terms the latest, where none is open."""
    terms = list(champion.terms)
    running = [term for term in terms if term.until is None]
    if not terms:
        return None
    return max(running or terms, key=lambda term: (term.since or date.min, term.id))


def members_of(champion: Champion) -> list[tuple[Person, list[Role]]]:
    """The people of the champion with their present roles, by name."""
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.champion_id == champion.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.person))
    ).all()
    people: dict[int, tuple[Person, list[Role]]] = {}
    for membership in rows:
        people.setdefault(membership.person_id, (membership.person, []))[1].append(Role(membership.role))
    return sorted(people.values(), key=lambda pair: (pair[0].name.casefold(), pair[0].id))


def people_with_roles(champion_id: int, *roles: Role) -> Sequence[Person]:
    """Active people of the champion in one of these roles, each once."""
    theirs = select(Membership.person_id).where(
        Membership.champion_id == champion_id,
        Membership.ended_at.is_(None),
        Membership.role.in_([role.value for role in roles]),
    )
    return db.session.scalars(select(Person).where(Person.is_active, Person.id.in_(theirs)).order_by(Person.id)).all()


def standing_changes(champion: Champion) -> Sequence[StandingChange]:
    """Newest first."""
    return db.session.scalars(
        select(StandingChange).where(StandingChange.champion_id == champion.id).order_by(StandingChange.id.desc())
    ).all()


def names_by_id(ids: Collection[int]) -> dict[int, str]:
    """{id: official name} of these champions."""
    if not ids:
        return {}
    rows = db.session.execute(select(Champion.id, Champion.name).where(Champion.id.in_(ids))).all()
    return {row.id: row.name for row in rows}


def champions_by_name() -> Sequence[Champion]:
    """Every champion; the seats of the cohorts bound their number."""
    return db.session.scalars(select(Champion).order_by(Champion.name)).all()


def conflicts_of(person: Person) -> Sequence[ConflictOfInterest]:
    """The ties that this person declared, newest first."""
    return db.session.scalars(
        select(ConflictOfInterest)
        .where(ConflictOfInterest.person_id == person.id)
        .options(joinedload(ConflictOfInterest.champion))
        .order_by(ConflictOfInterest.id.desc())
    ).all()


def all_conflicts() -> Sequence[ConflictOfInterest]:
    """The last hundred ties that staff declared, newest first: for administrators."""
    return db.session.scalars(
        select(ConflictOfInterest)
        .options(joinedload(ConflictOfInterest.champion), joinedload(ConflictOfInterest.person))
        .order_by(ConflictOfInterest.id.desc())
        .limit(100)
    ).all()


def memberships_of(person: Person) -> Sequence[Membership]:
    """Present and former ones: both are ties."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person.id)
        .options(joinedload(Membership.champion))
        .order_by(Membership.id.desc())
    ).all()
