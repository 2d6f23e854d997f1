"""The second person: what was recommended, one decision, several decisions."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact.db import transaction
from impact.errors import Invalid, InvalidState
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.i18n import say
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.reviews import operations, queries
from impact.reviews.beside import Beside, waiting_beside
from impact.reviews.forms import DecisionForm
from impact.reviews.pages import everything
from impact.reviews.views.room import blueprint, carried_out, confirmation, one, queue


@blueprint.get("/approvals")
@staff_may(Action.APPROVE)
def approvals() -> ResponseReturnValue:
    """What waits for a second person, the oldest recommendation first; several may be selected."""
    last = request.args.get("after", "")
    after = queries.review_by_public_id(last) if last else None
    found = queries.approvals(after, size=queries.PAGE + 1)
    more = found[queries.PAGE - 1].public_id if len(found) > queries.PAGE else ""
    return render_template(
        "reviews/approvals.html",
        queue=queue(found[: queries.PAGE], in_words=True),
        next_url=url_for("reviews.approvals", after=more) if more else None,
        first_url=url_for("reviews.approvals") if last else None,
        beside=[] if last else [_beside(one) for one in waiting_beside()],
    )


def _beside(one: Beside) -> dict[str, Any]:
    return {
        "title": _(one.title),
        "detail": one.detail,
        "url": url_for(one.endpoint, **one.address),
        "by": one.by or _("the platform"),
        "day": one.at.date(),
        "is_own": one.by_id is not None and one.by_id == actor().person_id,
    }


@blueprint.get("/approvals/confirm")
@staff_may(Action.APPROVE)
def confirm() -> ResponseReturnValue:
    return confirmation(DecisionForm(formdata=None), "reviews.approvals", "reviews.run")


@blueprint.post("/approvals/run")
@staff_may(Action.APPROVE)
def run() -> ResponseReturnValue:
    return carried_out(DecisionForm(), list(operations.DECISIONS), "reviews.approvals", "reviews.run")


@blueprint.route("/approvals/<public_id>", methods=["GET", "POST"])
@staff_may(Action.APPROVE)
def approval(public_id: str) -> ResponseReturnValue:
    """One recommended item, and the decision of the second person."""
    review, told = one(public_id), ""
    form = DecisionForm()
    if form.taken():
        verb = operations.DECISIONS.get(form.verb.data or "")
        try:
            if verb is None:
                raise Invalid(N_("Choose what to do."), {"verb": (N_("Choose what to do."), {})})
            with transaction():
                verb(review, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        except InvalidState as late:
            told = say(late.message, late.values)
        else:
            notice(_("Decided. The champion was told by letter."))
            return see_other("reviews.approvals")
    return render_template(
        "reviews/approval.html",
        **everything(review),
        form=form,
        meanwhile=told,
        typed=[form.reason.data] if told else [],
        is_own=review.verdict_by_id is not None and review.verdict_by_id == actor().person_id,
    ), 409 if told else 422 if form.errors else 200
