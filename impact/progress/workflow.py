"""How a year's figures travel: from draft over review and a second look to approved."""

from __future__ import annotations

from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.workflow import Move, from_states

PROGRESS: dict[str, Move] = {
    "submit": Move(from_states("draft", "returned"), "submitted", Action.PROGRESS_SUBMIT, stamps="submitted_at"),
    "claim": Move(from_states("submitted"), "in_review", Action.REVIEW_DECIDE),
    "release": Move(from_states("in_review"), "submitted", Action.REVIEW_DECIDE),
    "return": Move(from_states("in_review"), "returned", Action.REVIEW_DECIDE, needs_reason=True),
    "recommend": Move(
        from_states("in_review"),
        "recommended",
        Action.REVIEW_DECIDE,
        stamps="recommended_at",
        signs="recommended_by_id",
    ),
    "send_back": Move(from_states("recommended"), "in_review", Action.APPROVE, needs_reason=True),
    "approve": Move(
        from_states("recommended"), "approved", Action.APPROVE, stamps="approved_at", signs="approved_by_id"
    ),
}

#: States in which the champion may still write.
OPEN_STATES = frozenset({"draft", "returned"})

STATE_LABELS: dict[str, str] = {
    "draft": N_("Draft"),
    "submitted": N_("Submitted"),
    "in_review": N_("In review"),
    "returned": N_("Returned to you"),
    "recommended": N_("Recommended"),
    "approved": N_("Approved"),
}

ACTION_LABELS: dict[str, str] = {
    "submit": N_("Submit the year’s figures"),
    "claim": N_("Claim"),
    "release": N_("Release"),
    "return": N_("Return with reasons"),
    "recommend": N_("Recommend"),
    "send_back": N_("Send back to the reviewer"),
    "approve": N_("Approve"),
}

#: The statuses as stored, in words.
STATUS_LABELS: dict[str, str] = {
    "reached": N_("Reached"),
    "on_track": N_("On track"),
    "slightly_behind": N_("Slightly behind"),
    "far_behind": N_("Far behind"),
    "moving_away": N_("Moving away"),
    "not_reached": N_("Not reached"),
    "not_due": N_("Not due yet"),
    "not_measured": N_("Not measured"),
    "cannot_say": N_("Cannot say"),
}
