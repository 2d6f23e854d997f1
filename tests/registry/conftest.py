"""The demonstration data, loaded once: each test starts from a copy of that database."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from impact.app import create_app
from impact.db import db, transaction
from impact.demo.load import load_all
from tests.browsing import Browser
from tests.conftest import SECOND_DATABASE, settings_for
from tests.questions import noted

#: The day on which the demonstration is looked at: all of its four years are in.
TODAY = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
#: The name of the PostgreSQL database that the tests of this folder copy.
TEMPLATE = "impact_demonstrated"


@pytest.fixture(scope="session")
def demonstrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the demonstration and its SQLite database; on PostgreSQL the database is TEMPLATE."""
    folder = tmp_path_factory.mktemp("demonstrated")
    path = folder / "demo.sqlite"
    if SECOND_DATABASE:
        empty = request.getfixturevalue("postgres_template")
        url = request.getfixturevalue("postgres_server").create(TEMPLATE, empty)
    else:
        shutil.copy(request.getfixturevalue("migrated"), path)
        url = f"sqlite:///{path}"
    application = create_app(settings_for(folder, url))
    with application.app_context(), time_machine.travel(TODAY):
        with transaction():
            load_all()
        db.session.remove()
        db.engine.dispose()
    if not SECOND_DATABASE:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def loaded(request: pytest.FixtureRequest, demonstrated: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application with the demonstration data, which the test may change."""
    folder = tmp_path / "demo"
    shutil.copytree(demonstrated, folder)
    url = f"sqlite:///{folder / 'demo.sqlite'}"
    if SECOND_DATABASE:
        url = request.getfixturevalue("postgres_database")("impact_test", template=TEMPLATE)
    app = create_app(settings_for(folder, url))
    app.testing = True
    app.test_client_class = Browser
    with app.app_context(), time_machine.travel(TODAY):
        yield app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def asked(loaded: Flask) -> Iterator[list[str]]:
    """The questions that are put to the filled database."""
    with noted(db.engine) as statements:
        yield statements
