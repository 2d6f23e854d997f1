"""The targets of a draft."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import checks, operations, queries
from impact.commitments.forms import TargetForm, values_of_target
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import spec_of
from impact.commitments.views.parts import (
    back,
    champion_page,
    conflict_page,
    must_be_open,
    save_unless_changed,
    saved,
    sentence_of,
)
from impact.commitments.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS
from impact.indicators.queries import for_constituency
from impact.indicators.refusals import refusals
from impact.pages import actor
from impact.permissions import Action


@blueprint.route("/organisations/<slug>/commitments/<public_id>/targets/new", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def target_new(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    must_be_open(commitment)
    form = TargetForm(data={"base_revision": str(commitment.revision)})
    form.offer_choices(for_constituency(champion.constituency))
    if form.sent():
        data, typed = form.read()
        try:
            with transaction():
                target = operations.add_target(commitment, actor(), data, typed)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _target_saved(champion, commitment, target)
    return _target_page(champion, commitment, form, None)


def _target_page(
    champion: Champion, commitment: Commitment, form: TargetForm, target: Target | None
) -> ResponseReturnValue:
    page = champion_page(
        "commitments/target.html",
        champion,
        commitment=commitment,
        form=form,
        target=target,
        sentence=sentence_of(target) if target else "",
        examples={kind.value: _(entry.example) for kind, entry in KINDS.items()},
    )
    return page, 422 if form.is_submitted() and (form.errors or form.form_errors) else 200


def _careless(target: Target) -> list[tuple[str, str]]:
    """(field, sentence) of everything in the target that cannot be; gaps are allowed in a draft."""
    spec = spec_of(target)
    if spec is None:
        return []
    return [
        (checks.COLUMNS.get(problem.field, problem.field), i18n.say(problem.message, problem.values))
        for problem in refusals(spec, clock.today(), complete=False)
        if problem.rank == "error"
    ]


def _target_saved(champion: Champion, commitment: Commitment, target: Target) -> ResponseReturnValue:
    if target.typed or _careless(target):
        return saved(champion, commitment, "commitments.target_edit", target_id=target.public_id)
    return saved(champion, commitment, "commitments.show")


@blueprint.route("/organisations/<slug>/commitments/<public_id>/targets/<target_id>", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def target_edit(champion: Champion, public_id: str, target_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    target = queries.own_target(commitment, target_id)
    must_be_open(commitment)
    form = TargetForm(data=values_of_target(target))
    offered = for_constituency(champion.constituency)
    if target.indicator and target.indicator not in offered:
        offered.append(target.indicator)
    form.offer_choices(offered)
    if form.sent():
        data, typed = form.read()
        # A fifth milestone and further ones have no row in the form; they stay.
        if "milestones" in data:
            data["milestones"] += [
                {"on": step.on, "value": step.value, "title": step.title} for step in target.milestones[4:]
            ]
        try:
            save_unless_changed(
                data,
                typed,
                form.base(),
                lambda values, base, kept: operations.save_target(target, values, base, actor(), kept),
            )
        except operations.Conflict as conflict:
            return conflict_page(champion, commitment, form, conflict)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _target_saved(champion, commitment, target)
    elif not form.is_submitted():
        form.show_fully()
        form.show_typed(target.typed or {})
        for name, words in _careless(target):
            if name in form:
                form[name].errors = [*form[name].errors, words]
            else:
                form.form_errors.append(words)
    return _target_page(champion, commitment, form, target)


@blueprint.post("/organisations/<slug>/commitments/<public_id>/targets/<target_id>/remove")
@of_champion(Action.COMMITMENT_WRITE)
def target_remove(champion: Champion, public_id: str, target_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    with transaction():
        operations.remove_target(queries.own_target(commitment, target_id), actor())
    return back(champion, commitment, _("The target is removed."))
