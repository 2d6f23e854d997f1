"""Questions about pledges; each takes a constant number of queries."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from impact import clock
from impact.db import db
from impact.pledges.counting import counting
from impact.pledges.models import Invalidation, NetworkKey, Pledge, PledgeCount

KEY_FOR = timedelta(days=7)
#: A burst is looked for in this time.
LATELY = timedelta(hours=24)
MOST_SHOWN = 20


def by_public_id(public_id: str) -> Pledge | None:
    return db.session.scalar(select(Pledge).where(Pledge.public_id == public_id)) if public_id else None


def id_of_address(address_key: str) -> int:
    """0 where nobody pledged with this mailbox."""
    return db.session.scalar(select(Pledge.id).where(Pledge.address_key == address_key)) or 0


def network_key() -> bytes:
    """The key of this week, made at its first use."""
    found = db.session.scalars(select(NetworkKey).order_by(NetworkKey.made_at.desc()).limit(1)).first()
    if found is None or clock.now() - found.made_at > KEY_FOR:
        found = NetworkKey(made_at=clock.now(), key=secrets.token_bytes(32))
        db.session.add(found)
        db.session.flush()
    return found.key


def total() -> int:
    """How many count, as of the last folding: some seconds old, and read from a few rows."""
    return db.session.scalar(select(func.coalesce(func.sum(PledgeCount.count), 0))) or 0


def counts() -> tuple[dict[str, int], dict[str, int]]:
    """({country: how many}, {gender: how many}) as of the last folding; "" is unknown, and not given. One query."""
    countries: Counter[str] = Counter()
    genders: Counter[str] = Counter()
    for country, gender, count in db.session.execute(
        select(PledgeCount.country, PledgeCount.gender, PledgeCount.count)
    ):
        countries[country] += count
        genders[gender] += count
    return dict(countries), dict(genders)


def from_network(network: str, since: datetime) -> int:
    """How many came from this network since then, whatever became of them."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Pledge).where(Pledge.network == network, Pledge.created_at > since)
        )
        or 0
    )


def letters_to(country: str, since: datetime) -> int:
    """How many pledges of this country got a letter since then."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Pledge)
            .where(Pledge.country == country, Pledge.created_at > since, Pledge.letters_sent > 0)
        )
        or 0
    )


@dataclass(frozen=True)
class Burst:
    """As many pledges from one network, or one provider of mail, in the last day."""

    rule: str
    value: str
    pledges: int
    confirmed: int
    first: datetime
    last: datetime


def bursts() -> list[Burst]:
    """The networks and providers that most pledges came from in the last day, the most first; two queries."""
    since = clock.now() - LATELY
    found = []
    for rule, column in (("network", Pledge.network), ("domain", Pledge.domain)):
        rows = db.session.execute(
            select(
                column,
                func.count(),
                func.count(Pledge.confirmed_at),
                func.min(Pledge.created_at),
                func.max(Pledge.created_at),
            )
            .where(Pledge.created_at > since, column != "", Pledge.invalid_at.is_(None))
            .group_by(column)
            .order_by(func.count().desc(), column)
            .limit(MOST_SHOWN)
        )
        found += [Burst(rule, *row) for row in rows]
    return found


@dataclass(frozen=True)
class Standing:
    """How many pledges there are of each kind, for staff."""

    counted: int
    waiting: int
    invalid: dict[str, int]


def standing() -> Standing:
    counted = db.session.scalar(select(func.count()).select_from(Pledge).where(*counting())) or 0
    waiting = (
        db.session.scalar(
            select(func.count()).select_from(Pledge).where(Pledge.confirmed_at.is_(None), Pledge.invalid_at.is_(None))
        )
        or 0
    )
    rows = db.session.execute(
        select(Pledge.invalid_because, func.count())
        .where(Pledge.invalid_at.is_not(None))
        .group_by(Pledge.invalid_because)
    )
    return Standing(counted, waiting, {row[0]: int(row[1]) for row in rows})


def invalidations() -> list[Invalidation]:
    return list(db.session.scalars(select(Invalidation).order_by(Invalidation.id.desc()).limit(50)))


def invalidation(number: int) -> Invalidation | None:
    return db.session.get(Invalidation, number)
