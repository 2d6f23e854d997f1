"""Letters of an edition on its way; what is decided in review is told by the reviews room."""

from __future__ import annotations

from typing import Any

from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.champions.queries import people_with_roles
from impact.mail import send
from reports.models import Edition


def _context(edition: Edition, reader: Person, actor: Actor, **more: Any) -> dict[str, Any]:
    assert edition.champion is not None
    return {
        "name": reader.name,
        "by": actor.name,
        "organisation": edition.champion.name_in(reader.language),
        "slug": edition.champion.slug,
        "year": str(edition.year),
        "number": edition.number,
        "edition": edition.code,
        **more,
    }


def tell_leaders(edition: Edition, actor: Actor) -> None:
    """An edition waits for the leader; where no leader has an account, the coordinators hear it."""
    assert edition.champion_id is not None
    leaders = people_with_roles(edition.champion_id, Role.LEADER)
    for person in leaders or people_with_roles(edition.champion_id, Role.COORDINATOR):
        context = _context(edition, person, actor, can_sign=bool(leaders))
        send(person.email, person.language, "edition_to_sign", context, champion_id=edition.champion_id)


def tell_writers(edition: Edition, actor: Actor, reason: str) -> None:
    """The leader returned it."""
    assert edition.champion_id is not None
    for person in people_with_roles(edition.champion_id, Role.COORDINATOR):
        if person.id != actor.person_id:
            context = _context(edition, person, actor, reason=reason)
            send(person.email, person.language, "edition_not_signed", context, champion_id=edition.champion_id)
