"""Freezing a year as an edition, and asking for the file in a language."""

from __future__ import annotations

from dataclasses import replace

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.audit.seals import sealed
from impact.champions.models import Champion
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState, NotFound
from impact.jobs import enqueue
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress.models import ReportingWindow
from impact.progress.queries import windows_of
from impact.workflow import move
from reports import canonical, changes, queries
from reports.making import ATTEMPTS, KIND
from reports.models import Edition, EditionFile
from reports.names import LANGUAGES, edition_code, verification_address
from reports.seals import seal_of_edition
from reports.snapshot import approved_report, take
from reports.snapshot_types import Snapshot
from reports.workflow import FILE


def open_edition(champion: Champion, window: ReportingWindow, actor: Actor) -> Edition:
    """The year frozen as it is published now: the newest edition where nothing has changed since, else the next one.

    Raises NotFound for a year of another cohort, InvalidState while the year's figures are not approved.
    """
    require(actor, Action.REPORT_MAKE, champion.id)
    if window not in windows_of(champion):
        raise NotFound(N_("There is no reporting window for this year."))
    if approved_report(champion, window) is None:
        raise InvalidState(
            N_("The figures of %(year)s are not approved yet, and a report is made from approved figures."),
            year=str(window.year),
        )
    taken = take(champion, window, clock.today())
    last = queries.newest_edition(champion, window)
    before = _read(last)
    if last is not None and before is not None and _as_before(taken, before).digest() == last.sha256:
        return last
    return _frozen(champion, window, taken, last, before, actor)


def _read(edition: Edition | None) -> Snapshot | None:
    """What an edition froze; None where it is of a layout that is no longer read."""
    try:
        return Snapshot.load(edition.snapshot) if edition is not None else None
    except ValueError:
        return None


def _as_before(taken: Snapshot, before: Snapshot) -> Snapshot:
    """Number and moment make no difference between two editions; what they say does."""
    return replace(taken, edition=before.edition)


def _frozen(
    champion: Champion,
    window: ReportingWindow,
    taken: Snapshot,
    last: Edition | None,
    before: Snapshot | None,
    actor: Actor,
) -> Edition:
    number = last.number + 1 if last else 1
    now = clock.now().replace(microsecond=0)
    facts = replace(
        taken.edition,
        code=edition_code(champion.slug, window.year, number),
        number=number,
        verification=verification_address(edition_code(champion.slug, window.year, number)),
        taken_at=now,
        replaces=edition_code(champion.slug, window.year, last.number) if last else "",
        changes=changes.between(before, taken) if before else (),
    )
    snapshot = replace(taken, edition=facts)
    edition = Edition(
        champion=champion,
        window=window,
        number=number,
        snapshot=canonical.plain(snapshot),
        sha256=snapshot.digest(),
        taken_at=now,
        taken_by_id=actor.person_id,
    )
    db.session.add(edition)
    flush_or_conflict(N_("Somebody else asked for the same at this moment. Open the page again."))
    facts_of = {"year": window.year, "number": number, "sha256": edition.sha256}
    record(actor, "edition_taken", edition, details={**facts_of, **sealed(seal_of_edition(edition))})
    return edition


def ask_for_file(edition: Edition, language: str, actor: Actor) -> EditionFile:
    """The one file of this edition in this language: made by a job, made again where that failed.

    However often it is asked for, there is one file and, while it waits, one job. Raises Invalid for a language in
    which the report is not complete.
    """
    require(actor, Action.REPORT_MAKE, edition.champion_id)
    if language not in LANGUAGES:
        raise Invalid(N_("The report is not made in this language yet."))
    file = queries.file_of(edition, language)
    if file is None:
        file = EditionFile(edition=edition, language=language, state="waiting", asked_by_id=actor.person_id)
        db.session.add(file)
        flush_or_conflict(N_("Somebody else asked for the same at this moment. Open the page again."))
        record(actor, "file_asked", file, to_state="waiting", details={"language": language})
    elif file.state == "failed":
        file.failure, file.asked_by_id = "", actor.person_id
        move(FILE, file, "retry", actor, details={"language": language})
    if file.state == "waiting":
        enqueue(
            KIND,
            {"file": file.id},
            unique_key=queries.job_key(file),
            max_attempts=ATTEMPTS,
            champion_id=edition.champion_id,
        )
    return file
