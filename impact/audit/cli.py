"""`flask audit verify`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from impact.audit.queries import first_broken

audit_cli = AppGroup("audit", help="The audit trail.")


@audit_cli.command("verify")
def verify() -> None:
    """Walk the whole chain; exit 1 and name the first entry that was altered, moved or removed."""
    broken = first_broken()
    if broken:
        raise click.ClickException(f"Entry {broken[0]}: {broken[1]}.")
    click.echo("The audit trail is whole.")
