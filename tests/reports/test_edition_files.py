"""The files of editions: one each however often they are asked for, made by a job that may be killed or fail."""

from __future__ import annotations

import hashlib
import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from impact.db import db, transaction
from impact.errors import Invalid
from impact.jobs import Job, run_waiting
from impact.jobs.runner import claim
from impact.mail import Letter
from impact.seals import signing
from impact.storage import storage
from reports import making, render
from reports.asking import ask_for_file
from reports.models import Edition, EditionFile
from reports.snapshot_types import Snapshot
from tests.reports import makers
from tests.reports.makers import quickly

QUICK = b"%PDF-1.7 of a test"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the pages do not matter they are not set."""
    quickly(monkeypatch, QUICK)


def letters() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Letter.to_email, Letter.template).where(Letter.template.like("report%")))
    return [tuple(row) for row in rows]


def test_a_file_asked_for_twice_is_one_file_and_one_job(year: makers.Year) -> None:
    first = makers.a_file(year)
    assert ask_for_file(first.edition, "en", year.world.coordinator) is first
    assert db.session.scalar(select(func.count()).select_from(EditionFile)) == 1
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == making.KIND)) == 1


def test_a_language_in_which_the_report_is_not_complete_is_refused(year: makers.Year) -> None:
    edition = makers.an_edition(year)
    for language in ("xx", ""):
        with pytest.raises(Invalid, match="not made in this language"):
            ask_for_file(edition, language, year.world.coordinator)


def test_the_job_sets_the_report_keeps_it_and_tells_who_asked_once(
    year: makers.Year, app: Flask, tmp_path: Path
) -> None:
    file = makers.a_file(year)
    run_waiting()
    db.session.refresh(file)
    pdf = storage().get(file.sha256)
    assert (file.state, file.size, file.made_at, file.failure) == ("ready", len(pdf), makers.TAKEN, "")
    assert file.pages == len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    unsigned = render.to_pdf(Snapshot.load(file.edition.snapshot), "en", making.imprint_in(file.edition))
    assert file.unsigned_sha256 == hashlib.sha256(unsigned).hexdigest()
    # The signature stands behind the pages and touches none of their bytes.
    assert pdf.startswith(unsigned)
    assert signing.examine(pdf) is not None
    assert letters() == [("coordinator@example.org", "report_ready")]
    letter = db.session.scalars(select(Letter).where(Letter.template == "report_ready")).one()
    assert letter.subject == "The annual report 2018 of Example University is ready"
    assert f"http://impact.test/en/editions/{file.edition.code}/en.pdf" in letter.text
    # Asked again and run again: nothing is made, nobody is told.
    ask_for_file(file.edition, "en", year.world.coordinator)
    run_waiting()
    assert letters() == [("coordinator@example.org", "report_ready")]

    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    assert "Raise the share of women among full professors" in " ".join(text.split())
    for hidden in (makers.SECRET, "Confidential minutes", "pay.csv", "@example.org"):
        assert hidden not in text


def test_a_job_whose_worker_was_killed_is_done_by_the_next(year: makers.Year, quick: None) -> None:
    file = makers.a_file(year)
    db.session.commit()
    job = claim()
    assert job is not None and job.kind == making.KIND
    # Nothing more is heard of that worker; half a minute later its lease is over.
    with time_machine.travel(makers.TAKEN + timedelta(seconds=31), tick=False):
        run_waiting()
    db.session.refresh(file)
    assert (file.state, storage().get(file.sha256)) == ("ready", QUICK)
    assert letters() == [("coordinator@example.org", "report_ready")]


def fails(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_given: object) -> bytes:
        raise error

    monkeypatch.setattr(making, "rendered", fail)


def run_every_attempt() -> None:
    """Three attempts with their waits."""
    for minutes in (0, 1, 2):
        with time_machine.travel(makers.TAKEN + timedelta(minutes=minutes), tick=False):
            run_waiting()


def test_a_report_that_cannot_be_set_says_why_and_can_be_asked_for_again(
    year: makers.Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, MemoryError())
    file = makers.a_file(year)
    run_waiting()
    db.session.refresh(file)
    assert (file.state, file.failure) == ("waiting", "")
    run_every_attempt()
    db.session.refresh(file)
    assert (file.state, file.failure) == ("failed", "The report needs more memory than the server gives.")
    assert letters() == [("coordinator@example.org", "report_failed")]

    quickly(monkeypatch, QUICK)
    assert ask_for_file(file.edition, "en", year.world.coordinator) is file
    assert (file.state, file.failure) == ("waiting", "")
    run_waiting()
    db.session.refresh(file)
    assert (file.state, file.failure) == ("ready", "")
    assert letters()[-1] == ("coordinator@example.org", "report_ready")


def test_a_snapshot_that_was_tampered_with_is_never_printed(year: makers.Year, quick: None) -> None:
    file = makers.a_file(year)
    db.session.commit()
    with transaction():
        db.session.execute(update(Edition).values(sha256="0" * 64))
    run_waiting()
    db.session.refresh(file)
    assert (file.state, file.failure) == (
        "failed",
        "The frozen figures were changed after they were taken, so no report is made of them.",
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("TooLong: 120 seconds", "Setting the pages took too long."),
        ("It took longer than 120 seconds.", "Setting the pages took too long."),
        ("StorageUnavailable: no bucket", "The file store does not answer."),
        ("The worker ended in the middle of it, in every attempt.", "The work was interrupted each time it was tried."),
        ("AssetMissing: not an asset", "The pages could not be set because of a fault of ours."),
    ],
)
def test_every_reason_has_words_that_give_nothing_of_the_machine_away(reason: str, words: str) -> None:
    assert making.in_words(reason) == words
