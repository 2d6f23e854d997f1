"""What a reviewer reads of commitments and amendments."""

from __future__ import annotations

import json
from decimal import Decimal

from flask import Flask

from impact.commitments.models import Amendment, Commitment, Target
from impact.db import db, transaction
from impact.i18n import show
from impact.reviews import operations
from impact.reviews.commitment_kinds import differences_of_amendment, evidence_of_commitment, flat
from impact.reviews.subjects import Words
from tests.reviews import filing
from tests.reviews.conftest import Cast


def test_the_fields_of_every_target_have_names_of_their_own(app: Flask) -> None:
    content = {
        "headline": "A third",
        "themes": ["pay", "care"],
        "targets": [{"public_id": "abc", "value": "33", "position": 1}, {"public_id": "def", "due": None}],
    }
    assert {
        name: (show(label) if not isinstance(label, str) else label, text)
        for name, (label, text) in flat(content).items()
    } == {
        "headline": ("Headline", "A third"),
        "themes": ("Themes", "pay\ncare"),
        "target:abc:value": ("Target 1: Target", "33"),
        "target:def:due": ("Target 2: Target date", ""),
    }


def test_an_amendment_shows_what_is_in_force_beside_what_is_asked_for(app: Flask, cast: Cast) -> None:
    thing = db.session.get_one(Commitment, filing.submit(cast.champion, cast.writer).subject_id)
    target = Target(commitment=thing, position=1, baseline_source="https://example.org/report", scope="All staff")
    db.session.add(target)
    db.session.flush()
    assert [(item.title, item.link) for item in evidence_of_commitment(thing)] == [
        ("https://example.org/report", "https://example.org/report")
    ]
    with transaction():
        amendment = Amendment(
            commitment=thing,
            state="submitted",
            changes=[{"target": target.public_id, "field": "value", "old": json.dumps("35"), "new": json.dumps("33")}],
            reason_code="target_lowered",
            note="The plan supports less.",
            requested_at=filing.SINCE,
        )
        db.session.add(amendment)
        db.session.flush()
        review = operations.submitted("amendment", amendment, cast.writer)
    found = differences_of_amendment(amendment, review)
    assert [(row.field, row.before, row.after, row.changed) for row in found] == [
        (f"target:{target.public_id}:value", Decimal(35), Decimal(33), True),
        ("reason_code", "", Words("The target was lowered"), False),
        ("note", "", "The plan supports less.", False),
    ]
    page = filing.signed_in(app, cast.noor).get(f"/en/review/{review.public_id}").text
    assert "<del>35</del>" in page and "<ins>33</ins>" in page and "In force" in page
    assert "Amendment of “A third of senior leaders”" in page and "https://example.org/report" in page
