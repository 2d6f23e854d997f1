"""Pace and forecast as the public reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from impact import i18n
from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.paths_drawn import projection
from impact.registry.outlook import outlook

D = Decimal


def case(*values: str, **changes: Any) -> CaseInputs:
    """A share of women from 20% at the end of 2015 to 40% at the end of 2025, with a figure each year."""
    figures = tuple(CaseFigure(date(2016 + n, 12, 31), D(value)) for n, value in enumerate(values))
    given: dict[str, Any] = {
        "kind": "level",
        "direction": "up",
        "baseline": D(20),
        "baseline_date": date(2015, 12, 31),
        "target": D(40),
        "target_date": date(2025, 12, 31),
        "figures": figures,
        "today": date(2020, 6, 1),
    }
    return CaseInputs(**{**given, **changes})


def said(app: Flask, given: CaseInputs, status: str = "on_track") -> list[str]:
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        found = outlook(given, status, "percent")
        return list(found.sentences) if found else []


def test_pace_band_and_chance_are_told_in_plain_sentences(app: Flask) -> None:
    # By hand: slope 2.04, on the due date 40.39; s = 0.145 x 1.76 x e^(0.9 x -0.63), strayed 3.96 times: 0.57.
    sentences = said(app, case("22.1", "23.9", "26.2"))
    assert sentences[:2] == [
        "So far it has risen by 2.1 percentage points a year.",
        "To reach 40% by 31 December 2025 it must rise by 2 percentage points a year.",
    ]
    assert sentences[2].startswith("If it goes on like this, the figure of 31 December 2025 will lie between ")
    assert sentences[3] == "That the target is reached in time is likely: about 71%."
    assert sentences[4] == "At this pace the target is met in 2025."


def test_two_figures_show_a_direction_and_one_shows_nothing(app: Flask) -> None:
    assert said(app, case("19"))[-1] == "Two figures show a direction; a forecast needs three."
    assert said(app, case("19"))[0] == "So far it has fallen by 1 percentage point a year."
    assert said(app, case())[-1] == "Forecast: cannot say. One figure alone shows no direction."


@pytest.mark.parametrize("missing", ["baseline", "baseline_date", "target_date"])
def test_without_a_start_or_a_date_nothing_is_said(app: Flask, missing: str) -> None:
    assert said(app, case("22", "24", **{missing: None})) == []


@pytest.mark.parametrize("status", ["reached", "not_reached"])
def test_of_a_settled_target_nothing_is_foretold(app: Flask, status: str) -> None:
    assert said(app, case("22", "24", "41"), status) == []
    assert projection(case("22", "24", "41"), status, "percent") is None


def test_the_band_of_a_chart_stays_within_what_is_possible() -> None:
    found = projection(case("30", "56", "60", target_date=date(2020, 12, 31)), "on_track", "percent")
    assert found is not None and found.high == D(100) and found.low >= 0
    assert found.low < found.middle <= found.high


def test_the_year_of_parity_is_told_where_the_target_stops_short_of_it(app: Flask) -> None:
    sentences = said(app, case("21.1", "21.9", "23.1", target=D(30), direction="parity"))
    assert sentences[-1] == "At this pace parity (40% to 60%) comes in 2035."
