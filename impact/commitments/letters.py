"""Letters about signing, about amendments and new leaders; what is decided in review is told by the reviews room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.champions.models import LeaderTerm, Membership
from impact.commitments.models import Amendment, Commitment, Reaffirmation
from impact.db import db
from impact.mail import send

_WRITERS = (Role.COORDINATOR, Role.CONTRIBUTOR)


def _people(champion_id: int, *roles: Role) -> Sequence[Person]:
    """Active people of the champion in one of these roles, each once."""
    return db.session.scalars(
        select(Person)
        .where(
            Person.is_active,
            Person.id.in_(
                select(Membership.person_id).where(
                    Membership.champion_id == champion_id,
                    Membership.ended_at.is_(None),
                    Membership.role.in_([role.value for role in roles]),
                )
            ),
        )
        .order_by(Person.id)
    ).all()


def _context(amendment: Amendment, reader: Person, actor: Actor, **more: Any) -> dict[str, Any]:
    commitment = amendment.commitment
    return {
        "name": reader.name,
        "by": actor.name,
        "headline": commitment.headline,
        "champion": commitment.champion.name_in(reader.language),
        "slug": commitment.champion.slug,
        "commitment": commitment.public_id,
        "amendment": amendment.public_id,
        **more,
    }


def tell_leaders(amendment: Amendment, actor: Actor) -> None:
    """An amendment waits for the leader's signature."""
    for person in _people(amendment.champion_id, Role.LEADER):
        context = _context(amendment, person, actor)
        send(person.email, person.language, "amendment_to_sign", context, champion_id=amendment.champion_id)


def tell_writers(amendment: Amendment, template: str, actor: Actor, reason: str) -> None:
    """The leader wants an amendment ("amendment_wanted"), or does not sign it as it is ("amendment_not_signed")."""
    for person in _people(amendment.champion_id, *_WRITERS):
        if person.id != actor.person_id:
            context = _context(amendment, person, actor, reason=reason)
            send(person.email, person.language, template, context, champion_id=amendment.champion_id)


def _about(commitment: Commitment, reader: Person, actor: Actor, **more: Any) -> dict[str, Any]:
    return {
        "name": reader.name,
        "by": actor.name,
        "headline": commitment.headline,
        "champion": commitment.champion.name_in(reader.language),
        "slug": commitment.champion.slug,
        "commitment": commitment.public_id,
        **more,
    }


def tell_who_signs(commitment: Commitment, actor: Actor) -> None:
    """A commitment waits for the leader's signature; where no leader has an account, the coordinators hear it."""
    leaders = _people(commitment.champion_id, Role.LEADER)
    for person in leaders or _people(commitment.champion_id, Role.COORDINATOR):
        context = _about(commitment, person, actor, can_sign=bool(leaders))
        send(person.email, person.language, "commitment_to_sign", context, champion_id=commitment.champion_id)


def tell_it_is_not_signed(commitment: Commitment, actor: Actor, reason: str) -> None:
    """The leader returned a commitment to its writers."""
    for person in _people(commitment.champion_id, *_WRITERS):
        if person.id != actor.person_id:
            context = _about(commitment, person, actor, reason=reason)
            send(person.email, person.language, "commitment_not_signed", context, champion_id=commitment.champion_id)


def tell_new_leader(term: LeaderTerm, tasks: Sequence[Reaffirmation], actor: Actor) -> None:
    """To the leader; where the leader has no account yet, to the coordinators, who invite people."""
    champion = tasks[0].commitment.champion
    leader = db.session.get(Person, term.person_id) if term.person_id else None
    readers = [leader] if leader is not None else list(_people(champion.id, Role.COORDINATOR))
    for person in readers:
        context = {
            "name": person.name,
            "leader": term.name,
            "is_leader": leader is not None,
            "champion": champion.name_in(person.language),
            "slug": champion.slug,
            "number": len(tasks),
            "headlines": [task.commitment.headline for task in tasks],
        }
        send(person.email, person.language, "reaffirm_commitments", context, champion_id=champion.id)
