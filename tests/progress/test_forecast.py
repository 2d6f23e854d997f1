"""The forecast: its band holds what it says, a break is not drawn through, and thin data say so."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bench.forecast_coverage import coverage, series
from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.distances import met
from impact.progress.forecast import fitted, forecast, is_broken, summed, where_met, words_of
from impact.progress.student import below, quantile


def case_of(values: list[Any], kind: str = "level", direction: str = "up", t: Any = 30, **more: Any) -> CaseInputs:
    """Yearly figures from 1 January 2015, the first of them the starting point; due on 1 January 2023."""
    days = [date(2015 + year, 1, 1) for year in range(len(values))]
    figures = tuple(CaseFigure(day, Decimal(str(v))) for day, v in zip(days[1:], values[1:], strict=True))
    return CaseInputs(
        kind,
        direction,
        Decimal(str(values[0])) if values else None,
        date(2015, 1, 1),
        None if t is None else Decimal(str(t)),
        date(2023, 1, 1),
        figures=figures,
        today=days[-1] if days else date(2015, 1, 1),
        **more,
    )


@pytest.mark.parametrize("ahead", [1, 3, 5])
@pytest.mark.parametrize("related", [0.0, 0.3])
@pytest.mark.parametrize("points", [3, 4, 5, 8])
def test_the_band_holds_the_observed_value_in_about_four_of_five_runs(points: int, related: float, ahead: int) -> None:
    assert 0.75 <= coverage(points, ahead, related, runs=2000, seed=2014) <= 0.85


def test_the_band_of_a_sum_holds_the_observed_total_in_about_four_of_five_runs() -> None:
    draw, held = random.Random(10), 0
    for _ in range(2000):
        total = [0.0]
        for _year in range(8):
            total.append(total[-1] + draw.gauss(100, 20))
        low, high = summed([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], total[:6], 8.0).band
        held += low <= total[8] <= high

    assert 0.75 <= held / 2000 <= 0.85


@pytest.mark.parametrize(
    ("share", "freedom", "value"), [(0.9, 1, 3.0777), (0.9, 2, 1.8856), (0.9, 3, 1.6377), (0.975, 5, 2.5706)]
)
def test_the_distribution_agrees_with_the_printed_tables(share: float, freedom: int, value: float) -> None:
    assert round(quantile(share, freedom), 4) == value
    assert round(below(value, freedom), 4) == share
    assert round(below(-value, freedom), 4) == round(1 - share, 4)


def test_a_jump_in_a_long_series_is_not_drawn_through() -> None:
    found = forecast(case_of([20.1, 20.9, 22.0, 23.1, 43.0, 44.1, 44.9], t=60))

    assert (found.kind, found.chance) == ("cannot_say", None)
    assert found.reason == "The figures changed course: one line does not fit them."


def test_a_bend_in_a_long_series_is_not_drawn_through() -> None:
    found = forecast(case_of([20.1, 20.9, 22.0, 23.1, 33.2, 43.0, 52.9], t=60))

    assert (found.kind, found.chance) == ("cannot_say", None)


@pytest.mark.parametrize("points", [4, 5, 6, 8])
def test_a_jump_widens_the_band_or_silences_it(points: int) -> None:
    draw = random.Random(3)
    xs = [float(x) for x in range(points)]
    wider = 0
    for _ in range(200):
        calm = [20 + 2 * x + e for x, e in zip(xs, series(draw, points, 0.0), strict=True)]
        broken = [y + (12 if x >= points // 2 else 0) for x, y in zip(xs, calm, strict=True)]
        wider += is_broken(xs, broken) or (
            fitted(xs, broken, points + 2.0).spread > 1.5 * fitted(xs, calm, points + 2.0).spread
        )

    assert wider >= 180


def test_a_series_without_a_break_is_seldom_called_broken() -> None:
    draw = random.Random(5)
    xs = [float(x) for x in range(8)]

    assert sum(is_broken(xs, series(draw, 8, 0.3)) for _ in range(2000)) <= 40


def test_two_points_give_a_direction_and_one_gives_nothing() -> None:
    two, one = forecast(case_of([20, 22])), forecast(case_of([20]))

    assert (two.kind, round(two.slope or 0, 2), two.low, two.chance) == ("direction", 2.0, None, None)
    assert (one.kind, one.reason) == ("cannot_say", "One figure alone shows no direction.")


def test_a_sum_of_two_periods_has_no_spread_yet() -> None:
    assert forecast(case_of([0, 100, 120], "cumulative", t=1000)).kind == "direction"
    assert forecast(case_of([0, 100, 120, 110], "cumulative", t=1000)).kind == "band"


def test_a_rising_series_forecasts_by_hand() -> None:
    """Slope 2.0 a year exactly fitted but for the middle: 20, 23, 24 has the line 22.33 + 2 (x - 1)."""
    found = forecast(case_of([20, 23, 24], t=30))

    assert found.at_due == pytest.approx(36.33, abs=0.01)
    assert found.slope == pytest.approx(2.0, abs=0.01)
    # s = 0.8165; 1.97 * exp(0.9 * -2/3) = 1.0812; sqrt(1 + 1/3 + 7^2 / 2) = 5.0826; t = 3.0777
    assert found.high == pytest.approx(36.33 + 0.8165 * 1.0812 * 5.0826 * 3.0777, abs=0.05)
    assert found.met_on is not None and found.met_on.year == 2019


def test_a_series_moving_away_never_meets_its_target() -> None:
    found = forecast(case_of([20, 18.9, 18.2, 17], t=30))

    assert found.met_on is None
    assert found.chance is not None and found.chance < 0.1


def test_figures_on_one_line_are_no_surer_than_their_rounding() -> None:
    found = forecast(case_of([20, 21, 22, 23, 24], t=28))

    assert found.low is not None and found.high is not None and found.high - found.low > 0.5


def test_the_chance_of_parity_counts_only_the_band() -> None:
    overshooting = forecast(case_of([35, 45.2, 54.8, 65], "parity", "parity", None))

    assert overshooting.at_due is not None and overshooting.at_due > 100
    assert overshooting.chance is not None and overshooting.chance < 0.05


@pytest.mark.parametrize(
    "case",
    [
        case_of([20], "level", "up", 30),
        case_of([40], "level", "down", 30),
        case_of([20], "level", "parity", 30),
        case_of([80], "points", "parity", -10),
        case_of([35], "parity", "parity", None),
        case_of([8], "signed_gap", "gap", 1),
        case_of([18], "zero", "down", None),
    ],
)
def test_what_the_chance_counts_as_met_is_what_the_status_counts(case: CaseInputs) -> None:
    low, high = where_met(case)

    for value in range(-5, 101):
        assert met(case, Decimal(value)) == (low <= value <= high), value


def test_no_forecast_where_old_and_new_cannot_be_compared() -> None:
    case = case_of([20, 22, 24])
    changed = CaseFigure(date(2018, 1, 1), Decimal(40), bridged=False)

    found = forecast(CaseInputs(**{**vars(case), "figures": (*case.figures, changed)}))

    assert (found.kind, found.reason) == ("cannot_say", "The definition changed, and old and new cannot be compared.")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.90, "very likely"),
        (0.66, "likely"),
        (0.5, "about as likely as not"),
        (0.33, "about as likely as not"),
        (0.1, "unlikely"),
        # What is printed as 90 % is what the words say.
        (0.896, "very likely"),
        (0.094, "very unlikely"),
    ],
)
def test_the_chance_has_words(chance: float, words: str) -> None:
    assert words_of(chance) == words
