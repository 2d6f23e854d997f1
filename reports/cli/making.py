"""`flask editions make`: every file that is missing, by as many processes as are wanted; begun again, it goes on."""

from __future__ import annotations

from collections.abc import Sequence

import click
from flask import current_app
from sqlalchemy import ColumnElement, func, select

from impact.actor import SYSTEM
from impact.db import db, transaction
from impact.errors import Refusal
from impact.jobs import run_waiting
from impact.jobs.worker import Plan, work
from reports.asking import ask_for_all, ask_for_file
from reports.cli.group import editions_cli, found
from reports.models import Edition, EditionFile


@editions_cli.command("make")
@click.argument("codes", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Of every sealed edition.")
@click.option("--processes", type=click.IntRange(0, 64), help="JOB_WORKERS by default; 0: in this process.")
def make_command(codes: tuple[str, ...], everything: bool, processes: int | None) -> None:
    """Make the files of sealed editions that are not there, those that failed included.

    What is there is left alone. Ended by any means, the command goes on where it was when it is given again.
    """
    if bool(codes) == everything:
        raise click.UsageError("Give the numbers of editions, or --all.")
    ids = _ask(codes)
    total = _number(ids, EditionFile.state == "waiting")
    if not total:
        click.echo("Every file is there.")
        return
    count = current_app.extensions["settings"].job_workers if processes is None else processes
    with click.progressbar(length=total, label=f"{total} files", show_pos=True) as bar:

        def look() -> None:
            done = total - _number(ids, EditionFile.state == "waiting")
            bar.update(done - bar.pos)

        if count:
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            work(app, Plan(processes=count, until_idle=True), look)
        else:
            run_waiting()
        look()
    failed = _number(ids, EditionFile.state == "failed")
    waiting = _number(ids, EditionFile.state == "waiting")
    if failed:
        raise click.ClickException(f"{failed} failed; `flask editions show CODE` says why.")
    if waiting:
        raise click.ClickException(f"{waiting} wait for another try; give the command again.")
    click.echo(f"{total} made.")


def _ask(codes: Sequence[str]) -> list[int] | None:
    """Every missing file asked for, each edition in a transaction of its own; the ids, None for all there are."""
    ids: list[int] = [found(code).id for code in codes]
    wanted = (
        ids or db.session.scalars(select(Edition.id).where(Edition.sealed_at.is_not(None)).order_by(Edition.id)).all()
    )
    db.session.rollback()
    for number in wanted:
        try:
            with transaction():
                edition = db.session.get_one(Edition, number)
                ask_for_all(edition, SYSTEM)
                for file in edition.files:
                    if file.state == "failed":
                        ask_for_file(edition, file.language, SYSTEM, file.tier)
        except Refusal as refusal:
            raise click.ClickException(f"Edition {number}: {refusal}") from None
    return ids or None


def _number(ids: list[int] | None, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(EditionFile).where(condition)
    if ids is not None:
        query = query.where(EditionFile.edition_id.in_(ids))
    found_now = db.session.scalar(query) or 0
    # The next look must see what the processes have written since.
    db.session.rollback()
    return found_now
