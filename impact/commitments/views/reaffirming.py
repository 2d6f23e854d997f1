"""A new leader's tasks: stand by each commitment as it is, or have it amended."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import amendments, operations, queries, reaffirmations
from impact.commitments.models import Reaffirmation
from impact.commitments.views.amending import said
from impact.commitments.views.amendment_forms import WantedForm
from impact.commitments.views.parts import champion_page
from impact.commitments.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may


@blueprint.get("/organisations/<slug>/reaffirmations")
@of_champion(Action.COMMITMENT_SEE_DRAFT)
def reaffirmations_page(champion: Champion) -> ResponseReturnValue:
    return _page(champion)


def _page(champion: Champion, form: WantedForm | None = None, of: str = "") -> ResponseReturnValue:
    tasks = [
        {
            "task": task,
            "commitment": task.commitment,
            "sentences": [said(target) for target in task.commitment.targets],
            "digest": operations.present_digest(task.commitment),
            "open_amendment": next(
                (row for row in task.commitment.amendments if row.state not in {"approved", "withdrawn", "declined"}),
                None,
            ),
            "form": form
            if form is not None and task.commitment.public_id == of
            else WantedForm(formdata=None, prefix=f"{task.commitment.public_id}-"),
        }
        for task in queries.open_reaffirmations(champion)
    ]
    page = champion_page(
        "commitments/reaffirmations.html",
        champion,
        tasks=tasks,
        may_answer=may(actor(), Action.COMMITMENT_SIGN_OFF, champion.id),
    )
    return page, 422 if form is not None and (form.errors or form.form_errors) else 200


def _task(champion: Champion, public_id: str) -> Reaffirmation:
    task = queries.open_reaffirmation(queries.own(champion, public_id))
    if task is None:
        raise NotFound(N_("There is nothing to re-affirm here, or it was answered already."))
    return task


@blueprint.post("/organisations/<slug>/commitments/<public_id>/reaffirm")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def reaffirm(champion: Champion, public_id: str) -> ResponseReturnValue:
    """The leader stands by the text with the digest that was shown."""
    task = _task(champion, public_id)
    with transaction():
        reaffirmations.reaffirm(task, request.form.get("digest", ""), actor())
    notice(_("Re-affirmed. The public reads it with the name and the day."))
    return see_other("commitments.reaffirmations_page", slug=champion.slug)


@blueprint.post("/organisations/<slug>/commitments/<public_id>/ask-for-amendment")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def ask_for_amendment(champion: Champion, public_id: str) -> ResponseReturnValue:
    """The leader has the writers amend it; the task stays until the amendment is approved."""
    task = _task(champion, public_id)
    form = WantedForm(prefix=f"{public_id}-")
    if form.taken():
        try:
            with transaction():
                amendments.ask_for_amendment(task.commitment, form.note.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The writers were told by letter. You sign the amendment when it is written."))
            return see_other("commitments.reaffirmations_page", slug=champion.slug)
    return _page(champion, form, public_id)
