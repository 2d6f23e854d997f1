"""The years of an organisation: what is due, begin, fill in, hand in, correct."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.progress import operations, prechecks, queries
from impact.progress.forms import CorrectionForm, StatementForm
from impact.progress.models import ProgressReport
from impact.progress.operations.reports import name_of
from impact.progress.views.room import blueprint, demonstration, report_of_year
from impact.progress.workflow import OPEN_STATES, STATE_LABELS


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
        **demonstration(champion),
    )


@blueprint.post("/organisations/<slug>/figures/<int:year>/begin")
@of_champion(Action.PROGRESS_WRITE)
def begin(champion: Champion, year: int) -> ResponseReturnValue:
    with transaction():
        operations.open_report(champion, queries.window_of_year(champion, year), actor())
    return see_other("progress.year", slug=champion.slug, year=year)


@blueprint.get("/organisations/<slug>/figures/<int:year>")
@of_champion(Action.CHAMPION_SEE)
def year(champion: Champion, year: int) -> ResponseReturnValue:
    """Every target of the year, answered or not."""
    return _year_page(champion, report_of_year(champion, year))


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
        may_override=may(actor(), Action.STATUS_OVERRIDE, champion.id),
        may_submit=is_open and may(actor(), Action.PROGRESS_SUBMIT, champion.id),
        may_correct=report.state == "approved" and may(actor(), Action.PROGRESS_WRITE, champion.id),
        statement=statement or StatementForm(data={"statement": report.statement}),
        correction=correction or CorrectionForm(formdata=None),
        missing=[i18n.say(message, values) for message, values in missing.problems.values()] if missing else [],
        refusal=i18n.say(missing.message, missing.values) if missing else "",
        state_label=_(STATE_LABELS[report.state]),
        reviews=queries.reviews_of(report),
        checks=_checks(champion, report) if report.state != "approved" else None,
        **demonstration(champion),
    )
    refused = missing or (statement and statement.errors) or (correction and correction.errors)
    return body, 422 if refused else 200


def _checks(champion: Champion, report: ProgressReport) -> list[dict[str, str]]:
    """What the reviewer will look at first, each with the way to its figure."""
    year = report.window.year
    return [
        {
            "rank": check.rank,
            "message": i18n.show(check.words),
            "url": url_for("progress.figure", slug=champion.slug, year=year, target_public_id=figure.target.public_id),
            "link_words": _("Open the figure"),
        }
        for figure, check in prechecks.prechecks_of(report)
    ]


@blueprint.post("/organisations/<slug>/figures/<int:year>/submit")
@of_champion(Action.PROGRESS_SUBMIT)
def submit(champion: Champion, year: int) -> ResponseReturnValue:
    try:
        with transaction():
            operations.submit_report(report_of_year(champion, year), actor())
    except Invalid as refusal:
        return _year_page(champion, report_of_year(champion, year), missing=refusal)
    notice(_("The figures for %(year)s are handed in. A reviewer reads them next.", year=str(year)))
    return see_other("progress.year", slug=champion.slug, year=year)


@blueprint.post("/organisations/<slug>/figures/<int:year>/statement")
@of_champion(Action.PROGRESS_WRITE)
def statement(champion: Champion, year: int) -> ResponseReturnValue:
    form = StatementForm()
    if not form.taken():
        return _year_page(champion, report_of_year(champion, year), statement=form)
    with transaction():
        operations.write_statement(report_of_year(champion, year), form.statement.data or "", actor())
    notice(_("The statement is saved."))
    return see_other("progress.year", slug=champion.slug, year=year)


@blueprint.post("/organisations/<slug>/figures/<int:year>/correct")
@of_champion(Action.PROGRESS_WRITE)
def correct(champion: Champion, year: int) -> ResponseReturnValue:
    form = CorrectionForm()
    if not form.taken():
        return _year_page(champion, report_of_year(champion, year), correction=form)
    with transaction():
        operations.start_correction(report_of_year(champion, year), form.reason.data or "", actor())
    notice(_("Change what was wrong, then submit the correction. The old figures stay readable."))
    return see_other("progress.year", slug=champion.slug, year=year)
