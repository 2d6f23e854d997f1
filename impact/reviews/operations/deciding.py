"""The verdict of the first person and the decision of the second."""

from __future__ import annotations

from typing import Any

from impact import clock
from impact.accounts.models import Person
from impact.actor import Actor
from impact.db import db
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.reviews import letters
from impact.reviews.criteria import EVERY_CRITERION
from impact.reviews.models import Review
from impact.reviews.operations.claims import held, hold
from impact.reviews.operations.rounds import (
    SECOND_PERSON,
    lock,
    open_round,
    reason_in,
    refuse_as_decided,
    set_verdict,
)
from impact.reviews.subjects import Words, criteria_of, kind_named, subject_of
from impact.workflow import move

# The first person


def _decide(review: Review, action: str, verdict: str, reason: str, actor: Actor) -> Any:
    thing = held(review, actor)
    reason = reason_in(reason)
    details = {"round": review.round, "scores": dict(review.scores)}
    move(kind_named(review.subject_kind).table, thing, action, actor, reason=reason, details=details)
    set_verdict(review, verdict, actor, reason)
    letters.tell_champion(review, thing, verdict, reason)
    return thing


def return_with_remarks(review: Review, reason: str, actor: Actor) -> None:
    """Back to the champion, who answers the remarks and submits again."""
    thing = _decide(review, "return", "returned", reason, actor)
    kind_named(review.subject_kind).on_returned(thing, actor, review.verdict_reason)


def decline(review: Review, reason: str, actor: Actor) -> None:
    """The end of the way for this thing. Kinds without the move (a year's figures) refuse."""
    if "decline" not in kind_named(review.subject_kind).table:
        raise InvalidState(N_("This cannot be declined. Return it with remarks instead."))
    _decide(review, "decline", "declined", reason, actor)


def recommend(review: Review, reason: str, actor: Actor) -> None:
    """To a second person. All five scores must be given."""
    missing = [criterion for criterion in criteria_of(review) if criterion not in review.scores]
    if missing:
        held(review, actor)
        raise Invalid(
            N_("Give all five scores before you recommend."),
            {
                criterion: (
                    N_("%(criterion)s: give a score from 0 to 3"),
                    {"criterion": Words(EVERY_CRITERION[criterion][0])},
                )
                for criterion in missing
            },
        )
    thing = _decide(review, "recommend", "recommended", reason, actor)
    letters.tell_approvers(review, thing, actor, review.verdict_reason)


# The second person


def _second_person(review: Review, actor: Actor) -> None:
    lock(review)
    require(
        actor,
        Action.APPROVE,
        review.champion_id,
        unless=[(review.verdict_by_id is not None and review.verdict_by_id == actor.person_id, SECOND_PERSON)],
    )
    if review.verdict != "recommended" or review.decision:
        raise refuse_as_decided(review)
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
    reason = reason_in(reason)
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
    reason = reason_in(reason)
    kind = kind_named(review.subject_kind)
    thing = subject_of(review)
    _set_decision(review, "sent_back", actor, reason)
    move(kind.table, thing, "send_back", actor, reason=reason, details={"round": review.round})
    again = open_round(review.subject_kind, thing, review.round + 1, review.submitted_by_id)
    again.scores = dict(review.scores)
    former = db.session.get(Person, review.verdict_by_id) if review.verdict_by_id else None
    if thing.state == "in_review" and former is not None:
        hold(again, Actor(former.id, former.name))
    db.session.flush()
    letters.tell_champion(review, thing, "sent_back", reason)
    if former is not None:
        letters.tell_person(again, thing, former, "review_sent_back", actor, reason)
    return again
