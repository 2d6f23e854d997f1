"""Amending through the operations: who may, in which state, what is refused, what is signed, and what stays for ever."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from impact.actor import Actor
from impact.audit.models import AuditEntry
from impact.commitments import amendments, operations, proposals, queries
from impact.commitments.models import Amendment, Commitment, Milestone
from impact.commitments.specs import before_amendment, original_of, original_spec_of, sentence_for, spec_of
from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.i18n import say, show
from impact.mail import Letter
from impact.reviews import operations as reviews
from impact.reviews.models import Review
from tests.commitments.test_life_of_a_commitment import World


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def begun(world: World, **values: Any) -> tuple[Commitment, Amendment]:
    """A published commitment, and an amendment of its only target with a reason, not yet sent."""
    commitment = world.published()
    return commitment, another(world, commitment, **values)


def another(world: World, commitment: Commitment, **values: Any) -> Amendment:
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.propose(amendment, commitment.targets[0].public_id, values, world.writer)
        amendments.give_reason(amendment, "date_moved", "Fewer posts came free.", world.writer)
    return amendment


def signed(world: World, amendment: Amendment) -> Amendment:
    with transaction():
        amendments.send_amendment(amendment, world.writer)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), world.leader)
    return amendment


def words(thing: Any) -> str:
    said = sentence_for(thing)
    assert said is not None
    return say(said.message, said.values)


def letters(template: str) -> list[str]:
    return list(db.session.scalars(select(Letter.to_email).where(Letter.template == template).order_by(Letter.id)))


def test_who_may_take_which_step(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    address = commitment.targets[0].public_id
    for nobody in (world.viewer, world.leader, world.reviewer, world.manager):
        with pytest.raises(NotAllowed):
            amendments.start_amendment(commitment, nobody)
        with pytest.raises(NotAllowed):
            amendments.propose(amendment, address, {"due": date(2022, 1, 1)}, nobody)
        with pytest.raises(NotAllowed):
            amendments.give_reason(amendment, "other", "x", nobody)
        with pytest.raises(NotAllowed):
            amendments.send_amendment(amendment, nobody)
        with pytest.raises(NotAllowed):
            amendments.withdraw_amendment(amendment, "x", nobody)
    with transaction():
        amendments.send_amendment(amendment, world.colleague)
    for nobody in (world.viewer, world.writer, world.approver):
        with pytest.raises(NotAllowed):
            amendments.sign_amendment(amendment, proposals.present_digest(amendment), nobody)
        with pytest.raises(NotAllowed):
            amendments.return_amendment(amendment, "x", nobody)
    with pytest.raises(NotAllowed):
        amendments.ask_for_amendment(commitment, "x", world.writer)
    with pytest.raises(NotAllowed):
        amendments.approve_amendment(amendment, world.reviewer_only)


def test_only_what_is_in_force_is_amended_and_one_amendment_at_a_time(world: World) -> None:
    draft = world.complete()
    with pytest.raises(InvalidState, match="Only a published commitment can be amended"):
        amendments.start_amendment(draft, world.writer)
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    with pytest.raises(InvalidState, match="Another amendment of this commitment is under way"):
        amendments.start_amendment(commitment, world.colleague)
    with transaction():
        amendments.withdraw_amendment(amendment, "Not needed.", world.writer)
    with transaction():
        again = amendments.start_amendment(commitment, world.colleague)
    assert (amendment.state, amendment.number, amendment.ended_reason) == ("withdrawn", None, "Not needed.")
    assert queries.amendments_of(commitment) == [again, amendment]


def test_of_two_who_begin_at_once_the_database_tells_the_second(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    commitment, _amendment = begun(world, due=date(2021, 1, 1))
    monkeypatch.setattr(queries, "open_amendment", lambda of: None)
    with pytest.raises(InvalidState, match="Another amendment of this commitment is under way"), transaction():
        amendments.start_amendment(commitment, world.colleague)
    assert len(queries.amendments_of(commitment)) == 1


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"value": Decimal(130)}, "value", "is more than the whole: a share goes up to 100%."),
        ({"value": Decimal(19)}, "value", "The target is the same as the starting point"),
        ({"due": date(2014, 1, 1)}, "due", "The target date must be after the starting point"),
        ({"due": None}, "due", "Say by which day the target should be met"),
        ({"baseline_numerator": Decimal(101)}, "baseline_numerator", "A part cannot be larger than its total"),
        ({"baseline_date": date(2099, 1, 1)}, "baseline_date", "The starting point lies in the future"),
        ({"baseline_source": ""}, "baseline_source", "Say where the starting figure comes from"),
        (
            {"milestones": [{"on": date(2021, 1, 1), "value": Decimal(25), "title": ""}]},
            "milestones",
            "Milestones lie between the starting point and the target date",
        ),
    ],
)
def test_what_a_new_target_is_refused_an_amended_one_is_too(
    world: World, values: dict[str, Any], field: str, message: str
) -> None:
    commitment, amendment = begun(world, **values)
    target = commitment.targets[0]
    with pytest.raises(Invalid) as caught:
        amendments.send_amendment(amendment, world.writer)
    refused, inside = caught.value.problems[f"target:{target.public_id}:{field}"]
    assert message in say(refused, inside)
    assert (amendment.state, target.value, target.due) == ("draft", 30, date(2020, 1, 1))


def test_a_warning_wants_an_answer_which_the_reviewer_reads(world: World) -> None:
    commitment, amendment = begun(world, value=Decimal(15))
    name = f"target:{commitment.targets[0].public_id}:value"
    with pytest.raises(Invalid) as caught:
        amendments.send_amendment(amendment, world.writer)
    assert list(caught.value.problems) == [name]
    with transaction():
        amendments.send_amendment(amendment, world.writer, {name: "Two faculties leave us."})
    assert proposals.answers_to(amendment) == {name: "Two faculties leave us."}
    from impact.reviews.subjects import kind_named

    (check,) = kind_named("amendment").prechecks(amendment)
    assert (check.rank, check.answer) == ("warning", "Two faculties leave us.")


def test_without_a_change_a_reason_or_a_note_nothing_is_sent(world: World) -> None:
    commitment = world.published()
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.propose(amendment, commitment.targets[0].public_id, {"value": Decimal(30)}, world.writer)
    with pytest.raises(Invalid) as caught:
        amendments.send_amendment(amendment, world.writer)
    assert set(caught.value.problems) == {"changes", "reason_code", "note"}
    with pytest.raises(Invalid):
        amendments.give_reason(amendment, "because", "x", world.writer)
    with pytest.raises(TypeError):
        amendments.propose(amendment, commitment.targets[0].public_id, {"kind": "zero"}, world.writer)


def test_what_cannot_be_read_is_kept_and_blocks(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    address = commitment.targets[0].public_id
    with transaction():
        amendments.propose(amendment, address, {"due": date(2021, 1, 1)}, world.writer, {"value": "about a third"})
    assert amendment.typed == {address: {"value": "about a third"}}
    with pytest.raises(Invalid) as caught:
        amendments.send_amendment(amendment, world.writer)
    assert f"target:{address}:value" in caught.value.problems


def test_two_colleagues_do_not_overwrite_each_other(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    address = commitment.targets[0].public_id
    seen = proposals.digest_of_part(amendment, address)
    with transaction():
        amendments.propose(amendment, address, {"value": Decimal(28)}, world.writer, seen=seen)
        amendments.propose(amendment, "", {"responsible": "The provost"}, world.colleague, seen=proposals.digest_of_part(amendment, ""))  # fmt: skip
    with pytest.raises(amendments.ChangedMeanwhile):
        amendments.propose(amendment, address, {"value": Decimal(27)}, world.colleague, seen=seen)
    assert {row["field"]: row["new"] for row in amendment.changes} == {"value": '"28"', "responsible": '"The provost"'}


def test_a_leader_signs_the_very_changes_that_were_shown(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    shown = proposals.present_digest(amendment)
    with transaction():
        amendments.propose(amendment, commitment.targets[0].public_id, {"due": date(2023, 1, 1)}, world.writer)
        amendments.send_amendment(amendment, world.writer)
    assert letters("amendment_to_sign") == ["leader@example.org"]
    with pytest.raises(InvalidState, match="The text has changed since it was shown to you"):
        amendments.sign_amendment(amendment, shown, world.leader)
    with transaction():
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), world.leader)
    assert (amendment.state, amendment.signed_digest) == ("submitted", proposals.present_digest(amendment))
    with pytest.raises(InvalidState):
        amendments.propose(amendment, commitment.targets[0].public_id, {"value": Decimal(1)}, world.writer)


def test_a_leader_returns_it_with_a_reason_and_the_writers_are_told(world: World) -> None:
    _commitment, amendment = begun(world, due=date(2021, 1, 1))
    with transaction():
        amendments.send_amendment(amendment, world.writer)
    with pytest.raises(Invalid):
        amendments.return_amendment(amendment, " ", world.leader)
    with transaction():
        amendments.return_amendment(amendment, "Two years are too long.", world.leader)
    assert amendment.state == "draft"
    assert letters("amendment_not_signed") == ["writer@example.org", "colleague@example.org"]


def test_it_takes_effect_at_approval_only_and_the_original_stays_for_ever(world: World) -> None:
    commitment, amendment = begun(
        world, due=date(2021, 1, 1), baseline_numerator=Decimal(20), scope="Full professors, permanent staff"
    )
    target = commitment.targets[0]
    signed(world, amendment)
    assert (target.due, target.baseline_value, amendment.number) == (date(2020, 1, 1), 19, None)
    assert original_of(target) is None
    world.decide("amendment", world.approver)
    assert (amendment.state, amendment.number, target.due, target.baseline_value) == (
        "approved",
        1,
        date(2021, 1, 1),
        20,
    )
    second = signed(world, another(world, commitment, value=Decimal(28)))
    world.decide("amendment", world.approver)
    db.session.expire_all()
    original = original_spec_of(target)
    assert original is not None
    assert (original.baseline, original.value, original.due) == (19, 30, date(2020, 1, 1))
    now = spec_of(target)
    assert now is not None
    assert (now.baseline, now.value, now.due) == (20, 28, date(2021, 1, 1))
    between = before_amendment(target, 2)
    assert between is not None
    assert words(original_of(target)) == "Raise the share from 19% (1 January 2015) to 30% by 1 January 2020"
    assert words(between) == "Raise the share from 20% (1 January 2015) to 30% by 1 January 2021"
    assert words(target) == "Raise the share from 20% (1 January 2015) to 28% by 1 January 2021"
    assert [say(line.label) for line in proposals.lines_of(amendment, brief=True)] == [
        "In one sentence",
        "Who or what is counted",
    ]
    before, after = proposals.sides(second, target)
    assert (before.value, after.value, before.baseline_value) == (30, 28, 20)


def test_the_counts_of_a_small_group_are_not_told_with_its_starting_point(world: World) -> None:
    commitment, amendment = begun(world, baseline_numerator=Decimal(20))
    address = commitment.targets[0].public_id

    def starting_points(**options: Any) -> list[tuple[str, str]]:
        lines = proposals.lines_of(amendment, **options)
        return [(show(line.before), show(line.after)) for line in lines if line.field.endswith(":baseline_value")]

    assert starting_points() == [("19% (19 of 100), 1 January 2015", "20% (20 of 100), 1 January 2015")]
    assert starting_points(without_counts={address}) == [("19%, 1 January 2015", "20%, 1 January 2015")]


def test_a_moved_wording_leaves_the_sum_alone(world: World) -> None:
    commitment, amendment = begun(world, method="Heads on 31 December, as the ministry counts them.")
    signed(world, amendment)
    world.decide("amendment", world.approver)
    target = commitment.targets[0]
    assert original_of(target) is not None and original_spec_of(target) is None


def test_steps_that_were_done_stay_done(world: World) -> None:
    commitment = world.published()
    target = commitment.targets[0]
    with transaction():
        target.milestones.append(Milestone(on=date(2017, 1, 1), value=Decimal(24), title="", done_on=date(2017, 1, 3)))
    later = [{"on": date(2017, 1, 1), "value": Decimal(24), "title": ""}, {"on": date(2018, 6, 1), "value": Decimal(26), "title": ""}]  # fmt: skip
    signed(world, another(world, commitment, milestones=later))
    world.decide("amendment", world.approver)
    db.session.expire_all()
    assert [(step.on, step.value, step.done_on) for step in target.milestones] == [
        (date(2017, 1, 1), 24, date(2017, 1, 3)),
        (date(2018, 6, 1), 26, None),
    ]
    original = original_of(target)
    assert original is not None and [step.on for step in original.milestones] == [date(2017, 1, 1)]


def test_the_text_is_amended_and_the_first_text_is_kept(world: World) -> None:
    commitment = world.published()
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.propose(amendment, "", {"responsible": "The provost", "ends_on": date(2013, 1, 1)}, world.writer)
        amendments.give_reason(amendment, "other", "The office changed its name.", world.writer)
    with pytest.raises(Invalid) as caught:
        amendments.send_amendment(amendment, world.writer)
    assert list(caught.value.problems) == ["ends_on"]
    with transaction():
        amendments.propose(amendment, "", {"responsible": "The provost", "ends_on": date(2020, 1, 1)}, world.writer)
    signed(world, amendment)
    world.decide("amendment", world.approver)
    assert (commitment.responsible, commitment.ends_on) == ("The provost", date(2020, 1, 1))
    first = queries.original_content(commitment)
    assert first is not None and (first["responsible"], first["ends_on"]) == ("The rector", "2019-01-01")


def recommended(world: World, amendment: Amendment) -> Review:
    review = db.session.scalars(select(Review).where(Review.subject_kind == "amendment", Review.decision == "")).one()
    from impact.reviews.criteria import CRITERIA

    with transaction():
        reviews.claim(review, world.reviewer)
        reviews.score(review, dict.fromkeys(CRITERIA, 2), world.reviewer)
        reviews.recommend(review, "Good.", world.reviewer)
    return review


def test_whoever_recommended_an_amendment_does_not_approve_it(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    review = recommended(world, signed(world, amendment))
    with pytest.raises(NotAllowed):
        reviews.approve(review, "Yes.", world.reviewer)
    with pytest.raises(NotAllowed):
        amendments.approve_amendment(amendment, world.reviewer, "Yes.")
    assert (amendment.state, commitment.targets[0].due) == ("recommended", date(2020, 1, 1))


def test_of_two_deciders_the_second_is_told_and_nothing_is_overwritten(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    recommended(world, signed(world, amendment))
    assert amendment.state == "recommended"  # as this person's page showed it
    # Meanwhile somebody else sends it back, on another connection: here its effect on the row.
    db.session.execute(
        text("UPDATE amendment SET version = version + 1, state = 'in_review' WHERE id = :id"), {"id": amendment.id}
    )
    with pytest.raises(InvalidState), transaction():
        amendments.approve_amendment(amendment, world.approver, "Yes.")
    db.session.expire_all()
    assert commitment.targets[0].due == date(2020, 1, 1)
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "approve", AuditEntry.subject_kind == "amendment")).all() == []  # fmt: skip


def test_one_that_was_decided_is_not_decided_again(world: World) -> None:
    _commitment, amendment = begun(world, due=date(2021, 1, 1))
    signed(world, amendment)
    world.decide("amendment", world.approver)
    with pytest.raises(InvalidState):
        amendments.approve_amendment(amendment, world.approver, "Once more.")
    assert amendment.number == 1


def test_a_commitment_that_ended_meanwhile_is_not_amended(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    review = recommended(world, signed(world, amendment))
    with transaction():
        operations.end(commitment, "withdraw", "We stop.", world.leader)
    with pytest.raises(InvalidState, match="no longer in force"), transaction():
        reviews.approve(review, "Yes.", world.approver)
    assert amendment.number is None


def test_a_declined_or_returned_amendment_changes_nothing(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    signed(world, amendment)
    review = db.session.scalars(select(Review).where(Review.subject_kind == "amendment")).one()
    with transaction():
        reviews.claim(review, world.reviewer)
        reviews.return_with_remarks(review, "Say why.", world.reviewer)
    assert amendment.state == "returned"
    signed(world, amendment)
    second = db.session.scalars(select(Review).where(Review.subject_kind == "amendment", Review.round == 2)).one()
    with transaction():
        reviews.claim(second, world.reviewer)
        reviews.decline(second, "Not a reason.", world.reviewer)
    assert (amendment.state, amendment.number, commitment.targets[0].due) == ("declined", None, date(2020, 1, 1))
    assert another(world, commitment, due=date(2021, 1, 1)).state == "draft"


def test_changes_are_kept_as_old_and_new(world: World) -> None:
    commitment, amendment = begun(world, baseline_numerator=Decimal(20))
    address = commitment.targets[0].public_id
    assert amendment.changes == [
        {"target": address, "field": "baseline_numerator", "old": json.dumps("19"), "new": json.dumps("20")},
        {"target": address, "field": "baseline_value", "old": json.dumps("19"), "new": json.dumps("20")},
    ]


def test_nobody_of_another_organisation_touches_it(world: World) -> None:
    commitment, amendment = begun(world, due=date(2021, 1, 1))
    foreign = Actor(world.writer.person_id, "other", memberships=frozenset({(world.other.id, role) for _c, role in world.writer.memberships}))  # fmt: skip
    for step in (
        lambda: amendments.start_amendment(commitment, foreign),
        lambda: amendments.give_reason(amendment, "other", "x", foreign),
        lambda: amendments.withdraw_amendment(amendment, "x", foreign),
    ):
        with pytest.raises(NotAllowed):
            step()


@pytest.mark.parametrize(
    "value, reason, contradiction",
    [
        (
            Decimal(35),
            "target_lowered",
            "The reason says that the target was lowered, but it asks for more than before",
        ),
        (Decimal(25), "target_raised", "The reason says that the target was raised, but it asks for less than before"),
        (Decimal(35), "target_raised", ""),
        (Decimal(25), "target_lowered", ""),
        (Decimal(35), "outside_event", ""),
    ],
)
def test_a_reason_that_says_the_opposite_of_the_change_is_refused(
    world: World, value: Decimal, reason: str, contradiction: str
) -> None:
    _commitment, amendment = begun(world, value=value)
    amendments.give_reason(amendment, reason, "So it is.", world.writer)
    if not contradiction:
        amendments.send_amendment(amendment, world.writer)
        assert amendment.state == "awaiting_leader"
        return
    with pytest.raises(Invalid) as refused:
        amendments.send_amendment(amendment, world.writer)
    assert contradiction in refused.value.problems["reason_code"][0]
