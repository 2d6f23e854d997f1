"""The sum behind a status as it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from reports import sums
from reports.snapshot_types import Settings
from reports.target_facts import Baseline, IndicatorFacts, TargetFacts, Verdict
from reports.values import Number, Sentence, Text
from reports.words import Words

SHARE = IndicatorFacts("X", Text("en", "x"), "percent", "up")


def target(kind: str, b: str, t: str | None) -> TargetFacts:
    return TargetFacts(
        kind=kind,
        sentence=Sentence("x"),
        indicator=SHARE,
        verdict=Verdict("on_track"),
        baseline=Baseline(D(b), date(2016, 1, 1)),
        value=None if t is None else D(t),
        on=date(2020, 1, 1),
    )


@pytest.mark.parametrize(
    ("kind", "b", "t", "x", "formula"),
    [
        ("level", "20", "30", "26", "(26.0 − 20.0) ÷ (30.0 − 20.0) = 6.0 ÷ 10.0"),
        ("zero", "18", "0", "12", "(12.0 − 18.0) ÷ (0.0 − 18.0) = −6.0 ÷ −18.0"),
        ("parity", "70", None, "63", "(10.0 − 3.0) ÷ 10.0 = 7.0 ÷ 10.0"),
        ("parity", "35", None, "67", "(5.0 − 7.0) ÷ 5.0 = −2.0 ÷ 5.0"),
        ("signed_gap", "8", "1", "-3", "(8.0 − 3.0) ÷ (8.0 − 1.0) = 5.0 ÷ 7.0"),
    ],
)
def test_the_distance_is_written_out_with_its_numbers(kind: str, b: str, t: str | None, x: str, formula: str) -> None:
    verdict = Verdict("on_track", value=D(x), value_on=date(2018, 1, 1))
    assert sums.distance(target(kind, b, t), verdict, Settings(), Words("en")) == formula


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        ("0.9496", "0.9496"),
        ("0.95", "0.95"),
        ("0.9389", "0.94"),
        ("0.5999", "0.5999"),
        ("0.60", "0.60"),
        ("1.0996", "1.10"),
    ],
)
def test_a_ratio_is_printed_with_the_places_that_decided(ratio: str, printed: str) -> None:
    verdict = Verdict("on_track", D("0.5"), D("0.5"), D(ratio), D(26), date(2018, 1, 1))
    rows = sums.rows(target("level", "20", "30"), verdict, Settings(), Words("en"))
    assert rows[2].result == printed


def test_the_time_is_counted_in_days() -> None:
    verdict = Verdict("on_track", value=D(26), value_on=date(2018, 1, 1))
    assert sums.time(target("level", "20", "30"), verdict, Words("en")) == "731 ÷ 1,461 days"


def test_what_is_not_known_is_said_in_words() -> None:
    rows = sums.rows(target("level", "20", "30"), Verdict("cannot_say"), Settings(), Words("en"))
    assert [row.result for row in rows] == ["not known"] * 3


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "24.1\u00a0per\u00a0cent"), ("fr", "24,1\u00a0pour\u00a0cent"), ("ar", "24.1\u00a0في\u00a0المائة")],
)
def test_a_sentence_is_made_from_its_values(language: str, written: str) -> None:
    sentence = Sentence("%(a)s", {"a": Number(D("24.0786"), "percent")})
    assert Words(language).say(sentence) == written


def test_the_sum_of_a_conditional_target_starts_at_the_figure_that_met_the_condition() -> None:
    boards = replace(target("conditional", "41", "43"), begins=Baseline(D(36), date(2017, 1, 1)))
    verdict = Verdict("slightly_behind", D(3) / 7, D("0.5"), D(6) / 7, D(39), date(2018, 7, 2))
    rows = sums.rows(boards, verdict, Settings(), Words("en"))
    assert [(row.formula, row.result) for row in rows] == [
        ("(39.0 − 36.0) ÷ (43.0 − 36.0) = 3.0 ÷ 7.0", "42.9%"),
        ("547 ÷ 1,095 days", "50.0%"),
        ("42.9 ÷ 50.0", "0.86"),
    ]


def test_a_thing_to_deliver_in_one_piece_has_two_days_and_nothing_is_divided() -> None:
    office = replace(target("deliverable", "0", None), delivered_on=date(2019, 12, 31))
    rows = sums.rows(office, Verdict("reached"), Settings(), Words("en"))
    assert [(row.name, row.formula, row.result) for row in rows] == [
        ("Due", "1\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2020", ""),
        ("Done", "31\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2019", ""),
    ]


def test_a_minus_keeps_its_side_between_arabic_words() -> None:
    assert Words("ar").with_sign(D("-0.8"), "percentage_points") == "\u2066−0.8\u2069"
    assert Words("ar").value(D("0.8"), "percentage_points") == "0.8"
    assert Words("en").value(D("-0.8"), "percentage_points") == "−0.8"
