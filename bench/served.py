"""What gunicorn serves while the pages are measured: `bench.served:app`, over the database that BENCH_FOLDER names.

BENCH_APP=platform is the platform itself; BENCH_APP=bare a plain Flask application with two routes: one that
answers a line, one that reads 25 commitments through the same models and prints them in a short template; and the
files of the folder's `static`.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, render_template_string
from sqlalchemy import select

from bench.crowd import settings
from impact import db as database
from impact.app import create_app
from impact.commitments.models import Commitment
from impact.db import db

FOLDER = Path(os.environ["BENCH_FOLDER"])
ROWS = """<!DOCTYPE html><html lang="en"><title>Rows</title><h1>Rows</h1><ul>
{% for row in rows %}<li><a href="/{{ row.public_id }}">{{ row.headline }}</a> {{ row.published_at }}</li>{% endfor %}
</ul></html>"""


def bare() -> Flask:
    plain = Flask("bare", static_folder=str(FOLDER / "static"))
    url = settings(FOLDER).database_url
    plain.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    database.init_app(plain)

    @plain.get("/healthz")
    @plain.get("/bare")
    def line() -> str:
        return "<!DOCTYPE html><title>A line</title><p>A line"

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


app = (
    bare()
    if os.environ["BENCH_APP"] == "bare"
    else create_app(settings(FOLDER, page_cache_mb=int(os.environ["PAGE_CACHE_MB"])))
)
