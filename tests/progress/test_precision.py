"""0.9496 must not read as 95 per cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask, render_template_string

from impact.progress.precision import in_hundredths

LIMITS = (Decimal("0.95"), Decimal("0.60"), Decimal("0.10"), Decimal("-0.02"))


@pytest.mark.parametrize(
    "share, printed",
    [
        ("0.9496", "94.96"),
        ("0.94996", "94.996"),
        ("0.95", "95"),
        ("0.9512", "95"),
        ("0.8402", "84"),
        ("0.5999", "59.99"),
        ("0.596", "59.6"),
        ("-0.4", "-40"),
        ("-0.0204", "-2.04"),
        ("1.0996", "110"),
    ],
)
def test_a_printed_share_stays_on_its_side_of_the_limit(share: str, printed: str) -> None:
    assert str(in_hundredths(Decimal(share), LIMITS)) == printed


LIMITS_OF_THE_PACE = (Decimal("0.95"), Decimal("0.60"))
PAGE = (
    '{% from "progress/status.html" import target_status with context %}'
    "{{ target_status(code, p, e, r, limits=limits, original=original, override=override,"
    ' override_reason="Records burnt.", reason=reason) }}'
)


def shown(app: Flask, **values: object) -> str:
    given = {"p": None, "e": None, "r": None, "original": "", "override": "", "reason": "", **values}
    with app.test_request_context("/en/"):
        return render_template_string(PAGE, limits=LIMITS_OF_THE_PACE, **given)


def test_the_deciding_comparison_is_printed_beside_the_status(app: Flask) -> None:
    page = shown(app, code="slightly_behind", p=Decimal("0.6000"), e=Decimal("0.7141"), r=Decimal("0.9496"))
    assert "Slightly behind means a pace from 60% to below 95%. Here: 94.96%." in page
    assert "60% of the way in 71% of the time." in page


def test_another_status_and_the_original_one_stand_beside_the_computed_one(app: Flask) -> None:
    page = shown(
        app,
        code="far_behind",
        p=Decimal("0.2"),
        e=Decimal("0.6"),
        r=Decimal("0.3333"),
        original="not_reached",
        override="on_track",
    )
    assert "Far behind" in page and "Not reached" in page and "On track" in page and "Records burnt." in page


def test_cannot_say_gives_its_reason(app: Flask) -> None:
    assert "There is no starting point yet." in shown(app, code="cannot_say", reason="There is no starting point yet.")
