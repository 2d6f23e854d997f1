"""Remarks on single fields, their answers, and the scores."""

from __future__ import annotations

from collections.abc import Mapping

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.reviews.criteria import HIGHEST
from impact.reviews.models import Remark, Review
from impact.reviews.operations.claims import held
from impact.reviews.operations.rounds import MOVED_ON, short_enough
from impact.reviews.subjects import criteria_of, kind_named, subject_of


def add_remark(review: Review, field: str, text: str, actor: Actor) -> Remark:
    """A remark on one field ("" for the whole). The champion reads it with the verdict."""
    thing = held(review, actor)
    text = short_enough("text", text.strip())
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
    text = short_enough("answer", text.strip())
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
    """Set scores (0 absent … 3 beyond doubt) for some or all of the criteria of this kind of thing."""
    thing = held(review, actor)
    known = criteria_of(review)
    for criterion, points in scores.items():
        if criterion not in known or type(points) is not int or not 0 <= points <= HIGHEST:
            raise Invalid(N_("A score is 0, 1, 2 or 3."), {criterion: (N_("A score is 0, 1, 2 or 3."), {})})
    before = dict(review.scores)
    after = {**before, **scores}
    if before != after:
        review.scores = after
        record(actor, "scored", thing, details={"from": before, "to": after, "round": review.round})
