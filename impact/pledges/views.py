"""Doors of the pledge: a page that takes twenty seconds, the button that confirms, withdrawal, and the staff's page."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.forms import ButtonForm
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.guards import public, staff_may
from impact.i18n import gettext as _
from impact.limits import limiter
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.places import locating
from impact.places.countries import country_or_none
from impact.pledges import invalidating, operations, queries
from impact.pledges.forms import LinkForm, PledgeForm, RuleForm
from impact.pledges.models import COUNTED_GENDERS, GENDER_LABELS, Pledge
from impact.pledges.publishing import published
from impact.pledges.suspicion import REASONS

blueprint = Blueprint("pledges", __name__)


@blueprint.route("/pledge", methods=["GET", "POST"])
@public
@limiter.limit("60/minute", methods=["POST"])
def pledge() -> ResponseReturnValue:
    """The pledge and its form; what is said afterwards is the same for everybody."""
    g.is_private = True
    form = PledgeForm()
    form.offer(locating.country_of(request.remote_addr or ""))
    if form.taken():
        given = operations.Given(language=i18n.current(), is_bot=form.is_bot(), **form.values())
        try:
            with transaction():
                operations.take(given, request.remote_addr or "")
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return see_other("pledges.sent")
    return render_template(
        "pledges/pledge.html",
        form=form,
        total=queries.total(),
        adult_from=current_app.extensions["settings"].pledge_adult_from,
    ), 422 if form.errors else 200


@blueprint.get("/pledge/sent")
@public
def sent() -> ResponseReturnValue:
    return render_template("pledges/sent.html")


@blueprint.get("/pledge/numbers")
@public
def numbers() -> ResponseReturnValue:
    """How many, by country and by self-described gender: a table each, without small groups."""
    threshold = current_app.extensions["settings"].suppression_threshold
    by_country, by_gender = (published(found, threshold) for found in queries.counts())
    language = i18n.current()
    return render_template(
        "pledges/numbers.html",
        total=by_country.total,
        threshold=threshold,
        countries=by_country,
        country_rows=[(_named(code, language), i18n.number(count)) for code, count in by_country.cells],
        genders=by_gender,
        gender_rows=[(_(COUNTED_GENDERS[gender]), i18n.number(count)) for gender, count in by_gender.cells],
    )


def _named(code: str, language: str) -> str:
    country = country_or_none(code)
    return country.name(language) if country else _("Unknown")


@blueprint.route("/pledge/link", methods=["GET", "POST"])
@public
@limiter.limit("10/minute", methods=["POST"])
def link() -> ResponseReturnValue:
    """The lasting link once more, for who lost the letter."""
    g.is_private = True
    form = LinkForm()
    if form.taken():
        try:
            with transaction():
                operations.send_link(form.email.data or "", i18n.current())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return see_other("pledges.sent")
    return render_template("pledges/link.html", form=form), 422 if form.errors else 200


def _own(key: str) -> Pledge:
    g.is_private = True
    return operations.by_key(key)


@blueprint.get("/pledge/mine/<key>")
@public
@limiter.limit("60/minute")
def mine(key: str) -> ResponseReturnValue:
    """Where the letter leads. Programs that look into letters open links: only the button confirms."""
    found = _own(key)
    country = country_or_none(found.country)
    return render_template(
        "pledges/mine.html",
        form=ButtonForm(),
        pledge=found,
        key=key,
        country=country.name(i18n.current()) if country else _("Unknown"),
        gender=_(GENDER_LABELS[found.gender]),
        is_confirmed=found.is_confirmed or found.invalid_at is not None,
    )


@blueprint.post("/pledge/mine/<key>/confirm")
@public
@limiter.limit("20/minute")
def confirm(key: str) -> ResponseReturnValue:
    with transaction():
        operations.confirm(_own(key))
    return see_other("pledges.mine", key=key)


@blueprint.post("/pledge/mine/<key>/stop-letters")
@public
@limiter.limit("20/minute")
def stop_letters(key: str) -> ResponseReturnValue:
    with transaction():
        operations.stop_letters(_own(key))
    return see_other("pledges.mine", key=key)


@blueprint.post("/pledge/mine/<key>/withdraw")
@public
@limiter.limit("20/minute")
def withdraw(key: str) -> ResponseReturnValue:
    with transaction():
        operations.withdraw(_own(key))
    return see_other("pledges.withdrawn")


@blueprint.get("/pledge/withdrawn")
@public
def withdrawn() -> ResponseReturnValue:
    return render_template("pledges/withdrawn.html")


@blueprint.get("/programme/pledges")
@staff_may(Action.PLEDGES_MANAGE)
def index() -> ResponseReturnValue:
    """How many, what was not counted and why, where many came from at once, and what was taken out."""
    return render_template(
        "pledges/index.html",
        standing=queries.standing(),
        reasons=REASONS,
        bursts=queries.bursts(),
        invalidations=queries.invalidations(),
        form=ButtonForm(),
    )


@blueprint.route("/programme/pledges/rule", methods=["GET", "POST"])
@staff_may(Action.PLEDGES_MANAGE)
def rule() -> ResponseReturnValue:
    """What a rule would take out of the count, seen beforehand; the button does it."""
    form = RuleForm(data={"rule": request.args.get("rule", ""), "value": request.args.get("value", ""), "days": 1})
    try:
        chosen = invalidating.rule_of(form.rule.data or "", form.value.data or "", int(form.days.data or 1))
    except Invalid as refusal:
        form.show_problems(refusal)
        return render_template("pledges/rule.html", form=form, preview=None), 422
    if form.taken() and request.form.get("do") == "take":
        try:
            with transaction():
                made = invalidating.invalidate(chosen, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("%(number)s pledges are taken out of the count.", number=i18n.number(made.removed)))
            return see_other("pledges.index")
    preview = invalidating.preview(chosen, actor())
    countries = [
        (found.name(i18n.current()) if (found := country_or_none(code)) else _("Unknown"), count)
        for code, count in preview.countries.items()
    ]
    return render_template(
        "pledges/rule.html", form=form, preview=preview, countries=countries
    ), 422 if form.errors else 200


@blueprint.post("/programme/pledges/<int:number>/undo")
@staff_may(Action.PLEDGES_MANAGE)
def undo(number: int) -> ResponseReturnValue:
    found = queries.invalidation(number)
    if found is None:
        raise NotFound(N_("There is no such page, or you may not see it."))
    with transaction():
        restored = invalidating.undo(found, actor())
    notice(_("%(number)s pledges count again.", number=i18n.number(restored)))
    return see_other("pledges.index")
