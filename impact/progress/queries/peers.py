"""Public targets of comparable organisations: the same indicator, the same constituency."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from impact.champions.models import Champion, Standing
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.db import db

#: Whose paces compare: an organisation that left or was suspended no longer moves with the others.
_MOVING = (Standing.ACTIVE.value, Standing.COMPLETED.value)


def own_and_comparable_targets(champion: Champion) -> tuple[Sequence[Target], Sequence[Target]]:
    """(the champion's public targets, those of others with the same indicator and constituency); no made-up with real ones."""
    own = (
        select(Target.indicator_id)
        .join(Commitment, Commitment.id == Target.commitment_id)
        .where(Commitment.champion_id == champion.id, Commitment.state.in_(PUBLIC_STATES))
    )
    rows = _public((Champion.id == champion.id) | _comparable_to(champion), Target.indicator_id.in_(own))
    mine = [target for target in rows if target.commitment.champion_id == champion.id]
    return mine, [target for target in rows if target.commitment.champion_id != champion.id]


def comparable_targets(champion: Champion, indicator_ids: Collection[int]) -> Sequence[Target]:
    """Public targets of others of its constituency with one of these indicators; one query."""
    return _public(Champion.id != champion.id, _comparable_to(champion), Target.indicator_id.in_(sorted(indicator_ids)))


def _comparable_to(champion: Champion) -> ColumnElement[bool]:
    return (
        (Champion.constituency == champion.constituency)
        & Champion.standing.in_(_MOVING)
        & (Champion.is_demonstration == champion.is_demonstration)
    )


def _public(*conditions: ColumnElement[bool]) -> Sequence[Target]:
    """With everything that a pace takes, in one query."""
    query = (
        select(Target)
        .join(Target.commitment)
        .join(Commitment.champion)
        .where(Commitment.state.in_(PUBLIC_STATES), Commitment.published_at.is_not(None), *conditions)
        .options(
            contains_eager(Target.commitment).contains_eager(Commitment.champion),
            joinedload(Target.indicator),
            joinedload(Target.milestones),
        )
        .order_by(Commitment.published_at.desc(), Commitment.id, Target.position)
    )
    return db.session.scalars(query).unique().all()
