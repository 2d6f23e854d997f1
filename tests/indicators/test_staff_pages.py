"""Adding and retiring indicators as staff do it in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.actor import ANYONE, SYSTEM, Role
from impact.audit.models import AuditEntry
from impact.db import db, transaction
from impact.errors import Invalid, NotAllowed
from impact.indicators import operations, queries
from impact.indicators.models import Indicator
from tests.champions.makers import manager, person, post, sign_in

FILLED: dict[str, Any] = {
    "code": "own-1",
    "name_en": "Women among drivers",
    "name_fr": "Part des conductrices",
    "name_ar": "",
    "short_what_en": "the share of women among drivers",
    "short_what_fr": "",
    "short_what_ar": "",
    "constituencies": ["government", "corporation"],
    "theme": "workforce",
    "unit": "percent",
    "direction": "parity",
    "numerator_en": "women among drivers",
    "denominator_en": "all drivers",
    "disaggregation": ["age"],
    "definition_en": "Women among those who drive for the organisation, by heads.",
    "source_url": "",
    "verified": "M",
}


@pytest.fixture
def mia(client: FlaskClient) -> FlaskClient:
    sign_in(client, person("mia@unwomen.example", Role.PROGRAMME_MANAGER))
    return client


def test_an_indicator_is_added_and_has_a_public_page(mia: FlaskClient) -> None:
    answer = post(mia, "/en/programme/indicators/new", FILLED)
    assert answer.status_code == 303 and answer.location == "/en/indicators/own-1"
    made = queries.indicator_by_code("OWN-1")
    assert (made.name, made.constituencies, made.disaggregation, made.has_counts) == (
        {"en": "Women among drivers", "fr": "Part des conductrices"},
        ["government", "corporation"],
        ["age"],
        True,
    )
    assert "Women among drivers" in mia.get("/en/indicators/own-1").text
    assert "Part des conductrices" in mia.get("/fr/indicators/own-1").text
    assert "OWN-1" in {row.code for row in queries.for_constituency("corporation")}


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"code": ""}, "Give a code"),
        ({"code": "bad/code"}, "Use letters, digits, hyphens and points"),
        ({"name_en": ""}, "Give the name in English"),
        ({"constituencies": []}, "Choose at least one kind of organisation"),
        ({"unit": "count"}, "A parity share is a percentage"),
        ({"direction": "up_to_cap"}, "Give the cap"),
        ({"cap": "1"}, "A cap belongs to"),
        ({"denominator_en": ""}, "Say out of what it is counted"),
        ({"numerator_fr": "les conductrices"}, "Give this label in the same languages"),
        ({"source_url": "javascript:alert(1)"}, "begins with https://"),
        ({"verified": ""}, "Say how it was checked"),
    ],
)
def test_what_is_not_sound_is_refused_with_words_and_comes_back_filled(
    mia: FlaskClient, changes: dict[str, Any], words: str
) -> None:
    # A browser sends nothing for radios of which none is chosen.
    sent = {name: value for name, value in {**FILLED, **changes}.items() if (name, value) != ("verified", "")}
    answer = post(mia, "/en/programme/indicators/new", sent)
    assert answer.status_code == 422
    assert words in answer.text and "by heads." in answer.text
    assert db.session.scalar(select(Indicator)) is None


def test_a_code_is_given_once(mia: FlaskClient) -> None:
    post(mia, "/en/programme/indicators/new", FILLED)
    again = post(mia, "/en/programme/indicators/new", FILLED)
    assert again.status_code == 422 and "exists already; choose another" in again.text


def test_a_retired_indicator_is_marked_in_public_with_its_reason_and_can_come_back(mia: FlaskClient) -> None:
    with transaction():
        operations.load_catalogue(SYSTEM)
    page = "/en/programme/indicators/hfs-u3/retire"
    slug = queries.indicator_by_code("HFS-U3").slug
    page = f"/en/programme/indicators/{slug}/retire"
    assert post(mia, page, {"reason": ""}).status_code == 422
    assert post(mia, page, {"reason": "Use SHE-A instead."}).status_code == 303
    assert "Use SHE-A instead." in mia.get(f"/en/indicators/{slug}").text
    assert "Use SHE-A instead." in mia.get("/en/programme/indicators").text
    assert post(mia, f"/en/programme/indicators/{slug}/bring-back", {"reason": "Still in use."}).status_code == 303
    assert queries.indicator_by_code("HFS-U3").retired_at is None
    assert db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject_kind == "indicator").order_by(AuditEntry.id)
    ).all() == ["catalogue_loaded", "indicator_retired", "indicator_brought_back"]


@pytest.mark.parametrize("role, status", [(Role.REVIEWER, 403), (Role.APPROVER, 403), (Role.ADMINISTRATOR, 200)])
def test_who_may_open_the_staff_pages_of_the_catalogue(
    app: Flask, client: FlaskClient, role: Role, status: int
) -> None:
    assert client.get("/en/programme/indicators").status_code == 303
    sign_in(client, person("somebody@unwomen.example", role))
    for path in ("", "/new"):
        assert client.get(f"/en/programme/indicators{path}").status_code == status


def test_the_operation_refuses_by_itself(app: Flask) -> None:
    data = {
        "code": "X-1", "slug": "x-1", "name": {"en": "X"}, "short_what": {"en": "the x"}, "constituencies": ["government"],
        "theme": "pay", "unit": "nonsense", "direction": "up", "cap": None, "public_office": False, "counts": False,
        "numerator": {}, "denominator": {}, "disaggregation": [], "definition": {"en": "X."}, "verified": "M",
    }  # fmt: skip
    mia = manager()
    with pytest.raises(Invalid) as refusal, transaction():
        operations.add_indicator(data, mia)
    assert set(refusal.value.problems) == {"unit"}

    with pytest.raises(NotAllowed), transaction():
        operations.add_indicator({**data, "unit": "percent"}, ANYONE)
