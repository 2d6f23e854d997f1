"""The engine's application on a database of its own, and workers in processes of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from impact.db import db
from tests.engine.application import make_app
from tests.services import SECOND_DATABASE, program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the engine's database runs on both."""
    for item in items:
        if "engine" in item.path.parts and "engine_app" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture
def engine_settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    url = f"sqlite:///{tmp_path / 'engine.sqlite'}"
    if SECOND_DATABASE:
        url = request.getfixturevalue("postgres_database")("engine")
    return Settings(
        instance=tmp_path,
        database_url=url,
        storage_url=f"file://{tmp_path / 'files'}",
        mail_url=f"file://{tmp_path / 'mail'}",
        mail_from="IMPACT <impact@example.org>",
        secret_key="not a secret, but long enough for a test",
        public_url="https://impact.example.org",
    )


@pytest.fixture
def engine_app(engine_settings: Settings) -> Iterator[Flask]:
    app = make_app(engine_settings)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def start_worker(engine_app: Flask, engine_settings: Settings) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts `flask jobs work` in a process group of its own; whatever is left of it is killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str, **environment: str) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [
                program("setpriv"),
                "--pdeathsig=KILL",
                sys.executable,
                "-m",
                "flask",
                "--app",
                "tests.engine.application:from_environment",
                "jobs",
                "work",
                *options,
            ],
            env={
                **os.environ,
                "INSTANCE_DIR": str(engine_settings.instance),
                "DATABASE_URL": engine_settings.database_url,
                "MAIL_URL": engine_settings.mail_url,
                "STORAGE_URL": engine_settings.storage_url,
                "SECRET_KEY": engine_settings.secret_key,
                **environment,
            },
            start_new_session=True,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        try:
            os.killpg(worker.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        worker.wait(30)


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again; what has not happened by then fails the test."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
