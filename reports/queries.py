"""Questions about editions and their files; each takes a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Exists, func, select
from sqlalchemy.orm import aliased, defer, joinedload, load_only, selectinload

from impact.champions.models import Champion, LeaderTerm, Standing
from impact.db import db
from impact.errors import NotFound, Withdrawn
from impact.jobs import Job, JobState
from impact.messages import gettext_noop as N_
from impact.progress.models import ProgressReport, ReportingWindow
from reports.models import Edition, EditionFile
from reports.withheld import withheld_of


def newest_edition(champion: Champion, window: ReportingWindow) -> Edition | None:
    return db.session.scalar(
        select(Edition)
        .where(Edition.champion_id == champion.id, Edition.window_id == window.id)
        .order_by(Edition.number.desc())
        .limit(1)
    )


def edition_before(edition: Edition) -> Edition | None:
    """The one that this edition corrects."""
    return db.session.scalar(
        select(Edition)
        .where(
            Edition.champion_id == edition.champion_id,
            Edition.window_id == edition.window_id,
            Edition.number < edition.number,
        )
        .order_by(Edition.number.desc())
        .limit(1)
    )


def numbers_of_year(champion: Champion, year: int) -> int:
    """The highest number of an edition of this champion's year; 0 where there is none."""
    return (
        db.session.scalar(
            select(func.max(Edition.number)).where(Edition.champion_id == champion.id, Edition.year == year)
        )
        or 0
    )


def in_force(edition: Edition) -> list[Edition]:
    """The sealed editions of the same thing that a newer one takes the place of."""
    same = [Edition.window_id == edition.window_id] if edition.champion_id else [Edition.year == edition.year]
    return list(
        db.session.scalars(
            select(Edition).where(
                Edition.kind == edition.kind,
                Edition.champion_id == edition.champion_id,
                Edition.constituency == edition.constituency,
                *same,
                Edition.state == "sealed",
                Edition.id != edition.id,
            )
        )
    )


def edition_by_code(code: str) -> Edition:
    """Raises NotFound. With what every page of an edition prints."""
    edition = db.session.scalar(
        select(Edition).where(Edition.code == code).options(joinedload(Edition.champion), joinedload(Edition.window))
    )
    if edition is None:
        raise NotFound(N_("There is no such edition."))
    return edition


def editions_under_way(champion: Champion) -> list[Edition]:
    """Those that somebody has to do something about, without what they say."""
    return list(
        db.session.scalars(
            select(Edition)
            .where(Edition.champion_id == champion.id, Edition.state.in_(["draft", "with_leader"]))
            .options(load_only(Edition.code, Edition.year, Edition.number, Edition.state, Edition.returned_because))
            .order_by(Edition.year.desc(), Edition.number)
        )
    )


def corrected_since(champion: Champion) -> list[Edition]:
    """Sealed editions whose year has figures that were approved after they were frozen; without what they say."""
    return list(
        db.session.scalars(
            select(Edition)
            .join(ProgressReport, ProgressReport.window_id == Edition.window_id)
            .where(
                Edition.champion_id == champion.id,
                Edition.state == "sealed",
                ProgressReport.champion_id == champion.id,
                ProgressReport.state == "approved",
                ProgressReport.approved_at > Edition.taken_at,
                ~_is_on_its_way(),
            )
            .options(load_only(Edition.code, Edition.year, Edition.number, Edition.state, Edition.window_id))
            .order_by(Edition.year.desc())
        ).unique()
    )


def _is_on_its_way() -> Exists:
    """A newer edition of the same year is drawn up, signed off or reviewed."""
    newer = aliased(Edition)
    return (
        select(newer.id)
        .where(
            newer.champion_id == Edition.champion_id,
            newer.window_id == Edition.window_id,
            newer.number > Edition.number,
        )
        .exists()
    )


def year_without_edition(champion: Champion) -> int | None:
    """The last year whose figures are approved, where nobody has drawn its edition up."""
    last = db.session.execute(
        select(
            ReportingWindow.year,
            select(Edition.id)
            .where(Edition.window_id == ReportingWindow.id, Edition.champion_id == champion.id)
            .exists(),
        )
        .join(ProgressReport, ProgressReport.window_id == ReportingWindow.id)
        .where(ProgressReport.champion_id == champion.id, ProgressReport.state == "approved")
        .order_by(ReportingWindow.year.desc())
        .limit(1)
    ).first()
    return int(last[0]) if last is not None and not last[1] else None


def sealed_by_code(code: str) -> Edition | None:
    """The edition that was sealed under this number; None where none was, also while one is under way."""
    return db.session.scalar(
        select(Edition)
        .where(Edition.code == code, Edition.sealed_at.is_not(None))
        .options(joinedload(Edition.champion), joinedload(Edition.window))
    )


def sealed_file_by_sha256(sha256: str, *, signed: bool = True) -> EditionFile | None:
    """The file of a sealed edition with these bytes; with `signed` false, the one whose pages they were before."""
    column = EditionFile.sha256 if signed else EditionFile.unsigned_sha256
    return db.session.scalar(
        select(EditionFile)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .where(column == sha256, EditionFile.state == "ready", Edition.sealed_at.is_not(None))
        .options(joinedload(EditionFile.edition).options(joinedload(Edition.champion), joinedload(Edition.window)))
        .limit(1)
    )


def in_place_of(edition: Edition) -> Edition | None:
    """The edition that holds now, of one that was superseded."""
    return next(iter(in_force(edition)), None) if edition.superseded_at else None


def name_of_leader(edition: Edition) -> str:
    """Who signed it off, by the name that the organisation's public page gives; "" where it names nobody."""
    if edition.signed_off_by_id is None:
        return ""
    return (
        db.session.scalar(
            select(LeaderTerm.name)
            .where(
                LeaderTerm.champion_id == edition.champion_id,
                LeaderTerm.person_id == edition.signed_off_by_id,
            )
            .order_by(LeaderTerm.since.desc())
            .limit(1)
        )
        or ""
    )


def code_of(public_id: str) -> str:
    """The code of the edition that had this address; "" where there is none."""
    return db.session.scalar(select(Edition.code).where(Edition.public_id == public_id)) or ""


def newer_than(edition: Edition) -> Edition | None:
    """The newest edition of the same year, where this one is not it."""
    return db.session.scalar(
        select(Edition)
        .where(
            Edition.champion_id == edition.champion_id,
            Edition.window_id == edition.window_id,
            Edition.number > edition.number,
        )
        .order_by(Edition.number.desc())
        .limit(1)
    )


def editions_of(champion: Champion) -> dict[int, list[Edition]]:
    """{window id: its editions with their files, the newest first}."""
    found: dict[int, list[Edition]] = {}
    rows = db.session.scalars(
        select(Edition)
        .where(Edition.champion_id == champion.id)
        .options(selectinload(Edition.files), defer(Edition.confidential))
        .order_by(Edition.number.desc())
    )
    for edition in rows:
        found.setdefault(edition.window_id or 0, []).append(edition)
    return found


def edition_of(champion: Champion, code: str) -> Edition:
    """The champion's edition with this code; NotFound when it is another's."""
    edition = edition_by_code(code)
    if edition.champion_id != champion.id:
        raise NotFound(N_("There is no such edition."))
    return edition


def file_of(edition: Edition, language: str, tier: str = "public") -> EditionFile | None:
    return db.session.scalar(
        select(EditionFile).where(
            EditionFile.edition_id == edition.id, EditionFile.language == language, EditionFile.tier == tier
        )
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


def public_edition(code: str) -> Edition:
    """An edition that anybody may read: sealed, and still offered.

    Raises NotFound for one that is not sealed, Withdrawn when it shows more than may be shown by now.
    """
    edition = edition_by_code(code)
    champion = edition.champion
    if not edition.is_sealed or (champion is not None and champion.standing == Standing.APPLICANT):
        raise NotFound(N_("There is no such edition."))
    if champion is not None and withheld_of(champion, [edition]):
        raise Withdrawn(
            N_(
                "This edition of the annual report is no longer offered: it shows numbers of small groups that are protected since figures were added or corrected. A newer edition, where there is one, is on the champion’s page."
            )
        )
    return edition


def ready_file(edition: Edition, language: str, tier: str = "public") -> EditionFile:
    """The edition's file; NotFound while it is not ready."""
    file = file_of(edition, language, tier)
    if file is None or file.state != "ready":
        raise NotFound(N_("There is no such file."))
    return file
