"""Signing in and out, links that work once, staff roles."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from impact import clock
from impact.accounts import passwords
from impact.accounts.models import OneTimeLink, Person, SignIn, SignInAttempt, StaffRole
from impact.actor import STAFF_ROLES, Actor, Role
from impact.audit.operations import changes, record
from impact.db import db
from impact.errors import Invalid, NotAllowed, NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require

#: Failed attempts within this time slow further ones down, per account and per address.
ATTEMPT_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_ACCOUNT = 10
ATTEMPTS_PER_ADDRESS = 50
#: So many letters of one purpose may go to one address within an hour, whoever asks for them.
LETTERS_PER_HOUR = 5

LIFETIMES = {
    "set_password": timedelta(hours=1),
    "join": timedelta(days=14),
    "confirm_application": timedelta(days=3),
    "invitation": timedelta(days=30),
}


def canonical_email(email: str) -> str:
    """Trimmed and in lower case: what accounts are known by."""
    return email.strip().lower()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _keyed(text: str) -> str:
    """A keyed hash, so that the table of attempts holds no address."""
    key = current_app.extensions["settings"].secret_key.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def sign_in(email: str, password: str, address: str, browser: str = "") -> tuple[Person, str] | None:
    """(person, session token) when the password is right; None when it is not or too many were wrong.

    The answer and its time are the same for an unknown account. Limits count failures per pair of account
    and address as well as per address, so that a stranger cannot lock the owner out.
    """
    account_key, address_key = _keyed(canonical_email(email) + "|" + address), _keyed(address)
    since = clock.now() - ATTEMPT_WINDOW
    failed = SignInAttempt.succeeded.is_(False) & (SignInAttempt.at > since)
    of_account = db.session.scalar(select(func.count()).where(failed, SignInAttempt.account_hash == account_key)) or 0
    of_address = db.session.scalar(select(func.count()).where(failed, SignInAttempt.address_hash == address_key)) or 0
    person = db.session.scalar(select(Person).where(Person.email == canonical_email(email)))
    right = passwords.fits(person.password_hash if person else None, password)
    limited = of_account >= ATTEMPTS_PER_ACCOUNT or of_address >= ATTEMPTS_PER_ADDRESS
    succeeded = right and not limited and person is not None and person.is_active
    db.session.add(
        SignInAttempt(at=clock.now(), account_hash=account_key, address_hash=address_key, succeeded=succeeded)
    )
    if person is not None:
        record(Actor(person.id, person.name), "sign_in" if succeeded else "sign_in_refused", person)
    if not succeeded or person is None:
        return None
    return person, open_session(person, browser)


def open_session(person: Person, browser: str = "") -> str:
    """A new session for a person who has just proved who they are; returns its token."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=_digest(token),
            person_id=person.id,
            session_epoch=person.session_epoch,
            started_at=clock.now(),
            last_seen_at=clock.now(),
            browser=browser[:200],
        )
    )
    return token


def end_session(token: str) -> None:
    db.session.execute(
        update(SignIn)
        .where(SignIn.token_hash == _digest(token), SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def end_all_sessions(person: Person) -> None:
    """Every browser of this person is signed out at its next request."""
    person.session_epoch += 1


def new_link(
    purpose: str, email: str, payload: Mapping[str, Any] | None = None, actor: Actor | None = None
) -> tuple[OneTimeLink, str]:
    """A link that works once for this purpose and address: (row, token for the address)."""
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        token_hash=_digest(token),
        purpose=purpose,
        email=canonical_email(email),
        payload=dict(payload or {}),
        created_at=clock.now(),
        created_by_id=actor.person_id if actor else None,
        expires_at=clock.now() + LIFETIMES[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link, token


def may_be_written_to(purpose: str, email: str) -> bool:
    """Whether another letter for this purpose may go to this address now, so that nobody is flooded with them."""
    lately = (
        OneTimeLink.purpose == purpose,
        OneTimeLink.email == canonical_email(email),
        OneTimeLink.created_at > clock.now() - timedelta(hours=1),
    )
    return (db.session.scalar(select(func.count()).where(*lately)) or 0) < LETTERS_PER_HOUR


def find_link(purpose: str, token: str) -> OneTimeLink:
    """The unused link of this purpose; NotFound when it never was, was used, was cancelled, or is too old."""
    link = db.session.scalar(
        select(OneTimeLink).where(OneTimeLink.token_hash == _digest(token), OneTimeLink.purpose == purpose)
    )
    if link is None or link.used_at or link.cancelled_at or link.expires_at <= clock.now():
        raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
    return link


def use_link(purpose: str, token: str) -> OneTimeLink:
    """Take the link: a second use, even at the same moment, finds nothing."""
    link = find_link(purpose, token)
    taken = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
    db.session.refresh(link)
    return link


def cancel_links(purpose: str, email: str) -> None:
    db.session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.purpose == purpose, OneTimeLink.email == canonical_email(email), OneTimeLink.used_at.is_(None)
        )
        .values(cancelled_at=clock.now())
    )


def person_for(email: str, name: str, language: str = "en", is_demonstration: bool = False) -> Person:
    """The person with this address, made where there is none (without a password)."""
    person = db.session.scalar(select(Person).where(Person.email == canonical_email(email)))
    if person is None:
        person = Person(
            email=canonical_email(email),
            name=name.strip(),
            language=language,
            created_at=clock.now(),
            is_demonstration=is_demonstration,
        )
        db.session.add(person)
        db.session.flush()
    return person


def set_password(person: Person, password: str, actor: Actor) -> None:
    """Set the password and end every session; open links for the same purpose stop working."""
    passwords.check(password, person.email)
    person.password_hash = passwords.hashed(password)
    end_all_sessions(person)
    cancel_links("set_password", person.email)
    record(actor, "password_set", person)


def change_password(person: Person, present: str, new: str, actor: Actor) -> None:
    """Raises Invalid when the present password is wrong."""
    if not passwords.fits(person.password_hash, present):
        raise Invalid(
            N_("The present password is not right."), {"present": (N_("The present password is not right"), {})}
        )
    set_password(person, new, actor)


def change_particulars(person: Person, name: str, language: str, actor: Actor) -> None:
    """One's own name and the language of letters."""
    if actor.person_id != person.id:
        raise NotAllowed(N_("Only the person may change this."))
    if not name.strip():
        raise Invalid(N_("Give your name."), {"name": (N_("Give your name"), {})})
    before = {"name": person.name, "language": person.language}
    after = {"name": name.strip(), "language": language}
    if before == after:
        return
    person.name, person.language = after["name"], after["language"]
    record(actor, "particulars_changed", person, details=changes(before, after))


def give_staff_role(person: Person, role: Role, actor: Actor) -> None:
    require(actor, Action.STAFF_MANAGE)
    if role not in STAFF_ROLES:
        raise Invalid(N_("Choose one of the staff roles."))
    if any(given.role == role for given in person.staff_roles):
        return
    person.staff_roles.append(StaffRole(role=role.value, given_at=clock.now(), given_by_id=actor.person_id))
    record(actor, "staff_role_given", person, details={"role": role.value})


def take_staff_role(person: Person, role: Role, actor: Actor) -> None:
    """The last administrator keeps the role, so that nobody is locked out."""
    require(actor, Action.STAFF_MANAGE)
    given = next((given for given in person.staff_roles if given.role == role), None)
    if given is None:
        return
    if role == Role.ADMINISTRATOR:
        others = db.session.scalar(
            select(func.count()).where(StaffRole.role == role.value, StaffRole.person_id != person.id)
        )
        if not others:
            raise Invalid(N_("This is the last administrator. Give the role to somebody else first."))
    person.staff_roles.remove(given)
    record(actor, "staff_role_taken", person, details={"role": role.value})


def set_active(person: Person, active: bool, actor: Actor) -> None:
    """Disable or enable an account; disabling ends every session at once."""
    require(actor, Action.STAFF_MANAGE)
    if person.is_active == active:
        return
    person.is_active = active
    end_all_sessions(person)
    record(actor, "account_enabled" if active else "account_disabled", person)
