"""The demonstration data: loaded through the operations, once."""

from flask import Flask
from sqlalchemy import func, select

from impact.audit.queries import first_broken
from impact.champions.models import Champion, CohortPlace
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.demo.load import load_all
from impact.reviews.models import Review


def test_loading_twice_doubles_nothing(app: Flask) -> None:
    found = []
    for _ in range(2):
        with transaction():
            load_all()
        found.append(
            tuple(
                db.session.scalar(select(func.count()).select_from(table))
                for table in (Champion, Commitment, CohortPlace)
            )
        )
    assert found == [(33, 80, 33), (33, 80, 33)]
    assert first_broken() is None


def test_what_is_made_up_says_so_and_what_is_real_was_recorded(app: Flask) -> None:
    with transaction():
        load_all()
    for champion in db.session.scalars(select(Champion)):
        assert champion.is_demonstration != champion.is_recorded


def test_the_story_went_through_review_twice_and_waits_once(app: Flask) -> None:
    with transaction():
        load_all()
    rounds = db.session.execute(
        select(Review.subject_kind, Review.round, Review.verdict, Review.decision).order_by(Review.id)
    ).all()
    assert [tuple(row) for row in rounds if row.subject_kind == "commitment"] == [
        ("commitment", 1, "returned", ""),
        ("commitment", 2, "recommended", "approved"),
        ("commitment", 1, "", ""),
    ]
    assert [row.decision for row in rounds if row.subject_kind == "progress_report"] == ["approved"] * 3
