"""The database: one `db`, one naming convention, one `transaction()`.

Every connection to SQLite begins its transactions itself (the driver's own habit silently loses
updates): IMMEDIATE for work that may write, plain BEGIN while a request only reads.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, MetaData, String, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import registry as Registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from impact.errors import InvalidState
from impact.messages import gettext_noop as N_

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; refuses a naive one on the way in and hands out aware ones on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: JSON that is binary and indexable on PostgreSQL.
Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Types of columns by annotation; Flask-SQLAlchemy builds its own base from this one's registry."""

    registry = Registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime(),
            dict[str, Any]: Json,
            list[str]: Json,
            list[dict[str, Any]]: Json,
            str: String,
        },
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def public_id(length: int = 10) -> str:
    """An unguessable id for addresses (about 5 bits a character), without letters that look alike."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


class HasPublicId:
    """A row that has an address of its own in public."""

    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)


#: True while a request only reads; see `reading`.
_reading: ContextVar[bool] = ContextVar("reading", default=False)
#: What to hand over once the transaction is committed.
_AFTER = "after_commit"


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA foreign_keys=ON")
    # FULL: an acknowledged commit survives a power cut; NORMAL would lose it.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")


def set_reading(value: bool) -> None:
    """Declare whether the present request only reads (so that it never waits for a writer)."""
    _reading.set(value)


@contextmanager
def writing() -> Iterator[None]:
    """Within a request that reads, allow one short write on a connection of its own."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def after_commit(action: Callable[[], None]) -> None:
    """Do `action` when the present transaction has been committed, and never if it is rolled back."""
    db.session.info.setdefault(_AFTER, []).append(action)


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction: commit at the end, then hand over what waited for it; on any error undo everything.

    Raises InvalidState when somebody else changed the same thing meanwhile.
    """
    session = db.session
    session.info[_AFTER] = []
    try:
        yield
        session.commit()
    except StaleDataError:
        session.rollback()
        session.info[_AFTER] = []
        raise InvalidState(
            N_("Somebody else changed this meanwhile. Nothing of yours was saved over theirs.")
        ) from None
    except BaseException:
        session.rollback()
        session.info[_AFTER] = []
        raise
    for action in session.info.pop(_AFTER, []):
        action()


def flush_or_conflict(message: str, **values: Any) -> None:
    """Write what is pending now; a unique rule that is broken by a simultaneous writer becomes InvalidState."""
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise InvalidState(message, **values) from None


def engine_options(url: str) -> dict[str, Any]:
    """A dead database is noticed within seconds instead of hanging every thread of the server."""
    if url.startswith("postgresql"):
        return {
            "pool_pre_ping": True,
            # Values of a statement stay out of errors: they hold addresses and names, and errors end in logs and job lists.
            "hide_parameters": True,
            "pool_size": 8,
            "max_overflow": 8,
            "pool_timeout": 4,
            "connect_args": {"connect_timeout": 4, "options": "-c statement_timeout=30000 -c lock_timeout=8000"},
        }
    return {"connect_args": {"timeout": 5}, "hide_parameters": True}


def answers() -> bool:
    """Whether the database answers a question at all."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def init_app(app: Flask) -> None:
    db.init_app(app)

    @app.before_request
    def _reading_or_writing() -> None:
        # First of all, before anything asks the database who is there.
        set_reading(request.method in {"GET", "HEAD", "OPTIONS"})

    @app.teardown_request
    def _undo(error: BaseException | None) -> None:
        # An IntegrityError that nobody rolled back would keep SQLite's write lock.
        db.session.rollback()
        _reading.set(False)
