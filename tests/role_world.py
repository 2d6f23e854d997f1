"""The people and things of the role matrix, and what each address of the platform needs to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from impact import clock
from impact.accounts.models import Person
from impact.accounts.operations import open_session, person_for
from impact.actor import SYSTEM, Role
from impact.champions import operations as champions
from impact.champions.models import Champion, Cohort
from impact.commitments import operations as commitments
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.demo.load import load_all
from impact.progress.models import Evidence, Figure, ReportingWindow
from impact.reviews.models import Remark, Review
from tests.champions import makers

#: The columns of the table, in its order. "a" is a champion, "b" another one.
ROLES = (
    "anonymous", "a coordinator", "a contributor", "a viewer", "a leader",
    "b coordinator", "b contributor", "b viewer", "b leader",
    "reviewer", "reviewer with a tie to a", "approver", "programme manager", "administrator",
)  # fmt: skip
_STAFF = {
    "reviewer": "reviewer@demo.example",
    "reviewer with a tie to a": "reviewer2@demo.example",
    "approver": "approver@demo.example",
    "programme manager": "manager@demo.example",
    "administrator": "administrator@demo.example",
}


@dataclass
class World:
    app: Flask
    people: dict[str, int]
    values: dict[str, Any]

    def client(self, role: str) -> Any:
        """A browser of its own with a session of its own: a POST may have ended the one before."""
        client = self.app.test_client()
        if role in self.people:
            with transaction():
                token = open_session(db.session.get_one(Person, self.people[role]))
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
        return client


def _champion(slug: str) -> Champion:
    return db.session.scalars(select(Champion).where(Champion.slug == slug)).one()


def make(app: Flask) -> World:
    with transaction():
        load_all()
    with transaction():
        people = {}
        for letter, slug in (("a", "example-university"), ("b", "sample-group")):
            for role in (Role.COORDINATOR, Role.CONTRIBUTOR, Role.VIEWER, Role.LEADER):
                person = person_for(f"{role.value}-{letter}@matrix.example", f"{role.value} {letter}")
                champions.add_member(_champion(slug), person, role, SYSTEM)
                people[f"{letter} {role.value}"] = person.id
        for role, email in _STAFF.items():
            people[role] = db.session.scalars(select(Person.id).where(Person.email == email)).one()
        tied = db.session.get_one(Person, people["reviewer with a tie to a"])
        champions.declare_conflict(tied, _champion("example-university"), "Taught there.")
        victim = person_for("nobody@matrix.example", "Nobody")
        db.session.flush()
        values = {**_things(), "person_id": victim.id}
    application = makers.confirmed("Matrix University")
    return World(app, people, {**values, "application": application.public_id})


def _things() -> dict[str, Any]:
    university = _champion("example-university")
    draft = commitments.file_commitment(university, SYSTEM, {"headline": "A draft of the matrix"})
    target = commitments.add_target(draft, SYSTEM, {"kind": "level"})
    published = db.session.scalars(
        select(Commitment).where(Commitment.champion_id == university.id, Commitment.state == "published")
    ).first()
    assert published is not None
    figure = db.session.scalars(
        select(Figure).where(Figure.target_id == published.targets[0].id, Figure.approved_at.is_not(None))
    ).first()
    assert figure is not None
    piece = Evidence(
        figure_id=figure.id, champion_id=university.id, is_public=False, title="Confidential", url="https://e.example",
        added_at=clock.now(),
    )  # fmt: skip
    db.session.add(piece)
    review = db.session.scalars(select(Review).where(Review.subject_kind == "commitment", Review.verdict == "")).first()
    remark = db.session.scalars(select(Remark)).first()
    assert review is not None
    assert remark is not None
    cohort = db.session.scalars(select(Cohort).where(Cohort.is_demonstration)).one()
    db.session.flush()
    return {
        "lang": "en",
        "slug": "example-university",
        "champion_slug": "example-university",
        "cohort_slug": cohort.slug,
        "draft": draft.public_id,
        "published": published.public_id,
        "target_id": target.public_id,
        "target_public_id": published.targets[0].public_id,
        "evidence": piece.public_id,
        "review": review.public_id,
        "remark_id": remark.public_id,
        "remarked": db.session.get_one(Review, remark.review_id).public_id,
        "year": db.session.scalars(select(ReportingWindow.year).order_by(ReportingWindow.year)).first(),
        "token": "no-such-token",
        "language": "en",
        "report_language": "en",
        "word": "off",
        "role": "reviewer",
        "step": "complete",
        "filename": "icon.svg",
    }


def address(world: World, endpoint: str, wanted: set[str]) -> dict[str, Any]:
    """The values of an address: what `public_id` means depends on the room."""
    values = dict(world.values)
    room, _dot, _name = endpoint.partition(".")
    values["public_id"] = {
        "commitments": values["draft"],
        "reviews": values["review"],
        "registry": values["published"],
        "champions": values["application"],
        "progress": values["evidence"],
    }.get(room, "nosuchthing")
    if endpoint in {"reviews.answer", "reviews.settle"}:
        values["public_id"] = values["remarked"]
    if endpoint == "registry.indicator":
        values["slug"] = "she-a"
    return {key: values.get(key, "1") for key in wanted}
