"""Lateness computed with grace, and what the public is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from impact.db import db
from impact.errors import Invalid
from impact.progress import operations, queries
from tests.progress import makers


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        yield makers.a_world()


#: today → state, days late; due on 31 March 2019 with 30 days of grace
LATENESS = [
    (date(2018, 12, 31), "not_open", 0),
    (date(2019, 1, 1), "open", 0),
    (date(2019, 3, 31), "open", 0),
    (date(2019, 4, 1), "in_grace", 0),
    (date(2019, 4, 30), "in_grace", 0),
    (date(2019, 5, 1), "late", 1),
    (date(2019, 5, 10), "late", 10),
]


@pytest.mark.parametrize("today, state, days", LATENESS)
def test_late_begins_the_day_after_the_grace(world: makers.World, today: date, state: str, days: int) -> None:
    found = queries.lateness(world.champion, makers.a_window(world), today)
    assert (found.state, found.days_late) == (state, days)


def test_a_report_that_came_after_the_grace_says_by_how_many_days(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    found = queries.lateness(world.champion, figure.report.window, date(2019, 12, 1))
    assert (found.state, found.days_late, found.submitted_on) == ("was_late", 10, date(2019, 5, 10))
    assert queries.lateness_in(figure.report.window, date(2019, 12, 1)) == [(world.champion, found)]


def test_a_recorded_champion_is_never_late(app: Flask) -> None:
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world(recorded=True)
        window = makers.a_window(world)
        assert queries.lateness(world.champion, window, date(2030, 1, 1)).state == "exempt"
        assert queries.windows_of(world.champion) == []
        assert queries.lateness_in(window, date(2030, 1, 1)) == []


def test_a_window_that_closes_before_it_opens_is_refused(world: makers.World) -> None:
    with pytest.raises(Invalid) as refusal:
        operations.open_window(
            world.cohort,
            2018,
            date(2018, 12, 31),
            date(2018, 1, 1),
            date(2019, 2, 1),
            date(2019, 1, 1),
            400,
            world.manager,
        )
    assert set(refusal.value.problems) == {"period_ends", "due_on", "grace_days"}


def test_figures_of_many_targets_take_as_many_queries_as_of_one(world: makers.World) -> None:
    assert world.target.indicator is not None
    for number in range(4):
        makers.a_target(world.commitment, world.target.indicator, scope=f"group {number}")
    makers.a_figure(world)
    targets = list(world.commitment.targets)
    counted: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    queries.figures_of(targets[:1])
    one = len(counted)
    queries.figures_of(targets)
    assert len(counted) - one == one
