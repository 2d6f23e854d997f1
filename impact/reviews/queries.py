"""Questions to the desk: what waits and how long, what waits for a second person, who is to be written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from impact import clock
from impact.accounts.models import Person, StaffRole
from impact.actor import Actor, Role
from impact.audit.models import AuditEntry
from impact.audit.queries import history_of
from impact.champions.models import Champion, ConflictOfInterest, Membership
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.reviews.beside import waiting_beside
from impact.reviews.models import Remark, Review

PAGE = 25


def aim_days() -> int:
    """Working days within which a first answer is aimed at."""
    return int(current_app.extensions["settings"].review_aim_days)


@dataclass(frozen=True)
class Age:
    """Working days since the submission, against the aim."""

    days: int
    aim: int

    @property
    def is_late(self) -> bool:
        return self.days > self.aim

    @property
    def is_nearly_late(self) -> bool:
        return not self.is_late and self.days >= self.aim - 2


def age_of(review: Review) -> Age:
    """An answered item stops ageing with its verdict."""
    until = review.verdict_at.date() if review.verdict_at else clock.today()
    return Age(clock.working_days_between(review.submitted_at.date(), until), aim_days())


def late_until(today: date, aim: int) -> date:
    """The last day of submission that makes an item late today."""
    day = today
    while clock.working_days_between(day, today) <= aim:
        day -= timedelta(days=1)
    return day


def _late() -> ColumnElement[bool]:
    after = late_until(clock.today(), aim_days()) + timedelta(days=1)
    return Review.submitted_at < datetime.combine(after, time(), UTC)


def _unclaimed() -> ColumnElement[bool]:
    return or_(Review.claimed_by_id.is_(None), Review.claim_expires_at <= clock.now())


def is_claimed(review: Review) -> bool:
    """Somebody holds it, and the claim has not expired."""
    return review.claimed_by_id is not None and (review.claim_expires_at or clock.now()) > clock.now()


def waiting(
    actor: Actor, *, kind: str = "", constituency: str = "", show: str = "", after: int | None = None, size: int = PAGE
) -> Sequence[Review]:
    """The oldest `size` items without a verdict, after review `after`; `show` is "", "mine", "unclaimed" or "late"."""
    query = (
        select(Review)
        .join(Champion, Champion.id == Review.champion_id)
        .where(Review.verdict == "")
        .options(joinedload(Review.champion), joinedload(Review.claimed_by))
        .order_by(Review.submitted_at, Review.id)
        .limit(size)
    )
    if kind:
        query = query.where(Review.subject_kind == kind)
    if constituency:
        query = query.where(Champion.constituency == constituency)
    if show == "mine":
        query = query.where(Review.claimed_by_id == actor.person_id)
    elif show == "unclaimed":
        query = query.where(_unclaimed())
    elif show == "late":
        query = query.where(_late())
    if after is not None:
        last = db.session.get(Review, after)
        if last is not None:
            query = query.where(
                or_(
                    Review.submitted_at > last.submitted_at,
                    (Review.submitted_at == last.submitted_at) & (Review.id > last.id),
                )
            )
    return db.session.scalars(query).all()


def counts() -> tuple[int, int]:
    """(waiting, of these late)."""
    row = db.session.execute(
        select(func.count(), func.count().filter(_late())).select_from(Review).where(Review.verdict == "")
    ).one()
    return int(row[0]), int(row[1])


def number_waiting(most: int) -> int:
    """How many items have no verdict yet; counting stops beyond `most`."""
    return _number(select(Review.id).where(Review.verdict == ""), most)


def number_to_approve(most: int) -> int:
    """How many recommendations wait for a second person, those of later rooms too; counting stops beyond `most`."""
    return _number(select(Review.id).where(Review.verdict == "recommended", Review.decision == ""), most) + len(
        waiting_beside()
    )


def _number(found: Select[int], most: int) -> int:
    return db.session.scalar(select(func.count()).select_from(found.limit(most + 1).subquery())) or 0


def oldest_unclaimed(actor: Actor) -> Review | None:
    """The oldest item that nobody holds and on which this actor may decide."""
    query = select(Review).where(Review.verdict == "", _unclaimed()).order_by(Review.submitted_at, Review.id).limit(1)
    if actor.ties:
        query = query.where(Review.champion_id.not_in(actor.ties))
    return db.session.scalar(query)


def approvals(after: Review | None = None, size: int = PAGE) -> Sequence[Review]:
    """What was recommended and waits for a second person, the oldest recommendation first, behind `after`."""
    query = (
        select(Review)
        .where(Review.verdict == "recommended", Review.decision == "")
        .options(joinedload(Review.champion), joinedload(Review.verdict_by), joinedload(Review.claimed_by))
        .order_by(Review.verdict_at, Review.id)
        .limit(size)
    )
    if after is not None and after.verdict_at is not None:
        query = query.where(
            or_(Review.verdict_at > after.verdict_at, (Review.verdict_at == after.verdict_at) & (Review.id > after.id))
        )
    return db.session.scalars(query).all()


def of_champion(champion_id: int, after: str = "", size: int = PAGE) -> Sequence[Review]:
    """Every round of the champion's reviews, the newest first, behind the one with the public id `after`."""
    query = (
        select(Review)
        .where(Review.champion_id == champion_id)
        .options(joinedload(Review.verdict_by), joinedload(Review.decided_by))
        .order_by(Review.id.desc())
        .limit(size)
    )
    if after:
        query = query.where(Review.id < select(Review.id).where(Review.public_id == after).scalar_subquery())
    return db.session.scalars(query).all()


def reviews_by_public_ids(ids: Sequence[str]) -> list[Review]:
    """Those that exist, in the order asked for, with what the queue prints of them."""
    found = {
        review.public_id: review
        for review in db.session.scalars(
            select(Review)
            .where(Review.public_id.in_(ids))
            .options(joinedload(Review.champion), joinedload(Review.verdict_by), joinedload(Review.claimed_by))
        )
    }
    return [found[public_id] for public_id in ids if public_id in found]


def review_by_public_id(public_id: str) -> Review:
    found = db.session.scalar(
        select(Review)
        .where(Review.public_id == public_id)
        .options(
            joinedload(Review.champion),
            joinedload(Review.claimed_by),
            joinedload(Review.verdict_by),
            joinedload(Review.decided_by),
        )
    )
    if found is None:
        raise NotFound(N_("There is no such page, or you may not see it."))
    return found


def remark_by_public_id(public_id: str) -> Remark:
    found = db.session.scalar(select(Remark).where(Remark.public_id == public_id).options(joinedload(Remark.review)))
    if found is None:
        raise NotFound(N_("There is no such page, or you may not see it."))
    return found


def rounds(kind: str, subject_id: int) -> Sequence[Review]:
    """Every review of one thing, first round first, with its remarks."""
    return (
        db.session.scalars(
            select(Review)
            .where(Review.subject_kind == kind, Review.subject_id == subject_id)
            .options(
                joinedload(Review.remarks).options(joinedload(Remark.by), joinedload(Remark.answered_by)),
                joinedload(Review.verdict_by),
                joinedload(Review.decided_by),
                joinedload(Review.submitted_by),
            )
            .order_by(Review.round)
        )
        .unique()
        .all()
    )


def previous_round(review: Review) -> Review | None:
    if review.round == 1:
        return None
    return db.session.scalar(
        select(Review).where(
            Review.subject_kind == review.subject_kind,
            Review.subject_id == review.subject_id,
            Review.round == review.round - 1,
        )
    )


def remarks_by_field(reviews: Sequence[Review], *, told_only: bool = False) -> dict[str, list[Remark]]:
    """{field: remarks of every round, oldest first}; with `told_only` those the champion may read already."""
    found: dict[str, list[Remark]] = {}
    for review in reviews:
        if told_only and not review.verdict:
            continue
        for remark in review.remarks:
            found.setdefault(remark.field, []).append(remark)
    return found


def history(review: Review) -> Sequence[AuditEntry]:
    """Everything that happened to the thing under review, oldest first."""
    return history_of(review.subject_kind, review.subject_id)


def people_of_champion(champion_id: int) -> Sequence[Person]:
    """Who reads decisions: coordinators, contributors and leaders with a working account, each once."""
    return db.session.scalars(
        select(Person)
        .where(
            Person.is_active,
            Person.id.in_(
                select(Membership.person_id).where(
                    Membership.champion_id == champion_id,
                    Membership.ended_at.is_(None),
                    Membership.role != Role.VIEWER.value,
                )
            ),
        )
        .order_by(Person.id)
    ).all()


def staff_without_tie(role: Role, champion_id: int) -> Sequence[Person]:
    """Active people with this staff role who may decide about this champion."""
    tied = (
        select(Membership.person_id)
        .where(Membership.champion_id == champion_id)
        .union(select(ConflictOfInterest.person_id).where(ConflictOfInterest.champion_id == champion_id))
    )
    return db.session.scalars(
        select(Person)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == role.value, Person.is_active, Person.id.not_in(tied))
        .order_by(Person.name)
    ).all()
