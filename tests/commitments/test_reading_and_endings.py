"""What the staff read of a champion's commitment, and how what is in force comes to its end."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from impact import clock
from impact.actor import SYSTEM, Role
from impact.champions.models import Champion
from impact.commitments import amendments, endings
from impact.commitments.models import Commitment
from impact.db import db, transaction
from tests.champions.makers import champion, person, post, sign_in, token_in
from tests.commitments.test_life_of_a_commitment import World
from tests.commitments.test_pages_of_commitments import (
    PERIOD,
    WORDS,
    browser_of,
    fill,
    made,
    the_commitment,
    written,
)

__all__ = ["made"]


def staff(app: Flask, *roles: Role) -> Any:
    client = app.test_client()
    sign_in(client, person(f"{roles[0].value}@unwomen.example", *roles))
    return client


def signed(writer: Any, leader: Any, path: str) -> None:
    assert writer.post(f"{path}/send", data={"csrf_token": token_in(writer.get(path))}).status_code == 303
    page = leader.get(path)
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    assert digest
    answer = leader.post(f"{path}/sign", data={"csrf_token": token_in(page), "digest": digest[1]})
    assert answer.status_code == 303


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.PROGRAMME_MANAGER])
def test_the_staff_read_what_was_submitted_and_nothing_before(app: Flask, made: Champion, role: Role) -> None:
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    reader = staff(app, role)
    assert reader.get(path).status_code == 404
    signed(writer, leader, path)
    answer = reader.get(path)
    assert answer.status_code == 200
    assert "More women professors" in answer.text and "Half the talent." in answer.text
    assert "Raise the share of women among full professors from 19%" in answer.text
    assert "Signed by the leader and submitted" in answer.text
    for hidden in ("Change the text", "Sign and submit", "Withdraw", "Target added", "Send to the leader"):
        assert hidden not in answer.text
    assert reader.get(f"{path}/edit").status_code == 403


def test_a_text_being_rewritten_is_read_as_it_was_submitted(app: Flask, made: Champion) -> None:
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    signed(writer, leader, path)
    with transaction():
        # Returned by a reviewer; how that is done is the review room's affair.
        db.session.execute(db.update(Commitment).values(state="returned"))
    assert fill(writer, f"{path}/edit", {**WORDS, **PERIOD, "headline": "Not yet signed"}).status_code == 303
    text = staff(app, Role.REVIEWER).get(path).text
    assert "More women professors" in text and "Not yet signed" not in text
    assert "You read the text as it was last submitted" in text
    assert "Not yet signed" in writer.get(path).text


def test_others_are_told_that_there_is_no_such_page(app: Flask, made: Champion) -> None:
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    signed(writer, leader, path)
    stranger = browser_of(app, champion("Other University"), Role.COORDINATOR)
    assert stranger.get(path).status_code == 404
    assert app.test_client().get(path).status_code == 303
    assert staff(app, Role.REVIEWER).get(path.replace(made.slug, "other-university")).status_code == 404


def test_an_approver_completes_what_is_in_force_with_a_reason(app: Flask, made: Champion) -> None:
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    signed(writer, leader, path)
    with transaction():
        found = the_commitment()
        db.session.execute(
            db.update(Commitment).values(
                state="published", published_at=clock.now(), approved_at=clock.now(), approved_by_id=found.created_by_id
            )
        )
    approver, reviewer = staff(app, Role.APPROVER), staff(app, Role.REVIEWER)
    assert "Mark as completed" not in reviewer.get(path).text
    token = token_in(reviewer.get("/en/account"))
    assert reviewer.post(f"{path}/end/complete", data={"reason": "Done.", "csrf_token": token}).status_code == 403
    assert post(approver, f"{path}/end/complete", {"reason": " "}, page=path).status_code == 422
    assert post(approver, f"{path}/end/withdraw", {"reason": "No."}, page=path).status_code == 404
    assert post(approver, f"{path}/end/complete", {"reason": "All was reached."}, page=path).status_code == 303
    commitment = the_commitment()
    assert (commitment.state, commitment.ended_reason) == ("completed", "All was reached.")
    assert "All was reached." in app.test_client().get(f"/en/commitments/{commitment.public_id}").text


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def in_force(monkeypatch: pytest.MonkeyPatch) -> tuple[World, Commitment]:
    """A commitment of 1 January 2015 to 1 January 2019: 180 days later it is 30 June 2019."""
    at(monkeypatch, date(2018, 6, 1))
    world = World()
    return world, world.published()


def test_a_commitment_expires_half_a_year_after_its_end_and_not_a_day_sooner(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _world, commitment = in_force(monkeypatch)
    assert endings.expires_on(commitment) is None
    at(monkeypatch, date(2019, 1, 2))
    assert endings.expires_on(commitment) == date(2019, 6, 30)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["commitments", "expire", "--on", "2019-06-30"]).output == "0 expired.\n"
    said = runner.invoke(args=["commitments", "expire", "--on", "2019-07-01"]).output
    assert said == f"{commitment.public_id}  ended 2019-01-01  More women professors\n1 expired.\n"
    db.session.expire_all()
    assert commitment.state == "expired"
    assert runner.invoke(args=["commitments", "expire", "--on", "2019-07-02"]).output == "0 expired.\n"
    page = app.test_client().get(f"/en/commitments/{commitment.public_id}").text
    assert "Its period has ended, and within half a year nobody had it completed." in page


def test_an_amendment_under_way_is_waited_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    world, commitment = in_force(monkeypatch)
    with transaction():
        amendments.start_amendment(commitment, world.writer)
    with transaction():
        assert endings.expire_overdue(SYSTEM, date(2020, 1, 1)) == []


def test_what_was_recorded_from_a_public_source_never_expires(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _world, commitment = in_force(monkeypatch)
    with transaction():
        commitment.is_recorded, commitment.recorded_source = True, "A speech"
    with transaction():
        assert endings.expire_overdue(SYSTEM, date(2030, 1, 1)) == []
    assert endings.expires_on(commitment) is None
