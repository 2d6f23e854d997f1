"""Commitments to review, with the moves from submission to publication, and people to review them."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from impact.accounts.models import Person, StaffRole
from impact.accounts.operations import open_session, person_for
from impact.actor import Actor, Role
from impact.champions.models import Champion, Membership
from impact.champions.queries import actor_for
from impact.commitments.models import Commitment, Revision
from impact.db import db, transaction
from impact.permissions import Action
from impact.reviews import operations
from impact.reviews.commitment_kinds import register_commitments
from impact.reviews.models import Review
from impact.workflow import Move, from_states, move

SINCE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
REVIEWED = from_states("in_review")

#: The moves between submission and publication, as every room's table has them.
TABLE = {
    "submit": Move(from_states("draft", "returned"), "submitted", Action.COMMITMENT_WRITE, stamps="submitted_at"),
    "claim": Move(from_states("submitted"), "in_review", Action.REVIEW_DECIDE),
    "release": Move(REVIEWED, "submitted", Action.REVIEW_DECIDE),
    "return": Move(REVIEWED, "returned", Action.REVIEW_DECIDE, needs_reason=True),
    "decline": Move(REVIEWED, "declined", Action.REVIEW_DECIDE, needs_reason=True),
    "recommend": Move(
        REVIEWED, "recommended", Action.REVIEW_DECIDE, "recommended_at", "recommended_by_id", needs_reason=True
    ),
    "send_back": Move(from_states("recommended"), "in_review", Action.APPROVE, needs_reason=True),
    "approve": Move(from_states("recommended"), "published", Action.APPROVE, "approved_at", "approved_by_id"),
}


def _approve(thing: Commitment, actor: Actor, reason: str) -> None:
    thing.published_at = SINCE
    move(TABLE, thing, "approve", actor, reason=reason)


def register_the_kind() -> None:
    register_commitments(TABLE, TABLE, approve_commitment=_approve)


def champion(slug: str = "sample-group") -> Champion:
    row = Champion(
        slug=slug,
        constituency="corporation",
        name=slug.replace("-", " ").title(),
        country="FRA",
        standing="active",
        created_at=SINCE,
    )
    db.session.add(row)
    db.session.flush()
    return row


def staff(name: str, *roles: Role) -> Actor:
    person = person_for(f"{name.lower()}@unwomen.test", name)
    person.staff_roles.extend(StaffRole(role=role.value, given_at=SINCE) for role in roles)
    db.session.commit()
    return actor_for(person)


def member(of: Champion, name: str, role: Role) -> Actor:
    person = person_for(f"{name.lower()}@{of.slug}.test", name)
    db.session.add(Membership(person_id=person.id, champion_id=of.id, role=role.value, since=SINCE))
    db.session.commit()
    return actor_for(person)


def again(actor: Actor) -> Actor:
    """The same person as a later request sees them."""
    return actor_for(db.session.get_one(Person, actor.person_id))


def submit(of: Champion, writer: Actor, headline: str = "A third of senior leaders", why: str = "Because.") -> Review:
    thing = Commitment(champion_id=of.id, headline=headline, why=why, created_at=SINCE, themes=[], typed={})
    thing.warning_answers = {}
    db.session.add(thing)
    db.session.flush()
    return resubmit(thing, writer)


def resubmit(thing: Commitment, writer: Actor, **changes: str) -> Review:
    with transaction():
        for name, value in changes.items():
            setattr(thing, name, value)
        thing.revision += 1
        content = {"headline": thing.headline, "why": thing.why}
        db.session.add(
            Revision(commitment_id=thing.id, number=thing.revision, content=content, digest="-", saved_at=SINCE)
        )
        move(TABLE, thing, "submit", writer)
        return operations.submitted("commitment", thing, writer)


FULL = {"specific": 3, "measurable": 3, "ambitious": 2, "feasible": 2, "timely": 2}


def recommended(review: Review, reviewer: Actor, reason: str = "Well supported.") -> Review:
    with transaction():
        operations.claim(review, reviewer)
        operations.score(review, FULL, reviewer)
        operations.recommend(review, reason, reviewer)
    return review


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    with transaction():
        token = open_session(db.session.get_one(Person, actor.person_id))
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    app.config["WTF_CSRF_ENABLED"] = False
    return client
