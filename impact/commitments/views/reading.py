"""What the staff read of a champion's commitment, its history, and the end of what is in force."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import operations, queries
from impact.commitments.endings import EXPIRED
from impact.commitments.forms import ReasonForm
from impact.commitments.models import Commitment
from impact.commitments.sketches import as_it_was
from impact.commitments.views import drafting
from impact.commitments.views.parts import back, champion_page
from impact.commitments.views.room import blueprint
from impact.commitments.workflow import COMMITMENT
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.i18n import gettext as _
from impact.indicators.themes import THEMES
from impact.messages import gettext_noop as N_
from impact.pages import actor
from impact.permissions import Action
from impact.workflow import available

HISTORY: dict[str, str] = {
    "file": N_("Written"),
    "save": N_("Saved"),
    "add_target": N_("Target added"),
    "save_target": N_("Target saved"),
    "remove_target": N_("Target removed"),
    "send_to_leader": N_("Sent to the leader"),
    "sign_off": N_("Signed by the leader and submitted"),
    "return_to_writers": N_("Returned to the writers"),
    "claim": N_("Taken up for review"),
    "release": N_("Put back into the queue"),
    "return": N_("Returned with remarks"),
    "decline": N_("Declined"),
    "recommend": N_("Recommended for approval"),
    "send_back": N_("Sent back to the reviewer"),
    "approve": N_("Approved"),
    "record": N_("Recorded from a public source"),
    "complete": N_("Completed"),
    "expire": N_("Expired"),
    "withdraw": N_("Withdrawn"),
    "start_amendment": N_("Amendment begun"),
    "reaffirmed": N_("Re-affirmed by the new leader"),
    "amended": N_("Amended by the new leader"),
    "text_amended": N_("The text as amended is in force"),
    "remark_added": N_("Remark written"),
    "remark_answered": N_("Remark answered"),
    "remark_settled": N_("Remark settled"),
    "scored": N_("Scores given"),
    "claim_taken_over": N_("Review taken over"),
    "called_back": N_("Called back"),
    "condition_figure_recorded": N_("Figure of the condition entered"),
}
#: Said already by the signature that brought it to the desk.
SAID_ALREADY = frozenset({"submitted"})
#: The reviewer's desk while it is at work: its champion reads the outcome, not each step towards it.
AT_THE_DESK = SAID_ALREADY | {"remark_added", "remark_settled", "scored", "claim_taken_over"}
#: How a text came about is its writers' business; the staff read what became of it.
WRITING = frozenset({"file", "save", "add_target", "save_target", "remove_target", "return_to_writers"})


def history_of(commitment: Commitment, without: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """What was done, the newest first, as the timeline prints it."""
    return [
        {
            "when": i18n.date_time(entry.at),
            "iso": entry.at.isoformat(),
            "what": _("%(what)s, by %(name)s", what=_(HISTORY.get(entry.action, N_("Changed"))), name=entry.actor_name),
            "note": i18n.say(EXPIRED) if entry.reason == EXPIRED else entry.reason,
        }
        for entry in queries.history(commitment)
        if entry.action not in without
    ]


def ended_reason(commitment: Commitment) -> str:
    return i18n.say(EXPIRED) if commitment.ended_reason == EXPIRED else commitment.ended_reason


def show_submitted(champion: Champion, commitment: Commitment, ending: ReasonForm | None = None) -> ResponseReturnValue:
    """The text that was submitted, or is in force, to read only; an approver may complete what is in force."""
    revision = queries.submitted_text(commitment)
    fields, targets = as_it_was(commitment, revision)
    themes = {theme.key: theme.label for theme in THEMES}
    form = ending or ReasonForm(formdata=None)
    page = champion_page(
        "commitments/reading.html",
        champion,
        commitment=commitment,
        text=fields,
        being_rewritten=revision.number != commitment.revision,
        submitted_at=i18n.date_time(commitment.submitted_at) if commitment.submitted_at else "",
        themes=[_(themes[key]) for key in fields["themes"] or [] if key in themes],
        targets=[(target, drafting.said(target)) for target in targets],
        ended_reason=ended_reason(commitment),
        endings=[step for step in available(COMMITMENT, commitment, actor()) if step in {"complete", "expire"}],
        form=form,
        history=history_of(commitment, WRITING | SAID_ALREADY),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/organisations/<slug>/commitments/<public_id>/end/<step>")
@of_champion(Action.APPROVE)
def end(champion: Champion, public_id: str, step: str) -> ResponseReturnValue:
    """An approver says that it is completed, or that it ended without being; the public reads why."""
    if step not in {"complete", "expire"}:
        raise NotFound(N_("There is no such page, or you may not see it."))
    commitment = queries.own(champion, public_id)
    form = ReasonForm()
    words: dict[str, Any] = {"complete": _("The commitment is completed."), "expire": _("The commitment is expired.")}
    if form.taken():
        try:
            with transaction():
                operations.end(commitment, step, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return back(champion, commitment, words[step])
    return show_submitted(champion, queries.own(champion, public_id), form)
