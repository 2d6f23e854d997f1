"""Questions about champions and who belongs to them."""

from __future__ import annotations

from sqlalchemy import select, union

from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.champions.models import Champion, ConflictOfInterest, Membership
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


def champion_by_slug(slug: str) -> Champion:
    """The champion with this address; NotFound otherwise."""
    champion = db.session.scalar(select(Champion).where(Champion.slug == slug))
    if champion is None:
        raise NotFound(N_("There is no such champion."))
    return champion
