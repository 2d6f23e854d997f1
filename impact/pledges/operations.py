"""What a person does: pledge, confirm, change letters, withdraw, ask for the link again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from impact import clock
from impact.db import db, public_id
from impact.errors import Invalid, InvalidState, NotFound
from impact.jobs import enqueue
from impact.messages import gettext_noop as N_
from impact.places.countries import country_or_none
from impact.pledges import counting, keys, queries, suspicion
from impact.pledges.addresses import canonical, domain_of
from impact.pledges.models import AGES, GENDERS, Pledge

SEND = "pledges.send"
LONGEST_NAME = 120
NO_SUCH_LINK = N_("This link is not one of ours, or the pledge was withdrawn. You can ask for a new link.")


@dataclass(frozen=True)
class Given:
    """What somebody typed. `is_bot`: the page was filled in as only programs do."""

    email: str
    language: str
    name: str = ""
    country: str = ""
    gender: str = ""
    self_described: str = ""
    age: str = ""
    wants_letters: bool = False
    is_bot: bool = False


def take(given: Given, network: str) -> None:
    """Keep the pledge and ask for the letter, in one short transaction; the same whether it is new, repeated or blocked.

    `network` is the visitor's address, of which only a keyed hash is kept. Raises Invalid for what cannot be a pledge.
    """
    _must_be_open()
    _check(given)
    address_key = keys.of_address(given.email)
    letters = given.wants_letters and given.age != "under_16"
    values = {
        "public_id": public_id(),
        "address_key": address_key,
        "email": keys.sealed(given.email) if letters else "",
        "name": keys.sealed(given.name.strip()),
        "language": given.language,
        "country": given.country,
        "gender": given.gender,
        "self_described": keys.sealed(given.self_described.strip()) if given.gender == "other" else "",
        "age": given.age,
        "wants_letters": letters,
        "created_at": clock.now(),
        "network": "" if suspicion.is_allowed(network) else keys.of_network(network, queries.network_key()),
        "domain": domain_of(given.email),
    }
    enqueue(SEND, {"pledge": _insert(values), "to": keys.sealed(given.email), "is_bot": given.is_bot})


def _insert(values: dict[str, Any]) -> int:
    """The id of the row of this mailbox. What is not confirmed yet is said anew; what is stays as it is."""
    session = db.session
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    anew = {
        name: value
        for name, value in values.items()
        if name not in {"public_id", "address_key", "created_at", "network"}
    }
    row = session.scalar(
        insert(Pledge)
        .values(**values, invalid_because="", letters_sent=0)
        .on_conflict_do_update(
            index_elements=[Pledge.address_key],
            set_=anew,
            where=Pledge.confirmed_at.is_(None) & Pledge.invalid_at.is_(None),
        )
        .returning(Pledge.id)
    )
    return int(row) if row is not None else queries.id_of_address(values["address_key"])


def _check(given: Given) -> None:
    problems: dict[str, tuple[str, dict[str, Any]]] = {}
    try:
        canonical(given.email)
    except ValueError:
        problems["email"] = (N_("Give an e-mail address, such as name@example.org"), {})
    if given.country and country_or_none(given.country) is None:
        problems["country"] = (N_("Choose a country from the list, or “Unknown”"), {})
    if given.gender not in GENDERS:
        problems["gender"] = (N_("Choose one of the answers"), {})
    if given.age not in AGES:
        problems["age"] = (N_("Choose one of the answers"), {})
    if len(given.name) > LONGEST_NAME:
        problems["name"] = (N_("Use at most %(most)s characters."), {"most": LONGEST_NAME})
    if len(given.self_described) > LONGEST_NAME:
        problems["self_described"] = (N_("Use at most %(most)s characters."), {"most": LONGEST_NAME})
    if problems:
        raise Invalid(N_("Something has to be put right"), problems)


def _must_be_open() -> None:
    if not current_app.extensions["settings"].pledges_open:
        raise InvalidState(N_("No pledges are taken at the moment. Those that were made are kept and counted."))


def by_key(key: str) -> Pledge:
    """The pledge whose lasting link this is. Raises NotFound."""
    found = queries.by_public_id(keys.public_id_in(key))
    if found is None:
        raise NotFound(NO_SUCH_LINK)
    return found


def confirm(pledge: Pledge) -> None:
    """Counted from now on. Pressed again, nothing happens; one that was taken out of the count stays out, without a word."""
    now = clock.now()
    row = db.session.execute(
        update(Pledge)
        .where(Pledge.id == pledge.id, Pledge.confirmed_at.is_(None), Pledge.invalid_at.is_(None))
        .values(confirmed_at=now)
        .returning(Pledge.country, Pledge.gender)
    ).first()
    if row is not None:
        counting.note(row.country, row.gender, 1)
    db.session.expire(pledge)


def stop_letters(pledge: Pledge) -> None:
    """No letter any more; the address is forgotten."""
    db.session.execute(update(Pledge).where(Pledge.id == pledge.id).values(wants_letters=False, email=""))
    db.session.expire(pledge)


def withdraw(pledge: Pledge) -> None:
    """Everything that is known of the person goes at once, and the count goes down."""
    row = db.session.execute(
        delete(Pledge)
        .where(Pledge.id == pledge.id)
        .returning(Pledge.country, Pledge.gender, Pledge.confirmed_at, Pledge.invalid_at)
    ).first()
    db.session.expunge(pledge)
    if row is not None and row.confirmed_at is not None and row.invalid_at is None:
        counting.note(row.country, row.gender, -1)


def send_link(email: str, language: str) -> None:
    """Ask for the letter with the lasting link; the same whether there is such a pledge or not."""
    try:
        key = keys.of_address(email)
    except ValueError:
        fault = N_("Give an e-mail address, such as name@example.org")
        raise Invalid(fault, {"email": (fault, {})}) from None
    enqueue(SEND, {"pledge": queries.id_of_address(key), "to": keys.sealed(email), "language": language})
