"""The rubric, and what a review's steps are called."""

from __future__ import annotations

from impact.audit.words import ACTIONS
from impact.messages import gettext_noop as N_

#: Of a promise: criterion → (name, what 3 would mean); the champion reads the same words before submitting.
CRITERIA = {
    "specific": (N_("Specific"), N_("one indicator, one group")),
    "measurable": (N_("Measurable"), N_("figures from a named source")),
    "ambitious": (N_("Ambitious"), N_("beyond the trend so far")),
    "feasible": (N_("Feasible"), N_("the plan could reach it")),
    "timely": (N_("Timely"), N_("a date within five years")),
}
#: Of what is told of a year: its figures, and the annual report.
OF_A_YEAR = {
    "complete": (N_("Complete"), N_("every figure that is due, or why there is none")),
    "sourced": (N_("Sourced"), N_("each figure names its source and its evidence")),
    "comparable": (N_("Comparable"), N_("counted as before, or the change is explained")),
    "candid": (N_("Candid"), N_("what failed is told as plainly as what worked")),
    "ahead": (N_("Looking ahead"), N_("what comes next, and who does it")),
}
EVERY_CRITERION = {**CRITERIA, **OF_A_YEAR}
HIGHEST = 3

OUTCOMES = {
    "": N_("Being reviewed"),
    "returned": N_("Returned with remarks"),
    "declined": N_("Declined"),
    "recommended": N_("Recommended for approval"),
    "called_back": N_("Called back by the champion"),
    "approved": N_("Approved"),
    "sent_back": N_("Sent back to the reviewer"),
}

#: outcome → which of the process marks stands for it
MARKS = {
    "returned": "returned",
    "declined": "declined",
    "recommended": "recommended",
    "called_back": "withdrawn",
    "approved": "approved",
    "sent_back": "returned",
}

#: what the audit trail's actions are called in the history that reviewers and champions read; where it says nothing
#: shorter than the trail itself, the words of the trail
STEPS = ACTIONS | {
    "create": N_("Begun"),
    "created": N_("Begun"),
    "file": N_("Begun"),
    "opened": N_("Begun"),
    "add_target": N_("Target added"),
    "save_target": N_("Target changed"),
    "remove_target": N_("Target taken out"),
    "start_amendment": N_("Amendment begun"),
    "correction_started": N_("Correction begun"),
    "figure_entered": N_("Figure entered"),
    "statement_written": N_("Statement written"),
    "evidence_added": N_("Evidence added"),
    "evidence_removed": N_("Evidence removed"),
    "send_to_leader": N_("Sent to the leader"),
    "record": N_("Recorded from a public source"),
    "complete": N_("Completed"),
    "expire": N_("Expired"),
    "submit": N_("Submitted"),
    "sign": N_("Signed off by the leader"),
    "sign_off": N_("Signed off by the leader"),
    "return_to_writers": N_("Returned to the writers"),
    "submitted": N_("Received for review"),
    "claim": N_("Taken for review"),
    "release": N_("Given back to the queue"),
    "claim_taken_over": N_("Taken over from another reviewer"),
    "remark_added": N_("Remark made"),
    "remark_answered": N_("Remark answered"),
    "remark_settled": N_("Remark settled"),
    "scored": N_("Scored"),
    "evidence_opened": N_("Confidential evidence opened"),
    "return": N_("Returned with remarks"),
    "decline": N_("Declined"),
    "recommend": N_("Recommended for approval"),
    "approve": N_("Approved"),
    "send_back": N_("Sent back to the reviewer"),
    "called_back": N_("Called back by the champion"),
    "edition_taken": N_("Edition drawn up"),
    "take_back": N_("Taken back from the leader"),
    "supersede": N_("Superseded by a newer edition"),
    "publish": N_("Published"),
    "withdraw": N_("Withdrawn"),
    "saved": N_("Saved"),
    "save": N_("Saved"),
}
