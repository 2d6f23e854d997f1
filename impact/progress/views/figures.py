"""The figure of one target in one year."""

from __future__ import annotations

import json
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments.operations import Conflict
from impact.commitments.views.parts import plain, what_is_merged
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.i18n import gettext as _
from impact.indicators.small_cells import PARTS
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may, require
from impact.progress import operations, queries
from impact.progress.figure_content import seen_of
from impact.progress.forms import EvidenceForm, FigureForm
from impact.progress.models import Figure
from impact.progress.operations.figures import asks_counts, asks_parts, needs_parts
from impact.progress.operations.reports import name_of
from impact.progress.steps import NAMES, done_on, steps_of
from impact.progress.views.room import blueprint, demonstration, report_of_year
from impact.progress.workflow import OPEN_STATES
from impact.uploads import ACCEPT

#: Fields whose problems do not keep the rest from being saved: their text is kept beside the figure.
_SOFT = frozenset({"value", "numerator", "denominator", "women", "men", "other", "undisclosed", "on", "known_by"})


def figure_of(champion: Champion, year: int, target_public_id: str) -> Figure:
    for figure in report_of_year(champion, year).figures:
        if figure.target.public_id == target_public_id:
            return figure
    raise NotFound(N_("This target is not among the figures of the year."))


def _is_untouched(figure: Figure) -> bool:
    return (
        figure.value is None
        and figure.delivered is None
        and not (figure.not_measured or figure.parts or figure.typed or figure.narrative)
        and figure.numerator is None
    )


def _before(figure: Figure) -> Figure | None:
    """The last approved figure before this period."""
    report = figure.report
    return queries.figure_before(figure.target, report.window.period_ends) if report else None


def _stored(figure: Figure, last: Figure | None) -> dict[str, Any]:
    """What the form shows: what is saved; before anything is, the numbers and parts of the last period."""
    names = FigureForm(formdata=None)._fields
    data: dict[str, Any] = {name: getattr(figure, name) for name in names if hasattr(figure, name)}
    parts = figure.parts
    if last is not None and _is_untouched(figure):
        data.update({name: getattr(last, name) for name in ("value", "numerator", "denominator")})
        parts = last.parts
    return {
        **data,
        **parts,
        "version": str(figure.version),
        "seen": json.dumps(seen_of(figure)),
        "not_bridged": not figure.method_bridged,
        **{name: done_on(figure, step) for name, step in steps_of(figure)},
        "delivered": "" if figure.delivered is None else ("yes" if figure.delivered else "no"),
    }


def figure_form(figure: Figure, stored_only: bool = False) -> FigureForm:
    """The form with only the fields that this target asks for, filled with what is saved or was typed.

    `stored_only` takes no notice of what was sent: another form of the page was.
    """
    data = _stored(figure, _before(figure))
    form = FigureForm(formdata=None, data=data) if stored_only else FigureForm(data=data)
    for name, text in figure.typed.items():
        if name in form._fields and (stored_only or not form.is_submitted()):
            form._fields[name].raw_data = [text]
    for name in _unasked(figure):
        del form[name]
    _word(form, figure)
    return form


def _unasked(figure: Figure) -> list[str]:
    indicator = figure.target.indicator
    steps = [name for name, _step in steps_of(figure)]
    if (figure.target.inner_kind or figure.target.kind) == "deliverable":
        return ["numerator", "denominator", "value", *PARTS, "parts_note", *NAMES[len(steps) :]]
    unasked = ["delivered", *NAMES]
    unasked += ["value"] if asks_counts(indicator) else ["numerator", "denominator"]
    if not asks_parts(indicator) and not figure.parts:
        unasked += [*PARTS, "parts_note"]
    return unasked


def _word(form: FigureForm, figure: Figure) -> None:
    """Labels in the words of the indicator."""
    indicator, language = figure.target.indicator, i18n.current()
    if indicator is not None and "numerator" in form._fields:
        form.numerator.label.text = indicator.text("numerator", language)
        form.denominator.label.text = indicator.text("denominator", language)
    if (figure.target.inner_kind or figure.target.kind) == "cumulative" and "value" in form._fields:
        form.value.label.text = _("Number of this period alone")
    for name, step in steps_of(figure):
        planned = i18n.long_date(step.on)
        form[name].label.text = _("Done on: %(step)s", step=step.title) if step.title else _("Done on")
        form[name].description = _("Planned for %(day)s. Leave empty while it is not done.", day=planned)


def figure_page(
    champion: Champion, figure: Figure, form: FigureForm, evidence: EvidenceForm | None = None
) -> ResponseReturnValue:
    report = figure.report
    assert report is not None
    is_open = report.state in OPEN_STATES and may(actor(), Action.PROGRESS_WRITE, champion.id)
    last = _before(figure)
    following = _next_unanswered(figure) if is_open else None
    body = render_template(
        "progress/figure.html",
        figure=figure,
        target=figure.target,
        indicator=figure.target.indicator,
        name=name_of(figure.target),
        report=report,
        window=report.window,
        form=form,
        evidence_form=evidence or EvidenceForm(formdata=None),
        pieces=[piece for piece in figure.evidence if piece.removed_at is None],
        last=last,
        is_prefilled=last is not None and last.value is not None and _is_untouched(figure),
        is_open=is_open,
        steps=[(step.title or i18n.long_date(step.on), done_on(figure, step)) for _name, step in steps_of(figure)],
        missing=operations.unanswered(figure),
        following=following,
        following_name=name_of(following.target) if following else "",
        accept=ACCEPT,
        parts_asked="women" in form._fields,
        parts_needed=needs_parts(figure.target.indicator),
        **demonstration(champion),
    )
    refused = form.errors or form.form_errors or (evidence is not None and evidence.errors)
    return body, 422 if refused else 200


@blueprint.route("/organisations/<slug>/figures/<int:year>/<target_public_id>", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_SEE)
def figure(champion: Champion, year: int, target_public_id: str) -> ResponseReturnValue:
    """The figure of one target. Everything that is right is saved even when something is refused."""
    found = figure_of(champion, year, target_public_id)
    form = figure_form(found)
    if form.sent():
        require(actor(), Action.PROGRESS_WRITE, champion.id)
        right = form.validate()
        too_long = [name for name, field in form._fields.items() if field.errors and name not in _SOFT]
        if not too_long:
            data = _without_prefilled(found, form.data_for_operation()[0])
            try:
                with transaction():
                    problems = operations.enter_figure(found, _chosen(data), actor())
            except Conflict as conflict:
                return _two_versions(champion, figure_of(champion, year, target_public_id), form, conflict)
            for name in list(problems):
                if name in form._fields and form._fields[name].errors:
                    problems.pop(name)
            if problems:
                form.show_problems(Invalid(N_("Some of it was not taken."), problems))
            if right and not problems:
                return _after_saving(champion, figure_of(champion, year, target_public_id))
            found = figure_of(champion, year, target_public_id)
            form.version.raw_data = form.seen.raw_data = None
            form.version.data, form.seen.data = str(found.version), json.dumps(seen_of(found))
    return figure_page(champion, found, form)


def _without_prefilled(figure: Figure, data: dict[str, Any]) -> dict[str, Any]:
    """Who says that nothing was measured does not mean last year's numbers, which the form had filled in by itself."""
    last = _before(figure)
    if last is None or not data.get("not_measured") or not _is_untouched(figure):
        return data
    filled = {name: getattr(last, name) for name in ("value", "numerator", "denominator")} | dict(last.parts)
    return {
        name: None if name in filled and value is not None and _is_shown_as(value, filled[name]) else value
        for name, value in data.items()
    }


def _is_shown_as(sent: Any, filled: Any) -> bool:
    """Whether this is the number that stood in the box, as long as the box shows it."""
    return filled is not None and i18n.number(sent) == i18n.number(filled)


def _after_saving(champion: Champion, saved: Figure) -> ResponseReturnValue:
    """Back on the figure, where evidence is added; or on, to the next one without an answer, or to the whole year."""
    report = saved.report
    assert report is not None
    year, to = report.window.year, saved
    if operations.unanswered(saved):
        notice(_("What you wrote is saved; an answer is still missing: %(target)s.", target=name_of(saved.target)))
    else:
        notice(_("The figure is saved: %(target)s.", target=name_of(saved.target)))
    if request.form.get("then") == "next":
        following = _next_unanswered(saved)
        if following is None:
            return see_other("progress.year", slug=champion.slug, year=year)
        to = following
    return see_other("progress.figure", slug=champion.slug, year=year, target_public_id=to.target.public_id)


def _next_unanswered(figure: Figure) -> Figure | None:
    """The next one of the year that has no answer yet, beginning again at the top after the last."""
    figures = figure.report.figures if figure.report else []
    here = figures.index(figure) if figure in figures else 0
    in_turn = [*figures[here + 1 :], *figures[:here]]
    return next((other for other in in_turn if operations.unanswered(other)), None)


def _chosen(data: dict[str, Any]) -> dict[str, Any]:
    """After a choice between two versions: the colleague's fields drop out, one's own are set against what was seen."""
    choices = {name: request.form.get(f"keep-{name}") for name in data if request.form.get(f"keep-{name}")}
    if not choices:
        return data
    shown = FigureForm.fingerprints(request.form.get("seen_revision"))
    left_out = {name for name, choice in choices.items() if choice != "mine"}
    kept = {name: value for name, value in data.items() if name not in left_out}
    kept["typed"] = {name: text for name, text in data["typed"].items() if name not in left_out}
    kept["seen"] = {**data["seen"], **{name: shown.get(name, "") for name in choices}}
    return kept


def _two_versions(champion: Champion, figure: Figure, form: FigureForm, conflict: Conflict) -> ResponseReturnValue:
    """Both versions of each field that two people changed; what else was typed is carried along out of sight."""
    labels = {"method_bridged": "not_bridged"}
    merged, carried = what_is_merged(form, [name for name in conflict.mine if name in form])
    body = render_template(
        "commitments/conflict.html",
        back=(request.path, name_of(figure.target)),
        rows=[
            {
                "name": name,
                "label": form._fields[labels.get(name, name)].label.text,
                "mine": _said(mine),
                "theirs": _said(conflict.theirs[name]),
            }
            for name, mine in conflict.mine.items()
        ],
        carried=carried,
        merged=merged,
        seen=json.dumps(seen_of(figure)),
        both_mine=figure.entered_by_id == actor().person_id,
        **demonstration(champion),
    )
    return body, 409


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return plain(value)
