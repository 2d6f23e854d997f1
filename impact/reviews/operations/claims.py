"""Who holds an item: claiming, expiry, taking over, giving back, stepping aside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from impact import clock
from impact.accounts.models import Person
from impact.actor import Actor
from impact.audit.operations import record
from impact.champions.models import ConflictOfInterest
from impact.db import db, flush_or_conflict
from impact.errors import InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.reviews import letters
from impact.reviews.models import Review
from impact.reviews.operations.rounds import MOVED_ON, lock, reason_in, refuse_as_decided
from impact.reviews.queries import is_claimed
from impact.reviews.subjects import kind_named, subject_of
from impact.workflow import move


def claim(review: Review, actor: Actor) -> None:
    """Take an item that nobody holds (or whose claim expired); it is locked for claim_hours.

    Raises InvalidState when somebody else holds it.
    """
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    lock(review)
    _must_be_open(review)
    if is_claimed(review) and review.claimed_by_id != actor.person_id:
        raise InvalidState(N_("Somebody else is reviewing this. You can take it over with a reason."))
    thing = subject_of(review)
    if thing.state == "submitted":
        move(kind_named(review.subject_kind).table, thing, "claim", actor)
    else:
        record(actor, "claim", thing, details={"round": review.round})
    hold(review, actor)


def take_over(review: Review, reason: str, actor: Actor) -> None:
    """Take an item from whoever holds it; the reason is kept, and they are told by letter."""
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    lock(review)
    _must_be_open(review)
    if not is_claimed(review) or review.claimed_by_id == actor.person_id:
        claim(review, actor)
        return
    reason = reason_in(reason)
    former = db.session.get(Person, review.claimed_by_id)
    thing = subject_of(review)
    record(actor, "claim_taken_over", thing, reason=reason, details={"from": former.name if former else ""})
    hold(review, actor)
    if former is not None:
        letters.tell_person(review, thing, former, "review_taken_over", actor, reason)


def hold(review: Review, actor: Actor) -> None:
    hours = int(current_app.extensions["settings"].claim_hours)
    review.claimed_by_id = actor.person_id
    review.claim_expires_at = clock.now() + timedelta(hours=hours)
    db.session.flush()


def give_back(review: Review, actor: Actor) -> None:
    """Back to the queue; scores and remarks stay for whoever takes it next."""
    thing = held(review, actor)
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
    thing = held(review, actor)
    _release(review, thing, actor)
    declared = ConflictOfInterest(
        person_id=actor.person_id, champion_id=review.champion_id, reason=reason.strip(), declared_at=clock.now()
    )
    db.session.add(declared)
    flush_or_conflict(MOVED_ON)
    record(actor, "conflict_declared", declared)


def _must_be_open(review: Review) -> None:
    if review.verdict:
        raise refuse_as_decided(review)


def held(review: Review, actor: Actor) -> Any:
    """The thing, when this actor may decide and holds the claim (an expired one that nobody took still counts)."""
    require(actor, Action.REVIEW_DECIDE, review.champion_id)
    lock(review)
    _must_be_open(review)
    if actor.person_id is None or review.claimed_by_id != actor.person_id:
        raise InvalidState(N_("You do not hold this item now. Take it first; nothing was changed."))
    return subject_of(review)
