"""The private benchmark: where a pace stands among the others', and when nothing is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.comparison import compared, towards

D = Decimal
NINE = [D(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)]


def case(**changes: Any) -> CaseInputs:
    given: dict[str, Any] = {
        "kind": "level",
        "direction": "up",
        "baseline": D(20),
        "baseline_date": date(2015, 12, 31),
        "target": D(30),
        "target_date": date(2025, 12, 31),
        "figures": (CaseFigure(date(2019, 12, 31), D(24)),),
        "today": date(2020, 6, 1),
    }
    return CaseInputs(**{**given, **changes})


@pytest.mark.parametrize(
    ("own", "quarter"), [("0", 1), ("2.9", 1), ("3", 2), ("5", 3), ("6.9", 3), ("7", 4), ("12", 4)]
)
def test_a_pace_stands_in_one_of_four_quarters_of_the_others(own: str, quarter: int) -> None:
    found = compared(D(own), NINE)
    assert found is not None
    assert (found.quarter, found.others, found.median, found.upper) == (quarter, 9, D(5), D(7))


def test_under_eight_others_nothing_is_said() -> None:
    assert compared(D(5), NINE[:7]) is None
    assert compared(D(5), NINE[:8]) is not None


def test_a_pace_is_positive_towards_the_target_whichever_way_that_lies() -> None:
    assert towards(case()) == D("1")
    falling = case(direction="down", target=D(10), figures=(CaseFigure(date(2019, 12, 31), D(16)),))
    assert towards(falling) == D("1")
    assert towards(case(figures=(CaseFigure(date(2019, 12, 31), D(16)),))) == D("-1")
    too_many = case(kind="parity", direction="parity", baseline=D(70), target=None,
                    figures=(CaseFigure(date(2019, 12, 31), D(66)),))  # fmt: skip
    assert towards(too_many) == D("1")


def test_without_figures_or_for_a_deliverable_there_is_no_pace_to_compare() -> None:
    assert towards(case(figures=())) is None
    assert towards(case(kind="deliverable")) is None
