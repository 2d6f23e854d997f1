"""The door of a condition's figures: the champion's people enter them, and everybody reads them."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments.models import Target
from impact.commitments.queries import own_published_target
from impact.commitments.specs import spec_of
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.indicators.refusals import figure_refusals
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may, require
from impact.progress import operations
from impact.progress.forms import ConditionForm, StrikeForm

blueprint = Blueprint("conditions", __name__)


@blueprint.route("/organisations/<slug>/conditions/<target_id>", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_SEE)
def condition(champion: Champion, target_id: str) -> ResponseReturnValue:
    """The condition, its figures, and a new one."""
    target = own_published_target(champion, target_id)
    form = ConditionForm()
    if form.sent():
        require(actor(), _writing(champion), champion.id)
    if form.taken() and _is_possible(form, target):
        try:
            with transaction():
                operations.record_condition_figure(
                    target, form.on.data, form.value.data or Decimal(0), form.source.data or "", actor()
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The figure is published with its source."))
            return see_other("conditions.condition", slug=champion.slug, target_id=target_id)
    return _page(champion, target, form, StrikeForm(formdata=None))


@blueprint.post("/organisations/<slug>/conditions/<target_id>/strike")
@of_champion(Action.CHAMPION_SEE)
def strike(champion: Champion, target_id: str) -> ResponseReturnValue:
    """A wrong figure is struck out; it stays readable, with the reason."""
    target = own_published_target(champion, target_id)
    require(actor(), _writing(champion), champion.id)
    form = StrikeForm()
    form.figure.choices = _choices(target)
    if form.taken():
        figure = next(one for one in target.conditions_in_force if str(one.id) == form.figure.data)
        try:
            with transaction():
                operations.strike_condition_figure(figure, target, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The figure is struck out. Enter the right one as a new figure."))
            return see_other("conditions.condition", slug=champion.slug, target_id=target_id)
    return _page(champion, target, ConditionForm(formdata=None), form)


def _writing(champion: Champion) -> Action:
    """What whoever enters or strikes a figure must be allowed: the manager for recorded champions."""
    return Action.RECORD_PUBLIC_SOURCE if champion.is_recorded else Action.PROGRESS_WRITE


def _choices(target: Target) -> list[tuple[str, str]]:
    unit = target.indicator.unit if target.indicator else ""
    return [
        (str(figure.id), f"{i18n.long_date(figure.on)}: {i18n.value_with_unit(figure.value, unit)}")
        for figure in target.conditions_in_force
    ]


def _page(champion: Champion, target: Target, form: ConditionForm, striking: StrikeForm) -> ResponseReturnValue:
    striking.figure.choices = _choices(target)
    page = render_template(
        "progress/condition.html",
        champion=champion,
        commitment=target.commitment,
        target=target,
        figures=sorted(target.condition_figures, key=lambda figure: figure.on, reverse=True),
        form=form,
        striking=striking,
        may_write=may(actor(), _writing(champion), champion.id) and target.commitment.state == "published",
        is_demonstration=champion.is_demonstration,
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=champion.name),
    )
    return page, 422 if form.errors or striking.errors else 200


def _is_possible(form: ConditionForm, target: Target) -> bool:
    """Whether a figure of the indicator can have this value: a share of 140 % cannot be."""
    spec = spec_of(target)
    found = figure_refusals(spec, form.on.data, form.value.data, clock.today()) if spec else []
    for problem in found:
        form[problem.field].errors = [*form[problem.field].errors, i18n.say(problem.message, problem.values)]
    return not found
