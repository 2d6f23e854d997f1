"""The champion's page of annual reports: each year's editions, where they stand and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from impact import clock
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import transaction
from impact.i18n import gettext as _
from impact.jobs import Job
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.progress.models import ProgressReport, ReportingWindow
from impact.progress.queries import LATENESS_LABELS, Lateness, lateness_of, reports_of, window_of_year, windows_of
from reports import operations, prechecks, queries
from reports.models import Edition
from reports.views.room import Files, blueprint, champion_page, check_in_words, files_of
from reports.withheld import withheld_of


@dataclass(frozen=True)
class Year:
    """A year of the page: its newest edition, the files of what is in force, and the older editions."""

    window: ReportingWindow
    lateness: Lateness
    newest: Edition | None
    in_force: Edition | None
    files: Files | None
    older: list[Edition]
    checks: list[dict[str, str]]
    may_begin: bool


@blueprint.get("/organisations/<slug>/reports")
@of_champion(Action.CHAMPION_SEE)
def index(champion: Champion) -> ResponseReturnValue:
    """Every year with its editions: where each stands, what is missing, what is being made, what failed and why."""
    editions = queries.editions_of(champion)
    reports = reports_of(champion)
    everything = [edition for several in editions.values() for edition in several]
    jobs = queries.jobs_of(file for edition in everything for file in edition.files)
    years = []
    for window in windows_of(champion):
        of_year = editions.get(window.id, [])
        years.append(_year(champion, window, reports.get(window.id, []), of_year, jobs))
    return champion_page(
        "reports/index.html",
        champion,
        years=years,
        labels=LATENESS_LABELS,
        outdated={edition.id for edition in everything if _is_outdated(edition, reports)},
        withheld=withheld_of(champion, [edition for edition in everything if edition.is_sealed]),
        is_open=any(year.files and year.files.is_open for year in years),
    )


def _is_outdated(edition: Edition, reports: dict[int, list[ProgressReport]]) -> bool:
    """Sealed, and figures of its year were approved after it was frozen; as `queries.corrected_since`, without asking."""
    of_year = reports.get(edition.window_id or 0, [])
    return edition.state == "sealed" and any(
        report.state == "approved" and report.approved_at is not None and report.approved_at > edition.taken_at
        for report in of_year
    )


def _year(
    champion: Champion,
    window: ReportingWindow,
    reports: list[ProgressReport],
    editions: list[Edition],
    jobs: dict[int, Job],
) -> Year:
    in_force = next((edition for edition in editions if edition.state == "sealed"), None)
    newest = editions[0] if editions else None
    missing = prechecks.of_year(champion, window, sorted(reports, key=lambda report: -report.correction))
    first = next((report for report in reports if report.correction == 0), None)
    handed_in = first.first_submitted_at.date() if first and first.first_submitted_at else None
    return Year(
        window,
        lateness_of(champion, window, handed_in, clock.today()),
        newest,
        in_force,
        files_of(in_force, jobs) if in_force else None,
        [edition for edition in editions if edition is not newest],
        [check_in_words(one) for one in missing],
        newest is None and not any(one.is_error for one in missing),
    )


@blueprint.post("/organisations/<slug>/reports/<int:year>/draw-up")
@of_champion(Action.REPORT_MAKE)
def draw_up(champion: Champion, year: int) -> ResponseReturnValue:
    """The first edition of a year, from its approved figures."""
    with transaction():
        edition = operations.draw_up(champion, window_of_year(champion, year), actor())
        code = edition.code
    notice(_("The edition is drawn up. Read it, then send it to the leader."))
    return see_other("reports.edition", slug=champion.slug, code=code)
