"""`flask indicators load`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from impact.actor import SYSTEM
from impact.db import transaction
from impact.indicators.operations import load_catalogue

indicators_cli = AppGroup("indicators", help="The catalogue of indicators.")


@indicators_cli.command("load")
def load() -> None:
    """Add what the shipped catalogue has and the database has not; change nothing else."""
    with transaction():
        added = load_catalogue(SYSTEM)
    click.echo(f"{added} indicators added.")
