"""Cohorts, their seats and their end; a champion's standing."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from impact.champions import operations, queries
from impact.champions.cohort_names import cohort_name
from impact.champions.forms import ClosingForm, CohortForm, StandingForm
from impact.champions.models import CONSTITUENCY_PLURALS, STANDING_LABELS, Cohort, CohortState
from impact.champions.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.guards import public, staff_may
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action


@blueprint.get("/programme/cohorts")
@staff_may(Action.COHORT_MANAGE)
def cohorts() -> ResponseReturnValue:
    return render_template("champions/cohorts.html", cohorts=queries.cohorts(), taken=queries.taken_by_cohort())


@blueprint.route("/programme/cohorts/new", methods=["GET", "POST"])
@staff_may(Action.COHORT_MANAGE)
def new_cohort() -> ResponseReturnValue:
    form = CohortForm()
    if form.taken():
        try:
            with transaction():
                cohort = operations.create_cohort(
                    form.name.data or "",
                    form.pilot_starts.data,
                    form.pilot_ends.data,
                    actor(),
                    seats_government=int(form.seats_government.data or 0),
                    seats_corporation=int(form.seats_corporation.data or 0),
                    seats_university=int(form.seats_university.data or 0),
                    is_demonstration=bool(form.is_demonstration.data),
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The cohort is open."))
            return see_other("champions.cohort", cohort_slug=cohort.slug)
    return render_template("champions/cohort_new.html", form=form), 422 if form.errors else 200


def _page_of(cohort: Cohort, for_staff: bool) -> str:
    places = queries.places_of(cohort)
    return render_template(
        "champions/cohort.html",
        cohort=cohort,
        for_staff=for_staff,
        rows=[
            (
                _(label),
                cohort.seats_for(kind),
                [place for place in places if place.constituency == kind and place.left_on is None],
            )
            for kind, label in CONSTITUENCY_PLURALS.items()
        ],
        left=[place for place in places if place.left_on is not None],
        waiting=queries.waiting_for(cohort) if for_staff else [],
        is_demonstration=cohort.is_demonstration,
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=cohort_name(cohort.name)),
    )


@blueprint.get("/programme/cohorts/<cohort_slug>")
@staff_may(Action.COHORT_MANAGE)
def cohort(cohort_slug: str) -> ResponseReturnValue:
    """Seats taken and free, who waits, and the evaluation once it is closed."""
    return _page_of(queries.cohort_by_slug(cohort_slug), True)


@blueprint.get("/cohorts/<cohort_slug>")
@public
def public_cohort(cohort_slug: str) -> ResponseReturnValue:
    """The published side: who sits in it, and the evaluation at its end."""
    return _page_of(queries.cohort_by_slug(cohort_slug), False)


@blueprint.route("/programme/cohorts/<cohort_slug>/close", methods=["GET", "POST"])
@staff_may(Action.COHORT_MANAGE)
def close_cohort(cohort_slug: str) -> ResponseReturnValue:
    cohort = queries.cohort_by_slug(cohort_slug)
    if cohort.state != CohortState.OPEN:
        raise NotFound(N_("This cohort is closed."))
    seated = {place.champion.slug: place.champion for place in queries.places_of(cohort) if place.left_on is None}
    form = ClosingForm()
    form.carried.choices = [(slug, champion.name) for slug, champion in seated.items()]
    form.next_cohort.choices = [("", _("None"))] + [
        (other.slug, cohort_name(other.name)) for other in queries.open_cohorts() if other.id != cohort.id
    ]
    if form.taken():
        try:
            with transaction():
                operations.close_cohort(
                    cohort,
                    actor(),
                    promised=form.promised.data or "",
                    reached=form.reached.data or "",
                    learned=form.learned.data or "",
                    carried=[seated[slug] for slug in form.carried.data or []],
                    next_cohort=queries.cohort_by_slug(form.next_cohort.data) if form.next_cohort.data else None,
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The cohort is closed, and its evaluation is published."))
            return see_other("champions.cohort", cohort_slug=cohort_slug)
    return render_template("champions/cohort_close.html", form=form, cohort=cohort), 422 if form.errors else 200


@blueprint.route("/programme/champions/<champion_slug>/standing", methods=["GET", "POST"])
@staff_may(Action.STANDING_CHANGE)
def standing(champion_slug: str) -> ResponseReturnValue:
    """Change a standing, with a reason the public reads; below, every change so far."""
    champion = queries.champion_by_slug(champion_slug)
    form = StandingForm()
    form.offer_standings(champion)
    if form.taken():
        try:
            with transaction():
                operations.change_standing(champion, form.standing.data, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The standing is changed."))
            return see_other("champions.standing", champion_slug=champion_slug)
    return render_template(
        "champions/standing.html",
        form=form,
        champion=champion,
        changes=queries.standing_changes(champion),
        labels=STANDING_LABELS,
    ), 422 if form.errors else 200
