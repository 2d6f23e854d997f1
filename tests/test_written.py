"""Numbers and their units, as every page, letter and report writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from impact import i18n, written
from reports.words import Words


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1", "percentage_points", "1 percentage point"),
        ("-1", "percentage_points", "−1 percentage point"),
        ("1.5", "percentage_points", "1.5 percentage points"),
        ("0", "weeks", "0 weeks"),
        ("1", "weeks", "1 week"),
        ("1", "money", "1 US dollar"),
        ("1", "per_1000", "1 per 1,000"),
    ],
)
def test_one_of_a_unit_is_said_in_the_singular(app: Flask, value: str, unit: str, said: str) -> None:
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert i18n.value_with_unit(Decimal(value), unit) == said
    assert Words("en").amount(Decimal(value), unit).replace(written.NO_BREAK, " ") == said


def test_a_minus_stays_on_the_left_of_its_number_between_arabic_words(app: Flask) -> None:
    with app.test_request_context("/ar/"), i18n.force_locale("ar"):
        assert i18n.number(Decimal("-1.5")) == "\u200e−1.5"
        assert i18n.number(Decimal("1.5")) == "1.5"
    with app.test_request_context("/fr/"), i18n.force_locale("fr"):
        assert i18n.number(Decimal("-1.5")) == "−1,5"
