"""How a commitment and an amendment travel: from draft over the leader, review and a second look to the public page."""

from __future__ import annotations

from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.workflow import Move, from_states

_REVIEW: dict[str, Move] = {
    "send_to_leader": Move(from_states("draft", "returned"), "awaiting_leader", Action.COMMITMENT_WRITE),
    "sign_off": Move(
        from_states("awaiting_leader"), "submitted", Action.COMMITMENT_SIGN_OFF, "signed_at", "signed_by_id"
    ),
    "return_to_writers": Move(from_states("awaiting_leader"), "draft", Action.COMMITMENT_SIGN_OFF, needs_reason=True),
    "claim": Move(from_states("submitted"), "in_review", Action.REVIEW_DECIDE),
    "release": Move(from_states("in_review"), "submitted", Action.REVIEW_DECIDE),
    "return": Move(from_states("in_review"), "returned", Action.REVIEW_DECIDE, needs_reason=True),
    "decline": Move(from_states("in_review"), "declined", Action.REVIEW_DECIDE, stamps="ended_at", needs_reason=True),
    "recommend": Move(
        from_states("in_review"), "recommended", Action.REVIEW_DECIDE, "recommended_at", "recommended_by_id"
    ),
    "send_back": Move(from_states("recommended"), "in_review", Action.APPROVE, needs_reason=True),
}

COMMITMENT: dict[str, Move] = {
    **_REVIEW,
    "approve": Move(from_states("recommended"), "published", Action.APPROVE, "approved_at", "approved_by_id"),
    "record": Move(
        from_states("draft"), "published", Action.RECORD_PUBLIC_SOURCE, stamps="published_at", signs="recorded_by_id"
    ),
    "complete": Move(from_states("published"), "completed", Action.APPROVE, stamps="ended_at", needs_reason=True),
    "expire": Move(from_states("published"), "expired", Action.APPROVE, stamps="ended_at", needs_reason=True),
    "withdraw": Move(
        from_states("draft", "returned", "published"),
        "withdrawn",
        Action.COMMITMENT_WITHDRAW,
        stamps="ended_at",
        needs_reason=True,
    ),
}

AMENDMENT: dict[str, Move] = {
    **_REVIEW,
    "approve": Move(from_states("recommended"), "approved", Action.APPROVE, "approved_at", "approved_by_id"),
    "record": Move(from_states("draft"), "approved", Action.RECORD_PUBLIC_SOURCE, stamps="approved_at"),
    "withdraw": Move(
        from_states("draft", "returned"), "withdrawn", Action.COMMITMENT_WRITE, stamps="ended_at", needs_reason=True
    ),
}

#: States in which the champion's people may write.
OPEN_STATES = frozenset({"draft", "returned"})

STATE_LABELS: dict[str, str] = {
    "draft": N_("Draft"),
    "awaiting_leader": N_("Waiting for the leader"),
    "submitted": N_("Submitted"),
    "in_review": N_("In review"),
    "returned": N_("Returned to you"),
    "recommended": N_("Recommended"),
    "approved": N_("Approved"),
    "published": N_("Published"),
    "completed": N_("Completed"),
    "expired": N_("Expired"),
    "withdrawn": N_("Withdrawn"),
    "declined": N_("Declined"),
}
