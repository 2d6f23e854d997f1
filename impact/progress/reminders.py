"""Letters to organisations whose yearly figures have not come."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from impact import clock
from impact.accounts.models import Person
from impact.actor import Actor
from impact.audit.operations import record
from impact.champions.models import Champion, Membership
from impact.db import db
from impact.errors import InvalidState
from impact.mail import send
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress.models import ReportingWindow
from impact.progress.queries import lateness_in

#: The states of lateness in which there is something to remind of.
WAITING = frozenset({"open", "in_grace", "late"})


def remind(window: ReportingWindow, actor: Actor) -> int:
    """One letter to each coordinator and contributor of the organisations that have not handed in; how many letters.

    Somebody of several such organisations gets one letter that names them all. Raises InvalidState where nothing
    is missing.
    """
    require(actor, Action.WINDOW_MANAGE)
    missing = [champion for champion, late in lateness_in(window, clock.today()) if late.state in WAITING]
    if not missing:
        raise InvalidState(N_("Nobody has to be reminded: the window is not open yet, or everything was handed in."))
    people = writers_of([champion.id for champion in missing])
    for person, champion_ids in people:
        about = [champion for champion in missing if champion.id in champion_ids]
        send(person.email, person.language, "figures_due", about_figures(person, about, window))
    record(
        actor,
        "reminded_of_figures",
        window,
        details={"organisations": [champion.slug for champion in missing], "letters": len(people)},
    )
    return len(people)


def writers_of(
    champion_ids: list[int], roles: tuple[str, ...] = ("coordinator", "contributor")
) -> list[tuple[Person, set[int]]]:
    """Each person once, with those of the organisations in which they have such a role."""
    rows = db.session.execute(
        select(Person, Membership.champion_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.champion_id.in_(champion_ids),
            Membership.role.in_(roles),
            Membership.ended_at.is_(None),
            Person.is_active,
        )
        .order_by(Person.id)
    )
    found: dict[int, tuple[Person, set[int]]] = {}
    for person, champion_id in rows:
        found.setdefault(person.id, (person, set()))[1].add(champion_id)
    return list(found.values())


def about_figures(person: Person, champions: list[Champion], window: ReportingWindow) -> dict[str, object]:
    return {
        "name": person.name,
        "year": window.year,
        "due_on": window.due_on,
        "is_due": clock.today() > window.due_on,
        "grace_ends": window.due_on + timedelta(days=window.grace_days),
        "organisations": [{"name": champion.name_in(person.language), "slug": champion.slug} for champion in champions],
    }
