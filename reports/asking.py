"""Asking for the files of a sealed edition: each is one row and, while it waits, one job, however often it is asked for.

Sealing asks for everything there is, so that it is ready before somebody looks. Whatever is missing all the same (a
language that was added since, demonstration data) is made when the first reader asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState
from impact.jobs import enqueue
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move
from reports import queries
from reports.making import ATTEMPTS, KIND
from reports.models import HANDOUT, TIERS, Edition, EditionFile
from reports.names import LANGUAGES
from reports.workflow import FILE

AT_THE_SAME_MOMENT = N_("Somebody else asked for the same at this moment. Open the page again.")
NOT_IN_THIS_LANGUAGE = N_("The report is not made in this language yet.")
#: What anybody may read of a sealed edition, and so ask for.
FOR_READERS = ("public", HANDOUT)

_sparing: ContextVar[Collection[str] | None] = ContextVar("sparing", default=None)


@contextmanager
def sparing(languages: Collection[str]) -> Iterator[None]:
    """Within it, sealing asks for the public report in these languages and for nothing else.

    For loading data: nobody waits for dozens of files of editions that were sealed long ago, and a first start would
    keep a processor busy for minutes with them.
    """
    before = _sparing.set(languages)
    try:
        yield
    finally:
        _sparing.reset(before)


def ask_for_file(edition: Edition, language: str, actor: Actor, tier: str = "public") -> EditionFile:
    """The one file of this edition in this language and tier: made by a job, made again where that failed.

    Raises Invalid for a language in which the report is not complete, InvalidState before the edition is sealed.
    """
    require(actor, Action.REPORT_MAKE, edition.champion_id)
    _must_be_sealed(edition)
    if language not in LANGUAGES or tier not in tiers_in(edition):
        raise Invalid(NOT_IN_THIS_LANGUAGE)
    details = {"language": language, "tier": tier}
    file = _file(edition, language, tier, actor, actor.person_id)
    if file.state == "failed":
        file.failure, file.asked_by_id = "", actor.person_id
        move(FILE, file, "retry", actor, details=details)
    if file.state == "waiting":
        _enqueue(file)
    return file


def ask_as_reader(edition: Edition, language: str, tier: str, actor: Actor) -> EditionFile:
    """The same for a reader, who needs no right: the file is public, is made once, and there is one for each language.

    One that failed stays so: the staff see why, and try it again. Nobody gets a letter.
    """
    _must_be_sealed(edition)
    if language not in LANGUAGES or tier not in FOR_READERS or tier not in tiers_in(edition):
        raise Invalid(NOT_IN_THIS_LANGUAGE)
    file = _file(edition, language, tier, actor, None)
    if file.state == "waiting":
        _enqueue(file)
    return file


def _file(edition: Edition, language: str, tier: str, actor: Actor, told_id: int | None) -> EditionFile:
    """The row of this file, made where there is none; `told_id` gets a letter when it is ready."""
    file = queries.file_of(edition, language, tier)
    if file is None:
        file = EditionFile(edition=edition, language=language, tier=tier, state="waiting", asked_by_id=told_id)
        db.session.add(file)
        flush_or_conflict(AT_THE_SAME_MOMENT)
        record(actor, "file_asked", file, to_state="waiting", details={"language": language, "tier": tier})
    return file


def ask_when_sealed(edition: Edition, actor: Actor) -> None:
    """What sealing asks for: everything, but less while `sparing` is in force."""
    languages = _sparing.get()
    if languages is None:
        ask_for_all(edition, actor)
        return
    for language in languages:
        _enqueue(_file(edition, language, "public", actor, None))


def ask_for_all(edition: Edition, actor: Actor) -> list[EditionFile]:
    """Every language of every tier that is not there yet, each asked for once; those that failed wait for a person.

    Nobody gets a letter for each: it is done with the sealing, by the platform. Returns what waits.
    """
    _must_be_sealed(edition)
    there = {(file.language, file.tier) for file in edition.files}
    missing = [(code, tier) for tier in tiers_in(edition) for code in LANGUAGES if (code, tier) not in there]
    for language, tier in missing:
        edition.files.append(EditionFile(language=language, tier=tier, state="waiting"))
    if missing:
        flush_or_conflict(AT_THE_SAME_MOMENT)
        record(actor, "file_asked", edition, details={"files": [f"{code}, {tier}" for code, tier in missing]})
    waiting = [file for file in edition.files if file.state == "waiting"]
    for file in waiting:
        _enqueue(file)
    return waiting


def tiers_in(edition: Edition) -> tuple[str, ...]:
    """Those from before there were two have the public one only."""
    tiers = TIERS if edition.confidential_sha256 else TIERS[:1]
    return (*tiers, HANDOUT) if edition.kind == "champion" else tiers


def _must_be_sealed(edition: Edition) -> None:
    if not edition.is_sealed:
        raise InvalidState(N_("Files are made of sealed editions. This one is not sealed yet."))


def _enqueue(file: EditionFile) -> None:
    enqueue(
        KIND,
        {"file": file.id},
        unique_key=queries.job_key(file),
        max_attempts=ATTEMPTS,
        champion_id=file.edition.champion_id,
    )
