"""The application under test: a database made by the migrations once, and emptied for each test by starting from a copy."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from config import Settings
from impact.app import create_app
from impact.db import db, transaction
from impact.demo.load import load_all
from tests.browsing import Browser
from tests.questions import noted

# Only a busy machine makes examples slow: that says nothing of the code, and no test measures time.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

#: The template of PostgreSQL that holds the demonstration data.
DEMONSTRATION = "impact_demonstration"
SECOND_DATABASE = os.environ.get("IMPACT_TEST_DATABASE") == "postgresql"


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Keep what the router compiles for each address: most tests make an application, always with the same addresses.

    The compiled function takes the rule as its argument and depends on nothing but the key here.
    """
    made: dict[Any, Any] = {}
    original = Rule._compile_builder

    def kept(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in made:
            made[key] = original(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", kept)
        yield


class _CompiledTemplates(BytecodeCache):
    """Compiled templates, kept for all applications of a process; Jinja compares each with its source."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED_TEMPLATES = _CompiledTemplates()


def settings_for(folder: Path, database_url: str, **changes: Any) -> Settings:
    return Settings(
        instance=folder,
        database_url=database_url,
        storage_url=f"file://{folder / 'files'}",
        mail_url=f"file://{folder / 'mail'}",
        secret_key="a secret of the tests, long enough to be one",
        public_url="http://impact.test",
        rate_limits=False,
        log_level="WARNING",
        # Off, because tests write rows that no operation records; the tests of the cache turn it on.
        **{"page_cache_mb": 0, **changes},
    )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file as the migrations leave it."""
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "empty.sqlite"
    application = create_app(settings_for(folder, f"sqlite:///{path}"))
    with application.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    # Outside any transaction: within one the log cannot be written back into the file that is copied.
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def demonstration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the demonstration data; `demonstration.sqlite` in it, or a template of PostgreSQL.

    Loaded once for all tests of a process: it goes through the operations and takes seconds.
    """
    folder = tmp_path_factory.mktemp("demonstration")
    path = folder / "demonstration.sqlite"
    if SECOND_DATABASE:
        server = request.getfixturevalue("postgres_server")
        url = server.create(DEMONSTRATION, template=request.getfixturevalue("postgres_template"))
    else:
        shutil.copy(request.getfixturevalue("migrated"), path)
        url = f"sqlite:///{path}"
    application = create_app(settings_for(folder, url))
    with application.app_context():
        with transaction():
            load_all()
        db.session.remove()
        db.engine.dispose()
    if not SECOND_DATABASE:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of this test's own: empty, or with the demonstration data where `loaded` is asked for."""
    has_data = "loaded" in request.fixturenames
    folder = request.getfixturevalue("demonstration") if has_data else None
    if folder is not None and (folder / "files").is_dir():
        shutil.copytree(folder / "files", tmp_path / "files")
    if not SECOND_DATABASE:
        path = tmp_path / "test.sqlite"
        shutil.copy(folder / "demonstration.sqlite" if folder else request.getfixturevalue("migrated"), path)
        return f"sqlite:///{path}"
    template = DEMONSTRATION if folder else request.getfixturevalue("postgres_template")
    create = request.getfixturevalue("postgres_database")
    url: str = create("impact_test", template=template)
    return url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database as the migrations leave it; tests copy it."""
    url = postgres_server.create("impact_template")
    application = create_app(settings_for(tmp_path_factory.mktemp("template"), url))
    with application.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return "impact_template"


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    application = create_app(settings_for(tmp_path, database))
    application.testing = True
    application.test_client_class = Browser
    application.jinja_env.bytecode_cache = COMPILED_TEMPLATES
    with application.app_context():
        yield application
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def loaded(app: Flask) -> Flask:
    """The application with the demonstration data."""
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """The questions that are put to the database from here on."""
    with noted(db.engine) as statements:
        yield statements
