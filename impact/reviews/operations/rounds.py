"""The rounds of a review: one opens with each submission, and ends with a verdict or when the champion takes it back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from impact import clock
from impact.accounts.models import Person
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.reviews import letters
from impact.reviews.criteria import OUTCOMES
from impact.reviews.models import Review
from impact.reviews.subjects import Words, kind_named

MOVED_ON = N_("This was already decided or moved on meanwhile. Open it again to see where it stands.")
DECIDED_BY = N_("This is decided already: “%(outcome)s”, by %(who)s on %(when)s. Nothing was overwritten.")
SECOND_PERSON = N_("You recommended this yourself, so a second person must decide.")
_LONGEST = 5000


def reason_in(reason: str) -> str:
    """The reason without spaces around it; raises Invalid for none and for a very long one."""
    reason = reason.strip()
    if not reason:
        raise Invalid(
            N_("Give a reason. It is kept in the history and the other side reads it."),
            {"reason": (N_("Give a reason"), {})},
        )
    return short_enough("reason", reason)


def short_enough(name: str, text: str) -> str:
    if len(text) > _LONGEST:
        values = {"most": _LONGEST}
        raise Invalid(
            N_("Use at most %(most)s characters."), {name: (N_("Use at most %(most)s characters."), values)}, **values
        )
    return text


def lock(review: Review) -> None:
    """Read the review again under a lock: of two who decide at once the second sees what the first decided."""
    db.session.flush()
    # Locked by a question of its own: PostgreSQL locks no outer join, and the review may have been read with some.
    db.session.execute(select(Review.id).where(Review.id == review.id).with_for_update())
    db.session.refresh(review)


def refuse_as_decided(review: Review) -> InvalidState:
    """Who decided what and when, for the one who came second."""
    outcome, by_id, at = (
        (review.decision, review.decided_by_id, review.decided_at)
        if review.decision
        else (review.verdict, review.verdict_by_id, review.verdict_at)
    )
    who = db.session.get(Person, by_id) if by_id else None
    if not outcome or who is None or at is None:
        return InvalidState(MOVED_ON)
    return InvalidState(DECIDED_BY, who=who.name, outcome=Words(OUTCOMES[outcome]), when=at)


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
    review = open_round(kind, thing, last + 1, actor.person_id)
    record(actor, "submitted", thing, details={"round": review.round, "revision": subject.revision(thing)})
    letters.tell_reviewers(review, thing)
    return review


def open_round(kind: str, thing: Any, number: int, by: int | None) -> Review:
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
        drafts={},
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
    set_verdict(review, "called_back", actor, reason)
    record(actor, "called_back", thing, reason=reason, details={"round": review.round})


def set_verdict(review: Review, verdict: str, actor: Actor, reason: str) -> None:
    review.verdict = verdict
    review.verdict_by_id = actor.person_id
    review.verdict_at = clock.now()
    review.verdict_reason = reason
    review.claimed_by_id = None
    review.claim_expires_at = None
    review.drafts = {}
    db.session.flush()
