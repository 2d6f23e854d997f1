"""Pledges a second, from the post to the commit, against a bare insert: python -m bench.pledges [SECONDS]

gunicorn as `make run` has it, on SQLite and on a PostgreSQL cluster of its own, asked by eight connections in turn with
a plain Flask route that inserts one row and commits. A pledge is two posts: the form, which keeps the row and the job
behind it, and the button of the letter, which counts it; both rates and what they come to together are printed. Then
what the map reads (counts by country) at 1,000 and at 1,000,000 pledges, and the home page beside a bare route.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from flask_migrate import upgrade
from sqlalchemy import delete, insert, select

from bench.crowd import settings
from bench.pages import PERCENTILE, served, wrk
from impact import clock
from impact.app import create_app
from impact.db import db, transaction
from impact.places.countries import all_countries
from impact.pledges import counting, keys, queries
from impact.pledges.models import GENDERS, Pledge, PledgeChange, PledgeCount
from tests.services import postgresql

WAITING = 60_000
POST = """
local n, run = 0, os.getenv("BENCH_RUN")
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
request = function()
  n = n + 1
  return wrk.format(nil, nil, nil, "email=p" .. run .. "x" .. n .. "@example.org&country=RWA&gender=&age="
    .. "&csrf_token=" .. os.getenv("BENCH_CSRF") .. "&begun=" .. os.getenv("BENCH_BEGUN"))
end
"""
CONFIRM = """
local keys, n = {}, 0
for line in io.lines(os.getenv("BENCH_KEYS")) do keys[#keys + 1] = line end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
request = function()
  n = n + 1
  return wrk.format(nil, "/en/pledge/mine/" .. keys[(n - 1) % #keys + 1] .. "/confirm", nil,
    "csrf_token=" .. os.getenv("BENCH_CSRF"))
end
"""
INSERT = 'wrk.method = "POST"\n'


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory(prefix="impact-bench-") as name:
        rates("SQLite", Path(name) / "sqlite", "", seconds)
        with postgresql(durable=True) as server:
            rates("PostgreSQL", Path(name) / "postgresql", server.create("bench"), seconds)
        figures(Path(name) / "figures")


def rates(what: str, folder: Path, database: str, seconds: int) -> None:
    folder.mkdir()
    os.environ.update(BENCH_DATABASE=database, RATE_LIMITS="no", BENCH_KEYS=str(folder / "keys"))
    app = create_app(replace(settings(folder), **({"database_url": database} if database else {})))
    with app.app_context():
        upgrade()
        _waiting(folder / "keys")
        db.session.remove()
        db.engine.dispose()
    scripts = {}
    for kind, lua in (("insert", INSERT), ("post", POST), ("confirm", CONFIRM)):
        scripts[kind] = folder / f"{kind}.lua"
        scripts[kind].write_text(lua + PERCENTILE)
    found: dict[str, list[float]] = {kind: [] for kind in scripts}
    with served(folder, "bare", 0) as bare, served(folder, "platform", 32) as platform:
        _open_the_page(platform)
        for number in range(3):
            os.environ["BENCH_RUN"] = str(number)
            found["insert"].append(wrk(bare, "/insert", seconds, scripts["insert"])[0])
            found["post"].append(wrk(platform, "/en/pledge", seconds, scripts["post"])[0])
            found["confirm"].append(wrk(platform, "/en/pledge", seconds, scripts["confirm"])[0])
    base, post, confirm = (median(found[kind]) for kind in scripts)
    with app.app_context():
        confirmed = db.session.query(Pledge).filter(Pledge.confirmed_at.is_not(None)).count()
        changes = db.session.query(PledgeChange).count()
        posted = db.session.query(Pledge).count() - WAITING
        db.session.remove()
        db.engine.dispose()
    together = 1 / (1 / post + 1 / confirm)
    print(f"\n{what:<28}a second   of the bare insert")
    for words, rate in (
        ("bare insert, committed", base),
        ("form posted and kept", post),
        ("confirmed and counted", confirm),
        ("both, one after the other", together),
    ):
        print(f"{words:<28}{rate:>8.0f}{rate / base:>13.2f}")
    print(f"In the database: {posted} new rows, {confirmed} confirmed, {changes} changes to be counted.")
    print("Aim: a quarter of the bare insert or better.")
    if confirmed != changes:
        raise SystemExit("bench: confirmations and changes differ")


def _waiting(path: Path) -> None:
    """Rows that wait for their button, and the keys of their letters."""
    with transaction():
        for begin in range(0, WAITING, 5000):
            db.session.execute(insert(Pledge), [_row(serial) for serial in range(begin, begin + 5000)])
    path.write_text("\n".join(keys.link(f"bench{serial}") for serial in range(WAITING)))


def _row(serial: int, **more: object) -> dict[str, object]:
    countries = all_countries()
    return {
        "address_key": f"{serial:064d}",
        "public_id": f"bench{serial}",
        "language": "en",
        "created_at": clock.now(),
        "country": countries[serial % len(countries)].iso3,
        "gender": GENDERS[serial % 4],
        **more,
    }


def _open_the_page(port: int) -> None:
    """The cookie and tokens with which a browser would post."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/pledge") as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        page = answer.read().decode()
    os.environ["BENCH_COOKIE"] = cookie
    for name, field in (("BENCH_CSRF", "csrf_token"), ("BENCH_BEGUN", "begun")):
        value = re.search(rf'name="{field}"[^>]*value="([^"]+)"', page)
        assert value is not None
        os.environ[name] = value[1]


def figures(folder: Path) -> None:
    """What pages and the map read, with few and with many pledges behind it; and what a recount takes."""
    folder.mkdir()
    os.environ.pop("BENCH_DATABASE", None)
    app = create_app(settings(folder))
    print("\nFigures of pledges        total, ms   by country, ms   recount, s")
    with app.app_context():
        upgrade()
        for number in (1_000, 1_000_000):
            with transaction():
                db.session.execute(delete(Pledge))
                for begin in range(0, number, 10_000):
                    rows = range(begin, min(number, begin + 10_000))
                    now = clock.now()
                    db.session.execute(insert(Pledge), [_row(serial, confirmed_at=now) for serial in rows])
            began = time.perf_counter()
            with transaction():
                counting.recount()
            took = time.perf_counter() - began
            total, several = timed(queries.total), timed(by_country)
            print(f"{number:>9,} pledges{total * 1000:>18.2f}{several * 1000:>17.2f}{took:>13.2f}")
        db.session.remove()
        db.engine.dispose()


def by_country() -> object:
    return db.session.execute(select(PledgeCount.country, PledgeCount.count)).all()


def timed(ask: Callable[[], object]) -> float:
    """The middle of a hundred askings, in seconds."""
    found = []
    for _time in range(100):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return median(found)


if __name__ == "__main__":
    main()
