"""The blueprint that the doors of this room hang on, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.errors import Invalid, NotAllowed, NotFound
from impact.forms import Form
from impact.i18n import gettext as _
from impact.i18n import say
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.reviews import operations, queries
from impact.reviews.models import Review
from impact.reviews.pages import age_words, gist_of, printed, title_of
from impact.reviews.subjects import kind_named, subjects_of

blueprint = Blueprint("reviews", __name__)

MISSING = N_("There is no such page, or you may not see it.")
#: The most items that one bulk step takes.
MOST_AT_ONCE = 50


def queue(
    reviews: Sequence[Review], here: str = "", *, selectable: bool = False, in_words: bool = False
) -> list[dict[str, Any]]:
    """Each review as the queue prints it, and whether the reader may decide on it; `in_words`: with what it comes to."""
    things = subjects_of(reviews, whole=in_words)
    entries = [_entry(review, things[review.id], here, selectable) for review in reviews if review.id in things]
    for entry in entries if in_words else []:
        entry["gist"] = [] if entry["has_tie"] else gist_of(entry["review"], things[entry["review"].id])
    return entries


def _entry(review: Review, thing: Any, here: str, selectable: bool) -> dict[str, Any]:
    who, kind, age = actor(), kind_named(review.subject_kind), queries.age_of(review)
    has_tie = review.champion_id in who.ties
    holder = review.claimed_by if queries.is_claimed(review) else None
    words = _("%(champion)s: %(kind)s", champion=review.champion.name_in(i18n.current()), kind=_(kind.label))
    if review.round > 1:
        words = _("%(words)s, round %(number)s", words=words, number=review.round)
    return {
        "review": review,
        "title": title_of(kind, thing),
        "written_in": kind.language(thing),
        "plain_title": printed(kind.title(thing, "")),
        "url": "" if has_tie else url_for("reviews.item", public_id=review.public_id),
        "from_whom": words,
        "days": age.days,
        "words": age_words(age),
        "who": _who(has_tie, holder.name if holder else "", review.claimed_by_id == who.person_id),
        "open_now": review.public_id == here,
        "box": review.public_id if selectable and not has_tie else "",
        "has_tie": has_tie,
        "is_own_recommendation": review.verdict_by_id is not None and review.verdict_by_id == who.person_id,
    }


def _who(has_tie: bool, holder: str, is_mine: bool) -> str:
    if has_tie:
        return _("You have a tie to this organisation")
    if not holder:
        return _("unclaimed")
    return _("you") if is_mine else holder


def one(public_id: str) -> Review:
    """The review, unless the reader has a tie to its champion: its remarks are not yet the champion's to read."""
    review = queries.review_by_public_id(public_id)
    if review.champion_id in actor().ties:
        raise NotAllowed(N_("You have a tie to this organisation, so somebody else must decide."))
    return review


def selected(ids: Sequence[str]) -> list[Review]:
    unique = list(dict.fromkeys(ids))[:MOST_AT_ONCE]
    found = queries.reviews_by_public_ids(unique)
    if len(found) != len(unique):
        raise NotFound(MISSING)
    if any(review.champion_id in actor().ties for review in found):
        raise NotAllowed(N_("You have a tie to this organisation, so somebody else must decide."))
    return found


def confirmation(form: Form, back: str, run: str) -> ResponseReturnValue:
    """Lists exactly what is selected before anything is done."""
    reviews = selected(request.args.getlist("item"))
    if not reviews:
        notice(_("Select at least one item."))
        return see_other(back)
    return render_template("reviews/confirm.html", queue=queue(reviews, in_words=True), form=form, back=back, run=run)


def carried_out(form: Form, verbs: Sequence[str], back: str, run: str) -> ResponseReturnValue:
    """The items of the confirmation, one by one through the operation of a single step; says what became of each."""
    reviews = selected(request.form.getlist("item"))
    if not reviews:
        raise NotFound(MISSING)
    if form.taken():
        verb, reason = str(form["verb"].data or ""), str(form["reason"].data or "") if "reason" in form else ""
        try:
            if verb not in verbs:
                raise Invalid(N_("Choose what to do."), {"verb": (N_("Choose what to do."), {})})
            outcomes = operations.in_bulk(reviews, verb, actor(), reason)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            rows = queue([outcome.review for outcome in outcomes])
            words = {o.review.id: say(o.refusal.message, o.refusal.values) if o.refusal else "" for o in outcomes}
            return render_template("reviews/results.html", queue=rows, words=words, verb=verb, back=back)
    status = 422 if form.errors else 200
    return render_template(
        "reviews/confirm.html", queue=queue(reviews, in_words=True), form=form, back=back, run=run
    ), status
