"""Lateness computed with grace, and what the public is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

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


#: parts → what the public sees, with a threshold of 10
SMALL_CELLS = [
    ({"women": 110, "men": 320}, {"women": 110, "men": 320}),
    ({"women": 9, "men": 320}, {"women": None, "men": None}),
    (
        {"women": 110, "men": 320, "other": 0, "undisclosed": 0},
        {"women": 110, "men": 320, "other": 0, "undisclosed": 0},
    ),
    (
        {"women": 110, "men": 313, "other": 3, "undisclosed": 4},
        {"women": 110, "men": 313, "other": None, "undisclosed": None},
    ),
    (
        {"women": 110, "men": 313, "other": 3, "undisclosed": 40},
        {"women": 110, "men": 313, "other": None, "undisclosed": None},
    ),
    ({"women": 110, "men": 317, "other": 3}, {"women": None, "men": 317, "other": None}),
]


@pytest.mark.parametrize("parts, shown", SMALL_CELLS)
def test_small_cells_are_hidden_with_the_cell_that_would_give_them_away(
    parts: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert queries.suppressed_parts(parts, 10)[0] == shown


def test_the_public_never_sees_counts_of_a_small_group_but_those_of_public_offices(world: makers.World) -> None:
    figure = makers.a_figure(world)
    data = {"numerator": Decimal(4), "denominator": Decimal(40), "women": 4, "men": 36}
    operations.enter_figure(figure, data, world.coordinator)
    makers.approved(figure.report, world)
    (seen,) = queries.public_figures([world.target], 10)[world.target.id]
    assert seen.suppressed and seen.value == 10
    assert (seen.numerator, seen.denominator, seen.parts) == (None, None, {"women": None, "men": None})
    assert world.target.indicator is not None
    world.target.indicator.public_office = True
    (seen,) = queries.public_figures([world.target], 10)[world.target.id]
    assert (seen.numerator, seen.parts) == (4, {"women": 4, "men": 36}) and not seen.suppressed


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
