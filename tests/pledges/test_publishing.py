"""The published counts hide small groups, also from a subtraction, and add up."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from impact.db import db, transaction
from impact.pledges.models import PledgeCount
from impact.pledges.publishing import published


@pytest.mark.parametrize(
    ("counts", "cells", "together", "hidden"),
    [
        ({}, (), 0, 0),
        ({"A": 40, "B": 12}, (("A", 40), ("B", 12)), 0, 0),
        ({"A": 40, "B": 12, "C": 3, "D": 9}, (("A", 40), ("B", 12)), 12, 2),
        ({"A": 40, "B": 12, "C": 3}, (("A", 40),), 15, 2),
        ({"A": 40, "B": 12, "C": 3, "D": 2}, (("A", 40),), 17, 3),
        ({"A": 3}, (), 3, 1),
        ({"A": 12, "B": 0, "C": -1}, (("A", 12),), 0, 0),
    ],
)
def test_small_cells_are_told_together(
    counts: dict[str, int], cells: tuple[tuple[str, int], ...], together: int, hidden: int
) -> None:
    found = published(counts, 10)
    assert (found.cells, found.together, found.hidden) == (cells, together, hidden)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=12), st.integers(2, 15))
def test_nothing_small_is_shown_nothing_hides_alone_and_the_total_holds(counts: dict[str, int], threshold: int) -> None:
    found = published(counts, threshold)
    assert found.total == sum(counts.values())
    assert all(count >= threshold for _name, count in found.cells)
    # One hidden cell alone would be the total less what is shown; it may only stand where nothing else could join it.
    assert found.hidden != 1 or not found.cells
    assert not found.hidden or found.together >= threshold or not found.cells


def test_the_page_shows_a_table_of_each(app: Flask, client: FlaskClient) -> None:
    assert "Nobody has confirmed a pledge here yet." in client.get("/en/pledge/numbers").text
    with transaction():
        db.session.execute(
            insert(PledgeCount),
            [
                {"country": "RWA", "gender": "man", "count": 1200},
                {"country": "FRA", "gender": "woman", "count": 30},
                {"country": "", "gender": "", "count": 11},
                {"country": "LIE", "gender": "other", "count": 2},
                {"country": "NAM", "gender": "woman", "count": 4},
            ],
        )
    text = " ".join(client.get("/en/pledge/numbers").text.split())
    assert "1,247 people" in text and "<td>1,200</td>" in text.replace(' class="number"', "")
    assert "Liechtenstein" not in text and "Namibia" not in text
    assert "6 more in 2 other places" not in text and "17 more in 3 other places" in text
    assert "Men and boys" in text and "Self-described" not in text
    for language in ("fr", "ar"):
        assert client.get(f"/{language}/pledge/numbers").status_code == 200
