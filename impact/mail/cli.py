"""`flask mail list`."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from impact.db import db
from impact.mail.models import Letter

mail_cli = AppGroup("mail", help="The outbox.")

_KINDS = {
    "sent": Letter.sent_at.is_not(None),
    "failed": Letter.failed_at.is_not(None),
    "waiting": Letter.sent_at.is_(None) & Letter.failed_at.is_(None),
}


@mail_cli.command("list")
@click.option("--only", type=click.Choice(list(_KINDS)))
@click.option("--limit", default=50, show_default=True)
def list_command(only: str | None, limit: int) -> None:
    """The newest letters: to whom, about what, sent or not, and why not."""
    query = select(Letter).order_by(Letter.id.desc()).limit(limit)
    if only:
        query = query.where(_KINDS[only])
    for letter in db.session.scalars(query):
        state = "sent" if letter.sent_at else "failed" if letter.failed_at else "waiting"
        line = f"{letter.id:>7}  {state:<8} {letter.created_at:%Y-%m-%d %H:%M:%S}  {letter.to_email}  {letter.subject}"
        click.echo(line + (f"  (job {letter.job_id}: {letter.error})" if letter.error else ""))
