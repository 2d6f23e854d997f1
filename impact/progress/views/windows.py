"""Reporting windows, for the programme manager: set one, see who is late, remind."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlalchemy import select

from impact import clock
from impact.champions.cohort_names import cohort_name
from impact.champions.models import Cohort
from impact.db import db, transaction
from impact.errors import Invalid
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.progress import operations, queries
from impact.progress.forms import WindowForm
from impact.progress.reminders import WAITING, remind
from impact.progress.views.room import blueprint
from impact.progress.workflow import STATE_LABELS


@blueprint.get("/programme/windows")
@staff_may(Action.WINDOW_MANAGE)
def windows() -> ResponseReturnValue:
    """The newest windows, and how each organisation stands in them, the latest first."""
    return render_template(
        "progress/windows.html",
        rows=queries.standings_in(queries.all_windows(), clock.today()),
        lateness_labels=queries.LATENESS_LABELS,
        state_labels=STATE_LABELS,
        waiting=WAITING,
    )


@blueprint.route("/programme/windows/new", methods=["GET", "POST"])
@staff_may(Action.WINDOW_MANAGE)
def new_window() -> ResponseReturnValue:
    form = WindowForm()
    cohorts = db.session.scalars(select(Cohort).order_by(Cohort.pilot_starts.desc())).all()
    form.cohort.choices = [(cohort.slug, cohort_name(cohort.name)) for cohort in cohorts]
    if form.taken():
        cohort = next(cohort for cohort in cohorts if cohort.slug == form.cohort.data)
        try:
            with transaction():
                operations.open_window(
                    cohort,
                    form.year.data,
                    form.period_starts.data,
                    form.period_ends.data,
                    form.opens_on.data,
                    form.due_on.data,
                    form.grace_days.data or 0,
                    actor(),
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The reporting window is set."))
            return see_other("progress.windows")
    return render_template("progress/new_window.html", form=form), 422 if form.errors else 200


@blueprint.post("/programme/windows/<cohort_slug>/<int:year>/remind")
@staff_may(Action.WINDOW_MANAGE)
def send_reminders(cohort_slug: str, year: int) -> ResponseReturnValue:
    with transaction():
        letters = remind(queries.window_by(cohort_slug, year), actor())
    notice(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", letters))
    return see_other("progress.windows")
