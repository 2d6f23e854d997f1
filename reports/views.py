"""Doors of the annual reports: a champion's own page of years and editions, and the download for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import transaction
from impact.downloads import file_response
from impact.guards import public
from impact.i18n import OWN_NAMES
from impact.i18n import gettext as _
from impact.jobs import Job
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.progress.models import ProgressReport, ReportingWindow
from impact.progress.queries import reports_of, window_of_year, windows_of
from reports import operations, queries
from reports.models import Edition, EditionFile
from reports.names import LANGUAGES, file_name
from reports.withheld import withheld_of

blueprint = Blueprint("reports", __name__)


@blueprint.app_template_global("language_name")
def language_name(code: str) -> str:
    """A language in its own name."""
    return OWN_NAMES[code]


@dataclass(frozen=True)
class Row:
    """One language of an edition: its file, if it was asked for, and the job that makes it."""

    language: str
    file: EditionFile | None
    job: Job | None

    @property
    def state(self) -> str:
        """none, waiting, being_made, ready or failed."""
        if self.file is None:
            return "none"
        if self.file.state == "waiting" and self.job is not None and self.job.state == "running":
            return "being_made"
        return self.file.state


@dataclass(frozen=True)
class Year:
    """A year of the page: the newest edition in every language, the older editions below it."""

    window: ReportingWindow
    report: ProgressReport | None
    newest: Edition | None
    rows: tuple[Row, ...]
    older: tuple[Edition, ...]

    @property
    def may_begin(self) -> bool:
        return self.report is not None


@blueprint.get("/organisations/<slug>/reports")
@of_champion(Action.CHAMPION_SEE)
def index(champion: Champion) -> ResponseReturnValue:
    """Every year with its editions: what is ready, what is being made, what failed and why."""
    editions = queries.editions_of(champion)
    reports = reports_of(champion)
    withheld = withheld_of(champion, [edition for several in editions.values() for edition in several])
    jobs = queries.jobs_of(file for several in editions.values() for edition in several for file in edition.files)
    years = [
        _year(window, reports.get(window.id, []), editions.get(window.id, []), jobs) for window in windows_of(champion)
    ]
    return render_template(
        "reports/index.html",
        champion=champion,
        years=years,
        withheld=withheld,
        is_open=any(row.state in {"waiting", "being_made"} for year in years for row in year.rows),
        may_make=may(actor(), Action.REPORT_MAKE, champion.id),
        is_demonstration=champion.is_demonstration,
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=champion.name),
    )


def _year(
    window: ReportingWindow, reports: list[ProgressReport], editions: list[Edition], jobs: dict[int, Job]
) -> Year:
    approved = next((report for report in reports if report.state == "approved"), None)
    newest = editions[0] if editions else None
    files = {file.language: file for file in newest.files} if newest else {}
    rows = []
    for language in LANGUAGES:
        file = files.get(language)
        rows.append(Row(language, file, jobs.get(file.id) if file else None))
    return Year(window, approved, newest, tuple(rows), tuple(editions[1:]))


@blueprint.post("/organisations/<slug>/reports/<int:year>/<language>/make")
@of_champion(Action.REPORT_MAKE)
def make(champion: Champion, year: int, language: str) -> ResponseReturnValue:
    """Freeze the year if something changed, and have the file made in this language."""
    with transaction():
        edition = operations.open_edition(champion, window_of_year(champion, year), actor())
        state = operations.ask_for_file(edition, language, actor()).state
        number = edition.number
    if state == "ready":
        notice(_("Nothing has changed since edition %(number)s: its file is there already.", number=number))
    else:
        notice(_("Edition %(number)s is being made. You get a letter when it is ready.", number=number))
    return see_other("reports.index", slug=champion.slug)


@blueprint.post("/organisations/<slug>/editions/<public_id>/<language>/again")
@of_champion(Action.REPORT_MAKE)
def again(champion: Champion, public_id: str, language: str) -> ResponseReturnValue:
    """Try a file again that could not be made, of this very edition."""
    with transaction():
        operations.ask_for_file(queries.edition_of(champion, public_id), language, actor())
    notice(_("The file is being made once more. You get a letter when it is ready."))
    return see_other("reports.index", slug=champion.slug)


@blueprint.get("/annual-reports/<public_id>/<report_language>")
@public
def download(public_id: str, report_language: str) -> ResponseReturnValue:
    """The PDF, for anybody: an edition holds nothing but what was published already."""
    file = queries.ready_file(public_id, report_language)
    return file_response(file.sha256, file_name(file), "application/pdf", public=True)
