"""One item of the desk: the text beside its last version, remarks, scores, verdict. Nothing typed on it is lost."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from impact.db import transaction
from impact.errors import Invalid, InvalidState, NotFound
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.i18n import say
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.reviews import operations, queries
from impact.reviews.ambitions_shown import ambitions_of, chart_styles
from impact.reviews.forms import ReasonForm, VerdictForm
from impact.reviews.models import Review
from impact.reviews.operations.drafts import draft_of
from impact.reviews.pages import everything
from impact.reviews.subjects import criteria_of, kind_named
from impact.reviews.views.room import MISSING, blueprint, one, queue
from impact.security import csp_nonce


def _form(review: Review, *, sent: bool = True) -> VerdictForm:
    """Filled with the kept scores and with what this person typed and has not sent."""
    known = {**{name: str(points) for name, points in review.scores.items()}, **draft_of(review, actor())}
    form = VerdictForm(data=known) if sent else VerdictForm(formdata=None, data=known)
    form.offer(criteria_of(review), can_decline="decline" in kind_named(review.subject_kind).table)
    return form


@blueprint.route("/review/<public_id>", methods=["GET", "POST"])
@staff_may(Action.REVIEW_SEE)
def item(public_id: str) -> ResponseReturnValue:
    """One item; a POST keeps what was typed, or gives the verdict with its reason."""
    review = one(public_id)
    form = _form(review)
    if not form.taken():
        return _page(review, form)
    try:
        with transaction():
            told = _take(review, form)
    except Invalid as refusal:
        _keep_for_later(review, form)
        form.show_problems(refusal)
        return _page(review, form)
    except InvalidState as late:
        return _page(review, form, told=say(late.message, late.values))
    notice(told)
    if request.form.get("do") == "save":
        return see_other("reviews.item", public_id=public_id)
    return see_other("reviews.desk")


def _take(review: Review, form: VerdictForm) -> str:
    verdict, reason = form.verdict.data or "", form.reason.data or ""
    if request.form.get("do") == "save":
        _keep(review, form)
        return _("Scores and words are kept. Nobody else reads your words before you send them.")
    if verdict == "step_aside":
        operations.step_aside(review, reason, actor())
        return _("You stepped aside. The item is back in the queue, and you decide nothing about this organisation.")
    operations.score(review, form.scores(), actor())
    if form.text.data:
        # A remark that was written and not yet kept goes with the verdict: the champion is to read it.
        operations.add_remark(review, form.field.data or "", form.text.data, actor())
    if verdict == "recommend":
        operations.recommend(review, reason, actor())
        return _("Recommended. A second person decides; they and the champion were told by letter.")
    if verdict == "return":
        operations.return_with_remarks(review, reason, actor())
        return _("Returned. The champion was told by letter.")
    if verdict == "decline":
        operations.decline(review, reason, actor())
        return _("Declined. The champion was told by letter.")
    raise Invalid(N_("Choose a verdict."), {"verdict": (N_("Choose a verdict."), {})})


def _keep(review: Review, form: VerdictForm, **but: str) -> None:
    """Keep scores and words that stand on the page beside the step that is taken now."""
    operations.score(review, form.scores(), actor())
    operations.keep_draft(review, {**form.words(), **but}, actor())


def _keep_for_later(review: Review, form: VerdictForm) -> None:
    """After a refusal the page shows what was typed; kept as well, it is there tomorrow too."""
    with transaction():
        operations.keep_draft(review, form.words(), actor())


def _page(review: Review, form: VerdictForm, over: ReasonForm | None = None, told: str = "") -> ResponseReturnValue:
    over = over or ReasonForm(formdata=None)
    over.ask_why(review.claimed_by.name if review.claimed_by else "")
    shown = everything(review)
    form.field.choices = [
        SelectChoice("", _("The whole")),
        *(SelectChoice(row.field, row.label) for row in shown["rows"]),
    ]
    status = 409 if told else 422 if form.errors or over.errors else 200
    may_compare = may(actor(), Action.BENCHMARK_SEE, review.champion_id)
    ambitions = ambitions_of(review, shown["thing"]) if may_compare else []
    return render_template(
        "reviews/item.html",
        **shown,
        ambitions=ambitions,
        chart_styles=chart_styles(ambitions, csp_nonce()),
        form=form,
        take_over_form=over,
        meanwhile=told,
        typed=[form.reason.data, form.text.data] if told else [],
        queue=queue(queries.waiting(actor(), size=8), here=review.public_id),
        number=queries.counts(),
        aim=queries.aim_days(),
        holds=not review.verdict and review.claimed_by_id == actor().person_id,
        may_decide=may(actor(), Action.REVIEW_DECIDE, review.champion_id),
        may_compare=may_compare,
    ), status


@blueprint.post("/review/<public_id>/claim")
@staff_may(Action.REVIEW_DECIDE)
def claim(public_id: str) -> ResponseReturnValue:
    with transaction():
        operations.claim(one(public_id), actor())
    return see_other("reviews.item", public_id=public_id)


@blueprint.post("/review/<public_id>/give-back")
@staff_may(Action.REVIEW_DECIDE)
def give_back(public_id: str) -> ResponseReturnValue:
    review = one(public_id)
    form = _form(review)
    with transaction():
        _keep(review, form)
        operations.give_back(review, actor())
    notice(_("The item is back in the queue. Your scores and remarks are kept for whoever takes it next."))
    return see_other("reviews.desk")


@blueprint.post("/review/<public_id>/take-over")
@staff_may(Action.REVIEW_DECIDE)
def take_over(public_id: str) -> ResponseReturnValue:
    """Needs a reason, which the former holder reads."""
    review = one(public_id)
    form = ReasonForm()
    if form.taken():
        try:
            with transaction():
                operations.take_over(review, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return see_other("reviews.item", public_id=public_id)
    return _page(review, _form(review, sent=False), form)


@blueprint.post("/review/<public_id>/remarks")
@staff_may(Action.REVIEW_DECIDE)
def remark(public_id: str) -> ResponseReturnValue:
    """Keeps the remark, and with it the verdict and the reason that are not sent yet."""
    review = one(public_id)
    form = _form(review)
    if form.taken():
        try:
            with transaction():
                operations.add_remark(review, form.field.data or "", form.text.data or "", actor())
                _keep(review, form, field="", text="")
        except Invalid as refusal:
            _keep_for_later(review, form)
            form.show_problems(refusal)
        except InvalidState as late:
            return _page(review, form, told=say(late.message, late.values))
        else:
            notice(_("The remark is kept. The champion reads it with your verdict."))
            return see_other("reviews.item", public_id=public_id)
    return _page(review, form)


@blueprint.post("/review/<public_id>/remarks/<remark_id>/settle")
@staff_may(Action.REVIEW_DECIDE)
def settle(public_id: str, remark_id: str) -> ResponseReturnValue:
    review = one(public_id)
    found = queries.remark_by_public_id(remark_id)
    if (found.review.subject_kind, found.review.subject_id) != (review.subject_kind, review.subject_id):
        raise NotFound(MISSING)
    form = _form(review)
    with transaction():
        operations.settle_remark(found, actor())
        if review.claimed_by_id == actor().person_id and not review.verdict:
            _keep(review, form)
    return see_other("reviews.item", public_id=public_id)
