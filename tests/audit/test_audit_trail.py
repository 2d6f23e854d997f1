"""The audit trail: written with the change, chained, and refused to anybody who would alter it."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from impact.accounts.operations import person_for
from impact.actor import SYSTEM
from impact.audit.operations import record
from impact.audit.queries import first_broken, history_of
from impact.db import db, transaction


def three_entries() -> int:
    with transaction():
        person = person_for("lea@example.org", "Lea Sample")
        for number in range(3):
            record(SYSTEM, "noted", person, reason=f"number {number}", details={"number": number, "name": "é\nadmin"})
    return person.id


def test_entries_follow_from_each_other(app: Flask) -> None:
    person_id = three_entries()
    assert [entry.reason for entry in history_of("person", person_id)] == ["number 0", "number 1", "number 2"]
    assert first_broken() is None


def test_a_change_that_is_undone_leaves_no_entry(app: Flask) -> None:
    def fail() -> None:
        with transaction():
            record(SYSTEM, "noted", person_for("lea@example.org", "Lea Sample"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert first_broken() is None
    assert history_of("person", 1) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET reason = 'x' WHERE id = 2", "DELETE FROM audit_entry WHERE id = 2"]
)
def test_the_database_refuses_to_alter_an_entry(app: Flask, statement: str) -> None:
    three_entries()
    with pytest.raises(DBAPIError, match="may only grow"):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement, found",
    [
        ("UPDATE audit_entry SET reason = 'x' WHERE id = 2", (2, "was altered")),
        ("DELETE FROM audit_entry WHERE id = 2", (3, "entry 2 is missing")),
        ("UPDATE audit_entry SET previous_hash = hash WHERE id = 3", (3, "does not follow from the entry before it")),
    ],
)
def test_whoever_takes_the_triggers_away_is_found_out(app: Flask, statement: str, found: tuple[int, str]) -> None:
    three_entries()
    with transaction():
        for verb in ("update", "delete"):
            on = " ON audit_entry" if db.engine.dialect.name == "postgresql" else ""
            db.session.execute(text(f"DROP TRIGGER audit_entry_no_{verb}{on}"))
        db.session.execute(text(statement))
    assert first_broken() == found
