"""The reports of many organisations among what waits for a second person, and the letters about them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from impact.accounts.models import Person
from impact.accounts.queries import active_staff
from impact.actor import Actor, Role
from impact.db import db
from impact.mail import send
from impact.reviews import beside
from impact.reviews.beside import Beside
from reports.group.names import NAMES
from reports.models import Edition


def recommended() -> Sequence[Beside]:
    """The editions of many organisations that a second person decides about."""
    rows = db.session.execute(
        select(Edition.code, Edition.constituency, Edition.recommended_at, Edition.recommended_by_id, Person.name)
        .outerjoin(Person, Person.id == Edition.recommended_by_id)
        .where(Edition.kind != "champion", Edition.state == "recommended")
        .order_by(Edition.recommended_at, Edition.id)
        .limit(100)
    )
    return [
        Beside(NAMES[constituency], code, "reports.many", at, {"_anchor": code}, name or "", by_id)
        for code, constituency, at, by_id, name in rows
        if at is not None
    ]


def register() -> None:
    if recommended not in beside.ASKED:
        beside.ASKED.append(recommended)


def tell_approvers(edition: Edition, actor: Actor) -> None:
    """It waits for a second person, who is not the one who recommended it."""
    for person in active_staff(Role.APPROVER):
        if person.id != actor.person_id:
            _tell(person, "group_report_recommended", edition, actor)


def tell_recommender(edition: Edition, person_id: int | None, actor: Actor, outcome: str, reason: str) -> None:
    """`outcome` is sealed or sent_back: templates/emails/group_report_decided.txt."""
    person = db.session.get(Person, person_id) if person_id else None
    if person is not None and person.id != actor.person_id:
        _tell(person, "group_report_decided", edition, actor, outcome=outcome, reason=reason)


def _tell(person: Person, template: str, edition: Edition, actor: Actor, **more: str) -> None:
    context = {
        "name": person.name,
        "by": actor.name,
        "title": NAMES[edition.constituency],
        "year": str(edition.year),
        "edition": edition.code,
        **more,
    }
    send(person.email, person.language, template, context)
