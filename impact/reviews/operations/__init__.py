"""Everything that happens to a review. The thing itself moves by its own room's table, in the same transaction."""

from impact.reviews.operations.bulk import DECISIONS, DESK_STEPS, Outcome, in_bulk
from impact.reviews.operations.claims import claim, give_back, step_aside, take_over
from impact.reviews.operations.deciding import approve, decline, recommend, return_with_remarks, send_back
from impact.reviews.operations.drafts import keep_draft
from impact.reviews.operations.remarks import add_remark, answer_remark, score, settle_remark
from impact.reviews.operations.rounds import MOVED_ON, SECOND_PERSON, called_back, submitted
from impact.reviews.subjects import subject_of

__all__ = [
    "DECISIONS", "DESK_STEPS", "MOVED_ON", "SECOND_PERSON", "Outcome", "add_remark", "answer_remark", "approve",
    "called_back", "claim", "decline", "give_back", "in_bulk", "keep_draft", "recommend", "return_with_remarks", "score",
    "send_back", "settle_remark", "step_aside", "subject_of", "submitted", "take_over",
]  # fmt: skip
