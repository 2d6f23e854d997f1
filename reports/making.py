"""The job that sets an edition as a PDF: it reads the frozen snapshot only, and tells who asked when it is done."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from dataclasses import replace
from typing import Any

from flask import current_app

from impact.accounts.models import Person
from impact.actor import SYSTEM
from impact.db import db
from impact.i18n import OWN_NAMES
from impact.jobs import Claimed, Finish, Permanent, ReportProgress, before_work, handler
from impact.mail import send
from impact.messages import gettext_noop as N_
from impact.seals.operations import append as append_seal
from impact.seals.signing import sign
from impact.storage import storage
from impact.workflow import move
from reports import frozen, queries
from reports.group.types import GroupSnapshot
from reports.harmless import CannotBePrinted
from reports.imprint import Imprint
from reports.models import HANDOUT, Edition, EditionFile
from reports.numerals import LATIN
from reports.publishable import NotPublic
from reports.snapshot_types import Snapshot
from reports.workflow import FILE

KIND = "reports.make_file"
ATTEMPTS = 3
#: The part of EditionFile.engine that tells the numerals of a file in Arabic, where they are not Latin.
NUMERALS = "numerals"

#: How the reason of a failed job begins → what the person who asked reads.
FAILURES = (
    ("TooLong", N_("Setting the pages took too long.")),
    ("It took longer", N_("Setting the pages took too long.")),
    ("MemoryError", N_("The report needs more memory than the server gives.")),
    ("StorageUnavailable", N_("The file store does not answer.")),
    ("The worker ended", N_("The work was interrupted each time it was tried.")),
    ("CannotSign", N_("The file could not be signed: the installation’s key or certificate does not work.")),
    ("A text is too long", N_("A text is longer than a page can hold. It must be shortened in a new edition.")),
    ("The snapshot", N_("The frozen figures were changed after they were taken, so no report is made of them.")),
)
OTHERWISE = N_("The pages could not be set because of a fault of ours.")


def in_words(reason: str) -> str:
    """The message id for a reason that was noted for the staff."""
    return next((message for begin, message in FAILURES if reason.startswith(begin)), OTHERWISE)


def note_failure(job: Claimed, reason: str, final: bool) -> None:
    """After the last attempt the file is failed, with the reason in words; before it, it waits for the next."""
    file = queries.file_by_id(int(job.payload["file"]))
    if final and file is not None and file.state == "waiting":
        file.failure = in_words(reason)
        move(FILE, file, "fail", SYSTEM, reason=reason[:500], details={"language": file.language})
        _tell(file, "report_failed")


@handler(KIND, slow=True, seconds=120, memory_mb=600, on_failure=note_failure)
def make_file(job: Claimed, report_progress: ReportProgress) -> Finish | None:
    """Set the pages and keep the file; nothing to do where that was done."""
    file = queries.file_by_id(int(job.payload["file"]))
    if file is None or file.state != "waiting":
        return None
    file_id, language, edition = file.id, file.language, file.edition
    report_progress(10, N_("Reading the frozen figures"))
    kept, digest = edition.frozen(file.tier)
    snapshot = frozen.load(kept)
    if snapshot.digest() != digest:
        raise Permanent("The snapshot is not the one that was frozen.")
    report_progress(25, N_("Setting the pages"))
    setting = handed_out if file.tier == HANDOUT else rendered
    numerals = numerals_today() if language == "ar" else LATIN
    try:
        pdf = setting(snapshot, language, imprint_in(edition, numerals))
    except (CannotBePrinted, NotPublic) as fault:
        # Too long for a page, or confidential where it must not be: it is so at each attempt.
        raise Permanent(str(fault)) from fault
    unsigned, engine, pages = hashlib.sha256(pdf).hexdigest(), versions() | recorded(numerals), count_pages(pdf)
    report_progress(80, N_("Signing the file"))
    pdf = signed(pdf, edition)
    report_progress(90, N_("Keeping the file"))
    sha256, size = storage().put(pdf), len(pdf)

    def finish() -> None:
        made = queries.file_by_id(file_id)
        if made is None or made.state != "waiting":
            return
        # Digest and state are written in one statement: the database holds that each implies the other.
        with db.session.no_autoflush:
            made.sha256, made.size, made.pages, made.failure = sha256, size, pages, ""
            made.unsigned_sha256, made.engine = unsigned, engine
            move(FILE, made, "made", SYSTEM, details={"language": language, "tier": made.tier, "sha256": sha256})
        facts = {"edition": made.edition.code, "language": language, "tier": made.tier, "sha256": sha256}
        append_seal("file", made.edition.code, facts, SYSTEM)
        _tell(made, "report_ready")

    return finish


def imprint_in(edition: Edition, numerals: str = LATIN) -> Imprint:
    """What both tiers print of the edition: the digest is that of the public one."""
    return replace(frozen.imprint(edition, frozen.load(edition.snapshot)), numerals=numerals)


def numerals_today() -> str:
    """Those that the settings choose for reports in Arabic."""
    chosen: str = current_app.extensions["settings"].arabic_numerals
    return chosen


def recorded(numerals: str) -> dict[str, str]:
    """How a file tells its numerals: those of before the choice, and of other languages, say nothing."""
    return {} if numerals == LATIN else {NUMERALS: numerals}


def rendered(snapshot: Snapshot | GroupSnapshot, language: str, imprint: Imprint) -> bytes:
    """The PDF. The engine is heavy: only the process that sets pages loads it, never one that serves them."""
    if isinstance(snapshot, GroupSnapshot):
        from reports.group.pdf import to_group_pdf

        return to_group_pdf(snapshot, language, imprint)
    from reports.render import to_confidential_pdf, to_pdf

    if snapshot.tier == "confidential":
        return to_confidential_pdf(snapshot, language, imprint)
    return to_pdf(snapshot, language, imprint)


def signed(pdf: bytes, edition: Edition) -> bytes:
    """With the installation's signature behind the pages; it gives the moment of the sealing as its own."""
    return sign(pdf, at=edition.sealed_at or edition.taken_at, reason=f"Sealed edition {edition.code}")


def versions() -> dict[str, Any]:
    """What set the pages, part by part."""
    from reports.engine import engine

    return dict(engine())


def handed_out(snapshot: Snapshot | GroupSnapshot, language: str, imprint: Imprint) -> bytes:
    """The year on one page, from the same snapshot."""
    from reports.handout import to_handout

    if isinstance(snapshot, GroupSnapshot):
        raise Permanent("There is no hand-out of many organisations.")
    return to_handout(snapshot, language, imprint)


@before_work
def make_ready() -> None:
    """Load the engine in the worker's parent, with the templates, fonts and style sheets of every language."""
    from reports.ready import make_ready as everything

    everything(numerals_today())


def count_pages(pdf: bytes) -> int | None:
    """How many pages the file says it has; None where it does not say so in one of its packed objects."""
    for begin in re.finditer(rb"/Type\s*/ObjStm[^>]*>>\s*stream\r?\n", pdf):
        packed = pdf[begin.end() :]
        if b"/ASCII85Decode" in begin[0]:
            packed = base64.a85decode(packed[: packed.index(b"~>")])
        objects = zlib.decompressobj().decompress(packed)
        found = re.search(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", objects)
        if found:
            return int(found.group(1))
    return None


def _tell(file: EditionFile, template: str) -> None:
    """A letter to who asked for it, in their language."""
    person = db.session.get(Person, file.asked_by_id) if file.asked_by_id else None
    edition, champion = file.edition, file.edition.champion
    if person is None or champion is None:
        return
    context = {
        "name": person.name,
        "organisation": champion.name_in(person.language),
        "slug": champion.slug,
        "year": str(edition.year),
        "number": edition.number,
        "edition": edition.code,
        "tier": file.tier,
        "report_language": file.language,
        "language_name": OWN_NAMES[file.language],
        "failure": file.failure,
    }
    send(person.email, person.language, template, context, champion_id=edition.champion_id)
