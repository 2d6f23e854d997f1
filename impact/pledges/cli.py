"""`flask pledges recount`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from impact.db import db, transaction
from impact.pledges import counting

pledges_cli = AppGroup("pledges", help="The pledges of people.")


@pledges_cli.command("recount")
@click.option("--check", is_flag=True, help="Only compare; exit 1 where counts and rows differ.")
def recount(check: bool) -> None:
    """Count the rows, by country and gender, and put the counts right: rows = total = sum of countries = sum of genders."""
    db.session.rollback()
    with transaction():
        found = counting.recount(mend=not check)
    for country, gender, counted, rows in found.differences:
        click.echo(f"{country or 'unknown':<8} {gender or 'not given':<10} counted {counted}, rows {rows}", err=True)
    click.echo(f"{found.rows} pledges, {found.counted} counted before.")
    if check and found.differences:
        raise SystemExit(1)
