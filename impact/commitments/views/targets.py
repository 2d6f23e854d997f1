"""The targets of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import checks, operations, queries, working_copies
from impact.commitments.forms import STEPS, TargetForm, values_of_target, with_step_more, without_step
from impact.commitments.models import Commitment, Target
from impact.commitments.sketches import sketch_of
from impact.commitments.specs import spec_of
from impact.commitments.views import drafting
from impact.commitments.views.parts import (
    back,
    champion_page,
    conflict_page,
    must_be_open,
    save_unless_changed,
    saved,
)
from impact.commitments.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS, Direction, Kind, allowed_kinds
from impact.indicators.models import Indicator
from impact.indicators.queries import for_constituency
from impact.indicators.refusals import refusals
from impact.pages import actor
from impact.permissions import Action

#: The kinds that most leaders' words ask for; the others are one press away.
USUAL_KINDS = (Kind.LEVEL, Kind.RELATIVE, Kind.MULTIPLY, Kind.CUMULATIVE)


@blueprint.route("/organisations/<slug>/commitments/<public_id>/targets/new", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def target_new(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    must_be_open(commitment)
    offered = for_constituency(champion.constituency)
    form = TargetForm(data={"base_revision": str(commitment.revision)})
    form.offer_choices(offered)
    if form.sent() and not (regrown := _regrown(form, offered)):
        data, typed = form.read()
        try:
            with transaction():
                target = operations.add_target(commitment, actor(), data, typed)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _target_saved(champion, commitment, target)
    elif form.sent() and regrown:
        form = regrown
    return _target_page(champion, commitment, form, None, offered)


def _regrown(form: TargetForm, offered: list[Indicator]) -> TargetForm | None:
    """The form with a row of milestones more or less, where that button was pressed; nothing is saved and nothing lost."""
    shown = len(form.shown_steps())
    gone = request.form.get("less", "")
    if "more" in request.form:
        changed = with_step_more(request.form, shown)
    elif gone in {str(row) for row in STEPS}:
        changed = without_step(request.form, int(gone), shown)
    else:
        return None
    grown = TargetForm(formdata=changed)
    grown.offer_choices(offered)
    return grown


def _target_page(
    champion: Champion,
    commitment: Commitment,
    form: TargetForm,
    target: Target | None,
    offered: list[Indicator],
    kept_at: str = "",
) -> ResponseReturnValue:
    chosen = next((row for row in offered if row.code == form.indicator.data), None)
    form.name_the_counts(chosen)
    sketch = _sketch(form, target, chosen)
    page = champion_page(
        "commitments/target.html",
        champion,
        commitment=commitment,
        form=form,
        target=target,
        indicator=chosen,
        definition=chosen.text("definition", i18n.current()) if chosen else "",
        sentence=drafting.said(sketch),
        checks=drafting.checks_of(sketch) if form.indicator.data or form.kind.data else None,
        ambition=drafting.ambition_of(champion, sketch),
        kept_at=kept_at,
        usual=_offered_kinds(chosen),
        value_labels=[(kind.value, _(entry.value_label)) for kind, entry in KINDS.items() if entry.value_label],
        examples={kind.value: _(entry.example) for kind, entry in KINDS.items()},
    )
    return page, 422 if form.is_submitted() and (form.errors or form.form_errors) else 200


def _offered_kinds(indicator: Indicator | None) -> list[str]:
    """The kinds that stand in sight: the usual ones, or those that suit the indicator once it is known."""
    if indicator is None:
        return [kind.value for kind in USUAL_KINDS]
    return [kind.value for kind in allowed_kinds(Direction(indicator.direction), indicator.counts)]


def _sketch(form: TargetForm, target: Target | None, chosen: Indicator | None) -> Target:
    """The target as it stands in the form, for its sentence and its checks."""
    problems = {name: list(field.errors) for name, field in form._fields.items()}
    data, typed = form.read()
    # Reading names what cannot be read; a page that is only shown says that when it is sent.
    for name, field in form._fields.items():
        field.errors = problems[name]
    if not chosen:
        data["indicator"] = None
    return sketch_of(target, data, typed)


@blueprint.post("/organisations/<slug>/commitments/<public_id>/targets/sentence")
@of_champion(Action.COMMITMENT_WRITE)
def target_sentence(champion: Champion, public_id: str) -> ResponseReturnValue:
    """The sentence and the checks of what is typed so far; stores nothing."""
    queries.own(champion, public_id)
    offered = for_constituency(champion.constituency)
    form = TargetForm()
    form.offer_choices(offered)
    chosen = next((row for row in offered if row.code == form.indicator.data), None)
    return drafting.live_parts(_sketch(form, None, chosen))


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
    place = f"target:{target.public_id}"
    offered = for_constituency(champion.constituency)
    if target.indicator and target.indicator not in offered:
        offered.append(target.indicator)
    form = TargetForm(data=values_of_target(target))
    form.offer_choices(offered)
    if "discard" in request.form and form.sent():
        with transaction():
            working_copies.forget(place, actor())
        return redirect(request.path, 303)
    if form.sent():
        regrown = _regrown(form, offered)
        if regrown is not None:
            return _target_page(champion, commitment, regrown, target, offered)
        return _save(champion, commitment, target, form, offered, place)
    kept_at = ""
    if not form.is_submitted():
        kept, kept_at = drafting.copy_of(place)
        if kept is not None:
            form = TargetForm(formdata=kept)
            form.offer_choices(offered)
        else:
            _show_as_stored(form, target)
    return _target_page(champion, commitment, form, target, offered, kept_at)


def _save(
    champion: Champion, commitment: Commitment, target: Target, form: TargetForm, offered: list[Indicator], place: str
) -> ResponseReturnValue:
    data, typed = form.read()
    # What has no row in the form any more stays.
    if "milestones" in data:
        data["milestones"] += [
            {"on": step.on, "value": step.value, "title": step.title} for step in target.milestones[len(STEPS) :]
        ]
    if drafting.wants_autosave():
        return drafting.keep_copy(commitment, place, data, form.base(), target)

    def save(values: Mapping[str, Any], base: int, kept: Mapping[str, str]) -> None:
        operations.save_target(target, values, base, actor(), kept)
        working_copies.forget(place, actor())

    try:
        save_unless_changed(data, typed, form.base(), save)
    except operations.Conflict as conflict:
        return conflict_page(champion, commitment, form, conflict)
    except Invalid as refusal:
        form.show_problems(refusal)
        return _target_page(champion, commitment, form, target, offered)
    return _target_saved(champion, commitment, target)


def _show_as_stored(form: TargetForm, target: Target) -> None:
    """What could not be read stands in its box again, and what cannot be is said beside its field."""
    form.show_fully()
    form.show_typed(target.typed or {})
    for name, words in _careless(target):
        if name in form:
            form[name].errors = [*form[name].errors, words]
        else:
            form.form_errors.append(words)


@blueprint.post("/organisations/<slug>/commitments/<public_id>/targets/<target_id>/remove")
@of_champion(Action.COMMITMENT_WRITE)
def target_remove(champion: Champion, public_id: str, target_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    with transaction():
        operations.remove_target(queries.own_target(commitment, target_id), actor())
    return back(champion, commitment, _("The target is removed."))
