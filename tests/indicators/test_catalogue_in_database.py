"""The catalogue in the database: loaded once, never deleted."""

import pytest
from flask import Flask

from impact.actor import ANYONE, SYSTEM
from impact.db import transaction
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.indicators import operations, queries
from impact.indicators.catalogue import catalogue


def test_loading_twice_doubles_nothing_and_keeps_what_staff_changed(app: Flask) -> None:
    with transaction():
        assert operations.load_catalogue(SYSTEM) == len(catalogue())
    with transaction():
        operations.retire_indicator(queries.indicator_by_code("HFS-U3"), "Use SHE-A instead.", SYSTEM)
    with transaction():
        assert operations.load_catalogue(SYSTEM) == 0
    assert queries.indicator_by_code("HFS-U3").retired_reason == "Use SHE-A instead."
    assert len(queries.all_indicators()) == len(catalogue())


def test_a_retired_indicator_is_not_offered_but_stays_readable(app: Flask) -> None:
    with transaction():
        operations.load_catalogue(SYSTEM)
        indicator = queries.indicator_by_code("HFS-U3")
        operations.retire_indicator(indicator, "Merged.", SYSTEM)
    assert "HFS-U3" not in {row.code for row in queries.for_constituency("university")}
    assert queries.indicator_by_slug(indicator.slug).code == "HFS-U3"
    with pytest.raises(InvalidState):
        operations.retire_indicator(indicator, "Again.", SYSTEM)


def test_retiring_needs_a_reason_and_a_role(app: Flask) -> None:
    with transaction():
        operations.load_catalogue(SYSTEM)
    indicator = queries.indicator_by_code("HFS-C1")
    with pytest.raises(Invalid, match="reason"):
        operations.retire_indicator(indicator, " ", SYSTEM)
    with pytest.raises(NotAllowed):
        operations.retire_indicator(indicator, "Because.", ANYONE)
    with pytest.raises(NotAllowed):
        operations.load_catalogue(ANYONE)
