"""The public pages with 10,000 commitments behind them: python -m bench.pages [SECONDS]

Each route on gunicorn as `make run` has it, asked by wrk over eight connections; the middle of three rounds, in which
the routes take turns, so that a slow moment of the machine meets them all.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from bench import crowd
from impact.db import db

ROOT = Path(__file__).resolve().parent.parent
LIST, CHAMPION = "/en/commitments", "/en/champions/champion-1"
FILTERED = f"{LIST}?constituency=university"
#: (what, which server, address)
ROUTES = (
    ("bare route", "bare", "/bare"),
    ("bare 25-row ORM route", "bare", "/orm"),
    # An argument that no page knows: the page itself is not kept, its rows are (as for somebody signed in).
    ("commitment list, anew from kept rows", "cached", f"{LIST}?afresh=1"),
    ("commitment list, nothing kept", "uncached", LIST),
    ("commitment list, kept", "cached", LIST),
    ("champion page, nothing kept", "uncached", CHAMPION),
    ("champion page, kept", "cached", CHAMPION),
)
PERCENTILE = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %.1f %.2f %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(95) / 1000, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory(prefix="impact-bench-") as name:
        folder = Path(name)
        small, large = crowd.make(folder / "small", 100), crowd.make(folder / "large", 10_000)
        print("\nQueries of a page made anew        100 commitments   10,000 commitments")
        for address in (LIST, FILTERED, CHAMPION, f"{LIST}/c100"):
            print(f"{address:<36}{queries(small, address):>13}{queries(large, address):>21}")
        print("\nWith 10,000 published commitments         req/s   p95 ms   of bare   of bare ORM")
        rates = measured(folder, seconds)
        for what, (rate, late) in rates.items():
            of_bare, of_orm = rate / rates["bare route"][0], rate / rates["bare 25-row ORM route"][0]
            print(f"{what:<38}{rate:>9.0f}{late:>9.1f}{of_bare:>10.2f}{of_orm:>14.2f}")
        print("Aims: list anew at least 0.60 of the bare ORM route; list kept at least 0.25 of the bare route.")
        first, second = (started(folder / "start") for _ in range(2))
        print(
            f"\nmake run, ready after: {first:.1f} s the first time (with demonstration data), {second:.1f} s the second"
        )


def queries(app: Flask, address: str) -> int:
    """How many questions a page asks; the page must answer."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert app.test_client().get(address).status_code == 200, address
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def measured(folder: Path, seconds: int) -> dict[str, tuple[float, float]]:
    """{what: (requests a second, 95th percentile in milliseconds)}."""
    script = folder / "percentile.lua"
    script.write_text(PERCENTILE)
    found: dict[str, list[tuple[float, float]]] = {what: [] for what, _server, _address in ROUTES}
    with ExitStack() as servers:
        ports = {
            "bare": servers.enter_context(served(folder / "large", "bare", 0)),
            "uncached": servers.enter_context(served(folder / "large", "platform", 0)),
            "cached": servers.enter_context(served(folder / "large", "platform", 32)),
        }
        for server, address in {(server, address) for _what, server, address in ROUTES}:
            wrk(ports[server], address, 1, script)
        for _round in range(3):
            for what, server, address in ROUTES:
                found[what].append(wrk(ports[server], address, seconds, script))
    return {what: sorted(rounds)[len(rounds) // 2] for what, rounds in found.items()}


def wrk(port: int, address: str, seconds: int, script: Path) -> tuple[float, float]:
    said = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}{address}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    result = re.search(r"RESULT (\S+) (\S+) (\d+)", said)
    if result is None or result[3] != "0":
        raise RuntimeError(f"{address}: {said}")
    return float(result[1]), float(result[2])


@contextmanager
def served(folder: Path, which: str, cache: int) -> Iterator[int]:
    """gunicorn with the settings of `make run`; yields its port."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "bench.served:app"],
        cwd=ROOT,
        env={
            **os.environ,
            "BENCH_FOLDER": str(folder),
            "BENCH_APP": which,
            "PAGE_CACHE_MB": str(cache),
            "INSTANCE_DIR": str(folder),
            "PORT": str(port),
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def started(folder: Path) -> float:
    """Seconds from `make run` to its first answer; stopped again as Ctrl-C does."""
    port = free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_DIR": str(folder), "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = began + 120
        while process.poll() is None and time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("make run did not answer")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


if __name__ == "__main__":
    main()
