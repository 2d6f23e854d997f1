"""What the status of a target is computed from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from impact.commitments.models import Amendment
from impact.commitments.operations import assign
from impact.db import db
from impact.progress import operations
from impact.progress.cases import inputs_of, inputs_of_all
from impact.progress.verdicts import verdict_of
from tests.progress import makers

TODAY = date(2019, 5, 10)


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        yield makers.a_world()


def test_the_inputs_are_those_of_the_file_that_explains_a_case(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, {"numerator": Decimal(100), "denominator": Decimal(400)}, world.coordinator)
    makers.approved(figure.report, world)
    assert inputs_of(world.target, TODAY).inputs.as_file() == {
        "kind": "level",
        "direction": "parity",
        "baseline": 19,
        "baseline_date": "2015-04-30",
        "target": 30,
        "target_date": "2020-12-31",
        "milestones": [],
        "figures": [["2018-12-31", 25, None]],
        "due": ["2019-03-31"],
        "today": "2019-05-10",
        "band": 10,
        "grace_days": 30,
    }


def test_a_report_that_waits_for_its_review_is_not_missing(world: makers.World) -> None:
    figure = makers.a_figure(world)
    assert inputs_of(world.target, TODAY).inputs.due == (date(2019, 3, 31),)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    found = inputs_of(world.target, TODAY).inputs
    assert (found.due, found.figures) == ((), ())


def test_a_recorded_champion_owes_nothing(app: Flask) -> None:
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world(recorded=True)
        makers.a_window(world)
        assert inputs_of(world.target, TODAY).inputs.due == ()


def test_nobody_owes_figures_of_what_was_recorded_from_a_public_source(app: Flask) -> None:
    """Also where the organisation itself reports on its other promises."""
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world()
        makers.a_window(world)
        assert inputs_of(world.target, TODAY).inputs.due == (date(2019, 3, 31),)
        world.commitment.is_recorded, world.commitment.recorded_source = True, "https://example.org/report"
        db.session.flush()
        assert inputs_of(world.target, TODAY).inputs.due == ()


def test_an_amended_target_has_its_original_beside_it(world: makers.World) -> None:
    for number, (old, new) in enumerate([("2018-12-31", "2019-12-31"), ("2019-12-31", "2020-12-31")], 1):
        change = {"target": world.target.public_id, "field": "due", "old": f'"{old}"', "new": f'"{new}"'}
        db.session.add(
            Amendment(
                commitment=world.commitment,
                number=number,
                state="approved",
                changes=[change],
                requested_at=makers.NOW,
                approved_at=makers.NOW,
                approved_by_id=world.approver.person_id,
            )
        )
    db.session.flush()
    db.session.expire_all()
    found = inputs_of(world.target, TODAY)
    assert found.inputs.target_date == date(2020, 12, 31)
    assert found.original is not None and found.original.target_date == date(2018, 12, 31)
    assert found.original.target == 30


def amended(world: makers.World, **changes: tuple[str, str]) -> None:
    """An amendment in force, and its effect on the columns."""
    rows = [
        {"target": world.target.public_id, "field": name, "old": json.dumps(old), "new": json.dumps(new)}
        for name, (old, new) in changes.items()
    ]
    db.session.add(
        Amendment(
            commitment=world.commitment, number=1, state="approved", changes=rows, requested_at=makers.NOW,
            approved_at=makers.NOW, approved_by_id=world.approver.person_id,
        )
    )  # fmt: skip
    assign(world.target, {name: new for name, (_old, new) in changes.items()})
    db.session.flush()
    db.session.expire_all()


def test_the_status_is_computed_against_both_promises(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, {"numerator": Decimal(100), "denominator": Decimal(400)}, world.coordinator)
    makers.approved(figure.report, world)
    amended(world, value=("30", "24"))
    standing = verdict_of(world.target, TODAY)
    assert (standing.verdict.status, standing.found.inputs.target) == ("reached", 24)
    assert standing.against_original is not None and standing.found.original is not None
    assert (standing.against_original.status, standing.found.original.target) == ("slightly_behind", 30)


def test_a_moved_starting_point_leaves_earlier_figures_to_the_first_account(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, {"numerator": Decimal(100), "denominator": Decimal(400)}, world.coordinator)
    makers.approved(figure.report, world)
    amended(world, baseline_date=("2015-04-30", "2019-01-31"))
    found = inputs_of(world.target, TODAY)
    assert (found.inputs.baseline_date, found.inputs.figures) == (date(2019, 1, 31), ())
    assert found.original is not None and found.original.baseline_date == date(2015, 4, 30)
    assert [row.on for row in found.original.figures] == [date(2018, 12, 31)]


def test_another_status_stands_beside_the_inputs(world: makers.World) -> None:
    operations.override_status(world.target, "on_track", "The fire destroyed the records.", world.reviewer)
    found = inputs_of(world.target, TODAY)
    assert (found.override, found.override_reason) == ("on_track", "The fire destroyed the records.")


def test_many_targets_take_as_many_queries_as_one(world: makers.World) -> None:
    assert world.target.indicator is not None
    for number in range(5):
        makers.a_target(world.commitment, world.target.indicator, scope=f"group {number}")
    figure = makers.a_figure(world)
    for other in figure.report.figures:
        operations.enter_figure(other, makers.COUNTS, world.coordinator)
    makers.approved(figure.report, world)
    targets = list(world.commitment.targets)
    counted: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    numbers = []
    for some in (targets[:1], targets):
        db.session.expunge_all()
        counted.clear()
        assert len(inputs_of_all(some, TODAY)) == len(some)
        numbers.append(len(counted))
    assert numbers[0] == numbers[1] <= 10
