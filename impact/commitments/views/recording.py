"""The staff record what a public source says: published at once, and nobody is made up to have filed or signed it."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import checks, operations
from impact.commitments.recording_forms import MOST, RecordForm, target_forms, without_target
from impact.commitments.sketches import sketch_of
from impact.commitments.specs import spec_of
from impact.commitments.views.parts import champion_page
from impact.commitments.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS
from impact.indicators.models import Indicator
from impact.indicators.queries import for_constituency
from impact.indicators.refusals import refusals
from impact.pages import actor, link, notice, see_other
from impact.permissions import Action


@blueprint.route("/organisations/<slug>/record-a-commitment", methods=["GET", "POST"])
@of_champion(Action.RECORD_PUBLIC_SOURCE)
def record(champion: Champion) -> ResponseReturnValue:
    offered = for_constituency(champion.constituency)
    if request.method == "GET":
        form = RecordForm(data={"language": i18n.current(), "targets": "1"})
        form.offer_choices()
        return _page(champion, form, target_forms(None, 1, offered))
    form = RecordForm()
    form.offer_choices()
    changed = _regrown(form.how_many())
    if changed is not None or not form.sent():
        form = RecordForm(formdata=changed if changed is not None else request.form)
        form.offer_choices()
        return _page(champion, form, target_forms(changed or request.form, form.how_many(), offered))
    targets = target_forms(request.form, form.how_many(), offered)
    read = [_read(target, offered) for target in targets]
    form.read()
    for number, values in enumerate(read, 1):
        if values is None:
            form.form_errors.append(_("Something in target %(number)s has to be put right", number=number))
    if not form.errors and not form.form_errors:
        try:
            return _recorded(champion, form, [values for values in read if values is not None])
        except Invalid as refusal:
            form.show_problems(refusal)
    return _page(champion, form, targets), 422


def _regrown(number: int) -> MultiDict[str, str] | None:
    """The form with a target more or less, where that button was pressed."""
    changed: MultiDict[str, str] = MultiDict(request.form)
    gone = request.form.get("less_target", "")
    if "more_target" in request.form:
        changed["targets"] = str(min(number + 1, MOST))
        return changed
    if gone.isascii() and gone.isdigit() and len(gone) < 3 and 1 <= int(gone) <= number:
        return without_target(changed, int(gone), number)
    return None


def _read(form: Any, offered: list[Indicator]) -> dict[str, Any] | None:
    """What is to be recorded of one target; None where something was refused, which then stands beside its field."""
    data, typed = form.read()
    if form.missing() or typed:
        return None
    if data["indicator"] not in {row.code for row in offered}:
        form.indicator.errors = [_("Choose one of the indicators")]
        return None
    data["due_is_year"], data["baseline_is_year"] = bool(form.due_is_year.data), bool(form.baseline_is_year.data)
    spec = spec_of(sketch_of(None, data, {}))
    # A public source rarely says everything: gaps stay gaps, and only what cannot be is refused.
    found = refusals(spec, clock.today(), complete=False) if spec else []
    wrong = [problem for problem in found if problem.rank == "error"]
    for problem in wrong:
        name = checks.COLUMNS.get(problem.field, problem.field)
        words = i18n.say(problem.message, problem.values)
        if name in form:
            form[name].errors = [*form[name].errors, words]
        else:
            form.form_errors.append(words)
    return None if wrong else data


def _recorded(champion: Champion, form: RecordForm, targets: list[dict[str, Any]]) -> ResponseReturnValue:
    words, _typed = form.read()
    with transaction():
        commitment = operations.record_from_public_source(
            champion,
            targets=targets,
            source=form.source(),
            recorded_on=clock.today(),
            actor=actor(),
            second_hand=bool(form.second_hand.data),
            **words,
        )
        public_id = commitment.public_id
    notice(_("The commitment is recorded and published, with its source."))
    public = link("registry.commitment", public_id=public_id)
    return redirect(public, 303) if public else see_other("champions.overview", slug=champion.slug)


def _page(champion: Champion, form: RecordForm, targets: list[Any]) -> str:
    return champion_page(
        "commitments/record.html",
        champion,
        form=form,
        targets=targets,
        can_grow=len(targets) < MOST,
        examples={kind.value: _(entry.example) for kind, entry in KINDS.items()},
    )
