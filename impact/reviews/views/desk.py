"""The queue: what waits and how long, filters, taking one or several."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact.champions.models import CONSTITUENCY_PLURALS, Constituency
from impact.db import transaction
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.reviews import operations, queries
from impact.reviews.forms import DeskStepForm
from impact.reviews.subjects import kinds
from impact.reviews.views.room import blueprint, carried_out, confirmation, queue


def _choices(chosen: str, pairs: list[tuple[str, str]]) -> list[dict[str, object]]:
    return [{"value": value, "words": words, "chosen": value == chosen} for value, words in [("", _("All")), *pairs]]


@blueprint.get("/review")
@staff_may(Action.REVIEW_SEE)
def desk() -> ResponseReturnValue:
    """What waits, the oldest first, with filters."""
    chosen = {name: request.args.get(name, "") for name in ("show", "kind", "constituency")}
    last = request.args.get("after", "")
    after = queries.review_by_public_id(last).id if last else None
    found = queries.waiting(actor(), **chosen, after=after, size=queries.PAGE + 1)
    number, late = queries.counts()
    shows = [("mine", _("Mine")), ("unclaimed", _("Unclaimed")), ("late", _("Late"))]
    more = found[queries.PAGE - 1].public_id if len(found) > queries.PAGE else ""
    used: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    return render_template(
        "reviews/desk.html",
        queue=queue(found[: queries.PAGE], selectable=may(actor(), Action.REVIEW_DECIDE)),
        next_url=url_for("reviews.desk", after=more, **used) if more else None,
        first_url=url_for("reviews.desk", **used) if last else None,
        used=len(used),
        groups=[
            (_("Show"), "show", _choices(chosen["show"], shows)),
            (_("Kind"), "kind", _choices(chosen["kind"], [(kind.kind, _(kind.label)) for kind in kinds()])),
            (
                _("Constituency"),
                "constituency",
                _choices(
                    chosen["constituency"], [(item.value, _(CONSTITUENCY_PLURALS[item])) for item in Constituency]
                ),
            ),
        ],
        number=number,
        late=late,
        aim=queries.aim_days(),
        may_decide=may(actor(), Action.REVIEW_DECIDE),
    )


@blueprint.post("/review/take-oldest")
@staff_may(Action.REVIEW_DECIDE)
def take_oldest() -> ResponseReturnValue:
    """Claims the oldest item that nobody holds."""
    with transaction():
        review = queries.oldest_unclaimed(actor())
        if review is not None:
            operations.claim(review, actor())
            public_id = review.public_id
    if review is None:
        notice(_("Nothing is left to take: every item is claimed."))
        return see_other("reviews.desk")
    return see_other("reviews.item", public_id=public_id)


@blueprint.get("/review/selected")
@staff_may(Action.REVIEW_DECIDE)
def confirm_steps() -> ResponseReturnValue:
    return confirmation(DeskStepForm(formdata=None), "reviews.desk", "reviews.run_steps")


@blueprint.post("/review/selected")
@staff_may(Action.REVIEW_DECIDE)
def run_steps() -> ResponseReturnValue:
    return carried_out(DeskStepForm(), list(operations.DESK_STEPS), "reviews.desk", "reviews.run_steps")
