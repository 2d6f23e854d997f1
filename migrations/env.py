"""Alembic under Flask-Migrate: one transaction per run, batch mode for SQLite."""

from __future__ import annotations

from alembic import context
from flask import current_app

from impact.db import db


def run() -> None:
    connectable = db.engine
    with connectable.connect() as connection:
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
