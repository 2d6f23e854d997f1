"""The migrations: up and down again, one head, and the same tables as the models, on each database."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select

from impact.db import db, transaction
from impact.reviews import operations as reviews
from impact.reviews.models import Remark, Review
from tests.commitments.test_life_of_a_commitment import World


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


def test_a_table_is_made_anew_while_rows_of_other_tables_refer_to_it(app: Flask) -> None:
    world = World()
    world.submitted()
    review = db.session.query(Review).one()
    with transaction():
        reviews.claim(review, world.reviewer)
        reviews.add_remark(review, "headline", "Which professors?", world.reviewer)
    db.session.remove()
    # Both ways make the table of reviews anew; a remark refers to one.
    downgrade(revision="0002")
    upgrade()
    assert db.session.scalars(select(Remark.text)).all() == ["Which professors?"]
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.fixture(autouse=True)
def _silent(monkeypatch: Any) -> None:
    monkeypatch.setattr("logging.config.fileConfig", lambda *args, **named: None)
