"""The pace a target needs and the pace so far, for every kind of target, from either side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.pace import pace, parity_year, parity_year_so_far


def case_of(kind: str, direction: str, b: Any, t: Any, *values: Any, **more: Any) -> CaseInputs:
    """From 1 January 2016, a figure every fourth year, due on 1 January 2028: whole leap cycles make round sums."""
    figures = tuple(CaseFigure(date(2016 + 4 * i, 1, 1), Decimal(str(v))) for i, v in enumerate(values, 1))
    return CaseInputs(
        kind,
        direction,
        None if b is None else Decimal(str(b)),
        date(2016, 1, 1),
        None if t is None else Decimal(str(t)),
        date(2028, 1, 1),
        figures=figures,
        today=date(2021, 1, 1),
        **more,
    )


@pytest.mark.parametrize(
    ("case", "needed", "so_far"),
    [
        (case_of("level", "up", 20, 40, 24), "2", "1"),
        (case_of("level", "down", 40, 20, 36), "-2", "-1"),
        (case_of("multiply", "up", 10, 3, 14), "2", "1"),
        (case_of("relative", "down", 200, -5, 198), "-1", "-0.5"),
        (case_of("points", "up", 20, 12, 16), "2", "-1"),
        (case_of("cumulative", "up", 100, 1000, 100), "100", "25"),
        (case_of("zero", "down", 18, None, 16), "-2", "-0.5"),
        (case_of("ratio", "ratio", "0.5", "0.9", "0.7"), "0.025", "0.05"),
        (case_of("parity", "parity", 20, None, 24), "2", "1"),
        (case_of("parity", "parity", 80, None, 76), "-2", "-1"),
        # It crossed the band: the way back is to the nearer edge.
        (case_of("parity", "parity", 36, None, 68), "-1", "8"),
        (case_of("level", "parity", 20, 30, 22), "1", "0.5"),
        (case_of("level", "parity", 20, 30, 68), "-1", "12"),
        (case_of("level", "parity", 80, 70, 32), "1", "-12"),
        (case_of("signed_gap", "gap", 16, 1, 9), "-1", "-1.75"),
        (case_of("signed_gap", "gap", 16, 1, -9), "1", "-6.25"),
    ],
)
def test_the_pace_leads_from_the_latest_figure_to_the_nearest_value_that_counts(
    case: CaseInputs, needed: str, so_far: str
) -> None:
    found = pace(case)

    assert (found.needed, found.so_far, found.reason) == (Decimal(needed), Decimal(so_far), "")


def test_before_any_figure_the_pace_needed_counts_from_the_starting_point() -> None:
    found = pace(case_of("level", "up", 20, 32))

    assert (found.needed, found.so_far) == (Decimal(1), None)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (case_of("deliverable", "yes_no", None, None), "What is delivered or not has no pace."),
        (case_of("level", "up", None, 30), "A starting point and a date to reach are needed."),
        (case_of("level", "up", 20, 30, 31), "The target is met."),
        (case_of("level", "up", 20, 30, 22, 24, 26), "No time is left."),
        (
            case_of("level", "up", 20, 30, condition=("below", Decimal(3), ())),
            "Nothing is due before the condition is met.",
        ),
    ],
)
def test_where_no_pace_is_needed_the_reason_is_told(case: CaseInputs, reason: str) -> None:
    found = pace(case)

    assert (found.needed, found.reason) == (None, reason)


@pytest.mark.parametrize(
    ("case", "year"),
    [
        # 24 % in 2020 and 0.75 points a year: 40 % takes 21.3 years.
        (case_of("level", "parity", 20, 30, 24), 2041),
        (case_of("level", "parity", 80, 70, 76), 2041),
        # The target is parity itself, or lies beyond its nearer edge.
        (case_of("parity", "parity", 20, None, 24), None),
        (case_of("level", "parity", 20, 40, 24), None),
        (case_of("level", "up", 20, 30, 24), None),
        (case_of("signed_gap", "signed_gap", 16, 8, 12), 2044),
        (case_of("ratio", "ratio_to_1", "0.5", "0.7", "0.6"), 2052),
        # 0.05 points a year: more than a century.
        (case_of("level", "parity", 20, "24.4", 24), None),
    ],
)
def test_the_year_of_parity_at_the_pace_needed(case: CaseInputs, year: int | None) -> None:
    assert parity_year(case, pace(case)) == year


@pytest.mark.parametrize(
    ("case", "year"),
    [
        # 1 point a year from 24 % in 2020: 40 % takes 16 years.
        (case_of("level", "parity", 20, 30, 24), 2036),
        (case_of("level", "parity", 80, 70, 76), 2036),
        # A target of parity is told of its year, too, and one that is met without it.
        (case_of("parity", "parity", 20, None, 24), 2036),
        (case_of("level", "parity", 20, 22, 24), 2036),
        (case_of("signed_gap", "signed_gap", 16, 8, 12), 2032),
        # It moves away, stands still, is there, or has to do with no parity.
        (case_of("level", "parity", 20, 30, 19), None),
        (case_of("level", "parity", 20, 30, 20), None),
        (case_of("level", "parity", 20, 50, 41), None),
        (case_of("level", "up", 20, 30, 24), None),
    ],
)
def test_the_year_of_parity_at_the_pace_so_far(case: CaseInputs, year: int | None) -> None:
    assert parity_year_so_far(case, pace(case)) == year
