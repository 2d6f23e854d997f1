"""What programs and crowds from one place try; whoever sends it is never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from impact.actor import Role
from impact.audit.models import AuditEntry
from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.pledges import counting, invalidating, operations, queries
from impact.pledges.models import Pledge
from tests.pledges.conftest import HOME, TakePledge, letters
from tests.progress import makers


def settings(app: Flask, **changes: Any) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], **changes)


def reasons() -> dict[str, int]:
    rows = db.session.execute(select(Pledge.invalid_because, func.count()).group_by(Pledge.invalid_because))
    return {row[0]: row[1] for row in rows}


def test_a_program_gets_no_letter_and_counts_for_nothing(pledged: TakePledge) -> None:
    pledge = pledged(is_bot=True)
    assert pledge is not None and pledge.invalid_because == "bot"
    assert letters("pledge_confirm") == []
    with transaction():
        operations.confirm(pledge)
        counting.fold()
    assert (queries.total(), pledge.is_confirmed) == (0, False)


def test_an_address_to_be_thrown_away_counts_for_nothing(pledged: TakePledge) -> None:
    pledge = pledged("x@mailinator.com")
    assert pledge is not None and pledge.invalid_because == "disposable"
    assert letters("pledge_confirm") == []


def test_beyond_the_limit_of_an_hour_a_network_counts_no_more(
    app: Flask, pledged: TakePledge, now: time_machine.Coordinates
) -> None:
    settings(app, pledge_network_hourly=3, pledge_network_daily=5)
    for number in range(5):
        pledged(f"p{number}@example.org", f"203.0.113.{number}")
    assert reasons() == {"": 3, "burst": 2}
    pledged("elsewhere@example.org", "198.51.100.1")
    assert reasons() == {"": 4, "burst": 2}
    now.shift(timedelta(hours=2))
    pledged("later@example.org", HOME)
    assert reasons() == {"": 4, "burst": 2, "sustained": 1}
    now.shift(timedelta(days=1))
    pledged("tomorrow@example.org", HOME)
    assert reasons()[""] == 5


@pytest.mark.parametrize(
    ("network", "visitor"),
    [
        ("203.0.112.0/23", HOME),
        ("203.0.112.0/23", f"::ffff:{HOME}"),
        # Far more /64 than anybody could list.
        ("2001:db8::/32", "2001:db8:ffff:fffe::7"),
    ],
)
def test_a_campus_behind_one_address_may_be_allowed(
    app: Flask, pledged: TakePledge, network: str, visitor: str
) -> None:
    settings(app, pledge_network_hourly=1, pledge_allowed_networks=("198.51.100.0/24", network))
    for number in range(4):
        pledged(f"p{number}@example.org", visitor)
    assert reasons() == {"": 4}
    for number in range(2):
        pledged(f"q{number}@example.org", "192.0.2.1")
    assert reasons() == {"": 5, "burst": 1}


def test_letters_to_a_country_are_slowed_and_nobody_is_lost(
    app: Flask, pledged: TakePledge, now: time_machine.Coordinates
) -> None:
    settings(app, pledge_country_hourly=2)
    for number in range(4):
        pledged(f"p{number}@example.org", f"203.0.{number}.1", country="RWA")
    assert len(letters("pledge_confirm")) == 2
    now.shift(timedelta(minutes=61))
    pledged("another@example.org", "198.51.100.1", country="FRA")
    assert len(letters("pledge_confirm")) == 5
    assert reasons() == {"": 5}


def confirmed(pledge: Pledge | None) -> None:
    assert pledge is not None
    with transaction():
        operations.confirm(pledge)


def test_a_rule_is_seen_beforehand_takes_out_what_it_says_and_can_be_undone(pledged: TakePledge) -> None:
    manager = makers.actor("manager", Role.PROGRAMME_MANAGER)
    for number in range(3):
        confirmed(pledged(f"p{number}@bad.example", country="RWA"))
    pledged("waiting@bad.example")
    confirmed(pledged("ana@example.org", country="RWA"))
    with transaction():
        counting.fold()
    rule = invalidating.rule_of("domain", "bad.example", 1)
    seen = invalidating.preview(rule, manager)
    assert (seen.pledges, seen.counted, seen.countries) == (4, 3, {"RWA": 3})
    assert queries.total() == 4
    with pytest.raises(Invalid, match="Say why"):
        invalidating.invalidate(rule, " ", manager)
    with transaction():
        made = invalidating.invalidate(rule, "All from one script.", manager)
        counting.fold()
    assert (queries.total(), made.removed) == (1, 4)
    db.session.rollback()
    assert counting.recount(mend=False).differences == ()
    with transaction():
        assert invalidating.undo(made, manager) == 4
        counting.fold()
    assert queries.total() == 4
    with pytest.raises(InvalidState, match="undone already"):
        invalidating.undo(made, manager)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "pledge_invalidation"))
    assert list(actions) == ["pledges_invalidated", "pledges_restored"]


def test_only_staff_who_may_take_pledges_out(app: Flask) -> None:
    reviewer = makers.actor("reviewer", Role.REVIEWER)
    rule = invalidating.rule_of("network", "0" * 16, 1)
    for attempt in (
        lambda: invalidating.preview(rule, reviewer),
        lambda: invalidating.invalidate(rule, "Because.", reviewer),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize(
    ("rule", "value", "days"), [("country", "RWA", 1), ("domain", "", 1), ("domain", "x", 0), ("domain", "x", 15)]
)
def test_a_rule_that_is_none_is_refused(app: Flask, rule: str, value: str, days: int) -> None:
    with pytest.raises(Invalid, match="1 to 14 days"):
        invalidating.rule_of(rule, value, days)


def test_bursts_are_listed_the_largest_first(pledged: TakePledge) -> None:
    for number in range(3):
        pledged(f"p{number}@one.example", HOME)
    pledged("x@two.example", "198.51.100.1")
    found = queries.bursts()
    assert [(burst.rule, burst.pledges) for burst in found] == [
        ("network", 3), ("network", 1), ("domain", 3), ("domain", 1),
    ]  # fmt: skip
    assert found[2].value == "one.example" and HOME not in found[0].value
