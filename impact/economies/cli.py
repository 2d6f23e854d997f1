"""`flask economies load` and `flask economies import …`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from impact.actor import SYSTEM
from impact.db import transaction
from impact.economies.differences import Difference
from impact.economies.models import KINDS
from impact.economies.operations import Given, load_shipped, look, take
from impact.errors import Refusal
from impact.indicators.gap_index_faults import Refused

economies_cli = AppGroup("economies", help="Country figures of the gender gap index, and populations.")

#: So many lines of each kind of difference are written out; the rest is counted.
SHOWN = 50


@economies_cli.command("load")
def load() -> None:
    """Import the credited excerpt that ships, unless there are figures of its kind already."""
    with transaction():
        number = load_shipped(SYSTEM)
    click.echo(f"{number} rows imported.")


@economies_cli.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Publisher, title, edition.")
@click.option("--licence", required=True, help="The licence or permission under which the figures may be shown.")
@click.option("--note", default="", help="What a later reader of the history should know.")
@click.option("--preview", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_(kind: str, file: Path, source: str, licence: str, note: str, preview: bool, yes: bool) -> None:
    """Show what a file would change and, once confirmed, import all of it or nothing.

    Columns: iso3,year and the fourteen keys (ratios) or economic,education,health,political (subindexes), each with
    published_overall,published_rank where the source prints them; iso3,year,population and women where it is known
    (populations). A year in the file replaces that year.
    """
    given = Given(kind, file.read_bytes(), file.name, source, licence, note)
    try:
        found = look(kind, given.content, given.file_name, SYSTEM)
        _say(found.difference, found.number_of_rows)
        if preview or found.difference.is_nothing:
            return
        if not yes:
            click.confirm("Import this?", abort=True)
        with transaction():
            made = take(given, SYSTEM, found.key)
            number = made.id
    except (Refused, Refusal) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(f"Imported as number {number}.")


def _say(found: Difference, number_of_rows: int) -> None:
    click.echo(
        f"{number_of_rows} rows, years {', '.join(map(str, found.years))}: {len(found.added)} added, "
        f"{len(found.changed)} values changed, {len(found.removed)} removed, {found.unchanged} unchanged."
    )
    _lines("added", [f"{iso3} {year}" for year, iso3 in found.added])
    _lines(
        "changed",
        [f"{one.iso3} {one.year} {one.name}: {one.before or 'none'} -> {one.after or 'none'}" for one in found.changed],
    )
    _lines("removed", [f"{iso3} {year}" for year, iso3 in found.removed])


def _lines(word: str, lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(f"  {word}: {line}")
    if len(lines) > SHOWN:
        click.echo(f"  {word}: and {len(lines) - SHOWN} more")
