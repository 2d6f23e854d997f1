"""`flask audit verify`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from impact.audit.seals import troubles

audit_cli = AppGroup("audit", help="The audit trail.")


@audit_cli.command("verify")
def verify() -> None:
    """Walk the whole chain and compare everything that was approved with it; name what does not fit and exit 1."""
    count = 0
    for trouble in troubles():
        click.echo(trouble, err=True)
        count += 1
    if count:
        raise click.ClickException(f"{count} found.")
    click.echo("The audit trail is whole, and everything that was approved is as it was approved.")
