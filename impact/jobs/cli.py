"""`flask jobs work`, `list`, `retry`."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from impact.actor import SYSTEM
from impact.db import db, transaction
from impact.errors import Refusal
from impact.jobs.models import Job, JobState
from impact.jobs.operations import retry
from impact.jobs.runner import run_waiting
from impact.jobs.worker import Plan, work

jobs_cli = AppGroup("jobs", help="Work that is done in the background.")


@jobs_cli.command("work")
@click.option("--processes", type=click.IntRange(1, 64), help="How many jobs at once (JOB_WORKERS by default).")
@click.option(
    "--lease",
    type=click.FloatRange(0.5, 3600),
    default=30.0,
    show_default=True,
    help="Seconds without a sign of life after which a job is given to another process.",
)
@click.option(
    "--jobs-per-process",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    help="A process ends after so many jobs and another takes its place; its memory goes back to the system.",
)
@click.option("--until-idle", is_flag=True, help="Do what is due now, in this process, and end.")
def work_command(processes: int | None, lease: float, jobs_per_process: int, until_idle: bool) -> None:
    """Do jobs until SIGTERM; the jobs in hand are finished first."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if until_idle:
        click.echo(f"{run_waiting()} jobs done or tried.")
        return
    count = processes or app.extensions["settings"].job_workers
    work(app, Plan(processes=count, lease=timedelta(seconds=lease), jobs_per_process=jobs_per_process))


@jobs_cli.command("list")
@click.option("--state", type=click.Choice([state.value for state in JobState]))
@click.option("--limit", default=50, show_default=True)
def list_command(state: str | None, limit: int) -> None:
    """The newest jobs; a failed one with its reason."""
    query = select(Job).order_by(Job.id.desc()).limit(limit)
    if state:
        query = query.where(Job.state == state)
    for job in db.session.scalars(query):
        line = f"{job.id:>7}  {job.state:<8} {job.kind:<28} attempts {job.attempts}/{job.max_attempts}"
        line += f"  {job.created_at:%Y-%m-%d %H:%M:%S}"
        if job.state == JobState.WAITING:
            line += f"  next {job.run_after:%Y-%m-%d %H:%M:%S}"
        if job.state == JobState.RUNNING:
            line += f"  {job.progress}%"
        click.echo(line + (f"  {job.error}" if job.error else ""))


@jobs_cli.command("retry")
@click.argument("job_id", type=int)
def retry_command(job_id: int) -> None:
    """Try a failed job again."""
    try:
        with transaction():
            job = db.session.get(Job, job_id)
            if job is None:
                raise click.ClickException(f"There is no job {job_id}.")
            retry(job, SYSTEM)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Job {job_id} waits to be tried again.")
