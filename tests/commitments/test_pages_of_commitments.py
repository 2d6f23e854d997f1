"""A commitment through its forms: written, sent to the leader, signed, under review; and what is kept of what was typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from impact.actor import Role
from impact.champions import operations as champions
from impact.champions.models import Champion
from impact.champions.queries import actor_for
from impact.commitments import operations
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.indicators.models import Indicator
from impact.reviews.models import Review
from tests.champions.makers import PASSWORD, champion, post, sign_in, token_in

WORDS = {
    "headline": "More women professors",
    "why": "Half the talent.",
    "actions": "Open calls.",
    "responsible": "The rector",
    "themes": ["leadership"],
    "language": "en",
}
PERIOD = {
    f"{name}-{part}": text
    for name, day in {"starts_on": ("1", "1", "2020"), "ends_on": ("1", "1", "2024")}.items()
    for part, text in zip(("day", "month", "year"), day, strict=True)
}
TARGET = {
    "kind": "level",
    "indicator": "UNI-PROF",
    "scope": "full professors, permanent staff",
    "baseline_numerator": "76",
    "baseline_denominator": "400",
    "baseline_source": "Staff register",
    "baseline_date-day": "1",
    "baseline_date-month": "1",
    "baseline_date-year": "2020",
    "value": "30",
    "due-day": "31",
    "due-month": "12",
    "due-year": "2024",
    "step1_on-day": "1",
    "step1_on-month": "6",
    "step1_on-year": "2022",
    "step1_value": "25",
}


@pytest.fixture
def made(app: Flask) -> Champion:
    found = champion()
    with transaction():
        db.session.add(
            Indicator(
                code="UNI-PROF", slug="uni-prof", name={"en": "Women among professors"},
                short_what={"en": "the share of women among full professors"}, constituencies=["university"],
                theme="leadership", unit="percent", direction="parity", numerator={"en": "Women"},
                denominator={"en": "All"}, disaggregation=[], definition={"en": "Heads."},
                added_at=datetime(2019, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
    return found


def browser_of(app: Flask, made: Champion, role: Role) -> FlaskClient:
    """A browser in which somebody with this role is signed in."""
    client = app.test_client()
    coordinator = made.memberships[0].person
    if role is Role.COORDINATOR:
        sign_in(client, coordinator)
        return client
    with transaction():
        token = champions.invite_member(
            made, f"{role.value}@example.org", role.value, role, actor_for(coordinator), language="en"
        )
    with transaction():
        who, _champion = champions.join(token, PASSWORD)
    sign_in(client, who)
    return client


def base_in(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="base_revision" value="(\d+)"', client.get(path).text)
    assert found
    return found[1]


def fill(client: FlaskClient, path: str, data: dict[str, Any]) -> Any:
    return post(client, path, {**data, "base_revision": base_in(client, path)})


def the_commitment() -> Commitment:
    db.session.expire_all()
    return db.session.scalars(select(Commitment)).one()


def written(writer: FlaskClient, made: Champion) -> str:
    """The path of a commitment with one target, complete."""
    home = f"/en/organisations/{made.slug}/commitments"
    answer = fill(writer, f"{home}/new", {**WORDS, **PERIOD})
    assert answer.status_code == 303
    path = str(answer.location)
    answer = fill(writer, f"{path}/targets/new", TARGET)
    assert (answer.status_code, answer.location) == (303, path)
    return path


def test_a_commitment_goes_from_the_form_over_the_leader_to_the_review(app: Flask, made: Champion) -> None:
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    text = writer.get(path).text
    for words in (
        "More women professors",
        "Half the talent.",
        "the share of women among full professors",
        "19%",
        "30%",
    ):
        assert words in text
    assert "Sign and submit" not in text
    answer = writer.post(f"{path}/send", data={"csrf_token": token_in(writer.get(path))})
    assert answer.status_code == 303, answer.text
    assert the_commitment().state == "awaiting_leader"
    page = leader.get(path).text
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert digest
    answer = leader.post(f"{path}/sign", data={"csrf_token": token_in(leader.get(path)), "digest": "0" * 64})
    assert answer.status_code == 409
    answer = leader.post(f"{path}/sign", data={"csrf_token": token_in(leader.get(path)), "digest": digest[1]})
    assert answer.status_code == 303
    commitment = the_commitment()
    assert (commitment.state, commitment.signed_digest) == ("submitted", digest[1])
    assert db.session.scalars(select(Review)).one().subject_id == commitment.id
    assert "Signed by the leader and submitted" in writer.get(path).text
    assert "More women professors" in writer.get(f"/en/organisations/{made.slug}/commitments").text


def test_the_leader_returns_it_with_a_reason_and_not_without(app: Flask, made: Champion) -> None:
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    writer.post(f"{path}/send", data={"csrf_token": token_in(writer.get(path))})
    answer = leader.post(f"{path}/return", data={"csrf_token": token_in(leader.get(path)), "return-reason": " "})
    assert answer.status_code == 422 and "Give a reason" in answer.text
    answer = leader.post(f"{path}/return", data={"csrf_token": token_in(leader.get(path)), "return-reason": "Too low."})
    assert answer.status_code == 303
    assert the_commitment().state == "draft"
    assert "Too low." in writer.get(path).text


def test_what_is_missing_is_named_and_nothing_is_sent(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    answer = fill(writer, f"/en/organisations/{made.slug}/commitments/new", {"headline": "A start"})
    path = str(answer.location)
    answer = writer.post(f"{path}/send", data={"csrf_token": token_in(writer.get(path))})
    assert answer.status_code == 422
    assert "Add at least one target that can be measured" in answer.text
    assert the_commitment().state == "draft"


def test_garbage_is_saved_and_stands_in_the_form_again(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    path = written(writer, made)
    answer = fill(
        writer,
        f"{path}/targets/new",
        {**TARGET, "value": "a third", "due-day": "31", "due-month": "2", "step1_value": "lots"},
    )
    assert answer.status_code == 303 and "/targets/" in answer.location
    text = writer.get(answer.location).text
    for kept in ('value="a third"', 'value="lots"', "Staff register", "What you typed here could not be read"):
        assert kept in text
    assert re.search(r'name="due-month"[^>]*value="2"', text)
    # Once it is right, nothing of the garbage is left.
    again = fill(writer, answer.location, TARGET)
    assert (again.status_code, again.location) == (303, path)
    assert the_commitment().targets[1].typed == {}


def test_a_part_larger_than_its_total_is_refused_where_it_is_typed(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    path = written(writer, made)
    answer = fill(writer, f"{path}/targets/new", {**TARGET, "baseline_numerator": "500"})
    assert "/targets/" in answer.location
    assert 'class="field has-error"' in writer.get(answer.location).text


def test_two_people_who_change_one_field_see_both_versions(app: Flask, made: Champion) -> None:
    writer, colleague = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.CONTRIBUTOR)
    path = written(writer, made)
    base = base_in(writer, f"{path}/edit")
    mine = {**WORDS, **PERIOD, "headline": "Mine", "base_revision": base}
    theirs = {**WORDS, **PERIOD, "headline": "Theirs", "why": "Their why", "base_revision": base}
    assert post(colleague, f"{path}/edit", theirs).status_code == 303
    answer = post(writer, f"{path}/edit", mine)
    assert answer.status_code == 409
    assert "Mine" in answer.text and "Theirs" in answer.text and 'name="keep-headline"' in answer.text
    seen = re.search(r'name="seen_revision" value="(\d+)"', answer.text)
    assert seen
    answer = post(writer, f"{path}/edit", {**mine, "seen_revision": seen[1], "keep-headline": "mine"})
    assert answer.status_code == 303
    commitment = the_commitment()
    assert (commitment.headline, commitment.why) == ("Mine", "Their why")


def test_a_viewer_reads_and_writes_nothing_and_others_see_no_page(app: Flask, made: Champion) -> None:
    path = written(browser_of(app, made, Role.COORDINATOR), made)
    viewer = browser_of(app, made, Role.VIEWER)
    text = viewer.get(path).text
    assert "More women professors" in text and "Change the text" not in text
    token = token_in(viewer.get("/en/account"))
    for place in ("edit", "targets/new", "send", "withdraw"):
        assert viewer.post(f"{path}/{place}", data={"csrf_token": token}).status_code == 403, place
    stranger = browser_of(app, champion("Other University"), Role.COORDINATOR)
    assert stranger.get(path).status_code == 404
    own = path.replace(made.slug, "other-university")
    assert stranger.get(own).status_code == 404
    assert the_commitment().headline == "More women professors"


def test_what_the_rules_of_targets_refuse_keeps_a_commitment_from_the_leader(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    path = written(writer, made)
    home = str(fill(writer, f"{path}/targets/new", {**TARGET, "value": "130"}).location)
    assert 'class="field has-error"' in writer.get(home).text
    answer = writer.post(f"{path}/send", data={"csrf_token": token_in(writer.get(path))})
    assert (answer.status_code, the_commitment().state) == (422, "draft")


def test_two_versions_of_a_text_can_be_made_one(app: Flask, made: Champion) -> None:
    writer, colleague = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.CONTRIBUTOR)
    path = written(writer, made)
    base = base_in(writer, f"{path}/edit")
    mine = {**WORDS, **PERIOD, "why": "Half the talent, and half the voters.", "base_revision": base}
    post(
        colleague,
        f"{path}/edit",
        {**WORDS, **PERIOD, "why": "Half the talent, and all the taxes.", "base_revision": base},
    )
    page = post(writer, f"{path}/edit", mine).text
    assert (
        '<textarea class="input" name="why" id="why" rows="4">\nHalf the talent, and half the voters.</textarea>'
        in page
    )
    assert "Half the talent, and all the taxes." in page
    # The text is in its own box and not a second time out of sight.
    assert page.count('name="why"') == 1
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    both = "Half the talent, half the voters, and all the taxes."
    assert post(writer, f"{path}/edit", {**carried, "keep-why": "mine", "why": both}).status_code == 303
    assert (the_commitment().why, the_commitment().headline) == (both, WORDS["headline"])


def test_a_form_that_is_closed_meanwhile_gives_back_what_was_written(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    path = written(writer, made)
    typed = {**WORDS, **PERIOD, "why": "Written for <an hour>.", "base_revision": base_in(writer, f"{path}/edit")}
    assert post(writer, f"{path}/send", page=path).status_code == 303
    answer = post(writer, f"{path}/edit", typed, page="/en/account")
    assert answer.status_code == 409
    assert "What you wrote was not saved" in answer.text and "Written for &lt;an hour&gt;." in answer.text
    assert "base_revision" not in answer.text
    # A button that comes too late has nothing to give back.
    again = post(writer, f"{path}/send", page="/en/account")
    assert again.status_code == 409 and "What you wrote" not in again.text


@pytest.mark.parametrize("fault", [OperationalError("UPDATE", {}, Exception("away")), RuntimeError("broken")])
def test_after_the_server_failed_what_was_typed_comes_back(
    app: Flask, made: Champion, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    path = written(writer, made)
    typed = {**WORDS, **PERIOD, "why": "Typed for an hour.", "base_revision": base_in(writer, f"{path}/edit")}
    app.config["SHOW_ERROR_PAGES"] = True

    def fails(*_args: Any, **_more: Any) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(operations, "save_draft", fails)
        answer = post(writer, f"{path}/edit", typed)
    assert answer.status_code == (503 if isinstance(fault, OperationalError) else 500)
    assert "Nothing was saved, and nothing you typed is lost." in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    shown = writer.post(f"{path}/edit", data=fields)
    assert shown.status_code == 200 and "Typed for an hour." in shown.text
    assert the_commitment().why == WORDS["why"]
