"""The programme's side of admission: the queue, one application, each decision on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions import operations, queries
from impact.champions.cohort_names import cohort_name
from impact.champions.forms import DeclineForm, DiligenceForm, InvitationForm, QuestionForm, SeatForm
from impact.champions.models import (
    APPLICATION_STATE_LABELS,
    CONSTITUENCY_LABELS,
    Application,
    Cohort,
)
from impact.champions.views.room import blueprint
from impact.champions.workflow import APPLICATION
from impact.db import transaction
from impact.errors import Full, Invalid
from impact.forms import Form
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.workflow import available


@blueprint.get("/programme/applications")
@staff_may(Action.ADMISSION_DECIDE)
def applications() -> ResponseReturnValue:
    """Undecided applications, oldest first; filters by state and constituency."""
    state = request.args.get("state", "")
    constituency = request.args.get("constituency", "")
    state = state if state in APPLICATION_STATE_LABELS else ""
    constituency = constituency if constituency in CONSTITUENCY_LABELS else ""
    found, following = queries.applications_page(state, constituency, request.args.get("after", "")[:16])
    return render_template(
        "champions/applications.html",
        applications=found,
        following=following,
        state=state,
        constituency=constituency,
        states=APPLICATION_STATE_LABELS,
        constituencies=CONSTITUENCY_LABELS,
    )


@blueprint.get("/programme/applications/<public_id>")
@staff_may(Action.ADMISSION_DECIDE)
def vetting(public_id: str) -> ResponseReturnValue:
    """Everything about one application and what can be done with it now."""
    application = queries.application_by_public_id(public_id)
    return render_template(
        "champions/vetting.html",
        application=application,
        actions=available(APPLICATION, application, actor()),
        states=APPLICATION_STATE_LABELS,
        constituencies=CONSTITUENCY_LABELS,
    )


def _step(
    public_id: str,
    form: Form,
    step: str,
    take: Callable[[Application], object],
    done: str,
) -> ResponseReturnValue:
    """One decision: its form, its operation, the sentence afterwards."""
    application = queries.application_by_public_id(public_id)
    if form.taken():
        try:
            with transaction():
                take(application)
        except Invalid as refusal:
            form.show_problems(refusal)
        except Full as refusal:
            form.show_problems(Invalid("", {"cohort": (refusal.message, refusal.values)}))
            # The transaction took back what was read with it.
            application = queries.application_by_public_id(public_id)
        else:
            notice(done)
            return see_other("champions.vetting", public_id=public_id)
    return render_template(
        "champions/vetting_step.html", application=application, form=form, step=step
    ), 422 if form.errors else 200


@blueprint.route("/programme/applications/<public_id>/note", methods=["GET", "POST"])
@staff_may(Action.ADMISSION_DECIDE)
def diligence(public_id: str) -> ResponseReturnValue:
    application = queries.application_by_public_id(public_id)
    form = DiligenceForm(data={name: getattr(application, f"diligence_{name}") for name in ("ethics", "reach", "will")})
    return _step(
        public_id,
        form,
        "note",
        lambda application: operations.record_diligence(
            application, form.ethics.data or "", form.reach.data or "", form.will.data or "", actor()
        ),
        _("The vetting note is kept."),
    )


@blueprint.route("/programme/applications/<public_id>/question", methods=["GET", "POST"])
@staff_may(Action.ADMISSION_DECIDE)
def question(public_id: str) -> ResponseReturnValue:
    form = QuestionForm()
    return _step(
        public_id,
        form,
        "question",
        lambda application: operations.ask(application, form.text.data or "", actor()),
        _("The question is on its way."),
    )


@blueprint.route("/programme/applications/<public_id>/decline", methods=["GET", "POST"])
@staff_may(Action.ADMISSION_DECIDE)
def decline(public_id: str) -> ResponseReturnValue:
    form = DeclineForm()
    return _step(
        public_id,
        form,
        "decline",
        lambda application: operations.decline(application, form.reason.data or "", actor()),
        _("The application is declined, and the applicant is told why."),
    )


@blueprint.route("/programme/applications/<public_id>/wait", methods=["GET", "POST"])
@staff_may(Action.ADMISSION_DECIDE)
def wait(public_id: str) -> ResponseReturnValue:
    form = _seat_form(public_id)
    return _step(
        public_id,
        form,
        "wait",
        lambda application: operations.put_on_waiting_list(application, _cohort(form), actor()),
        _("The application waits for a seat."),
    )


@blueprint.route("/programme/applications/<public_id>/admit", methods=["GET", "POST"])
@staff_may(Action.ADMISSION_DECIDE)
def admit(public_id: str) -> ResponseReturnValue:
    form = _seat_form(public_id)
    return _step(
        public_id,
        form,
        "admit",
        lambda application: operations.admit(application, _cohort(form), actor()),
        _("The organisation is a champion now."),
    )


def _seat_form(public_id: str) -> SeatForm:
    application = queries.application_by_public_id(public_id)
    form = SeatForm(data={"cohort": application.cohort.slug if application.cohort else ""})
    form.offer_cohorts(list(queries.open_cohorts()), queries.full_cohorts(application.constituency))
    return form


def _cohort(form: SeatForm) -> Cohort:
    return queries.cohort_by_slug(form.cohort.data)


@blueprint.route("/programme/invite", methods=["GET", "POST"])
@staff_may(Action.ADMISSION_DECIDE)
def invite() -> ResponseReturnValue:
    """Invite an organisation; below, whom the programme invited before."""
    form = InvitationForm(data={"language": i18n.current()})
    form.offer_choices()
    form.language.choices = [(code, i18n.OWN_NAMES[code]) for code in i18n.available()]
    form.cohort.choices = [("", _("None yet"))] + [
        (cohort.slug, cohort_name(cohort.name)) for cohort in queries.open_cohorts()
    ]
    if form.taken():
        try:
            with transaction():
                operations.invite_organisation(
                    constituency=form.constituency.data,
                    name=form.name.data or "",
                    country=form.country.data,
                    contact_name=form.contact_name.data or "",
                    contact_email=form.contact_email.data or "",
                    message=form.message.data or "",
                    language=form.language.data,
                    cohort=queries.cohort_by_slug(form.cohort.data) if form.cohort.data else None,
                    actor=actor(),
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The invitation is on its way."))
            return see_other("champions.invite")
    return render_template(
        "champions/invite.html", form=form, invitations=queries.invitations()
    ), 422 if form.errors else 200
