"""The counts are those of the rows, whatever happened in between."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from impact import clock
from impact.db import db, transaction
from impact.pledges import counting, operations, queries
from impact.pledges.models import Pledge, PledgeChange, PledgeCount


def some(number: int, **values: object) -> None:
    """As many rows, without their letters."""
    db.session.execute(
        insert(Pledge),
        [
            {
                "address_key": f"{serial:064d}", "public_id": f"id{serial}", "language": "en", "created_at": clock.now(),
                "country": ("RWA", "FRA", "")[serial % 3], "gender": ("", "woman", "man", "other")[serial % 4], **values,
            }
            for serial in range(number)
        ],
    )  # fmt: skip


def test_counts_follow_a_long_story_of_pledges_and_withdrawals(app: Flask) -> None:
    chance = random.Random(20261125)
    with transaction():
        some(120)
    for step in range(300):
        with transaction():
            pledges = db.session.scalars(select(Pledge)).all()
            pledge = chance.choice(pledges)
            (operations.withdraw if chance.random() < 0.2 and len(pledges) > 40 else operations.confirm)(pledge)
            if step % 17 == 0:
                counting.fold()
    found = counting.recount(mend=False)
    assert found.differences == () and found.rows == found.counted > 30
    with transaction():
        counting.fold()
    assert db.session.scalar(select(func.count()).select_from(PledgeChange)) == 0
    assert queries.total() == found.rows


def test_a_fault_in_the_counts_is_named_and_put_right(app: Flask) -> None:
    with transaction():
        some(9, confirmed_at=clock.now())
        db.session.execute(insert(PledgeCount).values(country="RWA", gender="man", count=7))
        counting.note("FRA", "woman", 1)
    db.session.rollback()
    runner = app.test_cli_runner()
    checked = runner.invoke(args=["pledges", "recount", "--check"])
    assert checked.exit_code == 1
    assert "RWA      man        counted 7, rows 1" in checked.output
    assert queries.total() == 7
    done = runner.invoke(args=["pledges", "recount"])
    assert (done.exit_code, "9 pledges, 8 counted before." in done.output) == (0, True)
    assert queries.total() == 9
    assert runner.invoke(args=["pledges", "recount", "--check"]).exit_code == 0
    by: dict[str, dict[str, int]] = {"country": {}, "gender": {}}
    for name, column in (("country", PledgeCount.country), ("gender", PledgeCount.gender)):
        for value, count in db.session.execute(select(column, func.sum(PledgeCount.count)).group_by(column)):
            by[name][value] = count
    assert by["country"] == {"RWA": 3, "FRA": 3, "": 3}
    assert sum(by["gender"].values()) == sum(by["country"].values()) == 9 and "" in by["gender"]


def test_after_a_kill_between_confirming_and_counting_nothing_is_lost_or_doubled(app: Flask) -> None:
    with transaction():
        some(3)
    with transaction():
        for pledge in db.session.scalars(select(Pledge)):
            operations.confirm(pledge)
    # The job dies in the middle: what it did is undone with its transaction.
    counting.fold()
    assert queries.total() == 3
    db.session.rollback()
    assert (queries.total(), db.session.scalar(select(func.count()).select_from(PledgeChange))) == (0, 3)
    with transaction():
        counting.fold()
        counting.fold()
    assert queries.total() == 3


def test_only_so_many_changes_are_folded_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    with transaction():
        for _time in range(5):
            counting.note("RWA", "", 1)
    folded = []
    for _time in range(4):
        with transaction():
            folded.append(counting.fold())
    assert folded == [2, 2, 1, 0] and queries.total() == 5
