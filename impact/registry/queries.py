"""What the public may read. Lists are paged by key; nothing grows with the rows that are not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import defer, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from impact.champions.models import Champion, Cohort, CohortPlace, Constituency, StandingChange
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.commitments.queries import published
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.progress.models import Evidence, Figure
from impact.reviews.models import Review

PAGE = 25
#: Up to here the list says how many commitments fit; beyond, "more than".
COUNTED = 500
#: All that the status of its targets takes, read with the commitment: nothing is asked for twice.
_WITH_TARGETS = selectinload(Commitment.targets).options(joinedload(Target.indicator), joinedload(Target.milestones))
_WITH_STATUS = (_WITH_TARGETS, selectinload(Commitment.amendments))
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
        published()
        .where(Commitment.champion_id == champion.id)
        .options(*_WITH_STATUS)
        .order_by(Commitment.published_at, Commitment.id)
    ).all()


def _filtered(query: Select[Any], constituency: str, theme: str, kind: str) -> Select[Any]:
    if constituency:
        # No join: the list is read in its own order (ix_commitment_newest) until the page is full.
        query = query.where(Commitment.champion.has(constituency=constituency))
    if kind:
        query = query.where(Commitment.targets.any(Target.kind == kind))
    if theme:
        query = query.where(Commitment.targets.any(Target.indicator.has(theme=theme)))
    return query


def how_many(constituency: str = "", theme: str = "", kind: str = "") -> int:
    """How many fit, counted no further than one above COUNTED: the cost does not grow with the register."""
    ids = select(Commitment.id).where(Commitment.state.in_(PUBLIC_STATES), Commitment.published_at.is_not(None))
    some = _filtered(ids, constituency, theme, kind).limit(COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def latest(number: int = 5) -> Sequence[Commitment]:
    """What was published last, with all that its sentence takes."""
    return db.session.scalars(
        published().options(*_WITH_STATUS).order_by(Commitment.published_at.desc(), Commitment.id.desc()).limit(number)
    ).all()


def commitments_page(constituency: str = "", theme: str = "", kind: str = "", after: str = "") -> tuple[list[str], str]:
    """(public ids of up to 25 commitments, newest first; the key of the next page or ""). `after` is the last one's."""
    ids = select(Commitment.public_id).where(Commitment.state.in_(PUBLIC_STATES), Commitment.published_at.is_not(None))
    query = _filtered(ids, constituency, theme, kind)
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
    return list(rows[:PAGE]), rows[PAGE - 1] if len(rows) > PAGE else ""


def commitments_for_lines(public_ids: Sequence[str]) -> Sequence[Commitment]:
    """These published commitments, in no order, with all that a line of them takes."""
    return db.session.scalars(published().options(*_WITH_STATUS).where(Commitment.public_id.in_(public_ids))).all()


def standing_reasons(champion: Champion) -> Sequence[StandingChange]:
    return db.session.scalars(
        select(StandingChange).where(StandingChange.champion_id == champion.id).order_by(StandingChange.at.desc())
    ).all()


def targets_of_indicator(indicator_id: int, limit: int = 50) -> Sequence[Commitment]:
    """Published commitments with a target against this indicator, newest first."""
    return db.session.scalars(
        published()
        .options(*_WITH_STATUS)
        .where(Commitment.targets.any(Target.indicator_id == indicator_id))
        .order_by(Commitment.published_at.desc(), Commitment.id.desc())
        .limit(limit)
    ).all()


def cohorts() -> Sequence[Cohort]:
    return db.session.scalars(select(Cohort).order_by(Cohort.pilot_starts)).all()


def reviews_of(commitment: Commitment, report_ids: Sequence[int]) -> Sequence[Review]:
    """Every round of review that has an outcome: of the commitment, of its approved amendments, of approved reports.

    What is still under way is nobody's business yet.
    """
    amendments = [row.id for row in commitment.amendments if row.number is not None]
    return db.session.scalars(
        select(Review)
        .where(
            or_(
                and_(Review.subject_kind == "commitment", Review.subject_id == commitment.id),
                and_(Review.subject_kind == "amendment", Review.subject_id.in_(amendments)),
                and_(Review.subject_kind == "progress_report", Review.subject_id.in_(report_ids)),
            ),
            Review.verdict.in_(["returned", "recommended"]),
        )
        .options(defer(Review.verdict_reason), defer(Review.decision_reason), defer(Review.scores))
        .order_by(Review.submitted_at, Review.id)
    ).all()


def champion_page(slug: str) -> Champion:
    """The listed champion with its leaders; NotFound for applicants too."""
    # Joined, not one after the other: a champion has few leaders and few seats.
    found = (
        db.session.scalars(
            select(Champion)
            .where(Champion.slug == slug, Champion.standing.in_(LISTED))
            .options(joinedload(Champion.terms), joinedload(Champion.places).joinedload(CohortPlace.cohort))
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound(N_("There is no such champion."))
    return found


def without_evidence(figures: Sequence[Figure]) -> None:
    """For a page that shows none: nothing is asked for."""
    for figure in figures:
        set_committed_value(figure, "evidence", [])


def load_evidence(figures: Sequence[Figure]) -> None:
    """Files and links of these figures, in one query."""
    pieces: dict[int, list[Evidence]] = {figure.id: [] for figure in figures}
    for piece in db.session.scalars(select(Evidence).where(Evidence.figure_id.in_(pieces)).order_by(Evidence.id)):
        if piece.figure_id is not None:
            pieces[piece.figure_id].append(piece)
    for figure in figures:
        set_committed_value(figure, "evidence", pieces[figure.id])


def commitment_page(public_id: str) -> Commitment:
    """The public commitment with its targets, amendments, champion and leaders; NotFound for drafts too."""
    found = (
        db.session.scalars(
            published()
            .where(Commitment.public_id == public_id)
            # Joined: a commitment has few amendments, its champion few leaders.
            .options(
                _WITH_TARGETS,
                joinedload(Commitment.champion).joinedload(Champion.terms),
                joinedload(Commitment.amendments),
            )
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound(N_("There is no such commitment."))
    return found
