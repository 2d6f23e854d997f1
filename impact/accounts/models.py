"""People and how they get in. Roles inside a champion live in the champions room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.db import Model

STAFF_ROLE_CHECK = "role IN ('reviewer', 'approver', 'programme_manager', 'administrator')"


class Person(Model):
    """Somebody who can sign in. Flask-Login asks for `is_authenticated`, `is_active` and `get_id`."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: lower case, trimmed: what somebody signs in with
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    #: the language of letters
    language: Mapped[str] = mapped_column(String(8), default="en")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    #: raised to end every session at once (password change, disabling)
    session_epoch: Mapped[int] = mapped_column(default=0)

    staff_roles: Mapped[list[StaffRole]] = relationship(
        back_populates="person", foreign_keys="StaffRole.person_id", cascade="all, delete-orphan"
    )


class StaffRole(Model):
    __tablename__ = "staff_role"
    __table_args__ = (UniqueConstraint("person_id", "role"), CheckConstraint(STAFF_ROLE_CHECK, name="role"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(back_populates="staff_roles", foreign_keys=[person_id])


class SignIn(Model):
    """One signed-in browser; ending the row ends the session wherever its cookie is."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the token in the cookie
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    session_epoch: Mapped[int]
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(200), default="")
    #: a later issue: whether a second factor was given
    second_factor_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SignInAttempt(Model):
    """Counted in the database so that limits hold across processes; addresses are kept as keyed hashes only."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_account", "account_hash", "at"),
        Index("ix_sign_in_attempt_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool]


class OneTimeLink(Model):
    """A link sent by e-mail: bound to a purpose and an address, works once, expires."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(254), index=True)
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
