"""Paces in sentences."""

from __future__ import annotations

from decimal import Decimal

from flask import Flask

from impact import i18n
from impact.progress.pace import pace
from impact.progress.pace_words import change_words, parity_at_that_pace, parity_at_this_pace
from impact.progress.values_shown import expected
from tests.progress.test_pace import case_of

PAY_GAP = case_of("signed_gap", "signed_gap", 16, 8, 12)
SHARE = case_of("level", "parity", 20, 30, 24)


def test_the_parity_of_a_pay_gap_is_no_band_of_a_share(app: Flask) -> None:
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert parity_at_this_pace(pace(PAY_GAP), PAY_GAP) == ["At this pace parity comes in 2032."]
        assert parity_at_that_pace(pace(PAY_GAP), PAY_GAP) == ["At that pace parity would come in 2044."]


def test_parity_of_a_share_is_told_at_the_pace_so_far_and_at_the_pace_needed(app: Flask) -> None:
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert parity_at_this_pace(pace(SHARE), SHARE) == ["At this pace parity (40% to 60%) comes in 2036."]
        assert parity_at_that_pace(pace(SHARE), SHARE) == ["At that pace parity (40% to 60%) would come in 2041."]


def test_with_a_forecast_the_year_of_parity_is_that_of_its_line(app: Flask) -> None:
    # 20, 27, 28 every four years: 1 point a year by the line, which is at 29 in 2024; 40 takes 11 years more.
    bent = case_of("level", "parity", 20, 30, 27, 28)
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert parity_at_this_pace(pace(bent), bent) == ["At this pace parity (40% to 60%) comes in 2035."]


def test_people_are_counted_whole(app: Flask) -> None:
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert change_words(Decimal("1003.43"), "count") == "1,003"
        assert change_words(Decimal("2.43"), "count") == "2.4"
        assert change_words(Decimal("2.43"), "percent") == "2.4 percentage points"
    assert expected(12819.2, "count") == 12819
    assert expected(29.25, "percent") == Decimal("29.25")
