"""Who of a country is on board, and which published commitments work on the gap index there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion
from impact.commitments.models import Commitment, Target
from impact.commitments.queries import published
from impact.db import db
from impact.indicators.gap_links import ADDRESSES
from impact.indicators.models import Indicator
from impact.registry.queries import LISTED

#: A page names this many; more is said, with the way to all of them.
MOST = 25


def champions_of(iso3: str) -> list[Champion]:
    """The listed champions of a country, real ones and governments first; one more than MOST when there are more."""
    return list(
        db.session.scalars(
            select(Champion)
            .where(Champion.country == iso3, Champion.standing.in_(LISTED))
            .order_by(Champion.is_demonstration, Champion.constituency != "government", Champion.name, Champion.id)
            .limit(MOST + 1)
        )
    )


def commitments_on_the_index(iso3: str) -> Sequence[Commitment]:
    """Published commitments of the country's champions with a target that addresses a gap of the index, newest first."""
    return db.session.scalars(
        published()
        .join(Champion, Champion.id == Commitment.champion_id)
        .where(
            Champion.country == iso3,
            Champion.standing.in_(LISTED),
            Commitment.targets.any(Target.indicator.has(Indicator.code.in_(sorted(ADDRESSES)))),
        )
        .options(
            selectinload(Commitment.targets).options(joinedload(Target.indicator), selectinload(Target.milestones)),
            selectinload(Commitment.amendments),
        )
        .order_by(Champion.is_demonstration, Commitment.published_at.desc(), Commitment.id.desc())
        .limit(MOST + 1)
    ).all()


def addressed_by(commitment: Commitment) -> Iterable[str]:
    """The indicators of the index that the targets address; of those that address none, their areas."""
    keys: dict[str, None] = {}
    for target in commitment.targets:
        found = ADDRESSES.get(target.indicator.code, frozenset()) if target.indicator else frozenset()
        indicators = [key for key in found if key not in _AREAS]
        keys |= dict.fromkeys(sorted(indicators or found))
    return list(keys)


_AREAS = frozenset({"economic", "education", "health", "political"})
