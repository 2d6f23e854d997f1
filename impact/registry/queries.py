"""What the public may read. Lists are paged by key; nothing grows with the rows that are not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import selectinload

from impact.champions.models import Champion, Cohort, Constituency, StandingChange
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.commitments.queries import published
from impact.db import db

PAGE = 25
#: Standings that the public sees; an applicant is nobody's business yet.
LISTED = ("active", "suspended", "withdrawn", "completed")


@dataclass(frozen=True)
class Counts:
    """The numbers of the first page, each defined there."""

    champions: Mapping[str, int]
    commitments: int
    targets: int
    with_baseline: int


def counts() -> Counts:
    """Real organisations only: what is made up never counts."""
    by_constituency = db.session.execute(
        select(Champion.constituency, func.count())
        .where(Champion.standing.in_(LISTED), Champion.is_demonstration.is_(False))
        .group_by(Champion.constituency)
    ).all()
    row = db.session.execute(
        select(
            func.count(func.distinct(Commitment.id)),
            func.count(Target.id),
            func.count(Target.id).filter(Target.baseline_value.is_not(None) | Target.baseline_numerator.is_not(None)),
        )
        .select_from(Commitment)
        .join(Champion, Champion.id == Commitment.champion_id)
        .outerjoin(Target, Target.commitment_id == Commitment.id)
        .where(
            Commitment.state.in_(PUBLIC_STATES),
            Commitment.published_at.is_not(None),
            Champion.is_demonstration.is_(False),
        )
    ).one()
    return Counts(dict(by_constituency), *row)


def champions_by_constituency() -> dict[str, list[Champion]]:
    """Every listed champion by constituency and name; the cohorts' seats bound their number."""
    found: dict[str, list[Champion]] = {constituency.value: [] for constituency in Constituency}
    for champion in db.session.scalars(
        select(Champion)
        .where(Champion.standing.in_(LISTED))
        .options(selectinload(Champion.terms))
        .order_by(Champion.is_demonstration, Champion.name)
    ):
        found[champion.constituency].append(champion)
    return found


def commitments_of(champion: Champion) -> Sequence[Commitment]:
    return db.session.scalars(
        published().where(Commitment.champion_id == champion.id).order_by(Commitment.published_at, Commitment.id)
    ).all()


def commitments_page(
    constituency: str = "", theme: str = "", kind: str = "", after: str = ""
) -> tuple[Sequence[Commitment], str]:
    """(up to 25 commitments, newest first, the key of the next page or ""). `after` is the last one's public id."""
    query = published().join(Champion, Champion.id == Commitment.champion_id)
    if constituency:
        query = query.where(Champion.constituency == constituency)
    if kind:
        query = query.where(Commitment.targets.any(Target.kind == kind))
    if theme:
        query = query.where(Commitment.targets.any(Target.indicator.has(theme=theme)))
    if after:
        last = db.session.execute(
            select(Commitment.published_at, Commitment.id).where(
                Commitment.public_id == after, Commitment.published_at.is_not(None)
            )
        ).first()
        if last is not None:
            query = query.where(tuple_(Commitment.published_at, Commitment.id) < tuple_(last[0], last[1]))
    rows = db.session.scalars(
        query.order_by(Commitment.published_at.desc(), Commitment.id.desc()).limit(PAGE + 1)
    ).all()
    shown = rows[:PAGE]
    return shown, shown[-1].public_id if len(rows) > PAGE else ""


def standing_reasons(champion: Champion) -> Sequence[StandingChange]:
    return db.session.scalars(
        select(StandingChange).where(StandingChange.champion_id == champion.id).order_by(StandingChange.at.desc())
    ).all()


def targets_of_indicator(indicator_id: int, limit: int = 50) -> Sequence[Commitment]:
    """Published commitments with a target against this indicator, newest first."""
    return db.session.scalars(
        published()
        .where(Commitment.targets.any(Target.indicator_id == indicator_id))
        .order_by(Commitment.published_at.desc(), Commitment.id.desc())
        .limit(limit)
    ).all()


def cohorts() -> Sequence[Cohort]:
    return db.session.scalars(select(Cohort).order_by(Cohort.pilot_starts)).all()
