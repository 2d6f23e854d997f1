"""The files of an edition made again: the same, made by another renderer, or altered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from impact.db import db
from impact.jobs import run_waiting
from impact.seals.signing import examine
from impact.storage import storage
from reports import making
from reports.asking import ask_for_file
from reports.models import EditionFile
from tests.reports import makers

Rebuild = Callable[..., tuple[int, str]]


@pytest.fixture
def file(year: makers.Year) -> EditionFile:
    """The English public file of a sealed edition, made by its job, beside the confidential one."""
    made = makers.a_file(year)
    ask_for_file(made.edition, "en", year.world.coordinator, "confidential")
    db.session.commit()
    run_waiting()
    db.session.refresh(made)
    assert made.state == "ready"
    return made


@pytest.fixture
def rebuild(app: Flask) -> Rebuild:
    def run(*given: str) -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["editions", "rebuild", *given])
        return done.exit_code, done.output

    return run


def test_an_untouched_edition_comes_out_the_same_in_both_tiers(file: EditionFile, rebuild: Rebuild) -> None:
    code, said = rebuild(file.edition.code, "--check")
    assert (code, said.splitlines()) == (0, ["public       en  same", "confidential en  same"])


def test_the_kept_file_is_the_rendered_one_with_our_signature_behind_it(file: EditionFile) -> None:
    kept = storage().get(file.sha256)
    found = examine(kept)
    assert (found.is_ours, found.is_intact, found.added) == (True, True, 0)
    assert file.engine["weasyprint"] == "70.0"
    assert len(file.unsigned_sha256) == 64


def test_another_renderer_is_told_from_an_alteration(file: EditionFile, rebuild: Rebuild) -> None:
    file.unsigned_sha256 = "0" * 64
    file.engine = {**file.engine, "pango": "1.40.0"}
    db.session.commit()
    code, said = rebuild(file.edition.code, "--language", "en", "--check")
    assert code == 3
    assert "another renderer" in said
    assert "pango: recorded 1.40.0, here 1." in said


def test_other_bytes_from_the_same_renderer_are_an_alteration(file: EditionFile, rebuild: Rebuild) -> None:
    file.unsigned_sha256 = "0" * 64
    db.session.commit()
    code, said = rebuild(file.edition.code, "--check")
    assert code == 1
    assert "The same renderer makes other bytes of this edition than were recorded." in said


def test_a_changed_snapshot_is_an_alteration(file: EditionFile, rebuild: Rebuild) -> None:
    file.edition.snapshot = {**file.edition.snapshot, "year": 2017}
    db.session.commit()
    code, said = rebuild(file.edition.code, "--check")
    assert (code, "The snapshot is not the one that was frozen." in said) == (1, True)


def test_a_lost_or_changed_file_is_an_alteration(file: EditionFile, rebuild: Rebuild) -> None:
    storage().delete(file.sha256)
    code, said = rebuild(file.edition.code, "--check")
    assert (code, "The kept file is not the one that was made, or is not there." in said) == (1, True)


def test_a_file_from_before_bytes_were_recorded_cannot_be_compared(file: EditionFile, rebuild: Rebuild) -> None:
    for one in file.edition.files:
        one.unsigned_sha256 = ""
    db.session.commit()
    assert rebuild(file.edition.code, "--check")[0] == 4


def test_the_unsigned_files_are_written_to_a_folder(file: EditionFile, rebuild: Rebuild, tmp_path: Path) -> None:
    assert rebuild(file.edition.code, "--into", str(tmp_path / "out"))[0] == 0
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    code = file.edition.code
    assert written == [f"{code}-en-confidential-unsigned.pdf", f"{code}-en-unsigned.pdf"]
    assert storage().get(file.sha256).startswith((tmp_path / "out" / f"{code}-en-unsigned.pdf").read_bytes())


def test_an_unknown_number_and_a_missing_wish_are_complained_about(app: Flask, rebuild: Rebuild) -> None:
    assert rebuild("nothing-2018-1", "--check")[0] == 1
    assert rebuild("nothing-2018-1")[0] == 2


def test_what_sets_the_pages_is_recorded_whole() -> None:
    assert {"weasyprint", "pango", "fonts"} <= set(making.versions())
