"""Comparable organisations, made up: nine universities beside our own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from impact.accounts import operations as accounts
from impact.accounts.models import Person
from impact.actor import SYSTEM, Role
from impact.champions.models import Champion, Membership
from impact.commitments.models import Commitment
from impact.db import db
from impact.progress.models import Figure
from tests.progress import makers
from tests.progress.test_figure_pages import PASSWORD


def a_peer(world: makers.World, number: int, reached: str, **changes: Any) -> Champion:
    """Another university with the same indicator, from 19 % on 30 April 2015 to this share four years later."""
    champion = makers.a_champion(f"Peer {number}", **changes)
    commitment = Commitment(
        champion=champion, state="published", headline=f"Promise {number}", created_at=makers.NOW,
        published_at=makers.NOW, approved_at=makers.NOW, approved_by_id=world.approver.person_id,
        starts_on=date(2015, 5, 1), ends_on=date(2020, 12, 31),
    )  # fmt: skip
    db.session.add(commitment)
    target = makers.a_target(commitment, world.target.indicator)
    a_published_figure(target, reached)
    return champion


def a_published_figure(target: Any, value: str) -> None:
    db.session.add(
        Figure(
            target=target, on=date(2019, 4, 30), value=Decimal(value), entered_at=makers.NOW, approved_at=makers.NOW, recorded_source="A",
        )
    )  # fmt: skip
    db.session.flush()


def ten_universities() -> makers.World:
    """Nine others that moved 1, 2 … 9 points in four years, and our own with 3.5; and three people who can sign in."""
    world = makers.a_world()
    a_published_figure(world.target, "22.5")
    for number in range(1, 10):
        a_peer(world, number, str(19 + number))
    # Neither the made-up nor those who left belong to the cohort.
    a_peer(world, 20, "49", is_demonstration=True)
    a_peer(world, 21, "49").standing = "withdrawn"
    for who, role in ((world.coordinator, "coordinator"),):
        db.session.add(Membership(person_id=who.person_id, champion_id=world.champion.id, role=role, since=makers.NOW))
    accounts.give_staff_role(db.session.get_one(Person, world.reviewer.person_id), Role.REVIEWER, SYSTEM)
    accounts.give_staff_role(db.session.get_one(Person, world.manager.person_id), Role.PROGRAMME_MANAGER, SYSTEM)
    for who in (world.coordinator, world.reviewer, world.manager):
        accounts.set_password(db.session.get_one(Person, who.person_id), PASSWORD, SYSTEM)
    db.session.commit()
    return world
