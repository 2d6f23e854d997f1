"""Several at once: one by one through the very same operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from impact.actor import Actor
from impact.db import db, transaction
from impact.errors import Invalid, Refusal
from impact.messages import gettext_noop as N_
from impact.reviews.models import Review
from impact.reviews.operations.claims import claim, give_back
from impact.reviews.operations.deciding import approve, send_back
from impact.reviews.operations.rounds import reason_in

Verb = Callable[[Review, str, Actor], Any]
#: what a second person may do with several items; each needs a reason
DECISIONS: dict[str, Verb] = {"approve": approve, "send_back": send_back}
#: what a reviewer may do with several items of the queue
DESK_STEPS: dict[str, Verb] = {
    "claim": lambda review, _reason, actor: claim(review, actor),
    "give_back": lambda review, _reason, actor: give_back(review, actor),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one item of a bulk step; `refusal` is None when it was done."""

    review: Review
    refusal: Refusal | None


def in_bulk(reviews: Sequence[Review], verb: str, actor: Actor, reason: str = "") -> list[Outcome]:
    """One by one through the very same operation, each in a transaction of its own: one refusal undoes no other."""
    step = DECISIONS.get(verb) or DESK_STEPS.get(verb)
    if step is None:
        raise Invalid(N_("Choose what to do."), {"verb": (N_("Choose what to do."), {})})
    if verb in DECISIONS:
        reason = reason_in(reason)
    refusals: list[tuple[int, Refusal | None]] = []
    for review_id in [review.id for review in reviews]:
        try:
            with transaction():
                step(db.session.get_one(Review, review_id), reason, actor)
        except Refusal as refusal:
            refusals.append((review_id, refusal))
        else:
            refusals.append((review_id, None))
    return [Outcome(db.session.get_one(Review, review_id), refusal) for review_id, refusal in refusals]
