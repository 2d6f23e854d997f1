"""`flask editions`: what is listed and shown, and the making of what is missing, begun again where it was left."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from impact.db import db
from impact.jobs import Job
from reports.models import EditionFile
from tests.reports import makers
from tests.reports.makers import quickly

CODE = "example-university-2018-1"
QUICK = b"%PDF-1.7 of a test"
#: six languages: for everybody, confidential, on one page
FILES = 18


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["editions", *words])
    return result.exit_code, result.output


def states() -> dict[str, int]:
    db.session.rollback()
    rows = db.session.execute(select(EditionFile.state, func.count()).group_by(EditionFile.state))
    return {row[0]: row[1] for row in rows}


def test_editions_are_listed_and_shown_with_their_files(year: makers.Year, app: Flask) -> None:
    edition = makers.an_edition(year)
    db.session.commit()
    code, said = run(app, "list")
    assert code == 0
    assert said.split() == [CODE, "sealed", str(FILES), "waiting"]
    assert run(app, "list", "--state", "draft") == (0, "")
    code, said = run(app, "show", CODE)
    assert code == 0
    assert f"{CODE}: sealed" in said
    assert f"public        {edition.sha256}" in said
    assert f"confidential  {edition.confidential_sha256}" in said
    assert "signed off    2019-06-03 12:00:00 UTC" in said
    code, said = run(app, "show", "no-such-2018-1")
    assert code == 1
    assert "There is no edition no-such-2018-1." in said


def test_what_is_missing_is_made_once_and_what_failed_is_tried_again(
    year: makers.Year, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly(monkeypatch, QUICK)
    file = makers.a_file(year)
    file.failure = "The file store does not answer."
    db.session.execute(update(EditionFile).values(state="failed", failure=file.failure))
    db.session.execute(update(Job).values(state="failed", error="x", finished_at=makers.TAKEN))
    db.session.commit()
    assert states() == {"failed": 1}
    code, said = run(app, "make", CODE, "--processes", "0")
    assert (code, f"{FILES} made." in said) == (0, True)
    assert states() == {"ready": FILES}
    made = db.session.scalar(select(func.max(EditionFile.made_at)))
    assert run(app, "make", "--all", "--processes", "0") == (0, "Every file is there.\n")
    assert states() == {"ready": FILES}
    assert db.session.scalar(select(func.max(EditionFile.made_at))) == made


def test_a_command_without_a_number_and_one_for_a_draft_say_what_is_wrong(year: makers.Year, app: Flask) -> None:
    makers.a_draft(year)
    db.session.commit()
    assert run(app, "make")[0] == 2
    code, said = run(app, "make", CODE, "--processes", "0")
    assert code == 1
    assert "not sealed yet" in said
