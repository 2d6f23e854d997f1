"""What gunicorn serves while the pages are measured: `bench.served:app`, over the database that BENCH_FOLDER names.

BENCH_APP=platform is the platform itself; BENCH_APP=bare a plain Flask application with two routes: one that
answers a line, one that reads 25 commitments through the same models and prints them in a short template; and the
files of the folder's `static`.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from pathlib import Path

from flask import Flask, render_template_string
from sqlalchemy import insert, select

from bench.crowd import settings
from config import Settings
from impact import db as database
from impact.app import create_app
from impact.clock import now
from impact.commitments.models import Commitment
from impact.db import db
from impact.pledges.models import Invalidation

FOLDER = Path(os.environ["BENCH_FOLDER"])
ROWS = """<!DOCTYPE html><html lang="en"><title>Rows</title><h1>Rows</h1><ul>
{% for row in rows %}<li><a href="/{{ row.public_id }}">{{ row.headline }}</a> {{ row.published_at }}</li>{% endfor %}
</ul></html>"""


def bare() -> Flask:
    plain = Flask("bare", static_folder=str(FOLDER / "static"))
    url = os.environ.get("BENCH_DATABASE") or settings(FOLDER).database_url
    plain.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    database.init_app(plain)

    @plain.get("/healthz")
    @plain.get("/bare")
    def line() -> str:
        return "<!DOCTYPE html><title>A line</title><p>A line"

    @plain.post("/insert")
    def insert_one() -> str:
        """A row with a unique key, committed: what a pledge costs at least."""
        row = {
            "value": secrets.token_hex(32),
            "since": now(),
            "until": now(),
            "made_at": now(),
            "reason": "",
            "removed": 0,
        }
        db.session.execute(insert(Invalidation).values(rule="network", **row))
        db.session.commit()
        return "<!DOCTYPE html><title>Kept</title><p>Kept"

    @plain.get("/orm")
    def rows() -> str:
        found = db.session.scalars(
            select(Commitment)
            .where(Commitment.published_at.is_not(None))
            .order_by(Commitment.published_at.desc(), Commitment.id.desc())
            .limit(25)
        ).all()
        return render_template_string(ROWS, rows=found)

    return plain


def over(cache: int) -> Settings:
    """The platform's settings. Posts by the thousand come from one machine here, so limits are off."""
    found = settings(FOLDER, page_cache_mb=cache, rate_limits=os.environ.get("RATE_LIMITS") != "no")
    return replace(found, database_url=os.environ.get("BENCH_DATABASE") or found.database_url)


app = bare() if os.environ["BENCH_APP"] == "bare" else create_app(over(int(os.environ["PAGE_CACHE_MB"])))
