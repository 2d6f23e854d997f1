"""A pledge from the form to the count, and away again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotFound
from impact.jobs import Job, run_waiting
from impact.mail import Letter
from impact.pledges import counting, keeping, keys, operations, queries
from impact.pledges.models import NetworkKey, Pledge
from tests.pledges.conftest import NOW, TakePledge, letters


def confirmed(pledge: Pledge | None) -> Pledge:
    assert pledge is not None
    with transaction():
        operations.confirm(pledge)
        counting.fold()
    return pledge


def test_a_pledge_counts_when_the_button_is_pressed_and_not_before(pledged: TakePledge) -> None:
    pledge = pledged(country="RWA", gender="man")
    with transaction():
        counting.fold()
    assert queries.total() == 0
    confirmed(pledge)
    confirmed(pledge)
    assert queries.total() == 1
    assert pledge is not None and pledge.confirmed_at == NOW


def test_the_same_mailbox_counts_once_however_it_is_spelled(pledged: TakePledge) -> None:
    confirmed(pledged("ana.li@gmail.com"))
    for spelling in ("Ana.Li@gmail.com", "anali+x@googlemail.com", "ANALI@GMAIL.COM"):
        confirmed(pledged(spelling))
    assert queries.total() == db.session.scalar(select(func.count()).select_from(Pledge)) == 1


def test_what_was_not_confirmed_is_said_anew_and_what_was_stays(pledged: TakePledge) -> None:
    pledged(country="FRA")
    pledge = pledged(country="RWA")
    assert pledge is not None and pledge.country == "RWA"
    confirmed(pledge)
    pledge = pledged(country="FRA", gender="woman")
    assert pledge is not None and (pledge.country, pledge.gender) == ("RWA", "")


def test_nothing_in_the_database_tells_who_pledged_without_letters(pledged: TakePledge) -> None:
    pledged("Ana.Li@example.org", name="Ana Li", gender="other", self_described="genderqueer")
    confirmed(pledged("ana.li@example.org"))
    told = ""
    for table in ("pledge", "letter", "job", "audit_entry", "pledge_change", "pledge_count"):
        told += " ".join(str(tuple(row)) for row in db.session.execute(text(f"SELECT * FROM {table}")))  # noqa: S608
    assert "ana" not in told.lower() and "genderqueer" not in told
    # Its link is not there either.
    pledge = db.session.scalars(select(Pledge)).one()
    assert keys.link(pledge.public_id) not in told


def test_the_address_is_kept_sealed_for_who_wants_letters_until_they_are_stopped(pledged: TakePledge) -> None:
    pledge = pledged(wants_letters=True)
    assert pledge is not None and "@" not in pledge.email and keys.opened(pledge.email) == "ana@example.org"
    with transaction():
        operations.stop_letters(pledge)
    assert (pledge.email, pledge.wants_letters) == ("", False)


def test_no_letters_below_the_age(pledged: TakePledge) -> None:
    pledge = pledged(wants_letters=True, age="under_16")
    assert pledge is not None and (pledge.email, pledge.wants_letters) == ("", False)


def test_withdrawn_the_row_is_gone_and_the_count_goes_down(pledged: TakePledge) -> None:
    pledge = confirmed(pledged())
    with transaction():
        operations.withdraw(pledge)
        counting.fold()
    assert (queries.total(), db.session.scalar(select(func.count()).select_from(Pledge))) == (0, 0)
    with pytest.raises(NotFound):
        operations.by_key(keys.link("abcdefghjk"))


def test_a_pledge_that_was_never_counted_takes_nothing_away(pledged: TakePledge) -> None:
    confirmed(pledged("bea@example.org"))
    pledge = pledged()
    assert pledge is not None
    with transaction():
        operations.withdraw(pledge)
        counting.fold()
    assert queries.total() == 1


def test_five_letters_at_most_go_to_a_mailbox_and_ten_minutes_apart(
    pledged: TakePledge, now: time_machine.Coordinates
) -> None:
    for _time in range(3):
        pledged()
    assert len(letters("pledge_confirm")) == 1
    for _time in range(9):
        now.shift(timedelta(minutes=11))
        pledged()
        with transaction():
            operations.send_link("ana@example.org", "en")
    assert len(letters("pledge_confirm")) == 5


def test_the_lasting_link_is_sent_again_and_a_stranger_s_address_gets_nothing(
    pledged: TakePledge, now: time_machine.Coordinates
) -> None:
    confirmed(pledged())
    now.shift(timedelta(minutes=11))
    before = db.session.scalar(select(func.count()).select_from(Letter))
    for email in ("ana@example.org", "nobody@example.org"):
        with transaction():
            operations.send_link(email, "en")
    run_waiting()
    assert len(letters("pledge_link")) == 1
    assert db.session.scalar(select(func.count()).select_from(Letter)) == (before or 0) + 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "ana"}, "email"),
        ({"country": "XYZ"}, "country"),
        ({"gender": "x"}, "gender"),
        ({"age": "x"}, "age"),
        ({"name": "a" * 121}, "name"),
        ({"gender": "other", "self_described": "a" * 121}, "self_described"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(app: Flask, given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        operations.take(operations.Given(**{"email": "ana@example.org", "language": "en", **given}), "192.0.2.1")
    assert set(refusal.value.problems) == {field}


def test_a_switch_stops_it(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], pledges_open=False)
    with pytest.raises(InvalidState, match="No pledges are taken"):
        operations.take(operations.Given(email="ana@example.org", language="en"), "192.0.2.1")
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == operations.SEND)) == 0


def test_after_fourteen_days_what_nobody_confirmed_is_forgotten(
    pledged: TakePledge, now: time_machine.Coordinates
) -> None:
    confirmed(pledged("bea@example.org"))
    pledged()
    # Set aside, and so never confirmed.
    pledged("x@mailinator.com")
    with transaction():
        # Of one letter the mail server would not hear for days.
        stuck = letters("pledge_confirm")[0]
        stuck.to_email, stuck.text, stuck.sent_at = "bea@example.org", "http://127.0.0.1/en/pledge/mine/x.y", None
    now.shift(timedelta(days=13))
    with transaction():
        assert keeping.forget()["unconfirmed pledges"] == 0
    now.shift(timedelta(days=2))
    with transaction():
        removed = keeping.forget()
    assert removed == {
        "unconfirmed pledges": 2,
        "networks and providers": 1,
        "letters that were not sent": 1,
        "keys of networks": 1,
    }
    assert {letter.to_email for letter in letters("pledge_confirm")} == {""}
    assert "/pledge/mine/" not in " ".join(letter.text for letter in letters("pledge_confirm"))
    left = db.session.scalars(select(Pledge)).one()
    assert (left.is_confirmed, left.network, left.domain) == (True, "", "")
    assert db.session.scalar(select(func.count()).select_from(NetworkKey)) == 0
    assert queries.total() == 1
