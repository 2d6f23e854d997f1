"""The sum behind a status, written out for every kind of target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape

from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.rules import begun, status
from impact.progress.values_shown import value_words
from impact.registry.sums import time_sum, way_sum

D = Decimal


def a_case(**changes: Any) -> CaseInputs:
    values: dict[str, Any] = {
        "kind": "level",
        "direction": "up",
        "baseline": D(19),
        "baseline_date": date(2015, 4, 30),
        "target": D(30),
        "target_date": date(2020, 12, 31),
        "figures": (CaseFigure(date(2019, 4, 30), D("25.581395")),),
        "today": date(2019, 6, 1),
        **changes,
    }
    return CaseInputs(**values)


def plain(said: str) -> str:
    return escape(said).striptags()


def figure(value: str) -> tuple[CaseFigure, ...]:
    return (CaseFigure(date(2019, 4, 30), D(value)),)


CONDITION = ("below", D(40), ((date(2014, 12, 31), D(42)), (date(2017, 12, 31), D(36))))
KINDS: list[tuple[str, dict[str, Any], str, str]] = [
    ("level", {}, "percent", "(25.6 − 19) ÷ (30 − 19) = 6.6 ÷ 11 percentage points"),
    ("multiply", {"baseline": D("7.272727"), "target": D(3), "figures": figure("14.545454")}, "percent",
     "(14.5 − 7.3) ÷ (21.8 − 7.3) = 7.2 ÷ 14.5 percentage points"),
    ("relative", {"baseline": D(2000), "target": D(-5), "figures": figure("1940")}, "count",
     "(1,940 − 2,000) ÷ (1,900 − 2,000) = −60 ÷ −100"),
    ("points", {"target": D(10), "figures": figure("24")}, "percent",
     "(24 − 19) ÷ (29 − 19) = 5 ÷ 10 percentage points"),
    ("cumulative", {"baseline": D(100), "target": D(12000), "figures": figure("4920")}, "count",
     "(5,020 − 100) ÷ (12,000 − 100) = 4,920 ÷ 11,900"),
    ("zero", {"baseline": D("9.5"), "target": None, "direction": "down", "figures": figure("6")}, "percent",
     "(6 − 9.5) ÷ (0 − 9.5) = −3.5 ÷ −9.5 percentage points"),
    ("ratio", {"baseline": D(20), "target": D(70), "figures": figure("45")}, "percent",
     "(45 − 20) ÷ (70 − 20) = 25 ÷ 50 percentage points"),
    ("parity", {"baseline": D(28), "target": None, "direction": "parity", "figures": figure("34")}, "percent",
     "(12 − 6) ÷ 12 = 6 ÷ 12 percentage points"),
    ("signed_gap", {"baseline": D("-9.1"), "target": D(2), "direction": "signed_gap", "figures": figure("5")},
     "percent", "(9.1 − 5) ÷ (9.1 − 2) = 4.1 ÷ 7.1 percentage points"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "unit", "written"), KINDS, ids=[row[0] for row in KINDS])
def test_each_kind_writes_its_own_sum(app: Flask, kind: str, changes: dict[str, Any], unit: str, written: str) -> None:
    case = a_case(kind=kind, **changes)
    assert plain(way_sum(case, status(case), unit)) == written


def test_a_condition_that_was_met_is_where_the_sum_begins(app: Flask) -> None:
    case = a_case(condition=CONDITION, baseline=D(42), target=D(43), figures=figure("39"))
    verdict = status(case)
    assert way_sum(case, verdict, "percent") == ""
    settled = begun(case)
    assert plain(way_sum(settled, verdict, "percent")) == "(39 − 36) ÷ (43 − 36) = 3 ÷ 7 percentage points"
    assert plain(time_sum(settled, verdict)) == "485 ÷ 1,096 days, from 31 December 2017 to 31 December 2020"


def test_a_deliverable_counts_its_steps(app: Flask) -> None:
    steps = ((date(2016, 1, 1), None, date(2016, 2, 1)), (date(2018, 1, 1), None, None), (date(2020, 1, 1), None, None))
    case = a_case(kind="deliverable", baseline=None, target=None, figures=(), milestones=steps)
    verdict = status(case)
    assert way_sum(case, verdict, "yes_no") == "1 of 3 steps done"
    assert time_sum(case, verdict) == "2 of 3 steps due by now"


def test_the_time_is_in_days_or_by_the_milestones(app: Flask) -> None:
    case = a_case()
    assert plain(time_sum(case, status(case))) == "1,461 ÷ 2,072 days, from 30 April 2015 to 31 December 2020"
    bent = a_case(milestones=((date(2017, 4, 30), D(24), None),))
    assert time_sum(bent, status(bent)) == "by the milestones, on 30 April 2019"


def test_a_sum_takes_more_places_only_where_fewer_would_give_another_share(app: Flask) -> None:
    """0.63 of 1.03 is 61 per cent; 0.6 of 1 would be 60."""
    case = a_case(baseline=D("10.004"), target=D("11.034"), figures=figure("10.634"))
    assert plain(way_sum(case, status(case), "percent")) == (
        "(10.63 − 10) ÷ (11.03 − 10) = 0.63 ÷ 1.03 percentage points"
    )


@pytest.mark.parametrize(
    ("value", "marks", "words"),
    [
        ("23.415", (), "23.4%"),
        ("7.272727", (), "7.3%"),
        ("19", (), "19%"),
        ("29.96", (D(30),), "29.96%"),
        ("29.94", (D(30),), "29.9%"),
        ("29.9996", (D(30),), "29.9996%"),
    ],
)
def test_a_figure_has_one_place_or_as_many_as_keep_it_on_its_side(
    app: Flask, value: str, marks: tuple[Decimal, ...], words: str
) -> None:
    assert value_words(D(value), "percent", marks) == words
