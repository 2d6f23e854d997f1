"""`flask demo load` and `flask demo sign-ins`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from impact.accounts.queries import person_by_email
from impact.actor import ROLE_LABELS
from impact.db import transaction
from impact.demo.load import load_all
from impact.demo.people import PASSWORD, everybody

demo_cli = AppGroup("demo", help="Demonstration data; everything in it that is made up says so.")


@demo_cli.command("load")
def load() -> None:
    """Load the demonstration data; what is there already stays as it is."""
    if current_app.extensions["settings"].environment == "production":
        raise click.ClickException("Demonstration sign-ins are public, so they are not loaded in production.")
    with transaction():
        load_all()
    click.echo("The demonstration data are loaded.")


@demo_cli.command("sign-ins")
def sign_ins() -> None:
    """Print e-mail, password and role of each demonstration person."""
    rows = [
        (person.email, PASSWORD, ROLE_LABELS[person.role], person.champion)
        for person in everybody()
        if person_by_email(person.email)
    ]
    rows.insert(0, ("E-mail", "Password", "Role", "Organisation"))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
