"""`flask accounts …`: the first administrator of an installation."""

from __future__ import annotations

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from impact.accounts import operations
from impact.actor import STAFF_ROLES, SYSTEM, Role
from impact.db import transaction

accounts_cli = AppGroup("accounts", help="People and staff roles.")


@accounts_cli.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in STAFF_ROLES]), required=True)
def invite(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Give staff roles to a person and print a link, valid for an hour, to choose a password."""
    with transaction():
        person = operations.person_for(email, name)
        for role in roles:
            operations.give_staff_role(person, Role(role), SYSTEM)
        _link, token = operations.new_link("set_password", person.email, actor=SYSTEM)
    settings = current_app.extensions["settings"]
    with current_app.test_request_context(base_url=settings.public_url):
        click.echo(url_for("accounts.new_password", lang="en", token=token, _external=True))
