"""The staff's side of the catalogue: adding an indicator, retiring one, bringing one back. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from impact.db import transaction
from impact.errors import Invalid
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.indicators import operations, queries
from impact.indicators.forms import IndicatorForm, ReasonForm
from impact.indicators.models import Indicator
from impact.indicators.themes import THEMES
from impact.pages import actor, notice, see_other
from impact.permissions import Action

blueprint = Blueprint("indicators", __name__)


@blueprint.get("/programme/indicators")
@staff_may(Action.INDICATOR_MANAGE)
def index() -> ResponseReturnValue:
    """The whole catalogue by theme, retired ones marked."""
    rows = queries.all_indicators()
    return render_template(
        "indicators/index.html",
        themes=[(_(theme.label), [row for row in rows if row.theme == theme.key]) for theme in THEMES],
        number=len(rows),
        retired=sum(row.retired_at is not None for row in rows),
    )


@blueprint.route("/programme/indicators/new", methods=["GET", "POST"])
@staff_may(Action.INDICATOR_MANAGE)
def new() -> ResponseReturnValue:
    """Every field of the catalogue; English is needed, French and Arabic are shown where they are given."""
    form = IndicatorForm()
    form.offer_choices()
    if form.taken():
        try:
            with transaction():
                indicator = operations.add_indicator(form.columns(), actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The indicator is in the catalogue. New targets may use it from now on."))
            return see_other("registry.indicator", slug=indicator.slug)
    return render_template("indicators/new.html", form=form), 422 if form.errors else 200


def _step(slug: str, template_step: str, take: Callable[[Indicator, str], None], done: str) -> ResponseReturnValue:
    indicator = queries.indicator_by_slug(slug)
    form = ReasonForm()
    if form.taken():
        try:
            with transaction():
                take(indicator, form.reason.data or "")
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(done)
            return see_other("indicators.index")
    return render_template(
        "indicators/step.html", form=form, indicator=indicator, step=template_step
    ), 422 if form.errors else 200


@blueprint.route("/programme/indicators/<slug>/retire", methods=["GET", "POST"])
@staff_may(Action.INDICATOR_MANAGE)
def retire(slug: str) -> ResponseReturnValue:
    return _step(
        slug,
        "retire",
        lambda indicator, reason: operations.retire_indicator(indicator, reason, actor()),
        _("The indicator is retired. Targets that use it keep it, and its page says why."),
    )


@blueprint.route("/programme/indicators/<slug>/bring-back", methods=["GET", "POST"])
@staff_may(Action.INDICATOR_MANAGE)
def bring_back(slug: str) -> ResponseReturnValue:
    return _step(
        slug,
        "bring_back",
        lambda indicator, reason: operations.bring_back(indicator, reason, actor()),
        _("New targets may use the indicator again."),
    )
