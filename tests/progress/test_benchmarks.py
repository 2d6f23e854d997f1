"""A pace beside those of comparable organisations: a made-up cohort of ten, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from impact.accounts import operations as accounts
from impact.accounts.models import Person
from impact.actor import SYSTEM, Role
from impact.champions.models import Champion, Membership
from impact.commitments.models import Commitment
from impact.db import db
from impact.progress.benchmarks import Benchmark, benchmark, closing
from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.models import Figure
from tests.progress import makers
from tests.progress.test_figure_pages import PASSWORD, sign_in

D = Decimal
PATH = "/en/organisations/example-university/pace"


def moved(direction: str, b: Any, x: Any) -> Decimal | None:
    """From 1 January 2016 to 1 January 2020: a whole leap cycle."""
    figures = (CaseFigure(date(2020, 1, 1), D(str(x))),)
    start, due = date(2016, 1, 1), date(2024, 1, 1)
    return closing(CaseInputs("level", direction, D(str(b)), start, D(1), due, figures=figures, today=due))


@pytest.mark.parametrize(
    ("direction", "b", "x", "nearer"),
    [
        ("up", 20, 24, 1), ("down", 20, 24, -1), ("parity", 20, 24, 1), ("parity", 80, 76, 1), ("parity", 48, 60, -2),
        ("signed_gap", -8, 4, 1), ("ratio_to_1", "0.5", "0.9", "0.1"),
    ],
)  # fmt: skip
def test_a_pace_counts_towards_the_aim_from_either_side(direction: str, b: Any, x: Any, nearer: Any) -> None:
    assert moved(direction, b, x) == D(str(nearer))


def test_the_quarters_of_nine_others() -> None:
    nine = [D(n) for n in range(1, 10)]

    assert benchmark(D("3.5"), nine) == Benchmark(9, D(5), D(7), 2)
    assert [found.quarter for own in (0, 3, 5, 7, 20) if (found := benchmark(D(own), nine))] == [1, 2, 3, 4, 4]
    assert benchmark(None, nine) == Benchmark(9, D(5), D(7), None)


def test_seven_others_are_never_compared() -> None:
    assert benchmark(D(3), [D(n) for n in range(7)]) is None
    assert benchmark(D(3), [D(n) for n in range(8)]) is not None


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
            target=target, on=date(2019, 4, 30), value=D(value), entered_at=makers.NOW, approved_at=makers.NOW, recorded_source="A",
        )
    )  # fmt: skip
    db.session.flush()


@pytest.fixture
def cohort(app: Flask) -> Iterator[makers.World]:
    """Ten universities: nine others that moved 1, 2 … 9 points in four years, and our own with 3.5."""
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world()
        a_published_figure(world.target, "22.5")
        for number in range(1, 10):
            a_peer(world, number, str(19 + number))
        # Neither the made-up nor those who left belong to the cohort.
        a_peer(world, 20, "49", is_demonstration=True)
        a_peer(world, 21, "49").standing = "withdrawn"
        for who, role in ((world.coordinator, "coordinator"),):
            db.session.add(
                Membership(person_id=who.person_id, champion_id=world.champion.id, role=role, since=makers.NOW)
            )
        accounts.give_staff_role(db.session.get_one(Person, world.reviewer.person_id), Role.REVIEWER, SYSTEM)
        accounts.give_staff_role(db.session.get_one(Person, world.manager.person_id), Role.PROGRAMME_MANAGER, SYSTEM)
        for who in (world.coordinator, world.reviewer, world.manager):
            accounts.set_password(db.session.get_one(Person, who.person_id), PASSWORD, SYSTEM)
        db.session.commit()
        yield world


def read(client: FlaskClient) -> str:
    answer = client.get(PATH)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text.split("<main", 1)[1])).split())


@pytest.mark.parametrize("who", ["coordinator", "reviewer"])
def test_the_page_names_the_quarter_among_nine_and_no_organisation(
    client: FlaskClient, cohort: makers.World, who: str
) -> None:
    sign_in(client, who)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    told = read(client)

    # A quarter of 3.5, of 5 and of 7 points a year, and 7.5 points in the 611 days to 31 December 2020.
    assert "So far it came nearer to its aim by 0.88 percentage points a year." in told
    assert "From the latest figure on it needs 4.5 percentage points a year." in told
    assert "Median of 9 universities: 1.2 percentage points a year; upper quartile: 1.8 percentage points." in told
    assert "The pace so far lies in the second quartile of 9 universities, from the slowest." in told
    assert "The pace needed is faster than three quarters of them have moved so far." in told
    assert "Peer" not in told and "Promise" not in told
    assert len([text for text in asked if text.lstrip().upper().startswith("SELECT")]) <= 12


def test_with_seven_others_nothing_is_compared(client: FlaskClient, cohort: makers.World) -> None:
    for slug in ("peer-8", "peer-9"):
        db.session.query(Champion).filter_by(slug=slug).one().standing = "suspended"
    db.session.commit()
    sign_in(client, "coordinator")
    told = read(client)

    assert "Fewer than 8 others report on this: they are not compared." in told
    assert "Median" not in told


def test_counts_are_not_compared(client: FlaskClient, cohort: makers.World) -> None:
    cohort.target.indicator.unit = "count"
    cohort.target.indicator.direction = "up"
    db.session.commit()
    sign_in(client, "coordinator")

    assert "Numbers of large and small organisations are not compared." in read(client)


def test_nobody_else_sees_it(client: FlaskClient, cohort: makers.World) -> None:
    assert "/sign-in" in client.get(PATH).location
    sign_in(client, "manager")
    assert client.get(PATH).status_code == 403
