"""Doors of the review desk, of the approvals, and of the champion's page about a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from impact.champions.guards import of_champion
from impact.champions.models import CONSTITUENCY_PLURALS, Champion, Constituency
from impact.db import transaction
from impact.errors import Invalid, NotAllowed, NotFound
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.i18n import say
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.reviews import operations, queries
from impact.reviews.criteria import CRITERIA
from impact.reviews.forms import AnswerForm, DecisionForm, ReasonForm, RemarkForm, VerdictForm
from impact.reviews.models import Review
from impact.reviews.pages import everything, printed
from impact.reviews.subjects import kind_named, kinds, subjects_of

blueprint = Blueprint("reviews", __name__)

_MISSING = N_("There is no such page, or you may not see it.")
#: The most items that one bulk step takes.
_MOST_AT_ONCE = 50


def _queue(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Each review with its title, age and whether the reader may decide on it."""
    things = subjects_of(reviews)
    who = actor()
    return [
        {
            "review": review,
            "title": printed(kind_named(review.subject_kind).title(things[review.id], "")),
            "written_in": kind_named(review.subject_kind).language(things[review.id]),
            "kind": _(kind_named(review.subject_kind).label),
            "age": queries.age_of(review),
            "is_claimed": queries.is_claimed(review),
            "is_mine": review.claimed_by_id == who.person_id,
            "has_tie": review.champion_id in who.ties,
            "is_own_recommendation": review.verdict_by_id is not None and review.verdict_by_id == who.person_id,
        }
        for review in reviews
        if review.id in things
    ]


def _one(public_id: str) -> Review:
    """The review, unless the reader has a tie to its champion: its remarks are not yet the champion's to read."""
    review = queries.review_by_public_id(public_id)
    if review.champion_id in actor().ties:
        raise NotAllowed(N_("You have a tie to this organisation, so somebody else must decide."))
    return review


# The desk


@blueprint.get("/review")
@staff_may(Action.REVIEW_SEE)
def desk() -> ResponseReturnValue:
    """What waits, the oldest first, with filters."""
    chosen = {name: request.args.get(name, "") for name in ("kind", "constituency", "show")}
    last = request.args.get("after", "")
    after = queries.review_by_public_id(last).id if last else None
    found = queries.waiting(actor(), **chosen, after=after, size=queries.PAGE + 1)
    number, late = queries.counts()
    return render_template(
        "reviews/desk.html",
        queue=_queue(found[: queries.PAGE]),
        more=found[queries.PAGE - 1].public_id if len(found) > queries.PAGE else "",
        chosen=chosen,
        kinds=[(kind.kind, _(kind.label)) for kind in kinds()],
        constituencies=[(item.value, _(CONSTITUENCY_PLURALS[item])) for item in Constituency],
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


@blueprint.route("/review/<public_id>", methods=["GET", "POST"])
@staff_may(Action.REVIEW_SEE)
def item(public_id: str) -> ResponseReturnValue:
    """One item; a POST saves the scores, or gives the verdict with its reason."""
    review = _one(public_id)
    form = VerdictForm(data={name: str(points) for name, points in review.scores.items()})
    form.offer(can_decline="decline" in kind_named(review.subject_kind).table)
    if form.taken():
        try:
            with transaction():
                told = _take_verdict(review, form)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(told)
            if request.form.get("do") == "save":
                return see_other("reviews.item", public_id=public_id)
            return see_other("reviews.desk")
    return _item_page(review, form, RemarkForm(formdata=None), ReasonForm(formdata=None), 422 if form.errors else 200)


def _take_verdict(review: Review, form: VerdictForm) -> str:
    verdict, reason = form.verdict.data or "", form.reason.data or ""
    if request.form.get("do") != "save" and verdict == "step_aside":
        operations.step_aside(review, reason, actor())
        return _("You stepped aside. The item is back in the queue, and you decide nothing about this organisation.")
    operations.score(review, form.scores(), actor())
    if request.form.get("do") == "save":
        return _("The scores are saved.")
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


def _item_page(
    review: Review, form: VerdictForm, remark_form: RemarkForm, over: ReasonForm, status: int
) -> ResponseReturnValue:
    shown = everything(review)
    remark_form.field.choices = [
        SelectChoice("", _("The whole")),
        *(SelectChoice(row.field, row.label) for row in shown["rows"]),
    ]
    return render_template(
        "reviews/item.html",
        **shown,
        form=form,
        remark_form=remark_form,
        take_over_form=over,
        queue=_queue(queries.waiting(actor(), size=8)),
        number=queries.counts(),
        aim=queries.aim_days(),
        holds=not review.verdict and review.claimed_by_id == actor().person_id,
        may_decide=may(actor(), Action.REVIEW_DECIDE, review.champion_id),
    ), status


@blueprint.post("/review/<public_id>/claim")
@staff_may(Action.REVIEW_DECIDE)
def claim(public_id: str) -> ResponseReturnValue:
    with transaction():
        operations.claim(_one(public_id), actor())
    return see_other("reviews.item", public_id=public_id)


@blueprint.post("/review/<public_id>/give-back")
@staff_may(Action.REVIEW_DECIDE)
def give_back(public_id: str) -> ResponseReturnValue:
    with transaction():
        operations.give_back(_one(public_id), actor())
    notice(_("The item is back in the queue. Your scores and remarks are kept for whoever takes it next."))
    return see_other("reviews.desk")


@blueprint.post("/review/<public_id>/take-over")
@staff_may(Action.REVIEW_DECIDE)
def take_over(public_id: str) -> ResponseReturnValue:
    """Needs a reason, which the former holder reads."""
    review = _one(public_id)
    form = ReasonForm()
    if form.taken():
        try:
            with transaction():
                operations.take_over(review, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return see_other("reviews.item", public_id=public_id)
    return _item_page(review, _fresh_verdict(review), RemarkForm(formdata=None), form, 422 if form.errors else 200)


def _fresh_verdict(review: Review) -> VerdictForm:
    form = VerdictForm(formdata=None, data={name: str(points) for name, points in review.scores.items()})
    form.offer(can_decline="decline" in kind_named(review.subject_kind).table)
    return form


@blueprint.post("/review/<public_id>/remarks")
@staff_may(Action.REVIEW_DECIDE)
def remark(public_id: str) -> ResponseReturnValue:
    review = _one(public_id)
    form = RemarkForm()
    if form.taken():
        try:
            with transaction():
                operations.add_remark(review, form.field.data or "", form.text.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The remark is kept. The champion reads it with your verdict."))
            return see_other("reviews.item", public_id=public_id)
    return _item_page(review, _fresh_verdict(review), form, ReasonForm(formdata=None), 422 if form.errors else 200)


@blueprint.post("/review/<public_id>/remarks/<remark_id>/settle")
@staff_may(Action.REVIEW_DECIDE)
def settle(public_id: str, remark_id: str) -> ResponseReturnValue:
    review = _one(public_id)
    found = queries.remark_by_public_id(remark_id)
    if (found.review.subject_kind, found.review.subject_id) != (review.subject_kind, review.subject_id):
        raise NotFound(_MISSING)
    with transaction():
        operations.settle_remark(found, actor())
    return see_other("reviews.item", public_id=public_id)


# The second person


@blueprint.get("/approvals")
@staff_may(Action.APPROVE)
def approvals() -> ResponseReturnValue:
    """What waits for a second person; several may be selected."""
    return render_template("reviews/approvals.html", queue=_queue(queries.approvals()))


def _selected(ids: Sequence[str]) -> list[Review]:
    unique = list(dict.fromkeys(ids))[:_MOST_AT_ONCE]
    return [_one(public_id) for public_id in unique]


@blueprint.get("/approvals/confirm")
@staff_may(Action.APPROVE)
def confirm() -> ResponseReturnValue:
    """Lists exactly what is selected before anything is done."""
    reviews = _selected(request.args.getlist("item"))
    if not reviews:
        notice(_("Select at least one item."))
        return see_other("reviews.approvals")
    return render_template("reviews/confirm.html", queue=_queue(reviews), form=DecisionForm(formdata=None))


@blueprint.post("/approvals/run")
@staff_may(Action.APPROVE)
def run() -> ResponseReturnValue:
    """The items of the confirmation, one by one through the operation of a single decision; says what became of each."""
    reviews = _selected(request.form.getlist("item"))
    if not reviews:
        raise NotFound(_MISSING)
    form = DecisionForm()
    if form.taken():
        try:
            outcomes = operations.in_bulk(reviews, form.verb.data or "", actor(), form.reason.data or "")
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            rows = _queue([outcome.review for outcome in outcomes])
            words = {o.review.id: say(o.refusal.message, o.refusal.values) if o.refusal else "" for o in outcomes}
            return render_template("reviews/results.html", queue=rows, words=words, verb=form.verb.data)
    return render_template("reviews/confirm.html", queue=_queue(reviews), form=form), 422 if form.errors else 200


@blueprint.route("/approvals/<public_id>", methods=["GET", "POST"])
@staff_may(Action.APPROVE)
def approval(public_id: str) -> ResponseReturnValue:
    """One recommended item, and the decision of the second person."""
    review = _one(public_id)
    form = DecisionForm()
    if form.taken():
        verb = operations.VERBS.get(form.verb.data or "")
        try:
            if verb is None:
                raise Invalid(N_("Choose what to do."), {"verb": (N_("Choose what to do."), {})})
            with transaction():
                verb(review, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Decided. The champion was told by letter."))
            return see_other("reviews.approvals")
    return render_template(
        "reviews/approval.html",
        **everything(review),
        form=form,
        is_own=review.verdict_by_id is not None and review.verdict_by_id == actor().person_id,
    ), 422 if form.errors else 200


# The champion's side


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
        raise NotFound(_MISSING)
    return render_template(
        "reviews/outcome.html",
        **everything(review, told_only=True),
        answer_form=form,
        failed=failed,
        may_answer=may(actor(), kind_named(review.subject_kind).writing, champion.id),
        all_scored=len(review.scores) == len(CRITERIA),
    ), status


@blueprint.post("/organisations/<slug>/reviews/<public_id>/remarks/<remark_id>")
@of_champion(Action.COMMITMENT_WRITE)
def answer(champion: Champion, public_id: str, remark_id: str) -> ResponseReturnValue:
    """The champion's answer to one remark."""
    found = queries.remark_by_public_id(remark_id)
    if found.review.champion_id != champion.id:
        raise NotFound(_MISSING)
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
