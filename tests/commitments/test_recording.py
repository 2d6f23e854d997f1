"""The staff record what a public source says of an organisation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from impact.actor import Role
from impact.champions.models import Champion
from impact.commitments.models import Commitment
from impact.db import db
from impact.reviews.models import Review
from tests.champions.makers import person, post, sign_in, token_in
from tests.commitments.test_pages_of_commitments import browser_of, made, the_commitment

__all__ = ["made"]

SENT = {
    "headline": "Thirty per cent of professors are women by 2030",
    "language": "en",
    "themes": ["leadership"],
    "source_title": "Speech at the opening of the year",
    "source_publisher": "Sample University",
    "source_url": "https://sample.example/speech",
    "source_date-day": "1",
    "source_date-month": "9",
    "source_date-year": "2024",
    "targets": "1",
    "t1-kind": "level",
    "t1-indicator": "UNI-PROF",
    "t1-value": "30",
    "t1-due-year": "2030",
    "t1-due_is_year": "y",
}


def page_of(champion: Champion) -> str:
    return f"/en/organisations/{champion.slug}/record-a-commitment"


@pytest.fixture
def manager(app: Flask, made: Champion) -> Any:
    client = app.test_client()
    sign_in(client, person("manager@unwomen.example", Role.PROGRAMME_MANAGER))
    return client


def test_it_is_published_with_its_source_and_nobody_is_made_up(app: Flask, made: Champion, manager: Any) -> None:
    assert page_of(made) in manager.get(f"/en/organisations/{made.slug}/").text
    answer = post(manager, page_of(made), SENT)
    assert answer.status_code == 303
    commitment = the_commitment()
    assert (commitment.state, commitment.is_recorded, commitment.is_second_hand) == ("published", True, False)
    assert commitment.recorded_source == (
        "Speech at the opening of the year. Sample University. 2024-09-01. https://sample.example/speech"
    )
    target = commitment.targets[0]
    assert (target.value, target.due, target.due_is_year) == (Decimal(30), date(2030, 12, 31), True)
    people = (commitment.signed_by_id, commitment.recommended_by_id, commitment.approved_by_id, commitment.submitted_at)
    assert people == (None, None, None, None)
    assert db.session.query(Review).count() == 0
    text = app.test_client().get(answer.location).text
    assert "Recorded from public sources, not filed by the organisation." in text
    assert "Speech at the opening of the year" in text and "by 2030" in text


def test_without_a_source_nothing_is_recorded(made: Champion, manager: Any) -> None:
    answer = post(manager, page_of(made), {**SENT, "source_title": "", "source_url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "Give the title of the page, report or speech" in answer.text
    assert "Give a full web address that begins with https://" in answer.text
    assert "Thirty per cent of professors" in answer.text
    assert made_none()


def made_none() -> bool:
    db.session.expire_all()
    return db.session.query(Commitment).count() == 0


def test_what_cannot_be_is_refused_beside_its_field(made: Champion, manager: Any) -> None:
    answer = post(manager, page_of(made), {**SENT, "t1-value": "130"})
    assert answer.status_code == 422
    assert "Something in target 1 has to be put right" in answer.text and 'class="field has-error"' in answer.text
    answer = post(manager, page_of(made), {**SENT, "t1-kind": "", "t1-due-year": "soon"})
    assert answer.status_code == 422 and "Choose what kind of target it is" in answer.text
    assert made_none()


def test_targets_are_added_and_removed_without_losing_anything(made: Champion, manager: Any) -> None:
    answer = post(manager, page_of(made), {**SENT, "more_target": "yes"})
    assert answer.status_code == 200
    assert 'name="t2-value"' in answer.text and 'value="30"' in answer.text
    two = {**SENT, "targets": "2", "t2-kind": "parity", "t2-indicator": "UNI-PROF", "t2-scope": "deans"}
    answer = post(manager, page_of(made), {**two, "less_target": "1"})
    assert 'name="t1-scope" id="t1-scope" value="deans"' in answer.text and 'name="t2-value"' not in answer.text
    assert made_none()
    assert post(manager, page_of(made), two).status_code == 303
    assert [target.kind for target in the_commitment().targets] == ["level", "parity"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR])
def test_other_staff_may_not(app: Flask, made: Champion, role: Role) -> None:
    client = app.test_client()
    sign_in(client, person(f"{role.value}@unwomen.example", role))
    assert client.get(page_of(made)).status_code == 403
    token = token_in(client.get("/en/account"))
    assert client.post(page_of(made), data={**SENT, "csrf_token": token}).status_code == 403
    assert made_none()


def test_its_own_people_may_not_and_strangers_see_no_page(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    assert writer.get(page_of(made)).status_code == 403
    assert writer.get("/en/organisations/nobody/record-a-commitment").status_code == 404
