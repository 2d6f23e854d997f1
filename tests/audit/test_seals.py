"""What was approved is compared with the trail: whatever was changed past the operations shows, by name."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from impact.accounts.operations import give_staff_role, person_for, set_password
from impact.actor import SYSTEM, Role
from impact.audit import verifying
from impact.audit.seals import troubles
from impact.db import db, transaction
from impact.jobs import run_waiting
from tests.champions.makers import PASSWORD, sign_in

#: What somebody with the database's own password may do, and the name under which it shows.
CHANGES: dict[str, tuple[str, str]] = {
    "the promise": ("UPDATE commitment SET headline = 'Less' WHERE published_at IS NOT NULL", "commitment/"),
    "a target": ("UPDATE target SET value = 1 WHERE value IS NOT NULL", "commitment/"),
    "a date": ("UPDATE target SET due = '2099-12-31' WHERE due IS NOT NULL", "commitment/"),
    "a milestone": ("UPDATE milestone SET value = 1 WHERE value IS NOT NULL", "commitment/"),
    "a target that is taken away": (
        "UPDATE target SET commitment_id = (SELECT max(id) FROM commitment)",
        "commitment/",
    ),
    "the text first published": ("UPDATE revision SET content = '{}'", "revision/"),
    "an amendment's reason": ("UPDATE amendment SET note = 'No reason' WHERE state = 'approved'", "amendment/"),
    "a figure": ("UPDATE figure SET value = value + 1 WHERE approved_at IS NOT NULL AND value IS NOT NULL", "figure/"),
    "the counts of a figure": ("UPDATE figure SET numerator = 1 WHERE numerator IS NOT NULL", "figure/"),
    "the digest of a file": ("UPDATE evidence SET sha256 = 'f' || substr(sha256, 2) WHERE sha256 <> ''", "figure/"),
    "what is open to the public": ("UPDATE evidence SET is_public = NOT is_public", "figure/"),
    "a frozen year": ("UPDATE edition SET snapshot = '{}'", "edition/"),
}


def found() -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return list(troubles())


def change(statement: str) -> None:
    with transaction():
        assert db.session.execute(text(statement)).rowcount  # type: ignore[attr-defined]


def test_what_the_demonstration_approved_is_as_it_was_approved(loaded: Flask) -> None:
    assert found() == []
    done = loaded.test_cli_runner().invoke(args=["audit", "verify"])
    assert (done.exit_code, done.output) == (
        0,
        "The audit trail is whole, and everything that was approved is as it was approved.\n",
    )


def test_every_change_past_the_operations_shows_by_name(loaded: Flask) -> None:
    """One after the other in one database: each adds its own kind of trouble."""
    unseen = []
    for what, (statement, beginning) in CHANGES.items():
        savepoint = db.session.begin_nested()
        assert db.session.execute(text(statement)).rowcount, what  # type: ignore[attr-defined]
        db.session.expire_all()
        told = [trouble for trouble in troubles() if trouble.startswith(beginning)]
        if not told or "is not what was approved in entry" not in told[0]:
            unseen.append((what, told[:1]))
        savepoint.rollback()
    db.session.rollback()
    assert unseen == []
    assert found() == []


def test_what_was_approved_by_nobody_shows(loaded: Flask) -> None:
    change("UPDATE commitment SET published_at = created_at WHERE state = 'draft' OR published_at IS NULL")
    told = found()
    assert told
    assert all(trouble.endswith("counts as approved, and no entry says that it was.") for trouble in told)


def test_what_was_taken_away_shows(loaded: Flask) -> None:
    change("UPDATE figure SET approved_at = NULL WHERE id = (SELECT max(id) FROM figure WHERE approved_at IS NOT NULL)")
    (told,) = found()
    assert told.startswith("figure/")
    assert told.endswith(" and is gone.")


def administrator(app: Flask) -> Any:
    with transaction():
        person = person_for("olu@unwomen.example", "Olu Sample")
        give_staff_role(person, Role.ADMINISTRATOR, SYSTEM)
        set_password(person, PASSWORD, SYSTEM)
    client = app.test_client()
    sign_in(client, person)
    return client


@pytest.mark.parametrize("is_changed", [False, True])
def test_the_nightly_look_and_the_command_tell_the_administrator(loaded: Flask, is_changed: bool) -> None:
    client = administrator(loaded)
    assert "The first look is still to come" in client.get("/en/programme/history").text
    if is_changed:
        change("UPDATE commitment SET headline = 'Less' WHERE id = (SELECT min(id) FROM commitment)")
    with transaction():
        verifying.ask()
    run_waiting()
    page = client.get("/en/programme/history").text
    done = loaded.test_cli_runner().invoke(args=["audit", "verify"])
    if is_changed:
        assert "Something is not as the trail says" in page and "is not what was approved in entry" in page
        assert done.exit_code == 1 and "is not what was approved in entry" in done.output
    else:
        assert "the trail is whole, and everything that was approved is as it was approved" in page
        assert done.exit_code == 0
