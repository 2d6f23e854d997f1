"""How an edition travels from draft to sealed, and the three states of a file."""

from __future__ import annotations

from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.workflow import Move, Table, from_states

#: The leader signs off that very edition, a reviewer looks at it, a second person seals it. The desk knows the steps
#: from "claim" to "approve" by these names.
EDITION: Table = {
    "send_to_leader": Move(from_states("draft"), "with_leader", Action.REPORT_MAKE, stamps="sent_at"),
    "take_back": Move(from_states("with_leader"), "draft", Action.REPORT_MAKE),
    "sign_off": Move(
        from_states("with_leader"), "submitted", Action.REPORT_SIGN_OFF, "signed_off_at", "signed_off_by_id"
    ),
    "return_to_writers": Move(from_states("with_leader"), "draft", Action.REPORT_SIGN_OFF, needs_reason=True),
    "claim": Move(from_states("submitted"), "in_review", Action.REVIEW_DECIDE),
    "release": Move(from_states("in_review"), "submitted", Action.REVIEW_DECIDE),
    "return": Move(from_states("in_review"), "draft", Action.REVIEW_DECIDE, needs_reason=True),
    "recommend": Move(
        from_states("in_review"), "recommended", Action.REVIEW_DECIDE, "recommended_at", "recommended_by_id"
    ),
    "send_back": Move(from_states("recommended"), "in_review", Action.APPROVE, needs_reason=True),
    "approve": Move(from_states("recommended"), "sealed", Action.APPROVE, "sealed_at", "approved_by_id"),
    # Whoever approves the next edition has been asked; the older one goes with it.
    "supersede": Move(from_states("sealed"), "superseded", None, stamps="superseded_at"),
}

#: Of a constituency or of a whole year: the programme draws it up and recommends it, a second person seals it.
OF_MANY: Table = {
    "recommend": Move(from_states("draft"), "recommended", Action.REPORT_MAKE, "recommended_at", "recommended_by_id"),
    "send_back": Move(from_states("recommended"), "draft", Action.APPROVE, needs_reason=True),
    "approve": EDITION["approve"],
    "supersede": EDITION["supersede"],
}

FILE: Table = {
    # The job does these; who asked for it was asked when it was asked for.
    "made": Move(from_states("waiting"), "ready", None, stamps="made_at"),
    "fail": Move(from_states("waiting"), "failed", None),
    "retry": Move(from_states("failed"), "waiting", Action.REPORT_MAKE),
}

STATE_LABELS: dict[str, str] = {
    "draft": N_("Draft"),
    "with_leader": N_("With the leader"),
    "submitted": N_("Signed off, waiting for review"),
    "in_review": N_("In review"),
    "recommended": N_("Recommended"),
    "sealed": N_("Sealed"),
    "superseded": N_("Superseded"),
}

#: On its way between the champion and UN Women: neither can be drawn up anew.
UNDER_WAY = frozenset({"with_leader", "submitted", "in_review", "recommended"})
