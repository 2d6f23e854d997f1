"""Everything that happens to a review. The thing itself moves by its own room's table, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.champions.models import ConflictOfInterest
from impact.db import db, flush_or_conflict, transaction
from impact.errors import Invalid, InvalidState, NotAllowed, Refusal
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.reviews import letters
from impact.reviews.criteria import CRITERIA, HIGHEST
from impact.reviews.models import Remark, Review
from impact.reviews.queries import is_claimed
from impact.reviews.subjects import kind_named, subject_of
from impact.workflow import move

MOVED_ON = N_("This was already decided or moved on meanwhile. Open it again to see where it stands.")
SECOND_PERSON = N_("You recommended this yourself, so a second person must decide.")
_LONGEST = 5000


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid(
            N_("Give a reason. It is kept in the history and the other side reads it."),
            {"reason": (N_("Give a reason"), {})},
        )
    return _short_enough("reason", reason)


def _short_enough(name: str, text: str) -> str:
    if len(text) > _LONGEST:
        values = {"most": _LONGEST}
        raise Invalid(
            N_("Use at most %(most)s characters."), {name: (N_("Use at most %(most)s characters."), values)}, **values
        )
    return text


def submitted(kind: str, thing: Any, actor: Actor) -> Review:
    """Open the next round for a thing that has just reached "submitted"; letters go to the reviewers.

    Raises InvalidState when a round is open already, also when two people submit at once.
    """
    subject = kind_named(kind)
    db.session.flush()
    of_thing = (Review.subject_kind == kind, Review.subject_id == thing.id)
    if db.session.scalar(select(func.count()).where(*of_thing, Review.verdict == "")):
        raise InvalidState(MOVED_ON)
    last = db.session.scalar(select(func.max(Review.round)).where(*of_thing)) or 0
    review = _open(kind, thing, last + 1, actor.person_id)
    record(actor, "submitted", thing, details={"round": review.round, "revision": subject.revision(thing)})
    letters.tell_reviewers(review, thing)
    return review


def _open(kind: str, thing: Any, number: int, by: int | None) -> Review:
    subject = kind_named(kind)
    review = Review(
        subject_kind=kind,
        subject_id=thing.id,
        champion_id=subject.champion_id(thing),
        round=number,
        revision=subject.revision(thing),
        submitted_at=clock.now(),
        submitted_by_id=by,
        scores={},
        verdict="",
        decision="",
    )
    db.session.add(review)
    flush_or_conflict(MOVED_ON)
    return review


def called_back(kind: str, thing: Any, actor: Actor, reason: str = "") -> None:
    """The champion took it back before a verdict: the open round ends without one. Does nothing where none is open."""
    review = db.session.scalar(
        select(Review).where(Review.subject_kind == kind, Review.subject_id == thing.id, Review.verdict == "")
    )
    if review is None:
        return
    _set_verdict(review, "called_back", actor, reason)
    record(actor, "called_back", thing, reason=reason, details={"round": review.round})


# Claims


def claim(review: Review, actor: Actor) -> None:
    """Take an item that nobody holds (or whose claim expired); it is locked for claim_hours.

    Raises InvalidState when somebody else holds it.
    """
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    _must_be_open(review)
    if is_claimed(review) and review.claimed_by_id != actor.person_id:
        raise InvalidState(N_("Somebody else is reviewing this. You can take it over with a reason."))
    thing = subject_of(review)
    if thing.state == "submitted":
        move(kind_named(review.subject_kind).table, thing, "claim", actor)
    else:
        record(actor, "claim", thing, details={"round": review.round})
    _lock(review, actor)


def take_over(review: Review, reason: str, actor: Actor) -> None:
    """Take an item from whoever holds it; the reason is kept, and they are told by letter."""
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    _must_be_open(review)
    if not is_claimed(review) or review.claimed_by_id == actor.person_id:
        claim(review, actor)
        return
    reason = _reason(reason)
    former = review.claimed_by
    thing = subject_of(review)
    record(actor, "claim_taken_over", thing, reason=reason, details={"from": former.name if former else ""})
    _lock(review, actor)
    if former is not None:
        letters.tell_person(review, thing, former, "review_taken_over", actor, reason)


def _lock(review: Review, actor: Actor) -> None:
    hours = int(current_app.extensions["settings"].claim_hours)
    review.claimed_by_id = actor.person_id
    review.claim_expires_at = clock.now() + timedelta(hours=hours)
    db.session.flush()


def give_back(review: Review, actor: Actor) -> None:
    """Back to the queue; scores and remarks stay for whoever takes it next."""
    thing = _held(review, actor)
    _release(review, thing, actor)


def _release(review: Review, thing: Any, actor: Actor) -> None:
    if thing.state == "in_review":
        move(kind_named(review.subject_kind).table, thing, "release", actor)
    review.claimed_by_id = None
    review.claim_expires_at = None
    db.session.flush()


def step_aside(review: Review, reason: str, actor: Actor) -> None:
    """Declare a conflict of interest: the item goes back, and this person decides nothing about the champion any more.

    The reason is kept for administrators; neither the queue nor the champion's history shows it.
    """
    thing = _held(review, actor)
    _release(review, thing, actor)
    declared = ConflictOfInterest(
        person_id=actor.person_id, champion_id=review.champion_id, reason=reason.strip(), declared_at=clock.now()
    )
    db.session.add(declared)
    flush_or_conflict(MOVED_ON)
    record(actor, "conflict_declared", declared)


def _must_be_open(review: Review) -> None:
    if review.verdict:
        raise InvalidState(MOVED_ON)


def _held(review: Review, actor: Actor) -> Any:
    """The thing, when this actor may decide and holds the claim (an expired one that nobody took still counts)."""
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    _must_be_open(review)
    if actor.person_id is None or review.claimed_by_id != actor.person_id:
        raise InvalidState(N_("You do not hold this item now. Take it first; nothing was changed."))
    return subject_of(review)


# Remarks and scores


def add_remark(review: Review, field: str, text: str, actor: Actor) -> Remark:
    """A remark on one field ("" for the whole). The champion reads it with the verdict."""
    thing = _held(review, actor)
    text = _short_enough("text", text.strip())
    if not text:
        raise Invalid(N_("Write the remark."), {"text": (N_("Write the remark."), {})})
    known = {difference.field for difference in kind_named(review.subject_kind).differences(thing, review)}
    if field and field not in known:
        raise Invalid(N_("Choose one of the fields."), {"field": (N_("Choose one of the fields."), {})})
    assert actor.person_id is not None
    remark = Remark(review=review, field=field, text=text, at=clock.now(), by_id=actor.person_id)
    db.session.add(remark)
    record(actor, "remark_added", thing, details={"field": field, "text": text, "round": review.round})
    return remark


def answer_remark(remark: Remark, text: str, actor: Actor) -> None:
    """The champion answers. Raises InvalidState before the verdict, and once the remark is settled."""
    review = remark.review
    kind = kind_named(review.subject_kind)
    require(actor, kind.writing, review.champion_id)
    if not review.verdict or remark.settled_at is not None:
        raise InvalidState(MOVED_ON)
    text = _short_enough("answer", text.strip())
    if not text:
        raise Invalid(N_("Write an answer."), {"answer": (N_("Write an answer."), {})})
    before = remark.answer
    remark.answer = text
    remark.answered_at = clock.now()
    remark.answered_by_id = actor.person_id
    details = {"field": remark.field, "from": before, "answer": text}
    record(actor, "remark_answered", subject_of(review), details=details)


def settle_remark(remark: Remark, actor: Actor) -> None:
    """A reviewer of this champion's things is content with the answer (or needs none)."""
    review = remark.review
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    if remark.settled_at is not None:
        return
    remark.settled_at = clock.now()
    remark.settled_by_id = actor.person_id
    record(actor, "remark_settled", subject_of(review), details={"field": remark.field, "text": remark.text})


def score(review: Review, scores: Mapping[str, int], actor: Actor) -> None:
    """Set scores (0 absent … 3 beyond doubt) for some or all of the five criteria."""
    thing = _held(review, actor)
    for criterion, points in scores.items():
        if criterion not in CRITERIA or type(points) is not int or not 0 <= points <= HIGHEST:
            raise Invalid(N_("A score is 0, 1, 2 or 3."), {criterion: (N_("A score is 0, 1, 2 or 3."), {})})
    before = dict(review.scores)
    after = {**before, **scores}
    if before != after:
        review.scores = after
        record(actor, "scored", thing, details={"from": before, "to": after, "round": review.round})


# The first person


def _set_verdict(review: Review, verdict: str, actor: Actor, reason: str) -> None:
    review.verdict = verdict
    review.verdict_by_id = actor.person_id
    review.verdict_at = clock.now()
    review.verdict_reason = reason
    review.claimed_by_id = None
    review.claim_expires_at = None
    db.session.flush()


def _decide(review: Review, action: str, verdict: str, reason: str, actor: Actor) -> Any:
    thing = _held(review, actor)
    reason = _reason(reason)
    details = {"round": review.round, "scores": dict(review.scores)}
    move(kind_named(review.subject_kind).table, thing, action, actor, reason=reason, details=details)
    _set_verdict(review, verdict, actor, reason)
    letters.tell_champion(review, thing, verdict, reason)
    return thing


def return_with_remarks(review: Review, reason: str, actor: Actor) -> None:
    """Back to the champion, who answers the remarks and submits again."""
    _decide(review, "return", "returned", reason, actor)


def decline(review: Review, reason: str, actor: Actor) -> None:
    """The end of the way for this thing. Kinds without the move (a year's figures) refuse."""
    if "decline" not in kind_named(review.subject_kind).table:
        raise InvalidState(N_("This cannot be declined. Return it with remarks instead."))
    _decide(review, "decline", "declined", reason, actor)


def recommend(review: Review, reason: str, actor: Actor) -> None:
    """To a second person. All five scores must be given."""
    missing = [criterion for criterion in CRITERIA if criterion not in review.scores]
    if missing:
        _held(review, actor)
        raise Invalid(
            N_("Give all five scores before you recommend."),
            {criterion: (N_("Give a score from 0 to 3"), {}) for criterion in missing},
        )
    thing = _decide(review, "recommend", "recommended", reason, actor)
    letters.tell_approvers(review, thing, actor, review.verdict_reason)


# The second person


def _second_person(review: Review, actor: Actor) -> None:
    require(
        actor,
        Action.APPROVE,
        review.champion_id,
        unless=[(review.verdict_by_id is not None and review.verdict_by_id == actor.person_id, SECOND_PERSON)],
    )
    if review.verdict != "recommended" or review.decision:
        raise InvalidState(MOVED_ON)
    if actor.person_id is None and not actor.is_system:
        raise NotAllowed(SECOND_PERSON)


def _set_decision(review: Review, decision: str, actor: Actor, reason: str) -> None:
    review.decision = decision
    review.decided_by_id = actor.person_id
    review.decided_at = clock.now()
    review.decision_reason = reason
    db.session.flush()


def approve(review: Review, reason: str, actor: Actor) -> None:
    """A second person agrees; what follows (publication, numbering) is done by the thing's own room."""
    _second_person(review, actor)
    reason = _reason(reason)
    kind = kind_named(review.subject_kind)
    thing = subject_of(review)
    _set_decision(review, "approved", actor, reason)
    if kind.approve is not None:
        kind.approve(thing, actor, reason)
    else:
        move(kind.table, thing, "approve", actor, reason=reason, details={"round": review.round})
    kind.on_approved(thing, actor)
    letters.tell_champion(review, thing, "approved", reason)


def send_back(review: Review, reason: str, actor: Actor) -> Review:
    """The second person does not agree yet: a further round on the same text; returns the new round.

    Where the table puts the thing back "in review", the one who recommended it holds it again.
    """
    _second_person(review, actor)
    reason = _reason(reason)
    kind = kind_named(review.subject_kind)
    thing = subject_of(review)
    _set_decision(review, "sent_back", actor, reason)
    move(kind.table, thing, "send_back", actor, reason=reason, details={"round": review.round})
    again = _open(review.subject_kind, thing, review.round + 1, review.submitted_by_id)
    again.scores = dict(review.scores)
    former = review.verdict_by
    if thing.state == "in_review" and former is not None:
        _lock(again, Actor(former.id, former.name))
    db.session.flush()
    letters.tell_champion(review, thing, "sent_back", reason)
    if former is not None:
        letters.tell_person(again, thing, former, "review_sent_back", actor, reason)
    return again


# Several at once


@dataclass(frozen=True)
class Outcome:
    """What became of one item of a bulk step; `refusal` is None when it was done."""

    review: Review
    refusal: Refusal | None


VERBS: dict[str, Callable[[Review, str, Actor], Any]] = {"approve": approve, "send_back": send_back}


def in_bulk(reviews: Sequence[Review], verb: str, actor: Actor, reason: str) -> list[Outcome]:
    """One by one through the very same operation, each in a transaction of its own: one refusal undoes no other."""
    if verb not in VERBS:
        raise Invalid(N_("Choose what to do."), {"verb": (N_("Choose what to do."), {})})
    reason = _reason(reason)
    refusals: list[tuple[int, Refusal | None]] = []
    for review_id in [review.id for review in reviews]:
        try:
            with transaction():
                VERBS[verb](db.session.get_one(Review, review_id), reason, actor)
        except Refusal as refusal:
            refusals.append((review_id, refusal))
        else:
            refusals.append((review_id, None))
    return [Outcome(db.session.get_one(Review, review_id), refusal) for review_id, refusal in refusals]
