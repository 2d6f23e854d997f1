"""Questions about editions and their files; each takes a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion, Standing
from impact.db import db
from impact.errors import NotFound, Withdrawn
from impact.jobs import Job, JobState
from impact.messages import gettext_noop as N_
from impact.progress.models import ReportingWindow
from reports.models import Edition, EditionFile
from reports.withheld import withheld_of


def newest_edition(champion: Champion, window: ReportingWindow) -> Edition | None:
    return db.session.scalar(
        select(Edition)
        .where(Edition.champion_id == champion.id, Edition.window_id == window.id)
        .order_by(Edition.number.desc())
        .limit(1)
    )


def editions_of(champion: Champion) -> dict[int, list[Edition]]:
    """{window id: its editions with their files, the newest first}."""
    found: dict[int, list[Edition]] = {}
    rows = db.session.scalars(
        select(Edition)
        .where(Edition.champion_id == champion.id)
        .options(selectinload(Edition.files))
        .order_by(Edition.number.desc())
    )
    for edition in rows:
        found.setdefault(edition.window_id, []).append(edition)
    return found


def edition_of(champion: Champion, public_id: str) -> Edition:
    """The champion's edition with this address; NotFound when it is another's."""
    edition = db.session.scalar(
        select(Edition).where(Edition.champion_id == champion.id, Edition.public_id == public_id)
    )
    if edition is None:
        raise NotFound(N_("There is no such edition."))
    return edition


def file_of(edition: Edition, language: str) -> EditionFile | None:
    return db.session.scalar(
        select(EditionFile).where(EditionFile.edition_id == edition.id, EditionFile.language == language)
    )


def file_by_id(file_id: int) -> EditionFile | None:
    return db.session.scalar(
        select(EditionFile)
        .where(EditionFile.id == file_id)
        .options(joinedload(EditionFile.edition).options(joinedload(Edition.champion), joinedload(Edition.window)))
    )


def job_key(file: EditionFile) -> str:
    """One job at a time for one file."""
    return f"reports:{file.id}"


def jobs_of(files: Iterable[EditionFile]) -> dict[int, Job]:
    """{file id: the job that waits or runs for it}; one query, none where no file is waiting."""
    keys = {job_key(file): file.id for file in files if file.state == "waiting"}
    if not keys:
        return {}
    rows = db.session.scalars(
        select(Job).where(Job.unique_key.in_(keys), Job.state.in_([JobState.WAITING, JobState.RUNNING]))
    )
    return {keys[job.unique_key or ""]: job for job in rows}


def ready_file(public_id: str, language: str) -> EditionFile:
    """The file that anybody may download. What is frozen in it was public before.

    Raises NotFound while it is not ready, Withdrawn when it shows more than may be shown by now.
    """
    file = db.session.scalar(
        select(EditionFile)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .join(Champion, Champion.id == Edition.champion_id)
        .where(
            Edition.public_id == public_id,
            EditionFile.language == language,
            EditionFile.state == "ready",
            Champion.standing != Standing.APPLICANT,
        )
        .options(joinedload(EditionFile.edition).options(joinedload(Edition.champion), joinedload(Edition.window)))
    )
    if file is None:
        raise NotFound(N_("There is no such file."))
    if withheld_of(file.edition.champion, [file.edition]):
        raise Withdrawn(
            N_(
                "This edition of the annual report is no longer offered: it shows numbers of small groups that are protected since figures were added or corrected. A newer edition, where there is one, is on the champion’s page."
            )
        )
    return file


@dataclass(frozen=True)
class AnnualReport:
    """A year on a champion's public page: for each language the newest edition that is ready and may be shown.

    `is_withheld`: an edition is left out that would give a small group away.
    """

    year: int
    files: tuple[EditionFile, ...]
    is_withheld: bool = False


def annual_reports_of(champion: Champion) -> list[AnnualReport]:
    """What the public may download, the newest year first; two queries at most."""
    rows = db.session.scalars(
        select(EditionFile)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .join(ReportingWindow, ReportingWindow.id == Edition.window_id)
        .where(Edition.champion_id == champion.id, EditionFile.state == "ready")
        .options(joinedload(EditionFile.edition).joinedload(Edition.window))
        .order_by(ReportingWindow.year.desc(), Edition.number.desc(), EditionFile.language)
    ).all()
    withheld = withheld_of(champion, {file.edition.id: file.edition for file in rows}.values())
    years: dict[int, dict[str, EditionFile]] = {}
    for file in rows:
        offered = years.setdefault(file.edition.window.year, {})
        if file.edition_id not in withheld:
            offered.setdefault(file.language, file)
    left_out = {file.edition.window.year for file in rows if file.edition_id in withheld}
    return [
        AnnualReport(year, tuple(files[code] for code in sorted(files)), year in left_out)
        for year, files in years.items()
    ]
