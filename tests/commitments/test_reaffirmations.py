"""A new leader's tasks: begun with the term, answered by name, or answered by an amendment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.champions import operations as champions
from impact.champions.models import LeaderTerm
from impact.commitments import amendments, operations, proposals, queries, reaffirmations
from impact.commitments.models import Commitment, Reaffirmation
from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.mail import Letter
from tests.commitments.test_life_of_a_commitment import TARGET, World


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def new_term(world: World, name: str = "Nadia Newcomer", since: date | None = None) -> LeaderTerm:
    with transaction():
        return champions.start_term(world.champion, name, "Rector", since or clock.today(), world.writer)


def task_of(commitment: Commitment) -> Reaffirmation:
    found = queries.open_reaffirmation(commitment)
    assert found is not None
    return found


def test_a_term_begins_with_a_task_for_each_commitment_in_force(world: World) -> None:
    commitment = world.published()
    world.complete()  # a draft is no task
    with transaction():
        operations.record_from_public_source(
            world.champion, headline="Recorded", targets=[TARGET], source="Report", recorded_on=date(2019, 5, 1),
            actor=world.manager,
        )  # fmt: skip
    term = new_term(world)
    (task,) = queries.open_reaffirmations(world.champion)
    assert (task.commitment, task.term, task.outcome) == (commitment, term, "")
    letter = db.session.scalars(select(Letter).where(Letter.template == "reaffirm_commitments")).one()
    # The leader has no account yet, so the coordinator is asked to invite.
    assert letter.to_email == "writer@example.org"
    assert "More women professors" in letter.text and "please send an invitation" in letter.text
    with transaction():
        assert reaffirmations.start_reaffirmations(term, world.writer) == []


def test_a_leader_with_an_account_gets_the_letter(world: World) -> None:
    from impact.accounts.operations import person_for

    world.published()
    with transaction():
        person = person_for("nadia@example.org", "Nadia Newcomer")
        champions.start_term(world.champion, "Nadia Newcomer", "Rector", clock.today(), world.writer, person)
    letter = db.session.scalars(select(Letter).where(Letter.template == "reaffirm_commitments")).one()
    assert letter.to_email == "nadia@example.org"
    assert "It has 1 published commitment." in letter.text
    assert f"/en/organisations/{world.champion.slug}/reaffirmations" in letter.text


def test_no_letter_where_there_is_nothing_to_do(world: World) -> None:
    new_term(world)
    assert db.session.scalars(select(Letter).where(Letter.template == "reaffirm_commitments")).all() == []


def test_the_task_is_undone_with_the_term(world: World) -> None:
    commitment = world.published()

    def begin_and_fail() -> None:
        with transaction():
            champions.start_term(world.champion, "Nadia", "Rector", clock.today(), world.writer)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        begin_and_fail()
    assert queries.open_reaffirmation(commitment) is None


def test_a_leader_stands_by_the_very_text_that_was_shown_and_once(world: World) -> None:
    commitment = world.published()
    new_term(world)
    task = task_of(commitment)
    digest = operations.present_digest(commitment)
    for nobody in (world.writer, world.viewer, world.manager, Actor()):
        with pytest.raises(NotAllowed):
            reaffirmations.reaffirm(task, digest, nobody)
    with pytest.raises(InvalidState, match="The text has changed"):
        reaffirmations.reaffirm(task, "0" * 64, world.leader)
    with transaction():
        reaffirmations.reaffirm(task, digest, world.leader)
    assert (task.outcome, task.done_by_id, task.done_at is not None) == ("reaffirmed", world.leader.person_id, True)
    assert queries.open_reaffirmation(commitment) is None
    assert queries.history(commitment)[0].action == "reaffirmed"
    with pytest.raises(InvalidState, match="This task is done already"), transaction():
        reaffirmations.reaffirm(task, digest, world.leader)
    assert [row.term.name for row in queries.settled_reaffirmations(commitment)] == ["Nadia Newcomer"]


def test_an_approved_amendment_that_the_new_leader_signed_is_the_answer(world: World) -> None:
    commitment = world.published()
    new_term(world)
    with pytest.raises(NotAllowed):
        amendments.ask_for_amendment(commitment, "A year more.", world.writer)
    with pytest.raises(Invalid):
        amendments.ask_for_amendment(commitment, " ", world.leader)
    with transaction():
        amendment = amendments.ask_for_amendment(commitment, "A year more.", world.leader)
    told = db.session.scalars(select(Letter).where(Letter.template == "amendment_wanted").order_by(Letter.id)).all()
    assert [letter.to_email for letter in told] == ["writer@example.org", "colleague@example.org"]
    assert (amendment.reason_code, amendment.note) == ("new_leader", "A year more.")
    with pytest.raises(InvalidState, match="under way"):
        reaffirmations.reaffirm(task_of(commitment), operations.present_digest(commitment), world.leader)
    with transaction():
        amendments.propose(amendment, commitment.targets[0].public_id, {"due": date(2021, 1, 1)}, world.writer)
        amendments.send_amendment(amendment, world.writer)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), world.leader)
    task = task_of(commitment)
    world.decide("amendment", world.approver)
    db.session.expire_all()
    assert (task.outcome, task.done_by_id) == ("amended", world.leader.person_id)
    assert queries.open_reaffirmation(commitment) is None


def test_what_the_former_leader_signed_is_no_answer_of_the_new_one(world: World) -> None:
    commitment = world.published()
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.save_amendment(
            amendment, {(commitment.targets[0].public_id, "due"): date(2021, 1, 1)}, "date_moved", "A year more.", world.writer,
        )  # fmt: skip
        amendments.send_amendment(amendment, world.writer)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), world.leader)
    new_term(world)
    world.decide("amendment", world.approver)
    assert task_of(commitment).outcome == ""


def test_a_further_leader_takes_the_open_tasks_over_and_what_ended_is_none(world: World) -> None:
    commitment = world.published()
    new_term(world, "First", clock.today() - timedelta(days=10))
    old = task_of(commitment)
    second = new_term(world, "Second", clock.today())
    (task,) = queries.open_reaffirmations(world.champion)
    assert task.term == second
    with pytest.raises(InvalidState):
        reaffirmations.reaffirm(old, operations.present_digest(commitment), world.leader)
    with transaction():
        operations.end(commitment, "withdraw", "We stop.", world.leader)
    assert queries.open_reaffirmations(world.champion) == []
    with pytest.raises(InvalidState):
        reaffirmations.reaffirm(task, operations.present_digest(commitment), world.leader)
