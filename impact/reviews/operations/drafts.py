"""What a reviewer typed and has not sent yet: kept beside the review, each person's own, so that no step loses it."""

from __future__ import annotations

from collections.abc import Mapping

from impact.actor import Actor
from impact.db import db
from impact.reviews.models import Review

#: What is kept of the page: the verdict that was chosen, its reason, and a remark that is half written.
FIELDS = ("verdict", "reason", "field", "text")
#: More than an operation takes: what is too long is told when it is sent, and is not cut off before.
_LONGEST = 20_000


def keep_draft(review: Review, typed: Mapping[str, str], actor: Actor) -> None:
    """Keep what was typed, for this person alone. No decision and no entry in the history: nobody else reads it.

    Does nothing unless this person holds the item, so that nobody writes on a page they only read.
    """
    if actor.person_id is None or review.verdict or review.claimed_by_id != actor.person_id:
        return
    kept = {name: typed.get(name, "")[:_LONGEST] for name in FIELDS if typed.get(name)}
    drafts = {**review.drafts, str(actor.person_id): kept}
    if drafts != review.drafts:
        review.drafts = drafts
        db.session.flush()


def draft_of(review: Review, actor: Actor) -> dict[str, str]:
    """What this person typed here and has not sent."""
    return dict(review.drafts.get(str(actor.person_id)) or {})
