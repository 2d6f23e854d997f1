"""The migrations: up and down again, one head, and the same tables as the models, on each database."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from impact.db import db


def check_constraints() -> set[tuple[str, str]]:
    found = inspect(db.engine)
    return {
        (table, str(check["name"])) for table in found.get_table_names() for check in found.get_check_constraints(table)
    }


def test_there_is_one_head() -> None:
    scripts = ScriptDirectory(str(Path(__file__).parent.parent / "migrations"))
    assert len(scripts.get_heads()) == 1


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    # Alembic does not compare CHECK constraints, so it is done here by name.
    wanted = {
        (table.name, str(constraint.name))
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert check_constraints() == wanted


def test_down_to_nothing_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "commitment" in inspect(db.engine).get_table_names()


@pytest.fixture(autouse=True)
def _silent(monkeypatch: Any) -> None:
    monkeypatch.setattr("logging.config.fileConfig", lambda *args, **named: None)
