"""`flask seals checkpoint`, `flask seals compare FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from impact.db import transaction
from impact.seals import operations
from impact.seals.verifying import differences

seals_cli = AppGroup("seals", help="The public list of seals.")


@seals_cli.command("checkpoint")
def checkpoint() -> None:
    """Sign how long both chains are now, without waiting for the worker."""
    with transaction():
        made = operations.checkpoint()
    if made is None:
        click.echo("Nothing was added since the last checkpoint.")
    else:
        click.echo(f"Checkpoint {made.n}: {made.seals} seals, {made.audit_entries} entries of the audit trail.")


@seals_cli.command("compare")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def compare(file: Path) -> None:
    """Compare with a checkpoints.json that somebody downloaded earlier; name what is gone or another, and exit 1."""
    try:
        published = json.loads(file.read_text())["checkpoints"]
    except (ValueError, KeyError, TypeError) as fault:
        raise click.ClickException(f"{file} is no list of checkpoints as /seals/checkpoints.json gives it.") from fault
    found = list(differences(published))
    for trouble in found:
        click.echo(trouble, err=True)
    if found:
        raise click.ClickException(f"{len(found)} found.")
    click.echo(f"All {len(published)} checkpoints of the file are as they were published.")
