"""No file without a row, no row without a file: `flask storage sweep`.

Every column named `sha256` keeps the file of that digest, in whatever table it is; a column of
something else than a file keeps nothing, since no file has its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from impact.db import db
from impact.storage import Storage, Stored, storage

storage_cli = AppGroup("storage", help="The files that people gave and that were made.")
#: Tables whose sha256 is not of a file.
NOT_FILES = frozenset({"edition"})


@dataclass(frozen=True)
class Swept:
    orphans: list[Stored]
    left_behind: list[Path]
    #: (table, digest) of rows whose file is not there
    missing: list[tuple[str, str]]


def sweep(store: Storage) -> Swept:
    """Compare the rows with the files; changes nothing."""
    referred = {
        table.name: set(db.session.scalars(select(table.c.sha256).where(func.length(table.c.sha256) == 64)))
        for table in db.metadata.tables.values()
        if "sha256" in table.c
    }
    # Files are listed after the rows: one that is added between the two is too young to be an orphan.
    present = {file.sha256 for file in store.all()}
    orphans = store.orphans(set().union(*referred.values()))
    missing = [
        (table, sha256)
        for table, digests in sorted(referred.items())
        if table not in NOT_FILES
        for sha256 in sorted(digests - present)
    ]
    return Swept(orphans, store.left_behind(), missing)


@storage_cli.command("sweep")
@click.option("--delete", is_flag=True, help="Delete the orphans instead of only naming them.")
def sweep_command(delete: bool) -> None:
    """Name files that nothing refers to and rows whose file is missing; exit 1 when a file is missing."""
    store = storage()
    swept = sweep(store)
    for file in swept.orphans:
        click.echo(f"orphan   {file.sha256}  {file.size} bytes  {file.modified:%Y-%m-%d}")
        if delete:
            store.delete(file.sha256)
    for path in swept.left_behind:
        click.echo(f"unfinished  {path.name}")
        if delete:
            path.unlink(missing_ok=True)
    for table, sha256 in swept.missing:
        click.echo(f"missing  {sha256}  in {table}")
    count = len(swept.orphans) + len(swept.left_behind)
    click.echo(f"{count} {'deleted' if delete else 'to delete'}, {len(swept.missing)} missing.")
    if swept.missing:
        raise click.exceptions.Exit(1)
