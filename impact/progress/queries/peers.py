"""Public targets of comparable organisations: the same indicator, the same constituency."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

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
    rows = db.session.scalars(
        select(Target)
        .join(Target.commitment)
        .join(Commitment.champion)
        .where(
            Commitment.state.in_(PUBLIC_STATES),
            Commitment.published_at.is_not(None),
            Target.indicator_id.in_(own),
            (Champion.id == champion.id)
            | (
                (Champion.constituency == champion.constituency)
                & Champion.standing.in_(_MOVING)
                & (Champion.is_demonstration == champion.is_demonstration)
            ),
        )
        .options(
            contains_eager(Target.commitment).contains_eager(Commitment.champion),
            joinedload(Target.indicator),
            selectinload(Target.milestones),
        )
        .order_by(Commitment.published_at.desc(), Commitment.id, Target.position)
    ).all()
    mine = [target for target in rows if target.commitment.champion_id == champion.id]
    return mine, [target for target in rows if target.commitment.champion_id != champion.id]
