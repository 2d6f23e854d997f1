"""`make run`: bring the database up to date, then serve and work until told to stop.

    python -m impact.serve

One process looks after two: the web server (gunicorn, see gunicorn.conf.py) and the worker (`flask jobs work`). It
ends what it started, by its own handles, when it is interrupted or when one of the two ends by itself. What needs the
application (migrations, demonstration data) happens in a process that is gone before the two begin, so that waiting
costs no memory.
"""

from __future__ import annotations

import ctypes
import fcntl
import http.client
import io
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

from config import ROOT, Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from flask import Flask

#: Seconds in which the web server must answer after its start.
ANSWERS_WITHIN = 60
#: Seconds that both get to finish what they are doing; gunicorn.conf.py gives requests less than that.
STOPS_WITHIN = 30
STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


class CannotStart(RuntimeError):
    """Why nothing is served; the message says what to do."""


def main() -> int:
    began = time.monotonic()
    try:
        settings = Settings.from_environment()
        refuse_taken_port(settings)
        sign_ins = prepare(settings)
    except (SettingsError, CannotStart) as error:
        print(f"run: {error}", file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        print("run: stopped before it served.", file=sys.stderr, flush=True)
        return 130
    return look_after(settings, sign_ins, began)


def refuse_taken_port(settings: Settings) -> None:
    """Raise CannotStart unless we may listen. Two servers with SO_REUSEPORT would share a port without a word."""
    where = f"{settings.host}:{settings.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except (OSError, OverflowError) as error:
        raise CannotStart(
            f"cannot listen on {where} ({getattr(error, 'strerror', None) or error}). "
            f"Stop what uses the port, or choose another: make run PORT={min(settings.port + 1, 65535)}"
        ) from None


# --- the database ----------------------------------------------------------------------------------


def prepare(settings: Settings) -> str:
    """Migrate and load the demonstration data where needed; returns the table of demonstration sign-ins."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=prepare_in_process, args=(settings, theirs))
    signal.signal(signal.SIGTERM, interrupt)
    process.start()
    theirs.close()
    try:
        sign_ins = str(ours.recv())
    except EOFError:
        sign_ins = ""
    except KeyboardInterrupt:
        process.terminate()
        raise
    finally:
        process.join()
    if process.exitcode != 0:
        raise CannotStart("the database could not be made ready; the reason is above.")
    return sign_ins


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def prepare_in_process(settings: Settings, answer: Connection) -> None:
    from sqlalchemy.exc import OperationalError

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        with alone(settings):
            answer.send(make_ready(settings))
    except (SettingsError, CannotStart) as error:
        print(f"run: {error}", file=sys.stderr, flush=True)
        sys.exit(1)
    except OperationalError as error:
        print(f"run: the database of DATABASE_URL does not answer: {error.orig}", file=sys.stderr, flush=True)
        sys.exit(1)


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Two first starts at once would migrate and load at once; the second waits here."""
    with (settings.instance / "starting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_ready(settings: Settings) -> str:
    from impact.app import create_app

    app = create_app()
    # Stays until the data is loaded, so that a first start that was cut short is finished by the next one.
    unfinished = settings.instance / "demonstration-data-not-loaded-yet"
    with app.app_context():
        before, newest = revisions()
        if before != newest:
            if settings.environment == "production":
                raise CannotStart(
                    "the database is not at the newest version. Make a backup, then: .venv/bin/flask --app wsgi db upgrade"
                )
            if not before:
                unfinished.touch()
            print("run: bringing the database up to date", flush=True)
            command(app, "db", "upgrade")
    if settings.environment == "production":
        return ""
    if unfinished.exists():
        print("run: loading the demonstration data (once)", flush=True)
        command(app, "demo", "load")
        unfinished.unlink()
    table = io.StringIO()
    with redirect_stdout(table):
        command(app, "demo", "sign-ins")
    return table.getvalue()


def revisions() -> tuple[set[str], set[str]]:
    """The migration revisions that the database has, and the newest there are."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from impact.db import db

    with db.engine.connect() as connection:
        before = set(MigrationContext.configure(connection).get_current_heads())
    db.engine.dispose()
    return before, set(ScriptDirectory(str(ROOT / "migrations")).get_heads())


def command(app: Flask, *arguments: str) -> None:
    """Run a command of the application in this process: starting another one for each costs a second."""
    from flask.cli import ScriptInfo

    app.cli.main(
        args=list(arguments),
        prog_name="flask",
        obj=ScriptInfo(create_app=lambda: app),
        standalone_mode=False,
    )


# --- the two processes -----------------------------------------------------------------------------


def look_after(settings: Settings, sign_ins: str, began: float) -> int:
    """Start both, say where to go, wait; returns the exit code: 0 when told to stop, 1 when one ended by itself."""
    # The signals are taken one at a time by sigtimedwait; a handler of our own keeps a shell's "ignore" from us.
    watched = {*STOPPERS, signal.SIGCHLD}
    for number in watched:
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, watched)

    children = {
        "web server": start("gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"),
        "worker": start("flask", "--app", "wsgi", "jobs", "work"),
    }
    code = 0
    welcomed = False
    try:
        while True:
            signalled = signal.sigtimedwait(watched, 0.05 if not welcomed else 5)
            if signalled is not None and signalled.si_signo in STOPPERS:
                break
            ended = {name: how for name, child in children.items() if (how := ending(child)) is not None}
            if ended:
                for name, how in ended.items():
                    print(f"run: the {name} ended by itself ({how}); its reason is above.", file=sys.stderr, flush=True)
                code = 1
                break
            if not welcomed and answers(settings):
                welcomed = True
                welcome(settings, sign_ins, time.monotonic() - began)
            elif not welcomed and time.monotonic() - began > ANSWERS_WITHIN + STOPS_WITHIN:
                print(f"run: the web server did not answer within {ANSWERS_WITHIN} seconds.", file=sys.stderr)
                code = 1
                break
    finally:
        stop(children)
    return code


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """A child in a session of its own: a Ctrl-C in the terminal reaches only us, and we decide the order."""
    parent = os.getpid()
    libc = ctypes.CDLL(None)

    def in_the_child() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        # If we are killed outright, the kernel asks the child to stop.
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=in_the_child,
    )


def ending(child: subprocess.Popen[bytes]) -> str | None:
    """How the child ended, or None. It is left unreaped, so that its number cannot mean another process yet."""
    ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if ended is None:
        return None
    return f"exit code {ended.si_status}" if ended.si_code == os.CLD_EXITED else f"killed by signal {ended.si_status}"


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask both to finish; kill what has not done so in time or when asked a second time, with all it started."""
    print("run: stopping", flush=True)
    running = [child for child in children.values() if ending(child) is None]
    for child in running:
        child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOPS_WITHIN
    while any(ending(child) is None for child in running):
        signalled = signal.sigtimedwait({*STOPPERS, signal.SIGCHLD}, 0.2)
        if (signalled is not None and signalled.si_signo in STOPPERS) or time.monotonic() > deadline:
            print("run: not everything stopped in time; it is ended now", file=sys.stderr, flush=True)
            break
    for child in children.values():
        # The group is the child's own session: whatever it left behind goes with it.
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    print("run: stopped", flush=True)


def answers(settings: Settings) -> bool:
    """True when the web server answers at all; a page that is ill is not a reason to serve none."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104 (compared)
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def welcome(settings: Settings, sign_ins: str, seconds: float) -> None:
    lines = ["", f"IMPACT 10x10x10 is at {settings.public_url}  (ready after {seconds:.1f} seconds; Ctrl-C stops it)"]
    if sign_ins:
        lines += ["", "Demonstration sign-ins:", sign_ins.rstrip()]
    print("\n".join(lines) + "\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
