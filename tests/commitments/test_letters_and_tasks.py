"""Who hears that a commitment waits for them: by letter, and under “Waiting for you”."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from impact.actor import Actor
from impact.commitments import operations
from impact.commitments.models import Commitment
from impact.commitments.waiting import tasks_for
from impact.db import db, transaction
from impact.i18n import say
from impact.mail import Letter
from tests.commitments.test_life_of_a_commitment import World


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def sent(world: World) -> Commitment:
    commitment = world.complete()
    with transaction():
        operations.send_to_leader(commitment, world.writer)
    return commitment


def letters(template: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.template == template).order_by(Letter.id)))


def tasks(world: World, actor: Actor) -> list[str]:
    return [say(task.message, task.values) for task in tasks_for(world.champion, actor)]


def test_the_leader_hears_that_a_commitment_waits_for_the_signature(world: World) -> None:
    commitment = sent(world)
    [letter] = letters("commitment_to_sign")
    assert (letter.to_email, letter.subject) == ("leader@example.org", "To sign: “More women professors”")
    assert f"/en/organisations/sample/commitments/{commitment.public_id}" in letter.text
    assert tasks(world, world.leader) == ["Sign “More women professors”, or return it"]
    assert tasks(world, world.viewer) == []


def test_where_nobody_can_sign_the_coordinator_hears_whom_to_invite(world: World) -> None:
    membership = next(row for row in world.champion.memberships if row.role == "leader")
    with transaction():
        membership.ended_at = membership.since
    sent(world)
    [letter] = letters("commitment_to_sign")
    assert letter.to_email == "writer@example.org"
    assert "Nobody can sign it yet" in letter.text and "/en/organisations/sample/people" in letter.text


def test_the_writers_hear_that_the_leader_returned_it_and_why(world: World) -> None:
    commitment = sent(world)
    with transaction():
        operations.return_to_writers(commitment, "Name the office.", world.leader)
    told = letters("commitment_not_signed")
    assert [letter.to_email for letter in told] == ["writer@example.org", "colleague@example.org"]
    assert "Name the office." in told[0].text
    assert tasks(world, world.colleague) == ["Finish “More women professors”"]
    assert tasks(world, world.leader) == []


def test_what_a_reviewer_returned_waits_for_the_writers(world: World) -> None:
    commitment = world.submitted()
    commitment.state = "returned"
    db.session.commit()
    assert tasks(world, world.writer) == ["Answer the remarks on “More women professors”, and send it again"]
