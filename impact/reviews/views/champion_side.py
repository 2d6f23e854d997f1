"""What a champion reads of its reviews: every decision with its reason, the scores, the remarks; here it answers them."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.reviews import operations, queries
from impact.reviews.criteria import CRITERIA, OF_A_YEAR, OUTCOMES
from impact.reviews.forms import AnswerForm
from impact.reviews.pages import everything, shown_to_champion
from impact.reviews.subjects import kind_named, subjects_of
from impact.reviews.views.room import MISSING, blueprint


@blueprint.get("/organisations/<slug>/reviews")
@of_champion(Action.CHAMPION_SEE)
def of_the_champion(champion: Champion) -> ResponseReturnValue:
    """Every round of every review, the newest first, and the rubric by which reviewers score."""
    last = request.args.get("after", "")
    found = queries.of_champion(champion.id, last, size=queries.PAGE + 1)
    more = found[queries.PAGE - 1].public_id if len(found) > queries.PAGE else ""
    things = subjects_of(found[: queries.PAGE])
    return render_template(
        "reviews/of_champion.html",
        champion=champion,
        rows=[shown_to_champion(review, things[review.id]) for review in found[: queries.PAGE] if review.id in things],
        next_url=url_for("reviews.of_the_champion", slug=champion.slug, after=more) if more else None,
        first_url=url_for("reviews.of_the_champion", slug=champion.slug) if last else None,
        rubrics=(
            (_("A commitment, and an amendment of one"), CRITERIA),
            (_("The figures of a year, and the annual report"), OF_A_YEAR),
        ),
        outcomes=OUTCOMES,
        is_demonstration=champion.is_demonstration,
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=champion.name),
    )


@blueprint.get("/organisations/<slug>/reviews/<public_id>")
@of_champion(Action.CHAMPION_SEE)
def outcome(champion: Champion, public_id: str) -> ResponseReturnValue:
    """What was decided and why, the scores, the remarks; remarks are answered here."""
    return _outcome_page(champion, public_id, AnswerForm(formdata=None), "", 200)


def _outcome_page(
    champion: Champion, public_id: str, form: AnswerForm, failed: str, status: int
) -> ResponseReturnValue:
    review = queries.review_by_public_id(public_id)
    if review.champion_id != champion.id:
        raise NotFound(MISSING)
    return render_template(
        "reviews/outcome.html",
        **everything(review, told_only=True),
        answer_form=form,
        failed=failed,
        may_answer=may(actor(), kind_named(review.subject_kind).writing, champion.id),
    ), status


@blueprint.post("/organisations/<slug>/reviews/<public_id>/remarks/<remark_id>")
@of_champion(Action.COMMITMENT_WRITE)
def answer(champion: Champion, public_id: str, remark_id: str) -> ResponseReturnValue:
    """The champion's answer to one remark."""
    found = queries.remark_by_public_id(remark_id)
    if found.review.champion_id != champion.id:
        raise NotFound(MISSING)
    form = AnswerForm()
    if form.taken():
        try:
            with transaction():
                operations.answer_remark(found, form.answer.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Your answer is kept. The reviewer sees it beside the remark."))
            return see_other("reviews.outcome", slug=champion.slug, public_id=public_id)
    return _outcome_page(champion, public_id, form, remark_id, 422 if form.errors else 200)
