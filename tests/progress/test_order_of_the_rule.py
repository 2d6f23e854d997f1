"""Corners of the public rule: exact limits, its order, sums over the years, both sides of parity, deliverables, conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.rules import Refused, check, status

D = Decimal


def day(text: str) -> date:
    return date.fromisoformat(text)


def case(
    kind: str, direction: str, b: Any, d0: str, t: Any, d1: str, *figures: tuple[str, Any], today: str = "", **more: Any
) -> CaseInputs:
    answers = tuple(
        CaseFigure(day(on), None, value) if isinstance(value, str) else CaseFigure(day(on), D(str(value)))
        for on, value in figures
    )
    return CaseInputs(
        kind,
        direction,
        D(str(b)),
        day(d0),
        None if t is None else D(str(t)),
        day(d1),
        figures=answers,
        today=day(today or (figures[-1][0] if figures else d0)),
        due=tuple(day(one) for one in more.pop("due", ())),
        **more,
    )


LEVEL = ("level", "up", 20, "2010-01-01", 30, "2020-01-01")


@pytest.mark.parametrize(
    "value, expected, pace",
    [
        ("29.5", "on_track", "0.95"),
        ("29.49996", "slightly_behind", "0.949996"),
        ("26", "slightly_behind", "0.6"),
        ("25.99999", "far_behind", "0.599999"),
    ],
)
def test_the_limits_are_exact(value: str, expected: str, pace: str) -> None:
    # The way is twice as long and so is the time, so that the pace is read off the figure.
    found = status(
        CaseInputs(
            "level",
            "up",
            D(20),
            day("2015-01-01"),
            D(40),
            day("2024-12-29"),
            figures=(CaseFigure(day("2019-12-31"), D(value)),),
            today=day("2019-12-31"),
        )
    )
    assert (found.e, found.status, found.r) == (D("0.5"), expected, D(pace))


def test_a_pace_of_exactly_the_limit_survives_thirds() -> None:
    for third in range(1, 60):
        # 19 of 20 parts of the expected share, both with endless digits
        way = D(20 * 9 * third)
        found = status(
            CaseInputs(
                "level",
                "up",
                D(0),
                day("2015-01-01"),
                way * 3,
                day("2015-01-01") + (day("2015-01-08") - day("2015-01-01")) * 3 * third,
                figures=(
                    CaseFigure(day("2015-01-01") + (day("2015-01-08") - day("2015-01-01")) * third, way * 19 / 20),
                ),
                today=day("2025-01-01"),
                grace_days=9999,
            )
        )
        assert (found.r, found.status) == (D("0.95"), "on_track")


def test_silence_after_a_reason_is_late_again() -> None:
    due = ["2015-01-01", "2016-01-01", "2017-01-01"]
    given_case = case(*LEVEL, ("2015-01-01", 25), ("2016-01-01", "no survey"), due=due, today="2017-03-01")
    assert status(given_case).status == "not_measured"
    assert status(replace(given_case, today=day("2017-06-01"))).status == "cannot_say"


def test_a_new_due_date_does_not_hide_the_missing_year_before() -> None:
    due = ["2015-01-01", "2016-01-01", "2017-01-01"]
    assert status(case(*LEVEL, ("2015-01-01", 25), due=due, today="2017-01-20")).status == "cannot_say"
    assert (
        status(case(*LEVEL, ("2015-01-01", 25), ("2016-12-31", 27), due=due, today="2017-01-20")).status == "on_track"
    )


def test_a_missing_year_keeps_the_status_before_it_beside_it() -> None:
    found = status(case(*LEVEL, ("2015-01-01", 25), ("2016-01-01", "no survey"), due=["2015-01-01", "2016-01-01"]))
    assert (found.status, found.last_known, found.values) == ("not_measured", "on_track", {"reason": "no survey"})


def test_a_target_met_and_lost_again_says_when_it_was_met() -> None:
    found = status(case(*LEVEL, ("2014-01-01", 30), ("2015-01-01", 26)))
    assert (found.status, found.first_met_on, found.not_held) == ("on_track", day("2014-01-01"), True)


def test_a_missing_period_makes_a_sum_an_at_least() -> None:
    total = ("cumulative", "up", 0, "2015-01-01", 100, "2020-01-01", ("2016-01-01", 20))
    due = ["2016-01-01", "2017-01-01", "2018-01-01"]
    whole = status(case(*total, ("2017-01-01", 20), ("2018-01-01", 30), due=due))
    missing = status(case(*total, ("2018-01-01", 30), due=due))
    refused = status(case(*total, ("2017-01-01", "records lost"), ("2018-01-01", 30), due=due))
    assert [(one.latest, one.at_least) for one in (whole, missing, refused)] == [(70, False), (50, True), (50, True)]


@pytest.mark.parametrize(
    "value, expected", [(29, "on_track"), (30, "reached"), (45, "reached"), (60, "reached"), (61, "on_track")]
)
def test_a_share_on_its_way_to_parity_is_met_in_the_band_and_not_beyond_it(value: int, expected: str) -> None:
    assert status(case("level", "parity", 19, "2015-01-01", 30, "2020-01-01", ("2018-01-01", value))).status == expected


def deliverable(today: str, *figures: CaseFigure, **more: Any) -> CaseInputs:
    return CaseInputs(
        "deliverable", "yes_no", None, None, None, day("2020-01-01"), figures=figures, today=day(today), **more
    )


def test_a_deliverable_is_not_due_until_its_date_and_then_needs_word() -> None:
    no = CaseFigure(day("2019-01-01"), None, delivered=False)
    assert status(deliverable("2019-12-31")).status == "not_due"
    assert status(deliverable("2019-12-31", no)).status == "not_due"
    assert status(deliverable("2020-06-01", no)).status == "not_reached"
    assert status(deliverable("2020-01-02")).status == "cannot_say"
    assert status(deliverable("2019-12-31", CaseFigure(day("2019-06-01"), None, delivered=True))).status == "reached"
    assert status(deliverable("2019-06-01", CaseFigure(day("2019-05-01"), None, "strike"))).status == "not_measured"
    assert status(deliverable("2019-12-31", due=(day("2019-01-01"),))).status == "cannot_say"


def test_a_deliverable_with_steps_counts_them() -> None:
    steps = (
        (day("2016-01-01"), None, day("2015-12-01")),
        (day("2017-01-01"), None, None),
        (day("2018-01-01"), None, None),
        (day("2019-01-01"), None, None),
    )
    found = status(deliverable("2017-06-01", milestones=steps))
    assert (found.p, found.e, found.r, found.status) == (D("0.25"), D("0.5"), D("0.5"), "far_behind")


def conditional(*condition: tuple[str, int], figures: tuple[CaseFigure, ...] = ()) -> CaseInputs:
    return CaseInputs(
        "level",
        "parity",
        None,
        None,
        D(45),
        day("2022-01-01"),
        figures=figures,
        today=day("2018-06-01"),
        condition=("below", D(40), tuple((day(on), D(value)) for on, value in condition)),
    )


def test_a_condition_starts_the_way_when_it_is_met_and_rests_when_undone() -> None:
    figures = (CaseFigure(day("2014-01-01"), D(20)), CaseFigure(day("2018-01-01"), D(35)))
    assert status(conditional(("2016-01-01", 42))).reason == "Condition not met, nothing due."
    found = status(conditional(("2015-01-01", 41), ("2016-01-01", 30), figures=figures))
    assert (round(found.p or D(0), 4), round(found.e or D(0), 4)) == (D("0.3333"), D("0.3335"))
    undone = status(conditional(("2016-01-01", 30), ("2018-05-01", 41), figures=figures))
    assert (undone.status, "no longer" in undone.reason) == ("not_due", True)


@pytest.mark.parametrize(
    "refused",
    [
        case("level", "parity", 20, "2015-01-01", 101, "2020-01-01"),
        case("multiply", "parity", 40, "2015-01-01", 3, "2020-01-01"),
        case("points", "at_least_40", 5, "2015-01-01", -6, "2020-01-01"),
        case("zero", "signed_gap", 5, "2015-01-01", None, "2020-01-01"),
        case("dream", "up", 5, "2015-01-01", 6, "2020-01-01"),
        case("multiply", "up", 0, "2015-01-01", 3, "2020-01-01"),
        case("multiply", "up", 5, "2015-01-01", 1, "2020-01-01"),
        case("relative", "up", -1, "2015-01-01", 5, "2020-01-01"),
        case("relative", "down", 5, "2015-01-01", -100, "2020-01-01"),
        case("signed_gap", "signed_gap", -3, "2015-01-01", 3, "2020-01-01"),
        case("cumulative", "up", 5, "2015-01-01", 5, "2020-01-01"),
        case("cumulative", "up", 0, "2015-01-01", 5, "2020-01-01", ("2016-01-01", -1)),
        case("parity", "parity", 60, "2015-01-01", None, "2020-01-01"),
        case("level", "up", 5, "2015-01-01", 6, "2015-01-01"),
        case("level", "up", 5, "2015-01-01", 6, "2020-01-01", ("2014-12-31", 5), today="2016-01-01"),
        case("level", "up", 5, "2015-01-01", 6, "2020-01-01", ("2016-01-02", 5), today="2016-01-01"),
        case("level", "up", 5, "2015-01-01", 6, "2020-01-01", today="2014-12-31"),
        case("level", "up", 5, "2015-01-01", 9, "2020-01-01", milestones=((day("2020-01-01"), D(6), None),)),
        case("level", "up", 5, "2015-01-01", 9, "2020-01-01", milestones=((day("2016-01-01"), D(5), None),)),
        case("level", "up", 5, "2015-01-01", 9, "2020-01-01", milestones=((day("2016-01-01"), D(9), None),)),
    ],
)
def test_each_refused_case_is_refused(refused: CaseInputs) -> None:
    with pytest.raises(Refused) as why:
        check(refused)
    assert str(why.value)


whole = st.integers(1, 400)


@given(b=whole, t=whole, x=whole, scale=st.integers(2, 50))
def test_the_distance_does_not_depend_on_the_unit(b: int, t: int, x: int, scale: int) -> None:
    if b == t:
        return
    one, other = (
        status(case("level", "up", b * s, "2015-01-01", t * s, "2022-01-01", ("2020-01-01", x * s))) for s in (1, scale)
    )
    assert (one.p, one.status) == (other.p, other.status)


@given(st.permutations([("2016-01-01", 22), ("2017-01-01", 31), ("2018-01-01", 25), ("2019-01-01", "no survey")]))
def test_the_order_in_which_figures_come_does_not_matter(figures: list[tuple[str, Any]]) -> None:
    found = status(case(*LEVEL, *figures, today="2019-02-01"))
    assert (found.status, found.first_met_on, found.latest) == ("not_measured", day("2017-01-01"), 25)


def test_a_starting_point_without_a_value_or_without_a_day_is_told_apart() -> None:
    known = case(*LEVEL, ("2015-01-01", 26))
    unmeasured = status(replace(known, baseline=None, baseline_date=None))
    undated = status(replace(known, baseline_date=None))
    assert (unmeasured.status, undated.status) == ("cannot_say", "cannot_say")
    assert unmeasured.reason == "There is no starting point yet."
    assert undated.reason == "The day of the starting point is not recorded, so no way can be timed."
