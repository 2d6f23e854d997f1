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

#: The day on which the demonstration is looked at: all of its four years are in.
TODAY = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstrated(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database and the files of the demonstration."""
    folder = tmp_path_factory.mktemp("demonstrated")
    path = folder / "demo.sqlite"
    shutil.copy(migrated, path)
    application = create_app(settings_for(folder, f"sqlite:///{path}"))
    with application.app_context(), time_machine.travel(TODAY):
        with transaction():
            load_all()
        db.session.remove()
        db.engine.dispose()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def loaded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application with the demonstration data, which the test may change."""
    if SECOND_DATABASE:
        app: Flask = request.getfixturevalue("app")
        with time_machine.travel(TODAY):
            with transaction():
                load_all()
            yield app
        return
    shutil.copytree(request.getfixturevalue("demonstrated"), tmp_path / "demo")
    app = create_app(settings_for(tmp_path / "demo", f"sqlite:///{tmp_path / 'demo' / 'demo.sqlite'}"))
    app.testing = True
    app.test_client_class = Browser
    with app.app_context(), time_machine.travel(TODAY):
        yield app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()
