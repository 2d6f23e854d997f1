"""Doors of the champion's yearly figures, of evidence, and of the staff's reporting windows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

import impact.progress.reviewing  # noqa: F401  (the year's figures are reviewable as soon as there are pages)
from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion, Cohort
from impact.commitments.models import Target
from impact.db import db, transaction, writing
from impact.downloads import file_response
from impact.errors import Invalid, NotFound
from impact.guards import public, staff_may
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may, require_sight
from impact.progress import operations, queries
from impact.progress.forms import CorrectionForm, EvidenceForm, FigureForm, StatementForm, WindowForm
from impact.progress.models import Figure, ProgressReport
from impact.progress.operations.figures import asks_counts
from impact.progress.operations.reports import name_of
from impact.progress.precision import in_hundredths
from impact.progress.workflow import OPEN_STATES, STATE_LABELS
from impact.uploads import ACCEPT

blueprint = Blueprint("progress", __name__)
blueprint.add_app_template_global(in_hundredths, "in_hundredths")


@blueprint.app_template_global("exact_percent")
def exact_percent(share: Decimal, limits: Iterable[Decimal] = ()) -> str:
    """A share of 1 in per cent, with the digits that keep it on its side of the limits."""
    shown = in_hundredths(share, limits)
    return i18n.percent(shown, max(0, -int(shown.as_tuple().exponent)))


def _demonstration(champion: Champion) -> dict[str, object]:
    return {
        "champion": champion,
        "is_demonstration": champion.is_demonstration,
        "demonstration_sentence": _("%(name)s and every figure on this page are made up.", name=champion.name),
    }


@blueprint.get("/organisations/<slug>/figures")
@of_champion(Action.CHAMPION_SEE)
def index(champion: Champion) -> ResponseReturnValue:
    """The years: when each is due, how it stands, whether it is late."""
    reports = queries.reports_of(champion)
    today = clock.today()
    rows = []
    for window in queries.windows_of(champion):
        of_year = reports.get(window.id, [])
        first = next((report for report in of_year if report.correction == 0), None)
        submitted = first.first_submitted_at.date() if first and first.first_submitted_at else None
        rows.append(
            {
                "window": window,
                "report": of_year[0] if of_year else None,
                "lateness": queries.lateness_of(champion, window, submitted, today),
            }
        )
    return render_template(
        "progress/index.html",
        rows=rows,
        lateness_labels=queries.LATENESS_LABELS,
        state_labels=STATE_LABELS,
        may_write=may(actor(), Action.PROGRESS_WRITE, champion.id),
        **_demonstration(champion),
    )


@blueprint.post("/organisations/<slug>/figures/<int:year>/begin")
@of_champion(Action.PROGRESS_WRITE)
def begin(champion: Champion, year: int) -> ResponseReturnValue:
    with transaction():
        operations.open_report(champion, queries.window_of_year(champion, year), actor())
    return see_other("progress.year", slug=champion.slug, year=year)


def _report(champion: Champion, year: int) -> ProgressReport:
    report = queries.report_of(champion, queries.window_of_year(champion, year))
    if report is None:
        raise NotFound(N_("The figures of this year were not begun yet."))
    return report


@blueprint.get("/organisations/<slug>/figures/<int:year>")
@of_champion(Action.CHAMPION_SEE)
def year(champion: Champion, year: int) -> ResponseReturnValue:
    """Every target of the year, answered or not."""
    return _year_page(champion, _report(champion, year))


def _year_page(
    champion: Champion,
    report: ProgressReport,
    *,
    missing: Invalid | None = None,
    statement: StatementForm | None = None,
    correction: CorrectionForm | None = None,
) -> ResponseReturnValue:
    is_open = report.state in OPEN_STATES
    body = render_template(
        "progress/year.html",
        report=report,
        window=report.window,
        rows=[(figure, name_of(figure.target), operations.unanswered(figure)) for figure in report.figures],
        is_open=is_open,
        may_write=is_open and may(actor(), Action.PROGRESS_WRITE, champion.id),
        may_submit=is_open and may(actor(), Action.PROGRESS_SUBMIT, champion.id),
        may_correct=report.state == "approved" and may(actor(), Action.PROGRESS_WRITE, champion.id),
        statement=statement or StatementForm(data={"statement": report.statement}),
        correction=correction or CorrectionForm(formdata=None),
        missing=[i18n.say(message, values) for message, values in missing.problems.values()] if missing else [],
        refusal=i18n.say(missing.message, missing.values) if missing else "",
        state_label=_(STATE_LABELS[report.state]),
        reviews=queries.reviews_of(report),
        **_demonstration(champion),
    )
    refused = missing or (statement and statement.errors) or (correction and correction.errors)
    return body, 422 if refused else 200


@blueprint.post("/organisations/<slug>/figures/<int:year>/submit")
@of_champion(Action.PROGRESS_SUBMIT)
def submit(champion: Champion, year: int) -> ResponseReturnValue:
    try:
        with transaction():
            operations.submit_report(_report(champion, year), actor())
    except Invalid as refusal:
        return _year_page(champion, _report(champion, year), missing=refusal)
    notice(_("The figures for %(year)s are handed in. A reviewer reads them next.", year=str(year)))
    return see_other("progress.year", slug=champion.slug, year=year)


@blueprint.post("/organisations/<slug>/figures/<int:year>/statement")
@of_champion(Action.PROGRESS_WRITE)
def statement(champion: Champion, year: int) -> ResponseReturnValue:
    form = StatementForm()
    if not form.taken():
        return _year_page(champion, _report(champion, year), statement=form)
    with transaction():
        operations.write_statement(_report(champion, year), form.statement.data or "", actor())
    notice(_("The statement is saved."))
    return see_other("progress.year", slug=champion.slug, year=year)


@blueprint.post("/organisations/<slug>/figures/<int:year>/correct")
@of_champion(Action.PROGRESS_WRITE)
def correct(champion: Champion, year: int) -> ResponseReturnValue:
    form = CorrectionForm()
    if not form.taken():
        return _year_page(champion, _report(champion, year), correction=form)
    with transaction():
        operations.start_correction(_report(champion, year), form.reason.data or "", actor())
    notice(_("Change what was wrong, then submit the correction. The old figures stay readable."))
    return see_other("progress.year", slug=champion.slug, year=year)


def _figure(champion: Champion, year: int, target_public_id: str) -> Figure:
    for figure in _report(champion, year).figures:
        if figure.target.public_id == target_public_id:
            return figure
    raise NotFound(N_("This target is not among the figures of the year."))


def _figure_form(figure: Figure) -> FigureForm:
    """The form with only the fields that this target asks for, filled with what is saved or was typed."""
    target: Target = figure.target
    indicator = target.indicator
    names = [name for name in FigureForm()._fields if hasattr(figure, name)]
    data = {name: getattr(figure, name) for name in names}
    data.update(figure.parts)
    data["not_bridged"] = not figure.method_bridged
    data["delivered"] = "" if figure.delivered is None else ("yes" if figure.delivered else "no")
    data["version"] = str(figure.version)
    form = FigureForm(data=data)
    for name, text in figure.typed.items():
        if name in form._fields and not form.is_submitted():
            form._fields[name].raw_data = [text]
    kind = target.inner_kind or target.kind
    if kind == "deliverable":
        unasked = ["numerator", "denominator", "value", "women", "men", "other", "undisclosed", "parts_note"]
    else:
        unasked = ["delivered"]
        unasked += ["value"] if asks_counts(indicator) else ["numerator", "denominator"]
    for name in unasked:
        del form[name]
    language = i18n.current()
    if indicator is not None and "numerator" in form._fields:
        form.numerator.label.text = indicator.text("numerator", language)
        form.denominator.label.text = indicator.text("denominator", language)
    if kind == "cumulative" and "value" in form._fields:
        form.value.label.text = _("Number of this period alone")
    return form


def _figure_page(
    champion: Champion, figure: Figure, form: FigureForm, evidence: EvidenceForm | None = None
) -> ResponseReturnValue:
    report = figure.report
    assert report is not None
    is_open = report.state in OPEN_STATES and may(actor(), Action.PROGRESS_WRITE, champion.id)
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
        last=queries.figure_before(figure.target, report.window.period_ends),
        is_open=is_open,
        accept=ACCEPT,
        parts_asked="women" in form._fields,
        **_demonstration(champion),
    )
    refused = form.errors or (evidence is not None and evidence.errors)
    return body, 422 if refused else 200


@blueprint.route("/organisations/<slug>/figures/<int:year>/<target_public_id>", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_SEE)
def figure(champion: Champion, year: int, target_public_id: str) -> ResponseReturnValue:
    """The figure of one target. Everything that is right is saved even when something is refused."""
    found = _figure(champion, year, target_public_id)
    form = _figure_form(found)
    if form.sent():
        right = form.validate()
        too_long = [name for name, field in form._fields.items() if field.errors and name not in _SOFT]
        if not too_long:
            data, _asked = form.data_for_operation()
            try:
                with transaction():
                    problems = operations.enter_figure(found, data, actor())
            except Invalid as refusal:
                form.show_problems(refusal)
            else:
                for name in list(problems):
                    if name in form._fields and form._fields[name].errors:
                        problems.pop(name)
                if problems:
                    form.show_problems(Invalid(N_("Some of it was not taken."), problems))
                if right and not problems:
                    notice(_("The figure is saved."))
                    return see_other("progress.year", slug=champion.slug, year=year)
            found = _figure(champion, year, target_public_id)
            form.version.raw_data = None
            form.version.data = str(found.version)
    return _figure_page(champion, found, form)


#: Fields whose problems do not keep the rest from being saved: their text is kept beside the figure.
_SOFT = frozenset({"value", "numerator", "denominator", "women", "men", "other", "undisclosed", "on", "known_by"})


@blueprint.post("/organisations/<slug>/figures/<int:year>/<target_public_id>/evidence")
@of_champion(Action.PROGRESS_WRITE)
def add_evidence(champion: Champion, year: int, target_public_id: str) -> ResponseReturnValue:
    """A file or a link."""
    form = EvidenceForm()
    found = _figure(champion, year, target_public_id)
    if form.taken():
        upload = request.files.get("file")
        is_public = form.seen_by.data == "public"
        try:
            with transaction():
                if upload is not None and upload.filename:
                    operations.add_evidence_file(
                        found, upload.stream, upload.filename, form.title.data or "", is_public, actor()
                    )
                elif form.url.data:
                    operations.add_evidence_link(found, form.url.data, form.title.data or "", is_public, actor())
                else:
                    raise Invalid(
                        N_("Choose a file or give a web address."),
                        {"file": (N_("Choose a file or give a web address"), {})},
                    )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The evidence is added."))
            return redirect(
                url_for("progress.figure", slug=champion.slug, year=year, target_public_id=target_public_id)
                + "#evidence",
                303,
            )
    found = _figure(champion, year, target_public_id)
    shown = _figure_form(found)
    shown.process(formdata=None, data=_stored(found))
    return _figure_page(champion, found, shown, form)


def _stored(figure: Figure) -> dict[str, object]:
    names = [*FigureForm(formdata=None)._fields]
    data: dict[str, object] = {name: getattr(figure, name) for name in names if hasattr(figure, name)}
    return {
        **data,
        **figure.parts,
        "version": str(figure.version),
        "not_bridged": not figure.method_bridged,
        "delivered": "" if figure.delivered is None else ("yes" if figure.delivered else "no"),
    }


@blueprint.post("/organisations/<slug>/evidence/<public_id>/remove")
@of_champion(Action.PROGRESS_WRITE)
def remove_evidence(champion: Champion, public_id: str) -> ResponseReturnValue:
    piece, _is_public = queries.evidence_by_public_id(public_id)
    if piece.champion_id != champion.id or piece.figure_id is None:
        raise NotFound(N_("There is no such file."))
    figure = db.session.get_one(Figure, piece.figure_id)
    with transaction():
        operations.remove_evidence(piece, actor())
    notice(_("The evidence is removed."))
    assert figure.report is not None
    return see_other(
        "progress.figure",
        slug=champion.slug,
        year=figure.report.window.year,
        target_public_id=figure.target.public_id,
    )


@blueprint.get("/evidence/<public_id>")
@public
def evidence(public_id: str) -> ResponseReturnValue:
    """A download. Confidential evidence exists only for the organisation's people and for those who review."""
    piece, is_public = queries.evidence_by_public_id(public_id)
    if not is_public:
        g.is_private = True
        require_sight(actor(), Action.EVIDENCE_SEE_CONFIDENTIAL, piece.champion_id)
        if piece.champion_id not in actor().champion_ids:
            # The request only reads so far; the entry is a write of its own, in a transaction of its own.
            db.session.rollback()
            with writing(), transaction():
                operations.note_opening(piece, actor())
    if piece.url:
        return redirect(piece.url, 303)
    return file_response(piece.sha256, piece.file_name, piece.content_type, public=is_public)


@blueprint.get("/programme/windows")
@staff_may(Action.WINDOW_MANAGE)
def windows() -> ResponseReturnValue:
    """Every window, and who is late in it."""
    today = clock.today()
    return render_template(
        "progress/windows.html",
        rows=[(window, queries.lateness_in(window, today)) for window in queries.all_windows()],
        lateness_labels=queries.LATENESS_LABELS,
    )


@blueprint.route("/programme/windows/new", methods=["GET", "POST"])
@staff_may(Action.WINDOW_MANAGE)
def new_window() -> ResponseReturnValue:
    form = WindowForm()
    cohorts = db.session.scalars(select(Cohort).order_by(Cohort.pilot_starts.desc())).all()
    form.cohort.choices = [(cohort.slug, cohort.name) for cohort in cohorts]
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
