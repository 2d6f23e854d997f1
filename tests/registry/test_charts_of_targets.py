"""From a target to the definition of its chart, kind by kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from impact.charts import BarsChart, MilestoneChart, PathChart
from impact.charts.definitions import Figure, Goal, Step
from impact.commitments.models import Amendment
from impact.progress.cases import CaseFigure, CaseInputs, TargetInputs
from impact.progress.queries import PublicFigure
from impact.progress.rules import status
from impact.progress.verdicts import Standing
from impact.registry.drawn import chart_of, people_chart
from impact.registry.small_charts import small
from tests.progress.makers import a_world
from tests.registry.test_sums import CONDITION, a_case, figure

D = Decimal
TODAY, ON, DUE = date(2019, 6, 1), date(2019, 4, 30), date(2020, 12, 31)


def shown(value: str | None, on: date = ON, **changes: Any) -> PublicFigure:
    given = None if value is None else D(value)
    return PublicFigure(f"f{on}", on, False, given, None, None, None, year=on.year, **changes)


def drawn(case: CaseInputs, *figures: PublicFigure, original: CaseInputs | None = None, kind: str = "") -> Any:
    target = a_world().target
    target.kind = kind or case.kind
    standing = Standing(status(case), TargetInputs(case, original))
    return chart_of(target, standing, figures, "The promise", TODAY)


@pytest.mark.parametrize(
    ("case", "start", "goal"),
    [
        (a_case(), "19", "30"),
        (a_case(kind="multiply", target=D(2), figures=figure("25")), "19", "38"),
        (a_case(kind="relative", target=D(10), figures=figure("20")), "19", "20.9"),
        (a_case(kind="points", target=D(10), figures=figure("20")), "19", "29"),
        (a_case(kind="zero", direction="down", target=None, figures=figure("12")), "19", "0"),
        (a_case(kind="ratio", target=D(70), figures=figure("30")), "19", "70"),
        (a_case(kind="parity", direction="parity", target=None, figures=figure("30")), "19", "40"),
        (a_case(kind="parity", direction="parity", baseline=D(71), target=None, figures=figure("65")), "71", "60"),
        (a_case(kind="signed_gap", direction="signed_gap", target=D(1), figures=figure("9")), "19", "1"),
    ],
    ids=["level", "multiply", "relative", "points", "zero", "ratio", "parity", "parity from above", "signed gap"],
)  # fmt: skip
def test_a_path_runs_from_the_starting_point_to_the_value_of_its_kind(
    app: Flask, case: CaseInputs, start: str, goal: str
) -> None:
    value = str(case.figures[0].value)
    chart = drawn(case, shown(value))
    assert isinstance(chart, PathChart)
    assert chart.baseline == Figure(date(2015, 4, 30), D(start))
    assert chart.target == Goal(DUE, D(goal))
    assert chart.figures == (Figure(ON, D(value)),)


def test_only_shares_that_aim_at_parity_show_its_band(app: Flask) -> None:
    parity = drawn(a_case(kind="parity", direction="parity", target=None, figures=figure("30")), shown("30"))
    assert parity.parity == (40, 60)


def test_a_level_of_a_contextual_share_has_no_band(app: Flask) -> None:
    assert drawn(a_case(), shown("25")).parity is None


def test_a_sum_is_drawn_as_bars(app: Flask) -> None:
    chart = drawn(a_case(kind="cumulative", baseline=D(0), target=D(100), figures=figure("40")), shown("40"))
    assert isinstance(chart, BarsChart)
    assert chart.target == Goal(DUE, D(100))
    assert chart.figures == (Figure(ON, D(40)),)


def test_a_deliverable_is_drawn_on_its_time_line(app: Flask) -> None:
    steps = ((date(2016, 1, 1), None, date(2016, 2, 1)), (date(2018, 1, 1), None, None))
    chart = drawn(a_case(kind="deliverable", baseline=None, target=None, figures=(), milestones=steps))
    assert isinstance(chart, MilestoneChart)
    assert (chart.start, chart.due, chart.today, chart.delivered) == (date(2015, 4, 30), DUE, TODAY, None)
    assert chart.steps == (Step(date(2016, 1, 1), date(2016, 2, 1)), Step(date(2018, 1, 1), None))


def test_a_condition_that_was_met_is_where_the_path_begins(app: Flask) -> None:
    case = a_case(condition=CONDITION, baseline=D(42), target=D(43), figures=figure("39"))
    chart = drawn(case, shown("39"), kind="conditional")
    assert chart.baseline == Figure(date(2017, 12, 31), D(36))
    assert chart.target == Goal(DUE, D(43))
    assert chart.forecast is None


def test_a_year_not_measured_stays_as_a_gap(app: Flask) -> None:
    answers = (CaseFigure(date(2018, 4, 30), None, "The system was replaced."), *figure("25"))
    chart = drawn(a_case(figures=answers), shown(None, date(2018, 4, 30), not_measured="Replaced."), shown("25"))
    assert chart.figures == (Figure(date(2018, 4, 30), None), Figure(ON, D(25)))
    assert any(shape.startswith('<path class="missing"') for shape in str(small(chart, "c1")).split("\n")) or (
        'class="missing"' in str(small(chart, "c1"))
    )


def test_an_amended_target_keeps_its_first_path_dashed_and_the_amendment_its_tick(app: Flask) -> None:
    world = a_world()
    world.commitment.amendments.append(
        Amendment(
            number=1, reason_code="date_moved", note="", requested_at=datetime(2018, 1, 1, tzinfo=UTC),
            approved_at=datetime(2018, 2, 3, tzinfo=UTC),
            changes=[{"target": world.target.public_id, "field": "due", "old": '"2018-12-31"', "new": '"2020-12-31"'}],
        )
    )  # fmt: skip
    case, first = a_case(), a_case(target_date=date(2018, 12, 31))
    standing = Standing(status(case), TargetInputs(case, first))
    chart = chart_of(world.target, standing, [shown("25.6")], "The promise", TODAY)
    assert isinstance(chart, PathChart)
    assert chart.original == Goal(date(2018, 12, 31), D(30))
    assert chart.original_from == Figure(date(2015, 4, 30), D(19))
    assert [(row.day, row.label) for row in chart.amendments] == [(date(2018, 2, 3), "A1")]


def test_without_a_date_or_without_any_value_there_is_no_chart(app: Flask) -> None:
    assert drawn(a_case(target_date=None)) is None


def test_a_target_without_start_and_figure_has_no_chart(app: Flask) -> None:
    assert drawn(a_case(baseline=None, baseline_date=None, figures=())) is None


def test_people_are_drawn_only_where_women_and_men_are_known(app: Flask) -> None:
    open_year = shown("25", parts={"women": 30, "men": 70, "other": 0, "undisclosed": 20})
    closed = shown("25", date(2018, 4, 30), parts={"women": 30, "men": None, "other": None}, suppressed=True)
    assert people_chart([closed], "Who", "count") is None
    chart = people_chart([closed, PublicFigure(**{**vars(open_year), "denominator": D(120)})], "Who", "percent")
    assert chart is not None
    assert [(row.label, row.parts, row.total) for row in chart.rows] == [("2019", (30, 70, 0, 20), 120)]


def test_the_parts_of_a_count_are_drawn_out_of_the_count_itself(app: Flask) -> None:
    trained = shown("120", parts={"women": 30, "men": 70, "other": 0, "undisclosed": 20})
    chart = people_chart([trained], "Who", "count")
    assert chart is not None
    assert chart.rows[0].total == 120


def test_a_small_chart_says_first_last_and_target_value_and_two_years(app: Flask) -> None:
    chart = drawn(a_case(), shown("21", date(2017, 4, 30)), shown("25.6"))
    markup = str(small(chart, "c1"))
    said = [piece.split("<")[0] for piece in markup.split('dir="auto">')[1:]]
    assert sorted(said) == sorted(["2015", "2020", "19%", "25.6%", "30%"])
    assert "<title>The promise</title>" in markup
