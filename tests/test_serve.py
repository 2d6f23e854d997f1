"""`make run` starts both processes, says so, and leaves none behind, however it ends.

The supervisor, its settings and gunicorn are the real ones; the application is a stand-in of thirty lines, so that
each story takes a second and the worker can be made to misbehave.
"""

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from config import ROOT
from tests.services import free_port

APP = """
import os, signal, sys, time
import click
from flask import Flask
from impact.db import db

def create_app():
    app = Flask("impact")
    app.add_url_rule("/healthz", view_func=lambda: "well")

    @app.cli.group("db")
    def database(): pass

    @database.command("upgrade")
    def upgrade():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        click.echo("upgraded")

    @app.cli.group("demo")
    def demo(): pass

    @demo.command("load")
    def load():
        click.echo("loaded")
        if os.environ.get("STAND_IN") == "slow load":
            time.sleep(600)

    @demo.command("sign-ins")
    def sign_ins(): click.echo("reviewer@example.org  a-password  reviewer")

    @app.cli.group("jobs")
    def jobs(): pass

    @jobs.command("work")
    def work():
        if os.environ.get("STAND_IN") == "worker fails":
            sys.exit("no queue to work on")
        if os.environ.get("STAND_IN") == "worker is deaf":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        click.echo("the worker works")
        while True:
            signal.pause()

    return app
"""
DB = """
import os
from sqlalchemy import create_engine
class db:
    engine = create_engine("sqlite:///" + os.path.join(os.environ["INSTANCE_DIR"], "impact.sqlite"))
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A project folder with the real supervisor; whatever still runs in it at the end is a failure."""
    for name in ("config.py", "wsgi.py", "gunicorn.conf.py", "impact/__init__.py", "impact/serve.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "impact" / "app.py").write_text(APP)
    (tmp_path / "impact" / "db.py").write_text(DB)
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / "migrations" / "env.py").touch()
    (versions / "0001.py").write_text("revision = '0001'\ndown_revision = None\n")
    yield tmp_path
    left = running_in(tmp_path)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert left == []


def running_in(folder: Path) -> list[int]:
    """The processes whose working folder is this one."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and os.readlink(entry / "cwd") == str(folder):
                found.append(int(entry.name))
    return found


class Run:
    """One `python -m impact.serve`, whose words can be waited for."""

    def __init__(self, project: Path, stand_in: str = "", **settings: str) -> None:
        self.port = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = kept | {
            "PORT": str(self.port),
            "INSTANCE_DIR": str(project / "instance"),
            "STAND_IN": stand_in,
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "impact.serve"],
            cwd=project,
            env=environment | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def wait_for(self, words: str) -> None:
        if words in self.said:
            return
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        raise AssertionError(f"{words!r} was never said:\n{self.said}")

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.finish()

    def finish(self) -> int:
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(60)


def test_the_first_start_prepares_and_the_second_touches_nothing(project: Path) -> None:
    first = Run(project)
    first.wait_for("Ctrl-C stops it")
    with urlopen(f"http://127.0.0.1:{first.port}/healthz", timeout=10) as answer:
        assert answer.read() == b"well"
    first.wait_for("a-password")
    assert first.end(signal.SIGINT) == 0
    assert running_in(project) == []
    assert [word for word in ("upgraded", "loaded") if word in first.said] == ["upgraded", "loaded"]
    assert f"http://127.0.0.1:{first.port} " in first.said
    secret = project / "instance" / "secret_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    before = (project / "instance" / "impact.sqlite").read_bytes(), secret.read_bytes()

    second = Run(project)
    second.wait_for("a-password")
    assert second.end(signal.SIGTERM) == 0
    assert not re.search("upgraded|loaded", second.said)
    assert ((project / "instance" / "impact.sqlite").read_bytes(), secret.read_bytes()) == before


def test_a_first_load_that_was_cut_short_is_finished_by_the_next_start(project: Path) -> None:
    cut = Run(project, stand_in="slow load")
    cut.wait_for("loaded")
    assert cut.end(signal.SIGTERM) == 130
    assert running_in(project) == []

    again = Run(project)
    again.wait_for("a-password")
    assert again.end() == 0
    assert "upgraded" not in again.said
    assert "loaded" in again.said


def test_a_worker_that_fails_ends_the_run_with_its_reason(project: Path) -> None:
    run = Run(project, stand_in="worker fails")
    assert run.finish() == 1
    assert "no queue to work on" in run.said
    assert "the worker ended by itself (exit code 1)" in run.said


def test_a_second_interrupt_ends_a_worker_that_does_not_listen(project: Path) -> None:
    run = Run(project, stand_in="worker is deaf")
    run.wait_for("a-password")
    run.wait_for("the worker works")
    run.process.send_signal(signal.SIGINT)
    run.wait_for("stopping")
    assert run.end(signal.SIGINT) == 0
    assert "it is ended now" in run.said


def test_a_supervisor_that_is_killed_takes_both_with_it(project: Path) -> None:
    run = Run(project)
    run.wait_for("a-password")
    children = [pid for pid in running_in(project) if pid != run.process.pid]
    handles = [os.pidfd_open(pid) for pid in children]
    assert len(handles) >= 3  # gunicorn, its two workers at most a moment later, and the worker
    run.process.kill()
    waiting = set(handles)
    while waiting:
        ended, _, _ = select.select(list(waiting), [], [], 30)
        assert ended, "something still runs"
        waiting -= set(ended)
    for handle in handles:
        os.close(handle)
    run.finish()


def test_a_production_start_refuses_what_nobody_chose_and_says_which(project: Path) -> None:
    run = Run(project, IMPACT_ENV="production", SECRET_KEY="short")
    assert run.finish() == 2
    for name in ("SECRET_KEY", "DATABASE_URL", "PUBLIC_URL", "MAIL_URL"):
        assert name in run.said
    assert "Traceback" not in run.said


def test_a_production_start_never_migrates_or_loads_by_itself(project: Path) -> None:
    run = Run(
        project,
        IMPACT_ENV="production",
        SECRET_KEY="0123456789abcdef" * 4,
        DATABASE_URL=f"sqlite:///{project}/instance/impact.sqlite",
        PUBLIC_URL="https://impact.example.org",
        MAIL_URL="smtp://127.0.0.1:25",
    )
    assert run.finish() == 2
    assert "flask --app wsgi db upgrade" in run.said
    assert not re.search("upgraded|loaded", run.said)
