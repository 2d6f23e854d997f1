"""The steps of a deliverable: entered with the year's figure, public once it is approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask

from impact import i18n
from impact.commitments.models import Milestone
from impact.db import db
from impact.progress import operations
from impact.progress.models import Figure
from impact.reviews.subjects import kind_named
from tests.progress import makers


@pytest.fixture
def figure(app: Flask) -> Iterator[Figure]:
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world()
        target = world.target
        target.kind, target.value, target.baseline_value = "deliverable", None, None
        target.baseline_numerator = target.baseline_denominator = None
        target.milestones = [
            Milestone(on=date(2017, 6, 30), title="Rules adopted"),
            Milestone(on=date(2018, 6, 30), title="Office opened"),
        ]
        db.session.flush()
        found = makers.a_figure(world)
        found.world = world  # type: ignore[attr-defined]
        yield found


def test_a_step_is_done_once_the_year_is_approved_and_not_before(app: Flask, figure: Figure) -> None:
    world: makers.World = figure.world  # type: ignore[attr-defined]
    entry = {"delivered": False, "source": "Minutes", "step_1": date(2017, 7, 3), "step_2": None}
    assert operations.enter_figure(figure, entry, world.coordinator) == {}
    assert figure.report is not None
    assert [step.done_on for step in figure.target.milestones] == [None, None]
    review = makers.recommended(figure.report, world)
    rows = kind_named("progress_report").differences(figure.report, review)
    (said,) = [row.after for row in rows if row.field.endswith(":steps")]
    makers.reviews.approve(review, "Agreed.", world.approver)
    assert [step.done_on for step in figure.target.milestones] == [date(2017, 7, 3), None]
    with app.test_request_context():
        assert [i18n.show(line) for line in said] == [
            "Rules adopted: done on 3 July 2017",
            "Office opened: not done yet",
        ]


def test_a_correction_takes_a_step_back(figure: Figure) -> None:
    world: makers.World = figure.world  # type: ignore[attr-defined]
    entry = {"delivered": False, "source": "Minutes", "step_1": date(2017, 7, 3)}
    operations.enter_figure(figure, entry, world.coordinator)
    assert figure.report is not None
    correction = operations.start_correction(makers.approved(figure.report, world), "Not adopted", world.coordinator)
    operations.enter_figure(correction.figures[0], {"step_1": None}, world.coordinator)
    makers.approved(correction, world)
    assert [step.done_on for step in figure.target.milestones] == [None, None]
    assert list(figure.steps.values()) == ["2017-07-03"]


def test_a_day_that_is_still_to_come_is_refused_beside_its_field_and_the_rest_is_kept(figure: Figure) -> None:
    world: makers.World = figure.world  # type: ignore[attr-defined]
    entry = {"delivered": False, "step_1": date(2017, 7, 3), "step_2": date(2019, 5, 11)}
    problems = operations.enter_figure(figure, entry, world.coordinator)
    assert list(problems) == ["step_2"]
    assert list(figure.steps.values()) == ["2017-07-03"]
