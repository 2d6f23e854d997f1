"""The group that every command of the editions joins."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from impact.errors import NotFound
from reports import queries
from reports.models import Edition

editions_cli = AppGroup("editions", help="Editions of annual reports.")


def found(code: str) -> Edition:
    """The edition with this printed number, or a complaint."""
    try:
        return queries.edition_by_code(code)
    except NotFound:
        raise click.ClickException(f"There is no edition {code}.") from None
