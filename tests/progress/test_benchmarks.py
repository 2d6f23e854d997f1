"""A pace beside those of comparable organisations: a made-up cohort of ten, and who may see it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from impact.champions.models import Champion
from impact.db import db
from impact.progress.benchmarks import Benchmark, benchmark, closing
from impact.progress.cases import CaseFigure, CaseInputs
from tests.progress import makers
from tests.progress.test_figure_pages import sign_in

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


def read(client: FlaskClient) -> str:
    answer = client.get(PATH)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text.split("<main", 1)[1])).split())


@pytest.mark.parametrize("who", ["coordinator", "reviewer"])
def test_the_page_names_the_quarter_among_nine_and_no_organisation(
    client: FlaskClient, cohort: makers.World, asked: list[str], who: str
) -> None:
    sign_in(client, who)
    asked.clear()
    told = read(client)

    # A quarter of 3.5, of 5 and of 7 points a year, and 7.5 points in the 611 days to 31 December 2020.
    assert "So far it has risen by 0.88 percentage points a year." in told
    assert "To reach 30% by 31 December 2020 it must rise by 4.5 percentage points a year." in told
    assert (
        "Median of 9 universities: 1.2 percentage points a year nearer to the aim; upper quartile: 1.8 percentage points."
        in told
    )
    assert "The pace so far lies in the second quartile of 9 universities, from the slowest." in told
    assert "The pace needed is faster than three quarters of them have moved so far." in told
    assert (
        "Raise the share of women among full professors from 19% (30 April 2015) to 30%" in told
        and "30 Apr 2019 Reported 22.5%" in told
        and "the pace so far leads" in told
    )
    assert "Peer" not in told and "Promise" not in told
    assert len(asked) <= 12


def test_with_seven_others_nothing_is_compared(client: FlaskClient, cohort: makers.World) -> None:
    for slug in ("peer-8", "peer-9"):
        db.session.query(Champion).filter_by(slug=slug).one().standing = "suspended"
    db.session.commit()
    sign_in(client, "coordinator")
    told = read(client)

    assert "Fewer than 8 others report on this: they are too few to compare." in told
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
