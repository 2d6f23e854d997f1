"""A small application with the engine alone: jobs, letters, files. No pages, so the tests say what they use.

Also what the worker's processes of the tests are started with: `flask --app tests.engine.application:from_environment`.
"""

import os
import time
from pathlib import Path

import flask_babel
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

import impact.accounts.models
import impact.champions.models
import impact.mail  # noqa: F401
from config import ROOT, Settings
from impact import clock
from impact import db as database
from impact.db import db
from impact.jobs import Claimed, Finish, Permanent, ReportProgress, enqueue, handler
from impact.jobs.cli import jobs_cli
from impact.mail.cli import mail_cli
from impact.mail.models import Letter

LETTERS = {
    "emails/greeting.txt": "{% trans %}Hello{% endtrans %} {{ name }}\n\nRead {{ address('reading', number=7) }}\n",
    "emails/greeting.html": "<html lang={{ language }} dir={{ direction }}><title>{{ subject }}</title><p>{{ name }}</p></html>",
    "emails/framed.txt": "{% extends 'emails/frame.txt' %}{% block subject %}Framed for {{ name }}{% endblock %}"
    "{% block body %}One sentence.{% endblock %}",
    "emails/framed.html": "{% extends 'emails/frame.html' %}{% block body %}<p>For {{ name }}</p>{% endblock %}",
    "emails/plain.txt": "Only text\n\nNothing else.\n",
}


def make_app(settings: Settings) -> Flask:
    app = Flask("engine", instance_path=str(settings.instance))
    app.extensions["settings"] = settings
    app.config.update(SETTINGS=settings, SQLALCHEMY_DATABASE_URI=settings.database_url)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_loader = ChoiceLoader([DictLoader(LETTERS), FileSystemLoader(ROOT / "templates")])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    flask_babel.Babel(app)
    database.init_app(app)
    app.cli.add_command(jobs_cli)
    app.cli.add_command(mail_cli)
    app.add_url_rule("/<lang>/reading/<int:number>", "reading", lambda lang, number: "")
    return app


def from_environment() -> Flask:
    return make_app(Settings.from_environment())


# --- jobs of the tests; each writes down that it began, so that a killed attempt is seen too --------


def note(job: Claimed, word: str) -> None:
    with Path(job.payload["log"]).open("a") as log:
        log.write(f"{word} {job.id} {job.attempt} {os.getpid()} {time.time()}\n")


@handler("test.count")
def count(job: Claimed, report_progress: ReportProgress) -> None:
    """Leaves one letter behind, which is the effect that must be there once."""
    leave_a_letter(job)


@handler("test.slow", slow=True)
def slow(job: Claimed, report_progress: ReportProgress) -> Finish:
    note(job, "began")
    report_progress(40, "Half of it")
    until = time.monotonic() + float(job.payload["seconds"])
    # A first attempt that is to be killed stays; the test knows its process id.
    if job.attempt <= int(job.payload.get("stay_in_attempts", 0)):
        until += 600
    while time.monotonic() < until:
        time.sleep(0.02)
    note(job, "ended")
    return lambda: leave_a_letter(job)


@handler("test.poison")
def poison(job: Claimed, report_progress: ReportProgress) -> None:
    leave_a_letter(job)
    db.session.flush()
    raise ValueError("It cannot be done")


@handler("test.hopeless")
def hopeless(job: Claimed, report_progress: ReportProgress) -> None:
    raise Permanent("There is no such edition.")


@handler("test.crowd")
def crowd(job: Claimed, report_progress: ReportProgress) -> None:
    for number in range(3):
        enqueue("test.count", {"from": f"crowd {number}"})


@handler("test.memory", slow=True, memory_mb=100)
def memory(job: Claimed, report_progress: ReportProgress) -> Finish:
    held = bytearray(int(job.payload["megabytes"]) * 1024 * 1024)
    return lambda: leave_a_letter(job) if held else None


@handler("test.endless", slow=True, seconds=1)
def endless(job: Claimed, report_progress: ReportProgress) -> Finish | None:
    note(job, "began")
    while True:
        time.sleep(0.02)


def leave_a_letter(job: Claimed) -> None:
    db.session.add(
        Letter(
            to_email=f"job-{job.id}@example.org",
            language="en",
            template="plain",
            subject=str(job.payload.get("from", job.kind)),
            text="x",
            message_id=f"<{job.id}-{job.attempt}-{time.time_ns()}@test>",
            created_at=clock.now(),
            sent_at=clock.now(),
        )
    )
