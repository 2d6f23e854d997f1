"""Claims, the verdict, the second person, and what is left in the history and in letters."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from impact import clock
from impact.actor import Actor, Role
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.mail import Letter
from impact.reviews import operations, queries
from impact.reviews.commitment_kinds import differences_of_commitment
from impact.reviews.criteria import CRITERIA, OF_A_YEAR
from impact.reviews.models import Review
from impact.reviews.subjects import criteria_of, kind_named, subject_of
from tests.reviews import filing
from tests.reviews.conftest import Cast


def letters(template: str) -> list[str]:
    return list(db.session.scalars(select(Letter.to_email).where(Letter.template == template).order_by(Letter.id)))


def last_step(review: Review) -> tuple[str, str, str]:
    entry = queries.history(review)[-1]
    return entry.action, entry.actor_name, entry.reason


def test_nobody_approves_what_they_recommended_even_with_both_roles(cast: Cast) -> None:
    review = filing.recommended(filing.submit(cast.champion, cast.writer), cast.both)
    with pytest.raises(NotAllowed, match="second person"), transaction():
        operations.approve(review, "Fine by me.", cast.both)
    with pytest.raises(NotAllowed, match="second person"), transaction():
        operations.send_back(review, "Not yet.", cast.both)
    assert (review.decision, subject_of(review).state) == ("", "recommended")
    with transaction():
        operations.approve(review, "Agreed.", cast.ada)
    assert (review.decision, review.decided_by_id) == ("approved", cast.ada.person_id)
    assert subject_of(review).state == "published"


def test_a_reviewer_does_not_approve_and_an_approver_does_not_review(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with pytest.raises(NotAllowed), transaction():
        operations.claim(review, cast.ada)
    filing.recommended(review, cast.both)
    with pytest.raises(NotAllowed), transaction():
        operations.approve(review, "Yes.", cast.noor)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.LEADER])
def test_a_tie_to_the_organisation_bars_from_claiming_and_approving(cast: Cast, role: Role) -> None:
    review = filing.submit(cast.champion, cast.writer)
    tied = filing.staff("Tied", Role.REVIEWER, Role.APPROVER)
    tied = Actor(
        tied.person_id, tied.name, tied.staff, frozenset({(cast.champion.id, role)}), frozenset({cast.champion.id})
    )
    with pytest.raises(NotAllowed, match="tie"), transaction():
        operations.claim(review, tied)
    filing.recommended(review, cast.noor)
    with pytest.raises(NotAllowed, match="tie"), transaction():
        operations.approve(review, "Yes.", tied)


def test_stepping_aside_declares_a_tie_and_leaves_no_reason_in_the_history(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
        operations.step_aside(review, "My sister works there.", cast.noor)
    assert (review.claimed_by_id, subject_of(review).state) == (None, "submitted")
    assert all("sister" not in entry.reason for entry in queries.history(review))
    noor = filing.again(cast.noor)
    with pytest.raises(NotAllowed, match="tie"), transaction():
        operations.claim(review, noor)


def test_a_claim_locks_until_it_expires_and_then_anybody_may_take_it(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
    with pytest.raises(InvalidState, match="Somebody else"), transaction():
        operations.claim(review, cast.both)
    with pytest.raises(InvalidState, match="do not hold"), transaction():
        operations.score(review, {"specific": 1}, cast.both)
    with time_machine.travel(clock.now() + timedelta(hours=24, minutes=1)):
        with transaction():
            operations.claim(review, cast.both)
        assert review.claimed_by_id == cast.both.person_id
        with pytest.raises(InvalidState, match="do not hold"), transaction():
            operations.return_with_remarks(review, "Late.", cast.noor)


def test_taking_over_needs_a_reason_that_stays_and_is_told_to_the_former_holder(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
    with pytest.raises(Invalid), transaction():
        operations.take_over(review, " ", cast.both)
    with transaction():
        operations.take_over(review, "Noor is ill.", cast.both)
    assert last_step(review) == ("claim_taken_over", "Bo", "Noor is ill.")
    assert letters("review_taken_over") == ["noor@unwomen.test"]


def test_giving_back_keeps_scores_and_remarks_for_the_next(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
        operations.score(review, {"specific": 3}, cast.noor)
        operations.add_remark(review, "why", "Why this year?", cast.noor)
        operations.give_back(review, cast.noor)
    assert subject_of(review).state == "submitted"
    assert review.scores == {"specific": 3} and [remark.text for remark in review.remarks] == ["Why this year?"]


@pytest.mark.parametrize("scores", [{"specific": 4}, {"specific": -1}, {"beautiful": 3}, {"specific": True}])
def test_a_score_is_one_of_five_from_0_to_3(cast: Cast, scores: dict[str, int]) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
    with pytest.raises(Invalid), transaction():
        operations.score(review, scores, cast.noor)


def test_recommending_needs_all_five_scores_and_a_reason(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
        operations.score(review, {"specific": 3}, cast.noor)
    with pytest.raises(Invalid) as refusal, transaction():
        operations.recommend(review, "Good.", cast.noor)
    assert set(refusal.value.problems) == {"measurable", "ambitious", "feasible", "timely"}
    with transaction():
        operations.score(review, filing.FULL, cast.noor)
    with pytest.raises(Invalid) as refusal, transaction():
        operations.recommend(review, "", cast.noor)
    assert set(refusal.value.problems) == {"reason"}
    assert subject_of(review).state == "in_review"


@pytest.mark.parametrize(
    "step, action, state",
    [
        (operations.return_with_remarks, "return", "returned"),
        (operations.decline, "decline", "declined"),
        (operations.recommend, "recommend", "recommended"),
    ],
)
def test_every_verdict_leaves_its_reason_in_the_history_and_a_letter(
    cast: Cast, step: object, action: str, state: str
) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
        operations.score(review, filing.FULL, cast.noor)
        step(review, "The board plan says so.", cast.noor)  # type: ignore[operator]
    assert subject_of(review).state == state
    assert last_step(review) == (action, "Noor", "The board plan says so.")
    letter = db.session.scalars(select(Letter).where(Letter.template == "review_decided")).one()
    assert letter.to_email == "lea@sample-group.test"
    assert "The board plan says so." in letter.text and f"/reviews/{review.public_id}" in letter.text
    assert "What to do:" in letter.text


@pytest.mark.parametrize(
    "verb, action, state", [("approve", "approve", "published"), ("send_back", "send_back", "in_review")]
)
def test_every_second_decision_leaves_its_reason_in_the_history_and_a_letter(
    cast: Cast, verb: str, action: str, state: str
) -> None:
    review = filing.recommended(filing.submit(cast.champion, cast.writer), cast.noor)
    assert letters("review_recommended") == ["ada@unwomen.test", "bo@unwomen.test"]
    with transaction():
        operations.DECISIONS[verb](review, "I looked twice.", cast.ada)
    assert subject_of(review).state == state
    assert last_step(review) == (action, "Ada", "I looked twice.")
    assert letters("review_decided") == ["lea@sample-group.test", "lea@sample-group.test"]


def test_what_is_sent_back_is_a_further_round_in_the_hands_of_who_recommended_it(cast: Cast) -> None:
    review = filing.recommended(filing.submit(cast.champion, cast.writer), cast.noor)
    with transaction():
        further = operations.send_back(review, "Where is annex A?", cast.ada)
    assert (further.round, further.claimed_by_id, further.scores) == (2, cast.noor.person_id, filing.FULL)
    assert letters("review_sent_back") == ["noor@unwomen.test"]
    with transaction():
        operations.recommend(further, "Annex A is there now.", cast.noor)
        operations.approve(further, "Thank you.", cast.ada)
    assert subject_of(further).state == "published"


def test_of_two_approvers_at_the_same_moment_one_wins_and_nothing_is_overwritten(app: Flask, cast: Cast) -> None:
    review = filing.recommended(filing.submit(cast.champion, cast.writer), cast.noor)
    public_id = review.public_id
    people = {"Ada": cast.ada, "Bo": cast.both}
    db.session.rollback()
    db.session.remove()
    start, outcomes = threading.Barrier(2), {}

    def decide(name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    operations.approve(queries.review_by_public_id(public_id), f"By {name}.", people[name])
                outcomes[name] = "done"
            except InvalidState:
                outcomes[name] = "told"
            finally:
                db.session.remove()

    threads = [threading.Thread(target=decide, args=(name,)) for name in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes.values()) == ["done", "told"]
    winner = next(name for name, outcome in outcomes.items() if outcome == "done")
    after = queries.review_by_public_id(public_id)
    assert (after.decision_reason, after.decided_by_id) == (f"By {winner}.", people[winner].person_id)
    assert [entry.action for entry in queries.history(after)].count("approve") == 1


def test_a_returned_thing_comes_back_as_round_2_with_its_differences_and_the_remark_is_answered(cast: Cast) -> None:
    first = filing.submit(cast.champion, cast.writer, why="Because of 2015.")
    with transaction():
        operations.claim(first, cast.noor)
        remark = operations.add_remark(first, "why", "Which figures of 2015?", cast.noor)
    with pytest.raises(InvalidState), transaction():
        operations.answer_remark(remark, "Too early.", cast.writer)
    with transaction():
        operations.return_with_remarks(first, "See the remark.", cast.noor)
    with transaction():
        operations.answer_remark(remark, "Those of the board.", cast.writer)
    with pytest.raises(NotAllowed), transaction():
        operations.answer_remark(remark, "Not mine to say.", cast.viewer)
    thing = db.session.get_one(Commitment, first.subject_id)
    second = filing.resubmit(thing, cast.writer, why="Because of the board's figures of 2015.")
    assert (second.round, second.revision, second.verdict) == (2, 2, "")
    changed = {d.field: (d.before, d.after) for d in differences_of_commitment(thing, second) if d.changed}
    assert changed == {"why": ("Because of 2015.", "Because of the board's figures of 2015.")}
    with transaction():
        operations.settle_remark(remark, cast.noor)
    with pytest.raises(InvalidState), transaction():
        operations.answer_remark(remark, "One more thing.", cast.writer)
    assert letters("review_waiting") == ["bo@unwomen.test", "noor@unwomen.test"] * 2


def test_a_remark_names_one_of_the_fields_of_the_thing(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
    with pytest.raises(Invalid), transaction():
        operations.add_remark(review, "password", "What is it?", cast.noor)


def test_a_second_round_is_not_opened_while_one_is_open(cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with pytest.raises(InvalidState), transaction():
        operations.submitted("commitment", subject_of(review), cast.writer)


def test_in_bulk_each_goes_through_the_same_checks_and_its_outcome_is_told(cast: Cast) -> None:
    other = filing.champion("other-group")
    author = filing.member(other, "Otto", Role.COORDINATOR)
    mine = filing.recommended(filing.submit(cast.champion, cast.writer, "One"), cast.both)
    good = filing.recommended(filing.submit(other, author, "Two"), cast.noor)
    done = filing.recommended(filing.submit(other, author, "Three"), cast.noor)
    with transaction():
        operations.approve(done, "Before.", cast.ada)
    outcomes = operations.in_bulk([mine, good, done], "approve", cast.both, "All read.")
    assert [type(outcome.refusal) for outcome in outcomes] == [NotAllowed, type(None), InvalidState]
    assert [subject_of(outcome.review).state for outcome in outcomes] == ["recommended", "published", "published"]
    assert done.decision_reason == "Before."
    with pytest.raises(Invalid):
        operations.in_bulk([mine], "approve", cast.ada, "")


@pytest.mark.parametrize(
    "submitted, days, late, nearly",
    [
        ("2026-03-02", 0, False, False),
        ("2026-02-18", 8, False, True),
        ("2026-02-16", 10, False, True),
        ("2026-02-13", 11, True, False),
    ],
)
def test_age_counts_working_days_and_the_filter_agrees_with_it(
    cast: Cast, submitted: str, days: int, late: bool, nearly: bool
) -> None:
    with time_machine.travel(f"{submitted}T10:00:00+00:00", tick=False):
        review = filing.submit(cast.champion, cast.writer)
    with time_machine.travel("2026-03-02T10:00:00+00:00", tick=False):
        age = queries.age_of(review)
        assert (age.days, age.is_late, age.is_nearly_late) == (days, late, nearly)
        assert [found.id for found in queries.waiting(cast.noor, show="late")] == ([review.id] if late else [])
        assert queries.counts() == (1, int(late))


def test_the_oldest_unclaimed_item_is_offered_without_those_one_has_a_tie_to(cast: Cast) -> None:
    with time_machine.travel("2026-02-01T10:00:00+00:00"):
        tied = filing.submit(cast.champion, cast.writer)
    other = filing.champion("other-group")
    author = filing.member(other, "Otto", Role.COORDINATOR)
    with time_machine.travel("2026-02-02T10:00:00+00:00"):
        free = filing.submit(other, author)
    assert queries.oldest_unclaimed(cast.noor) is tied
    barred = Actor(cast.noor.person_id, "Noor", cast.noor.staff, ties=frozenset({cast.champion.id}))
    assert queries.oldest_unclaimed(barred) is free


def test_each_kind_of_thing_has_a_rubric_of_its_own(cast: Cast) -> None:
    assert kind_named("commitment").criteria is CRITERIA
    assert kind_named("edition").criteria is kind_named("progress_report").criteria is OF_A_YEAR
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.noor)
    with pytest.raises(Invalid), transaction():
        operations.score(review, {"candid": 3}, cast.noor)


def test_a_review_that_was_scored_by_the_rubric_of_promises_keeps_it(cast: Cast) -> None:
    old = Review(subject_kind="edition", scores={"specific": 3, "timely": 2})
    assert criteria_of(old) is CRITERIA
    assert criteria_of(Review(subject_kind="edition", scores={})) is OF_A_YEAR
    assert criteria_of(Review(subject_kind="edition", scores={"candid": 1})) is OF_A_YEAR
