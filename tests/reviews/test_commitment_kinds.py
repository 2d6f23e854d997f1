"""What a reviewer reads of commitments and amendments."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from impact.commitments.labels import readable
from impact.commitments.models import Amendment, Commitment, Revision, Target
from impact.db import db, transaction
from impact.i18n import show
from impact.indicators.models import Indicator
from impact.reviews import operations, pages
from impact.reviews.commitment_kinds import (
    differences_of_amendment,
    differences_of_commitment,
    evidence_of_commitment,
)
from impact.reviews.models import Remark, Review
from impact.reviews.subjects import Difference, Words
from tests.reviews import filing
from tests.reviews.conftest import Cast


def _indicator() -> Indicator:
    row = Indicator(
        code="L1", slug="women-in-leadership", name={"en": "Women in leadership"}, short_what={"en": "the share of women"},
        constituencies=["corporation"], theme="leadership", unit="percent", direction="parity", added_at=filing.SINCE,
        numerator={}, denominator={}, disaggregation=[], definition={},
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


TARGET = {
    "public_id": "abc", "indicator": "L1", "scope": "Grades 12 to 15", "kind": "level", "baseline_value": "19",
    "baseline_numerator": "76", "baseline_denominator": "400", "baseline_date": "2015-04-30", "baseline_is_year": False,
    "baseline_source": "", "value": "33", "due": "2021-12-31", "due_is_year": False, "inner_kind": None,
    "milestones": [{"on": "2018-12-31", "value": "25", "title": ""}], "condition_words": "", "condition_operator": "",
}  # fmt: skip


def _said(row: Difference) -> tuple[str, str, str, str]:
    return row.field, show(row.short) if row.short else show(row.label), show(row.before), show(row.after)


def _submitted(cast: Cast, content: dict[str, Any]) -> tuple[Commitment, Review]:
    thing = db.session.get_one(Commitment, filing.submit(cast.champion, cast.writer).subject_id)
    db.session.scalars(select(Revision)).one().content = content
    db.session.flush()
    return thing, db.session.scalars(select(Review)).one()


def test_a_text_is_read_as_a_sentence_and_the_lines_that_are_filled_in(app: Flask, cast: Cast) -> None:
    _indicator()
    content = {"headline": "A third", "themes": ["pay", "care"], "language": "fr", "ends_on": "", "targets": [TARGET]}
    thing, review = _submitted(cast, content | {"ends_on": "2021-12-31"})
    rows = differences_of_commitment(thing, review)
    assert [_said(row) for row in rows] == [
        (
            "target:abc:sentence",
            "In one sentence",
            "",
            "Raise the share of women from 19% (30 April 2015) to 33% by 31 December 2021",
        ),
        ("target:abc:indicator", "Indicator", "", "Women in leadership (L1)"),
        ("target:abc:scope", "Who or what is counted", "", "Grades 12 to 15"),
        ("target:abc:kind", "Kind of target", "", "Reach a level"),
        ("target:abc:baseline_value", "Starting point", "", "19% (76 of 400), 30 April 2015"),
        ("target:abc:value", "Target", "", "33%"),
        ("target:abc:due", "Target date", "", "31 December 2021"),
        ("target:abc:milestones", "Milestones", "", "31 December 2018: 25%"),
        ("headline", "Headline", "", "A third"),
        ("themes", "Themes", "", "Pay\nCare and family leave"),
        ("language", "Language", "", "French"),
        ("ends_on", "End", "", "31 December 2021"),
    ]
    page = filing.signed_in(app, cast.noor).get(f"/en/review/{review.public_id}").text
    assert "baseline_is_year" not in page and "False" not in page and "2021-12-31" not in page
    assert '<h3 class="part-name"><bdi>Target 1</bdi></h3>' in page


def test_a_remark_on_a_count_stands_beside_the_starting_point_that_says_it(app: Flask, cast: Cast) -> None:
    _indicator()
    thing, review = _submitted(cast, {"headline": "A third", "targets": [TARGET]})
    row = next(row for row in differences_of_commitment(thing, review) if row.field == "target:abc:baseline_value")
    remark = Remark(id=7, field="target:abc:baseline_numerator", text="Which 76?")
    assert [found.text for found in pages.row(row, {remark.field: [remark]}).remarks] == ["Which 76?"]


def test_a_condition_is_said_in_words(app: Flask) -> None:
    target = Target(
        kind="conditional",
        condition_operator="below",
        condition_threshold=Decimal(30),
        condition_words="At the count of 2020",
    )
    assert show(readable(target, "condition_words")) == "If the figure falls below 30\nAt the count of 2020"


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
