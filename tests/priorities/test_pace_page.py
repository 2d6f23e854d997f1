"""An organisation's own page of paces: what it says, of whom, and to whom."""

from __future__ import annotations

import pytest
from flask import Flask

from impact import i18n
from impact.champions.models import Champion
from impact.priorities import pace_page
from tests.priorities.makers import a_catalogue, a_figure, a_promise, an_organisation


@pytest.fixture
def university(app: Flask) -> Champion:
    """With nine others of its kind: a year after the same start they stand one to nine points higher."""
    a_catalogue()
    mine = an_organisation("University of Ours", constituency="university")
    a_figure(a_promise(mine, "IMP-PROF", "20"), "23.5", 235, 1000)
    for points in range(1, 10):
        other = an_organisation(f"Other {points}", constituency="university")
        a_figure(a_promise(other, "IMP-PROF", "20"), str(20 + points), 200 + 10 * points, 1000)
    return mine


def said(champion: Champion) -> list[str]:
    (row,) = pace_page.shown(champion)
    return list(row.comparison)


def test_a_pace_is_set_beside_nine_others_without_a_name(app: Flask, university: Champion) -> None:
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert said(university) == [
            "9 other universities promised the same: their pace towards the target is 5 percentage points a year in "
            "the middle, 7 percentage points at the upper quarter.",
            "Your pace is in the second quarter of theirs, below the middle.",
        ]


def test_others_of_another_constituency_or_another_indicator_do_not_count(app: Flask, university: Champion) -> None:
    company = an_organisation("A Company", constituency="corporation")
    a_figure(a_promise(company, "IMP-PROF", "20"), "40", 400, 1000)
    elsewhere = an_organisation("Elsewhere", constituency="university")
    a_figure(a_promise(elsewhere, "IMP-TRAIN", "20"), "40", 400, 1000)
    made_up = an_organisation("Made up", constituency="university", is_demonstration=True)
    a_figure(a_promise(made_up, "IMP-PROF", "20"), "40", 400, 1000)
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert said(university)[0].startswith("9 other universities")
        assert said(company) == []


def test_seven_others_are_too_few(app: Flask) -> None:
    a_catalogue()
    mine = an_organisation("University of Ours", constituency="university")
    a_figure(a_promise(mine, "IMP-PROF", "20"), "23.5", 235, 1000)
    for points in range(1, 8):
        other = an_organisation(f"Other {points}", constituency="university")
        a_figure(a_promise(other, "IMP-PROF", "20"), str(20 + points), 200 + 10 * points, 1000)
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert said(mine) == []
