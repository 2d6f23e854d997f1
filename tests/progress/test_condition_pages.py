"""The figures of a condition: entered by the champion's people, read by everybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from impact.actor import SYSTEM, Role
from impact.champions.models import Champion
from impact.commitments import operations
from impact.commitments.models import Commitment
from impact.db import db, transaction
from tests.champions.makers import champion, post, token_in
from tests.commitments.test_pages_of_commitments import browser_of, made

__all__ = ["made"]

FIGURE = {"on-day": "1", "on-month": "2", "on-year": "2025", "value": "31", "source": "Register of boards"}


@pytest.fixture
def commitment(made: Champion) -> Commitment:
    with transaction():
        return operations.record_from_public_source(
            made,
            headline="Quotas if boards stay under 40 %",
            targets=[
                {
                    "indicator": "UNI-PROF",
                    "kind": "conditional",
                    "inner_kind": "level",
                    "value": Decimal(45),
                    "due": date(2099, 12, 31),
                    "condition_words": "Boards stay under 40 %",
                    "condition_operator": "below",
                    "condition_threshold": Decimal(40),
                }
            ],
            source="A speech",
            recorded_on=date(2024, 1, 1),
            actor=SYSTEM,
        )


def page_of(commitment: Commitment) -> str:
    return f"/en/organisations/{commitment.champion.slug}/conditions/{commitment.targets[0].public_id}"


def test_a_writer_enters_a_figure_and_the_public_reads_it_with_its_source(
    app: Flask, made: Champion, commitment: Commitment
) -> None:
    writer: Any = browser_of(app, made, Role.CONTRIBUTOR)
    public = app.test_client().get(f"/en/commitments/{commitment.public_id}").text
    assert "Boards stay under 40 %" in public and "below 40%" in public
    assert "No figure of the condition is known yet" in public
    own = writer.get(f"/en/organisations/{made.slug}/commitments/{commitment.public_id}").text
    assert page_of(commitment) in own
    assert post(writer, page_of(commitment), FIGURE).status_code == 303
    public = app.test_client().get(f"/en/commitments/{commitment.public_id}").text
    assert "Register of boards" in public and "31%" in public and "1 February 2025" in public
    assert (
        "Figure of the condition entered"
        in writer.get(f"/en/organisations/{made.slug}/commitments/{commitment.public_id}").text
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"on-year": "2098"}, "A figure cannot be dated in the future"),
        ({"value": "140"}, "a share goes up to 100%"),
        ({"value": "many"}, "Write this as a number"),
        ({"source": " "}, "Say where the figure comes from"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_typed(
    app: Flask, made: Champion, commitment: Commitment, changed: dict[str, str], words: str
) -> None:
    answer = post(browser_of(app, made, Role.COORDINATOR), page_of(commitment), {**FIGURE, **changed})
    assert answer.status_code == 422 and words in answer.text
    db.session.expire_all()
    assert commitment.targets[0].condition_figures == []


def test_a_second_figure_of_one_day_is_refused(app: Flask, made: Champion, commitment: Commitment) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    assert post(writer, page_of(commitment), FIGURE).status_code == 303
    answer = post(writer, page_of(commitment), {**FIGURE, "value": "45"})
    assert answer.status_code == 422 and "There is a figure of this day already" in answer.text


def test_a_wrong_figure_is_struck_out_stays_readable_and_the_right_one_takes_its_place(
    app: Flask, made: Champion, commitment: Commitment
) -> None:
    writer = browser_of(app, made, Role.CONTRIBUTOR)
    assert post(writer, page_of(commitment), FIGURE).status_code == 303
    db.session.expire_all()
    (wrong,) = commitment.targets[0].condition_figures
    page = page_of(commitment)
    struck = {"csrf_token": token_in(writer.get(page)), "figure": str(wrong.id), "reason": "A misprint of the register"}
    silent = writer.post(f"{page}/strike", data={**struck, "reason": " "})
    assert silent.status_code == 422 and "Say what was wrong" in silent.text
    viewer = browser_of(app, made, Role.VIEWER)
    token = token_in(viewer.get("/en/account"))
    assert viewer.post(f"{page}/strike", data={**struck, "csrf_token": token}).status_code == 403
    assert writer.post(f"{page}/strike", data=struck).status_code == 303
    assert writer.post(f"{page}/strike", data=struck).status_code == 422
    assert post(writer, page, {**FIGURE, "value": "45"}).status_code == 303
    public = app.test_client().get(f"/en/commitments/{commitment.public_id}").text
    assert "<s>31%</s>" in public and "A misprint of the register" in public and "45%" in public
    db.session.expire_all()
    assert [figure.value for figure in commitment.targets[0].conditions_in_force] == [Decimal(45)]


def test_a_viewer_reads_a_stranger_sees_no_page_and_nobody_else_writes(
    app: Flask, made: Champion, commitment: Commitment
) -> None:
    viewer = browser_of(app, made, Role.VIEWER)
    shown = viewer.get(page_of(commitment))
    assert shown.status_code == 200 and "Publish the figure" not in shown.text
    token = token_in(viewer.get("/en/account"))
    assert viewer.post(page_of(commitment), data={**FIGURE, "csrf_token": token}).status_code == 403
    stranger = browser_of(app, champion("Other University"), Role.COORDINATOR)
    assert stranger.get(page_of(commitment)).status_code == 404
    db.session.expire_all()
    assert commitment.targets[0].condition_figures == []
