"""Applying: the public form, the button that confirms the e-mail, the applicant's own page."""

from __future__ import annotations

from flask import render_template, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from impact import i18n
from impact.accounts.operations import find_link
from impact.champions import operations, queries, rules
from impact.champions.forms import AnswerForm, ApplicationForm, ButtonForm
from impact.champions.models import Application
from impact.champions.operations.applicants import is_applicant
from impact.champions.operations.applying import Particulars, application_to_confirm
from impact.champions.operations.inviting import invitation_of
from impact.champions.views.room import blueprint
from impact.champions.workflow import APPLICATION
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.guards import public, signed_in
from impact.i18n import gettext as _
from impact.limits import limiter
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other


@blueprint.route("/apply", methods=["GET", "POST"])
@public
@limiter.limit("10/minute", methods=["POST"])
def apply() -> ResponseReturnValue:
    """The application, with the terms printed on the page."""
    return _application_form("")


@blueprint.route("/apply/invited/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20/minute")
def apply_invited(token: str) -> ResponseReturnValue:
    """The same form, filled in from an invitation; only sending it uses the link up."""
    return _application_form(token)


def _application_form(token: str) -> ResponseReturnValue:
    known: dict[str, str] = {}
    if token:
        invitation = invitation_of(find_link("invitation", token).payload.get("invitation"))
        known = {
            field: getattr(invitation, field)
            for field in ("constituency", "name", "country", "contact_name", "contact_email")
        }
    form = ApplicationForm(data=known)
    form.offer_choices()
    if form.taken():
        try:
            with transaction():
                operations.apply(
                    _particulars(form),
                    language=i18n.current(),
                    accepts_terms=bool(form.terms.data),
                    actor=actor(),
                    invitation_token=token,
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            session["applied_with"] = form.contact_email.data
            return see_other("champions.apply_sent")
    return render_template(
        "champions/apply.html", form=form, terms=rules.TERMS, invited=bool(token)
    ), 422 if form.errors else 200


def _particulars(form: ApplicationForm) -> Particulars:
    return Particulars(
        constituency=form.constituency.data,
        name=form.name.data or "",
        country=form.country.data,
        sector=form.sector.data or "",
        size=int(form.size.data or 0),
        website=form.website.data or "",
        leader_name=form.leader_name.data or "",
        leader_office=form.leader_office.data or "",
        leader_since=form.leader_since.data,
        contact_name=form.contact_name.data or "",
        contact_office=form.contact_office.data or "",
        contact_email=form.contact_email.data or "",
        statement=form.statement.data or "",
    )


@blueprint.get("/apply/sent")
@public
def apply_sent() -> ResponseReturnValue:
    return render_template("champions/apply_sent.html", email=session.get("applied_with", ""))


@blueprint.route("/apply/confirm/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20/minute")
def confirm(token: str) -> ResponseReturnValue:
    """Programs that look into letters open links; only the button confirms."""
    form = ButtonForm()
    if form.taken():
        with transaction():
            application, _person, password_token = operations.confirm(token)
        if password_token:
            # A sentence for the next page would be lost: nobody is signed in yet. The page says it itself.
            return see_other("accounts.new_password", token=password_token, after="confirmation")
        notice(_("Your address is confirmed."))
        return see_other("champions.own_application", public_id=application.public_id)
    return render_template("champions/confirm.html", form=form, application=application_to_confirm(token))


def _own(public_id: str) -> Application:
    application = queries.application_by_public_id(public_id)
    if not is_applicant(application, current_user.person):
        raise NotFound(N_("There is no such page, or you may not see it."))
    return application


def _may_now(application: Application, *actions: str) -> list[str]:
    return [action for action in actions if application.state in APPLICATION[action].leaves]


@blueprint.route("/applications/<public_id>", methods=["GET", "POST"])
@signed_in
def own_application(public_id: str) -> ResponseReturnValue:
    """How the application stands, the conversation, the answer to a question."""
    application = _own(public_id)
    form = AnswerForm()
    if form.taken():
        try:
            with transaction():
                operations.answer(application, form.text.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Your answer is with the programme."))
            return see_other("champions.own_application", public_id=public_id)
    return render_template(
        "champions/application.html",
        form=form,
        application=application,
        may=_may_now(application, "answer", "withdraw", "accept"),
    ), 422 if form.errors else 200


@blueprint.route("/applications/<public_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw_application(public_id: str) -> ResponseReturnValue:
    """A page of its own that says what is lost."""
    application = _own(public_id)
    form = ButtonForm()
    if form.taken():
        with transaction():
            operations.withdraw(application, actor())
        notice(_("You took your application back."))
        return see_other("champions.own_application", public_id=public_id)
    return render_template("champions/application_withdraw.html", form=form, application=application)


@blueprint.post("/applications/<public_id>/accept")
@signed_in
def accept_offer(public_id: str) -> ResponseReturnValue:
    application = _own(public_id)
    with transaction():
        champion = operations.accept_offer(application, actor())
    notice(_("The seat is yours. %(name)s is a champion.", name=champion.name))
    return see_other("champions.overview", slug=champion.slug)
