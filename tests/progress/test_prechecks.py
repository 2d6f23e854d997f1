"""What is pointed out in a year's figures, in the words that the organisation and its reviewer read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask

from impact import i18n
from impact.db import db
from impact.progress import operations
from impact.progress.models import Figure
from impact.progress.prechecks import prechecks_of
from impact.reviews.subjects import kind_named
from tests.progress import makers

WHO = "full professors, permanent staff"


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        yield makers.a_world()


def found(figure: Figure) -> list[tuple[str, str]]:
    """Rank and words without the name of the target."""
    assert figure.report is not None
    checks = prechecks_of(figure.report)
    return [(check.rank, i18n.show(check.words).removeprefix(f"{WHO}: ")) for _figure, check in checks]


def entered(world: makers.World, **changes: Any) -> Figure:
    figure = makers.a_figure(world)
    told = {"narrative": "Panels met.", **makers.COUNTS, **changes}
    assert operations.enter_figure(figure, told, world.coordinator) == {}
    operations.add_evidence_link(figure, "https://example.org/records", "Records", True, world.coordinator)
    return figure


def last_year(world: makers.World, **changes: Any) -> None:
    values = {"numerator": Decimal(92), "denominator": Decimal(419), "value": Decimal("21.957041"), **changes}
    db.session.add(
        Figure(
            target=world.target, on=date(2017, 12, 31), approved_at=makers.NOW, entered_at=makers.NOW, parts={},
            typed={}, recorded_source="Records", **values,
        )
    )  # fmt: skip
    db.session.flush()


def test_a_figure_that_is_in_order_brings_nothing(app: Flask, world: makers.World) -> None:
    with app.test_request_context():
        assert found(entered(world)) == []


@pytest.mark.parametrize(
    ("changes", "rank", "words"),
    [
        ({"narrative": ""}, "notice", "nothing is told of what was done"),
        ({"source": ""}, "warning", "no source is named"),
        (
            {"on": date(2019, 2, 1)},
            "warning",
            "dated 1 February 2019, outside the period from 1 January 2018 to 31 December 2018",
        ),
        ({"method_change": "Part-time staff too"}, "warning", "the method or definition changed"),
        ({"numerator": Decimal(126)}, "warning", "30.1% after 19% is a large step at once"),
    ],
)
def test_each_thing_is_pointed_out(
    app: Flask, world: makers.World, changes: dict[str, Any], rank: str, words: str
) -> None:
    with app.test_request_context():
        assert found(entered(world, **changes)) == [(rank, words)]


def test_missing_evidence_is_pointed_out(app: Flask, world: makers.World) -> None:
    figure = entered(world)
    operations.remove_evidence(figure.evidence[0], world.coordinator)
    with app.test_request_context():
        assert found(figure) == [("warning", "no evidence is attached")]


def test_the_numbers_of_last_year_again_are_pointed_out(app: Flask, world: makers.World) -> None:
    last_year(world, numerator=Decimal(101), value=Decimal("24.105012"))
    with app.test_request_context():
        assert found(entered(world)) == [
            ("warning", "the same numbers as on 31 December 2017. Were they counted anew?")
        ]


def test_a_whole_that_stands_still_while_the_count_moves_is_pointed_out(app: Flask, world: makers.World) -> None:
    last_year(world)
    with app.test_request_context():
        assert found(entered(world)) == [
            ("notice", "the number counted changed, the whole is 419 as it was on 31 December 2017")
        ]


def test_a_whole_of_other_people_is_pointed_out(app: Flask, world: makers.World) -> None:
    last_year(world, numerator=Decimal(300), denominator=Decimal(1400), value=Decimal("21.428571"))
    with app.test_request_context():
        assert found(entered(world)) == [("warning", "the whole went from 1,400 to 419. Are the same people counted?")]


def test_a_target_without_an_answer_is_left_to_the_list_of_answers(app: Flask, world: makers.World) -> None:
    with app.test_request_context():
        assert found(makers.a_figure(world)) == []


def test_the_reviewer_reads_the_same(app: Flask, world: makers.World) -> None:
    figure = entered(world, source="")
    with app.test_request_context():
        (check,) = kind_named("progress_report").prechecks(figure.report)
        assert i18n.show(check.words) == f"{WHO}: no source is named"
