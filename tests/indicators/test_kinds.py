"""Kinds of target: which indicator may take which, what they ask for, what is refused, and how they are said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from impact.indicators.catalogue import catalogue
from impact.indicators.kinds import (
    KINDS,
    Condition,
    Direction,
    Kind,
    Milestone,
    Missing,
    TargetSpec,
    Unit,
    Value,
    Written,
    allowed_kinds,
    reach,
)
from impact.indicators.refusals import figure_refusals, refusals
from impact.indicators.sentences import sentence

TODAY = date(2020, 2, 1)
START = date(2015, 1, 1)
DUE = date(2022, 1, 1)
LEVEL = TargetSpec(Kind.LEVEL, Direction.UP, Unit.PERCENT, D(20), START, value=D(30), due=DUE)


def spec(kind, direction, baseline, value, unit=Unit.PERCENT, **more):
    given = {"baseline": baseline, "value": value, **more}
    numbers = {
        name: D(str(each)) if isinstance(each, (int, float)) and not isinstance(each, bool) else each
        for name, each in given.items()
    }
    return TargetSpec(Kind(kind), Direction(direction), unit, **{"baseline_date": START, "due": DUE, **numbers})


def errors(target, today=TODAY, complete=True):
    return [problem.field for problem in refusals(target, today, complete) if problem.rank == "error"]


def said(target, what="the share of women", gaps=False):
    found = sentence(target, what, gaps)

    def text(value):
        if isinstance(value, Value):
            return f"{value.amount.normalize():f}" + {"percent": "%", "percentage_points": " points"}.get(
                value.unit, ""
            )
        if isinstance(value, Missing):
            return f"[{value.label}]"
        if hasattr(value, "message"):
            return value.message % {name: text(each) for name, each in value.values.items()}
        return str(value)

    return found.message % {name: text(value) for name, value in found.values.items()}


ALLOWED = {
    "up": "level multiply relative points ratio conditional",
    "up_to_cap": "level multiply relative points ratio conditional",
    "down": "level multiply relative points zero conditional",
    "parity": "level relative points parity conditional",
    "at_least_40": "level relative points parity conditional",
    "ratio_to_1": "level ratio conditional",
    "index_to_1": "level conditional",
    "signed_gap": "signed_gap conditional",
    "level": "deliverable conditional",
    "yes_no": "deliverable conditional",
    "contextual": "deliverable conditional",
}


@pytest.mark.parametrize("direction, kinds", ALLOWED.items())
def test_a_direction_allows_these_kinds_and_no_other(direction, kinds):
    assert [str(kind) for kind in allowed_kinds(Direction(direction), counts=False)] == kinds.split()


def test_only_a_rising_indicator_whose_figures_add_up_may_be_counted_up():
    assert Kind.CUMULATIVE in allowed_kinds(Direction.UP, counts=True)
    assert Kind.CUMULATIVE not in allowed_kinds(Direction.DOWN, counts=True)


def test_every_kind_has_its_entry_and_every_indicator_of_the_catalogue_may_take_one():
    assert list(KINDS) == list(Kind) and len(KINDS) == 11
    assert {entry.chart for entry in KINDS.values()} == {"path", "bars", "milestones"}
    for row in catalogue():
        assert allowed_kinds(Direction(row.direction), row.counts)
        assert Unit(row.unit)


REACH = [
    ("level", "up", 20, 30, "30"),
    ("multiply", "up", 8, 3, "24"),
    ("relative", "down", 200, -5, "190"),
    ("points", "up", 20, 7, "27"),
    ("cumulative", "up", 0, 100000, "100000"),
    ("zero", "down", 18, None, "0"),
    ("ratio", "ratio_to_1", 0.5, 1, "1"),
    ("signed_gap", "signed_gap", 8, 1, "1"),
    ("parity", "parity", 70, None, None),
    ("deliverable", "yes_no", None, None, None),
    ("multiply", "up", None, 3, None),
]


@pytest.mark.parametrize("kind, direction, baseline, value, expected", REACH)
def test_the_value_to_reach(kind, direction, baseline, value, expected):
    assert reach(spec(kind, direction, baseline, value)) == (None if expected is None else D(expected))


def test_of_a_conditional_target_the_kind_inside_is_reached():
    assert reach(spec("conditional", "up", 8, 3, inner_kind=Kind.MULTIPLY)) == 24


# One row per refusal of the rule: the case, and the field at which it is refused.
REFUSED = {
    "t = b": (spec("level", "up", 20, 20), "value"),
    "points of 0": (spec("points", "up", 20, 0), "value"),
    "zero from zero": (spec("zero", "down", 0, None), "baseline"),
    "a gap not smaller": (spec("signed_gap", "signed_gap", -8, 8), "value"),
    "a gap larger": (spec("signed_gap", "signed_gap", 3, 5), "value"),
    "a gap below 0": (spec("signed_gap", "signed_gap", 3, -1), "value"),
    "multiply from 0": (spec("multiply", "up", 0, 3), "value"),
    "relative from 0": (spec("relative", "up", 0, 30), "value"),
    "m = 0": (spec("multiply", "down", 8, 0), "value"),
    "m = 1": (spec("multiply", "up", 8, 1), "value"),
    "m above 1, falling": (spec("multiply", "down", 8, 2), "value"),
    "c = 0": (spec("relative", "up", 8, 0), "value"),
    "c = -100": (spec("relative", "down", 8, -100), "value"),
    "computed t over 100 %": (spec("multiply", "up", 40, 3), "value"),
    "computed t under 0": (spec("points", "down", 8, -10), "value"),
    "given t over 100 %": (spec("level", "up", 40, 101), "value"),
    "baseline over 100 %": (spec("level", "up", 140, 50), "baseline"),
    "zero where negative values occur": (spec("zero", "signed_gap", 8, None), "kind"),
    "zero of percentage points": (spec("zero", "down", 8, None, Unit.PERCENTAGE_POINTS), "kind"),
    "sum below baseline": (spec("cumulative", "up", 10, 5, Unit.COUNT, counts=True), "value"),
    "sum at baseline": (spec("cumulative", "up", 10, 10, Unit.COUNT, counts=True), "value"),
    "parity from inside the band": (spec("parity", "parity", 60, None), "baseline"),
    "due on the day of the baseline": (replace(LEVEL, due=START), "due"),
    "due before the baseline": (replace(LEVEL, due=date(2014, 1, 1)), "due"),
    "baseline in the future": (replace(LEVEL, baseline_date=date(2020, 2, 2)), "baseline_date"),
    "kind not for this direction": (spec("parity", "up", 70, None), "kind"),
    "level of a contextual indicator": (spec("level", "contextual", 3, 4, Unit.COUNT), "kind"),
    "women more than total": (replace(LEVEL, baseline_numerator=D(11), baseline_denominator=D(10)), "baseline_numerator"),
    "denominator zero": (replace(LEVEL, baseline_numerator=D(0), baseline_denominator=D(0)), "baseline_denominator"),
    "nothing to reach": (replace(LEVEL, value=None), "value"),
    "no baseline and no day for it": (replace(LEVEL, baseline=None), "baseline"),
    "baseline measured too late": (replace(LEVEL, baseline=None, baseline_date=None, baseline_due=DUE), "baseline_due"),
    "no due date": (replace(LEVEL, due=None), "due"),
    "a condition in a condition": (spec("conditional", "up", None, 3, inner_kind=Kind.CONDITIONAL), "inner_kind"),
    "no condition": (spec("conditional", "yes_no", None, None, inner_kind=Kind.DELIVERABLE), "condition"),
    "milestone on d0": (replace(LEVEL, milestones=(Milestone(START, D(24)),)), "milestones"),
    "milestone on d1": (replace(LEVEL, milestones=(Milestone(DUE, D(24)),)), "milestones"),
    "two on one day": (replace(LEVEL, milestones=(Milestone(date(2018, 1, 1), D(24)), Milestone(date(2018, 1, 1), D(25)))), "milestones"),
    "milestones that turn back": (replace(LEVEL, milestones=(Milestone(date(2017, 1, 1), D(25)), Milestone(date(2018, 1, 1), D(24)))), "milestones"),
    "milestones that stand still": (replace(LEVEL, milestones=(Milestone(date(2017, 1, 1), D(24)), Milestone(date(2018, 1, 1), D(24)))), "milestones"),
    "milestone at the target": (replace(LEVEL, milestones=(Milestone(date(2018, 1, 1), D(30)),)), "milestones"),
    "milestone at the baseline": (replace(LEVEL, milestones=(Milestone(date(2018, 1, 1), D(20)),)), "milestones"),
    "parity milestone inside the band": (replace(spec("parity", "parity", 70, None), milestones=(Milestone(date(2018, 1, 1), D(55)),)), "milestones"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_rule_refuses_is_refused_at_its_field(name):
    target, field = REFUSED[name]
    assert field in errors(target)


@pytest.mark.parametrize("name", REFUSED)
def test_every_refusal_can_be_printed_with_its_values(name):
    for problem in refusals(REFUSED[name][0], TODAY):
        assert problem.message % {key: str(value) for key, value in problem.values.items()}


ACCEPTED = {
    "level": LEVEL,
    "with milestones": replace(LEVEL, milestones=(Milestone(date(2018, 1, 1), D(24)), Milestone(date(2020, 1, 1), D(27)))),
    "share on its way to parity": spec("level", "parity", 19, 30),
    "parity with a milestone on either side": replace(
        spec("parity", "parity", 70, None), milestones=(Milestone(date(2017, 1, 1), D(65)), Milestone(date(2018, 1, 1), D(38)))
    ),
    "halve": spec("multiply", "down", 8, 0.5),
    "gap from below": spec("signed_gap", "signed_gap", -8, 1),
    "gap of nothing": spec("signed_gap", "signed_gap", 8, 0),
    "more than 100 of something else": spec("multiply", "up", 80, 2, Unit.COUNT),
    "baseline to be measured": replace(LEVEL, baseline=None, baseline_date=None, baseline_due=date(2016, 1, 1)),
    "deliverable without baseline": spec("deliverable", "yes_no", None, None, Unit.YES_NO, baseline_date=None),
    "conditional": spec(
        "conditional", "parity", None, None, inner_kind=Kind.PARITY, condition=Condition("below", D(40)), baseline_date=None
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_sound_target_has_no_problem(name):
    assert refusals(ACCEPTED[name], TODAY) == []


def test_a_draft_may_have_gaps_but_no_contradictions():
    empty = TargetSpec(Kind.LEVEL, Direction.UP, Unit.PERCENT)
    assert errors(empty, complete=False) == []
    assert errors(replace(empty, value=D(101)), complete=False) == ["value"]


def test_a_target_against_the_direction_is_a_question_and_not_an_error():
    found = refusals(spec("level", "up", 30, 20), TODAY)
    assert [(problem.field, problem.rank) for problem in found] == [("value", "warning")]


FIGURES = [
    ((date(2014, 12, 31), D(21)), ["on"]),
    ((date(2020, 2, 2), D(21)), ["on"]),
    ((date(2020, 2, 1), D(21)), []),
    ((date(2019, 1, 1), D(101)), ["value"]),
    ((date(2019, 1, 1), D(-1)), ["value"]),
    ((date(2019, 1, 1), None), []),
]


@pytest.mark.parametrize("figure, fields", FIGURES)
def test_a_figure_that_cannot_be_is_refused(figure, fields):
    assert [problem.field for problem in figure_refusals(LEVEL, *figure, TODAY)] == fields


def test_counts_behind_a_figure_and_negative_periods_are_refused():
    on = date(2019, 1, 1)
    assert [p.field for p in figure_refusals(LEVEL, on, D(50), TODAY, D(11), D(10))] == ["numerator"]
    assert [p.field for p in figure_refusals(LEVEL, on, None, TODAY, D(0), D(0))] == ["denominator"]
    counted = spec("cumulative", "up", 0, 100, Unit.COUNT, counts=True)
    assert [p.field for p in figure_refusals(counted, on, D(-1), TODAY)] == ["value"]


def test_a_ratio_may_have_more_women_than_men():
    ratio = spec("ratio", "ratio_to_1", 0.5, 1, Unit.RATIO, baseline_numerator=D(11), baseline_denominator=D(10))
    assert errors(ratio) == []


YEARS = {"baseline_date": date(2015, 12, 31), "baseline_is_year": True, "due": date(2020, 12, 31), "due_is_year": True}
SAID = [
    (spec("level", "parity", 19, 30, **YEARS), "Raise the share of women from 19% in 2015 to 30% by 2020"),
    (spec("level", "up", 19, 30), "Raise the share of women from 19% (2015-01-01) to 30% by 2022-01-01"),
    (spec("level", "down", 30, 19, **YEARS), "Reduce the share of women from 30% in 2015 to 19% by 2020"),
    (spec("level", "up", None, 30, **YEARS), "Raise the share of women to 30% by 2020"),
    (spec("level", "parity", None, 30, **YEARS), "Bring the share of women to 30% by 2020"),
    (spec("level", "parity", 19, 30, **{**YEARS, "baseline_date": None}), "Raise the share of women from 19% to 30% by 2020"),
    (spec("multiply", "up", 8, 3, Unit.COUNT, **YEARS), "Treble the share of women from 8 in 2015 to 24 by 2020"),
    (spec("multiply", "up", 8, 2, Unit.COUNT, **YEARS), "Double the share of women from 8 in 2015 to 16 by 2020"),
    (spec("multiply", "down", 8, 0.5, Unit.COUNT, **YEARS), "Halve the share of women from 8 in 2015 to 4 by 2020"),
    (spec("multiply", "up", 8, 4, Unit.COUNT, **YEARS), "Multiply the share of women by 4, from 8 in 2015 to 32 by 2020"),
    (spec("relative", "down", 200, -5, Unit.COUNT, **YEARS), "Reduce the share of women by 5%, from 200 in 2015 to 190 by 2020"),
    (spec("points", "up", 20, 7, **YEARS), "Raise the share of women by 7 points, from 20% in 2015 to 27% by 2020"),
    (spec("cumulative", "up", 0, 1000, Unit.COUNT, **YEARS), "Count up the share of women from 0 in 2015 to a total of 1000 by 2020"),
    (spec("zero", "down", 18, None, **YEARS), "Bring the share of women from 18% in 2015 to zero by 2020"),
    (spec("ratio", "ratio_to_1", 0.5, 1, Unit.RATIO, **YEARS), "Raise the share of women from 0.5 in 2015 to 1 by 2020"),
    (spec("parity", "parity", 70, None, **YEARS), "Bring the share of women from 70% in 2015 to between 40% and 60% by 2020"),
    (spec("signed_gap", "signed_gap", 8, 1, **YEARS), "Close the share of women from 8% in 2015 to at most 1% on either side by 2020"),
    (spec("deliverable", "yes_no", None, None, **YEARS), "Deliver the share of women by 2020"),
    (
        spec("deliverable", "yes_no", None, None, delivered=Written("an equality office is open"), **YEARS),
        "Deliver, by 2020: an equality office is open",
    ),
    (
        spec("conditional", "yes_no", None, None, inner_kind=Kind.DELIVERABLE, condition=Condition("below", D(40)),
             delivered=Written("a law on quotas", "en"), **YEARS),
        "If the figure falls below 40%, then: Deliver, by 2020: a law on quotas",
    ),
    (spec("level", "up", None, 30, due=None), "Raise the share of women to 30% by [a date not given]"),
    (
        spec("conditional", "parity", None, None, inner_kind=Kind.PARITY, condition=Condition("below", D(40)), **YEARS),
        "If the figure falls below 40%, then: Bring the share of women to between 40% and 60% by 2020",
    ),
]  # fmt: skip


@pytest.mark.parametrize("target, expected", SAID)
def test_the_sentence_is_computed_from_the_numbers(target, expected):
    assert said(target) == expected


def test_while_drafting_the_sentence_asks_what_is_delivered():
    empty = TargetSpec(Kind.DELIVERABLE, Direction.YES_NO, Unit.YES_NO)
    assert said(empty, gaps=True) == "Deliver, by [a due date]: [what is to be delivered]"


def test_while_drafting_the_sentence_shows_what_is_missing():
    empty = TargetSpec(Kind.MULTIPLY, Direction.UP, Unit.COUNT, value=D(3))
    assert said(empty, gaps=True) == (
        "Treble the share of women from [a baseline] ([a date]) to [a target] by [a due date]"
    )
