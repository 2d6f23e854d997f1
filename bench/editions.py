"""Editions by the batch, and the download of a ready one: python -m bench.editions [EDITIONS [SECONDS]]

The batch is made as the worker makes it: each edition loaded from its frozen snapshot, set, signed, stored, put on the
list of seals and into the audit trail; once by one process and once by two, over copies of one database. The downloads
are asked of gunicorn as `make run` has it, by eight connections, in turn with a static route of plain Flask that sends
the same file.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, select

from bench.crowd import settings
from bench.measured import Run, adopt_orphans, run
from bench.pages import PERCENTILE, served, wrk
from impact.actor import SYSTEM
from impact.app import create_app
from impact.db import db, transaction
from impact.demo.load import load_all
from impact.jobs.models import Job
from impact.jobs.worker import Plan, work
from impact.storage import storage
from reports.asking import ask_for_file
from reports.models import Edition, EditionFile

LANGUAGE = "en"
CODE = "measured-1"
DOWNLOADS = 5_000


def main() -> None:
    adopt_orphans()
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory(prefix="impact-bench-") as name:
        folder = Path(name)
        fill(folder / "one", number)
        shutil.copytree(folder / "one", folder / "two")
        print(f"\n{number} editions in one batch     seconds   editions a minute   processor   peak MB, all processes")
        rates = {}
        for processes, place in ((1, folder / "one"), (2, folder / "two")):
            once = batch(place, processes)
            rates[processes] = number / once.wall * 60
            print(
                f"{processes} process{'es' if processes > 1 else '':<22}{once.wall:>11.1f}{rates[processes]:>20.1f}"
                f"{once.processor:>12.1f}{once.peak / 1024:>10.0f}"
            )
        print(f"Two processes do {rates[2] / rates[1] / 2:.0%} of twice what one does (aim: 90%).")
        print(f"Asked for again, with everything ready: {again(folder / 'one'):.2f} s, nothing set.")
        downloads(folder / "one", seconds)


def fill(folder: Path, number: int) -> None:
    """The demonstration, and so many sealed editions that are copies of one of its own, none of them set yet."""
    folder.mkdir(parents=True)
    with create_app(settings(folder)).app_context():
        upgrade()
        with transaction():
            load_all()
        with transaction():
            # Only the batch is measured, not what the demonstration waits for.
            db.session.execute(delete(Job))
            pattern = db.session.scalars(
                select(Edition).where(Edition.state == "sealed", Edition.kind == "champion").order_by(Edition.id.desc())
            ).first()
            assert pattern is not None
            kept = {
                column.name: getattr(pattern, column.name)
                for column in Edition.__table__.columns
                if column.name not in {"id", "public_id", "version"}
            }
            for one in range(number):
                own = {"number": 1000 + one, "code": f"measured-{one + 1}", "reason": "Measured."}
                edition = Edition(**kept | own)
                db.session.add(edition)
                ask_for_file(edition, LANGUAGE, SYSTEM)
        db.session.remove()
        db.engine.dispose()


def batch(folder: Path, processes: int) -> Run:
    """All that waits, done by a worker of its own; every file must be there in the end."""
    once = run([sys.executable, "-c", f"from bench.editions import worker; worker({str(folder)!r}, {processes})"])
    with create_app(settings(folder)).app_context():
        query = select(func.count()).select_from(EditionFile).join(Edition).where(Edition.reason == "Measured.")
        missing = db.session.scalar(query.where(EditionFile.state != "ready"))
        if missing:
            raise SystemExit(f"bench: {missing} files were not made")
    return once


def worker(folder: str, processes: int) -> None:
    app: Flask = create_app(settings(Path(folder)))
    with app.app_context():
        work(app, Plan(processes=processes, until_idle=True))


def again(folder: Path) -> float:
    """Asked for once more: seconds until the worker knows that there is nothing to do."""
    with create_app(settings(folder)).app_context():
        begin = time.perf_counter()
        with transaction():
            for edition in db.session.scalars(select(Edition).where(Edition.reason == "Measured.")):
                ask_for_file(edition, LANGUAGE, SYSTEM)
            waiting = db.session.scalar(
                select(func.count())
                .select_from(EditionFile)
                .join(Edition)
                .where(Edition.reason == "Measured.", EditionFile.state == "waiting")
            )
        took = time.perf_counter() - begin
        if waiting:
            raise SystemExit("bench: what was ready is made again")
    return took


def downloads(folder: Path, seconds: int) -> None:
    """Requests a second of one ready edition through the platform, and of the same file on a static route."""
    with create_app(settings(folder)).app_context():
        file = db.session.scalars(select(EditionFile).join(Edition).where(Edition.code == CODE)).one()
        size = file.size or 0
        (folder / "static").mkdir()
        (folder / "static" / "report.pdf").write_bytes(b"".join(storage().stream(file.sha256, 0, size)))
    script = folder / "percentile.lua"
    script.write_text(PERCENTILE)
    ways = {
        "bare static route": ("bare", "/static/report.pdf"),
        "edition": ("platform", f"/{LANGUAGE}/editions/{CODE}/{LANGUAGE}.pdf"),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    with served(folder, "bare", 0) as bare, served(folder, "platform", 32) as platform:
        ports = {"bare": bare, "platform": platform}
        for _round in range(3):
            for name, (server, address) in ways.items():
                found[name].append(wrk(ports[server], address, seconds, script))
    middles = {name: sorted(rounds)[1] for name, rounds in found.items()}
    base = middles["bare static route"][0]
    print(f"\nDownload of {size / 1000:.0f} kB     req/s   p95 ms   of bare   {DOWNLOADS:,} take")
    for name, (rate, late) in middles.items():
        print(f"{name:<22}{rate:>9.0f}{late:>9.1f}{rate / base:>10.2f}{DOWNLOADS / rate:>11.1f} s")
    print("Aim: at least 0.50 of the bare route.")


if __name__ == "__main__":
    main()
