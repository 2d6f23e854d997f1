"""Questions about people."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact import clock
from impact.accounts.models import Person, SignIn, StaffRole
from impact.actor import Role
from impact.db import db


def live_sign_in(token: str, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The session of this token with its person and staff roles, if it has not ended in any of the five ways."""
    found = db.session.scalar(
        select(SignIn)
        .where(SignIn.token_hash == hashlib.sha256(token.encode()).hexdigest())
        .options(joinedload(SignIn.person).selectinload(Person.staff_roles))
    )
    if found is None or found.ended_at is not None:
        return None
    moment = clock.now()
    if moment - found.last_seen_at > idle or moment - found.started_at > longest:
        return None
    if not found.person.is_active or found.session_epoch != found.person.session_epoch:
        return None
    return found


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def staff() -> Sequence[Person]:
    """Everybody with a staff role, by name."""
    return (
        db.session.scalars(
            select(Person)
            .join(StaffRole, StaffRole.person_id == Person.id)
            .options(selectinload(Person.staff_roles))
            .order_by(Person.name)
            .distinct()
        )
        .unique()
        .all()
    )


def active_staff(role: Role) -> Sequence[Person]:
    """Active people with this staff role, by name."""
    return db.session.scalars(
        select(Person)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == role.value, Person.is_active)
        .order_by(Person.name)
    ).all()


def open_sessions(person_id: int) -> Sequence[SignIn]:
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.last_seen_at.desc())
    ).all()
