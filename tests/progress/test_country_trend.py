"""The country's own trend beside a government's target, and what is told of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from impact import i18n
from impact.actor import SYSTEM
from impact.champions.models import Champion
from impact.commitments.models import Commitment, Target
from impact.db import db, transaction
from impact.economies.operations import load_shipped
from impact.indicators.models import Indicator
from impact.indicators.operations import load_catalogue
from impact.progress.country_trend import Trend, trend_of
from impact.progress.peers_compared import country_said, editions_of
from tests.progress import makers

D = Decimal


def test_an_indicator_known_twice_comes_before_its_subindex() -> None:
    editions = [(2014, {"parl": 0.4, "political": 0.3}), (2018, {"parl": 0.6, "political": 0.35})]

    found = trend_of({"political", "parl"}, editions)

    assert found == Trend("parl", 2014, D("0.4"), 2018, D("0.6"), D("1"))
    # 0.05 a year, 0.4 to go: eight years on.
    assert (found.a_year, found.closes_in) == (D("0.05"), 2026)


def test_what_only_one_edition_knows_has_no_trend() -> None:
    assert trend_of({"parl"}, [(2018, {"parl": 0.6})]) is None
    only_area = trend_of({"parl", "political"}, [(2014, {"political": 0.5}), (2018, {"parl": 0.6, "political": 0.4})])
    assert only_area is not None and (only_area.part, only_area.closes_in) == ("political", None)


@pytest.mark.parametrize(("last", "closes"), [(1.0, None), (0.9, 2019), (0.5005, None)])
def test_a_gap_that_is_closed_or_takes_a_century_has_no_year(last: float, closes: int | None) -> None:
    found = trend_of({"parl"}, [(2014, {"parl": 0.5}), (2018, {"parl": last})])
    assert found is not None and found.closes_in == closes


def test_a_government_reads_the_trend_of_its_country(app: Flask) -> None:
    with time_machine.travel(makers.NOW, tick=False), transaction():
        load_catalogue(SYSTEM)
        load_shipped(SYSTEM)
    iceland = Champion(slug="iceland", name="Iceland", country="ISL", constituency="government", created_at=makers.NOW)
    target = Target(
        indicator=db.session.query(Indicator).filter_by(code="GGGI-PAR").one(), kind="level", due=date(2030, 12, 31)
    )
    Commitment(champion=iceland, headline="Parliament", created_at=makers.NOW).targets.append(target)
    with app.test_request_context("/en/"), i18n.force_locale("en"):
        assert country_said(target.indicator, editions_of(iceland)) == [
            "The country’s own trend in the gap index: Political empowerment went from 0.655 in 2014 to 0.674 in 2018 "
            "(at most 1.000 can be reached).",
            "At that pace its gap closes in 2090.",
        ]
        iceland.is_demonstration = True
        assert editions_of(iceland) == []
