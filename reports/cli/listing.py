"""`flask editions list` and `show`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from impact.db import db
from reports.cli.group import editions_cli, found
from reports.models import Edition
from reports.workflow import EDITION

STATES = sorted({step.reaches for step in EDITION.values()})


@editions_cli.command("list")
@click.option("--state", type=click.Choice(STATES))
@click.option("--year", type=int)
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
def list_command(state: str | None, year: int | None, limit: int) -> None:
    """The newest editions: code, state, and how many of their files are ready, waiting or failed."""
    query = (
        select(Edition)
        .options(selectinload(Edition.files), defer(Edition.snapshot), defer(Edition.confidential))
        .order_by(Edition.id.desc())
        .limit(limit)
    )
    if state:
        query = query.where(Edition.state == state)
    if year:
        query = query.where(Edition.year == year)
    for edition in db.session.scalars(query):
        count = Counter(file.state for file in edition.files)
        files = ", ".join(f"{number} {name}" for name, number in sorted(count.items())) or "no files"
        click.echo(f"{edition.code:<44} {edition.state:<12} {files}")


@editions_cli.command("show")
@click.argument("code")
def show_command(code: str) -> None:
    """One edition: its state, digests, who signed it off and when, and every file."""
    edition = found(code)
    click.echo(f"{edition.code}: {edition.state}")
    click.echo(f"  public        {edition.sha256}")
    if edition.confidential_sha256:
        click.echo(f"  confidential  {edition.confidential_sha256}")
    for name in ("taken", "sent", "signed_off", "recommended", "sealed", "superseded"):
        moment: datetime | None = getattr(edition, f"{name}_at")
        if moment is not None:
            click.echo(f"  {name.replace('_', ' '):<13} {moment:%Y-%m-%d %H:%M:%S} UTC")
    if edition.reason:
        click.echo(f"  corrects      {edition.reason}")
    for file in edition.files:
        line = f"  {file.language}  {file.tier:<12} {file.state:<8}"
        click.echo(f"{line} {file.sha256 or file.failure}".rstrip())
