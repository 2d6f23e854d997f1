"""Alembic under Flask-Migrate: one transaction per run, batch mode for SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from impact.db import db


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Batch mode makes a table anew and drops the old one, to which rows of other tables refer: SQLite would refuse."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    # Asked of the driver itself: within a transaction, which SQLAlchemy would begin, the setting is ignored.
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"Rows refer to what is not there any more: {broken[:5]}")


def run() -> None:
    connectable = db.engine
    with connectable.connect() as connection, unguarded(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
            **{
                name: value
                for name, value in current_app.extensions["migrate"].configure_args.items()
                if name not in {"render_as_batch", "compare_type"}
            },
        )
        with context.begin_transaction():
            context.run_migrations()


run()
