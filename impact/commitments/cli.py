"""`flask commitments …`: what the calendar does every day, by hand."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from impact import clock
from impact.actor import SYSTEM
from impact.commitments.endings import expire_overdue
from impact.db import transaction

commitments_cli = AppGroup("commitments", help="Commitments whose period is over.")


@commitments_cli.command("expire")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day; today by default.")
def expire(day: datetime | None) -> None:
    """Let published commitments expire whose end is more than half a year ago; the worker does it daily."""
    with transaction():
        ended = expire_overdue(SYSTEM, day.date() if day else clock.today())
        for commitment in ended:
            click.echo(f"{commitment.public_id}  ended {commitment.ends_on}  {commitment.headline}")
    click.echo(f"{len(ended)} expired.")
