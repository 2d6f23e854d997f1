"""Amending in a browser without JavaScript: from the published commitment to the public page with old and new."""

from __future__ import annotations

import html
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.actor import SYSTEM, Role
from impact.champions.models import Champion
from impact.commitments import operations
from impact.commitments.models import Amendment
from impact.db import db, transaction
from impact.reviews import operations as reviews
from impact.reviews.criteria import CRITERIA
from impact.reviews.models import Review
from tests.champions.makers import person, post, sign_in
from tests.commitments.test_pages_of_commitments import browser_of, made, the_commitment, written

__all__ = ["made"]
FIELDS = re.compile(
    r'<input class="input[^"]*"[^>]*name="(?P<name>[^"]+)"[^>]*value="(?P<value>[^"]*)"'
    r'|<input type="hidden" name="(?P<hidden>[^"]+)" value="(?P<held>[^"]*)"'
    r'|<textarea class="input" name="(?P<area>[^"]+)"[^>]*>\n(?P<text>[^<]*)</textarea>'
)


def boxes(client: FlaskClient, path: str) -> dict[str, str]:
    """What stands in the boxes of the page, as a browser would send it."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = {}
    for match in FIELDS.finditer(answer.text):
        name = match["name"] or match["hidden"] or match["area"]
        found[name] = html.unescape(match["value"] or match["held"] or match["text"] or "")
    return found


def change(client: FlaskClient, path: str, **values: str) -> Any:
    return post(client, path, {**boxes(client, path), **values})


def published(app: Flask, made: Champion) -> tuple[FlaskClient, FlaskClient, str]:
    """(a writer's browser, the leader's, the path of a published commitment)."""
    writer, leader = browser_of(app, made, Role.COORDINATOR), browser_of(app, made, Role.LEADER)
    path = written(writer, made)
    with transaction():
        commitment = the_commitment()
        operations.send_to_leader(commitment, SYSTEM)
        operations.sign_off(commitment, operations.present_digest(commitment), SYSTEM)
        decide("commitment")
    return writer, leader, path


def decide(kind: str) -> None:
    """By two people of UN Women."""
    from impact.champions.queries import actor_for

    review = db.session.scalars(select(Review).where(Review.subject_kind == kind, Review.decision == "")).one()
    reviewer = actor_for(person("noor@unwomen.example", Role.REVIEWER))
    reviews.claim(review, reviewer)
    reviews.score(review, dict.fromkeys(CRITERIA, 2), reviewer)
    reviews.recommend(review, "Good.", reviewer)
    reviews.approve(review, "Yes.", actor_for(person("ada@unwomen.example", Role.APPROVER)))


def the_amendment() -> Amendment:
    db.session.expire_all()
    return db.session.scalars(select(Amendment).order_by(Amendment.id.desc())).all()[0]


def test_from_the_published_promise_to_old_and_new_in_public(app: Flask, made: Champion) -> None:
    writer, leader, path = published(app, made)
    target_id = the_commitment().targets[0].public_id
    assert "Amend this commitment" in writer.get(path).text
    assert "Amend this commitment" not in leader.get(path).text
    answer = post(writer, f"{path}/amendments/start", page=path)
    assert answer.status_code == 303
    home = str(answer.location)
    assert "Nothing yet. Choose below what changes." in writer.get(home).text

    answer = change(
        writer, f"{home}/targets/{target_id}", **{"value": "35", "due-day": "31", "due-month": "12", "due-year": "2026"}
    )
    assert (answer.status_code, answer.location) == (303, home)
    answer = post(writer, f"{home}/send", page=home)
    assert answer.status_code == 422
    assert "Say why, in words that the public will read" in answer.text and "Choose a reason" in answer.text
    answer = post(
        writer, f"{home}/reason", {"reason_code": "target_raised", "note": "More posts came free."}, page=home
    )
    assert answer.status_code == 303
    shown = writer.get(home).text
    assert (
        "Raise the share of women among full professors from 19% (1 January 2020) to 30% by 31 December 2024" in shown
    )
    assert (
        "Raise the share of women among full professors from 19% (1 January 2020) to 35% by 31 December 2026" in shown
    )
    assert post(writer, f"{home}/send", page=home).status_code == 303
    assert post(leader, f"{home}/sign", {"digest": "0" * 64}, page=home).status_code == 409
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', leader.get(home).text)
    assert digest
    assert post(leader, f"{home}/sign", {"digest": digest[1]}, page=home).status_code == 303
    assert the_amendment().state == "submitted"

    reviewer, approver = app.test_client(), app.test_client()
    sign_in(reviewer, person("rita@unwomen.example", Role.REVIEWER))
    sign_in(approver, person("aida@unwomen.example", Role.APPROVER))
    assert "Amendment of “More women professors”" in reviewer.get("/en/review?kind=amendment").text
    review = db.session.scalars(select(Review).where(Review.subject_kind == "amendment")).one()
    item = f"/en/review/{review.public_id}"
    assert post(reviewer, f"{item}/claim", page=item).status_code == 303
    shown = reviewer.get(item).text
    assert "Target 1: In one sentence" in shown and "The target was raised" in shown
    assert "<del>30%</del>" in shown and "<ins>35%</ins>" in shown
    verdict = {**dict.fromkeys(CRITERIA, "3"), "verdict": "recommend", "reason": "Well argued.", "do": "send"}
    assert post(reviewer, item, verdict).status_code == 303
    target = the_commitment().targets[0]
    assert (target.value, the_amendment().state) == (30, "recommended")
    decision = f"/en/approvals/{review.public_id}"
    assert post(approver, decision, {"verb": "approve", "reason": "Agreed."}).status_code == 303
    assert (the_commitment().targets[0].value, the_amendment().number) == (35, 1)
    assert "Amendment no. 1" in writer.get(path).text
    assert "Amendment no. 1" in writer.get(home).text
    public = app.test_client().get(f"/en/commitments/{the_commitment().public_id}").text
    first = "Raise the share of women among full professors from 19% (1 January 2020) to 30% by 31 December 2024"
    now = "Raise the share of women among full professors from 19% (1 January 2020) to 35% by 31 December 2026"
    assert first in public
    assert now in public
    assert "The target was raised" in public and "More posts came free." in public
    assert f"Asked for by {made.name} on " in public and "Approved by a second person on " in public
    arabic = app.test_client().get(f"/ar/commitments/{the_commitment().public_id}")
    assert arabic.status_code == 200 and "30%" in arabic.text


def test_what_was_typed_wrongly_stays_in_its_box(app: Flask, made: Champion) -> None:
    writer, _leader, path = published(app, made)
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    form = f"{home}/targets/{the_commitment().targets[0].public_id}"
    answer = change(writer, form, value="a third", **{"due-day": "31", "due-month": "12", "due-year": "2018"})
    assert (answer.status_code, answer.location) == (303, form)
    again = boxes(writer, form)
    assert (again["value"], again["due-year"]) == ("a third", "2018")
    text = writer.get(form).text
    assert "What you typed here could not be read. Write it again." in text
    assert "The target date must be after the starting point" in text
    refused = post(writer, f"{home}/send", page=home)
    assert refused.status_code == 422 and the_amendment().state == "draft"


def test_a_colleagues_save_is_not_overwritten_unseen(app: Flask, made: Champion) -> None:
    writer, _leader, path = published(app, made)
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    form = f"{home}/targets/{the_commitment().targets[0].public_id}"
    mine = {**boxes(writer, form), "value": "32"}
    assert change(writer, form, value="33").status_code == 303
    answer = post(writer, form, mine)
    assert answer.status_code == 422
    assert "A colleague changed the same part meanwhile" in answer.text and 'value="32"' in answer.text
    assert "Value to reach, as your colleague saved it: 33%" in answer.text
    assert answer.text.count("as your colleague saved it") == 1
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', answer.text)
    assert seen
    assert post(writer, form, {**mine, "seen": seen[1]}).status_code == 303
    assert [row["new"] for row in the_amendment().changes] == ['"32"']


def test_the_text_is_amended_too_and_an_amendment_can_be_given_up(app: Flask, made: Champion) -> None:
    writer, leader, path = published(app, made)
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    answer = change(writer, f"{home}/text", responsible="The provost")
    assert (answer.status_code, answer.location) == (303, home)
    assert "The provost" in writer.get(home).text
    # A second one is not begun: the button leads to the one under way.
    assert post(writer, f"{path}/amendments/start", page=home).location == home
    answer = post(writer, f"{home}/withdraw", {"withdraw-reason": ""}, page=home)
    assert answer.status_code == 422
    assert post(writer, f"{home}/withdraw", {"withdraw-reason": "Not now."}, page=home).status_code == 303
    shown = leader.get(home).text
    assert "Withdrawn" in shown and "Not now." in shown and the_commitment().responsible == "The rector"
    assert writer.get(f"{home}/text").status_code == 409


def test_who_opens_which_page_of_an_amendment(app: Flask, made: Champion) -> None:
    writer, leader, path = published(app, made)
    viewer = browser_of(app, made, Role.VIEWER)
    staff = app.test_client()
    sign_in(staff, person("rita@unwomen.example", Role.REVIEWER))
    stranger = app.test_client()
    sign_in(stranger, person("stranger@example.org"))
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    target = f"{home}/targets/{the_commitment().targets[0].public_id}"
    everybody = [app.test_client(), stranger, staff, viewer, leader, writer]
    for where, *expected in [
        (home, 303, 404, 403, 200, 200, 200),
        (target, 303, 404, 403, 403, 403, 200),
        (f"{home}/text", 303, 404, 403, 403, 403, 200),
        (f"{path}/amendments/nothing", 303, 404, 403, 404, 404, 404),
        (f"{home}/targets/nothing", 303, 404, 403, 403, 403, 404),
        (path.rsplit("/commitments", 1)[0] + "/reaffirmations", 303, 404, 403, 200, 200, 200),
    ]:
        assert [client.get(where).status_code for client in everybody] == expected, where
    app.config["WTF_CSRF_ENABLED"] = False
    for where, *codes in [
        ("send", 403, 403, 422), ("sign", 403, 409, 403), ("return", 403, 409, 403),
        ("withdraw", 403, 403, 422), ("reason", 403, 403, 303),
    ]:  # fmt: skip
        assert [client.post(f"{home}/{where}").status_code for client in (viewer, leader, writer)] == codes, where


def test_a_new_leader_reaffirms_or_has_it_amended(app: Flask, made: Champion) -> None:
    writer, leader, path = published(app, made)
    organisation = path.rsplit("/commitments", 1)[0]
    assert "Nothing waits to be re-affirmed." in leader.get(f"{organisation}/reaffirmations").text
    answer = post(
        writer, f"{organisation}/leaders",
        {"name": "Nadia Newcomer", "office": "Rector", "since-day": "1", "since-month": "9", "since-year": "2025", "person": "leader@example.org"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    tasks = f"{organisation}/reaffirmations"
    assert "It waits for the leader." in writer.get(tasks).text
    assert "Re-affirm or amend: “More women professors”" in leader.get(f"{organisation}/").text
    assert "Re-affirm or amend" not in writer.get(f"{organisation}/").text
    shown = leader.get(tasks).text
    assert "to 30% by 31 December 2024" in shown and "Task of Nadia Newcomer" in shown
    public_id = path.rsplit("/", 1)[1]
    refused = post(leader, f"{path}/ask-for-amendment", {f"{public_id}-note": ""}, page=tasks)
    assert refused.status_code == 422 and "Say what should change" in refused.text
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert digest
    assert post(leader, f"{path}/reaffirm", {"digest": digest[1]}, page=tasks).status_code == 303
    assert "Nothing waits to be re-affirmed." in leader.get(tasks).text
    assert "Re-affirmed by the new leader" in writer.get(path).text
    assert "Re-affirmed by Nadia Newcomer on " in app.test_client().get(f"/en/commitments/{public_id}").text
    assert post(leader, f"{path}/reaffirm", {"digest": digest[1]}, page=path).status_code == 404


def test_a_new_leader_asks_the_writers(app: Flask, made: Champion) -> None:
    writer, leader, path = published(app, made)
    organisation = path.rsplit("/commitments", 1)[0]
    post(
        writer, f"{organisation}/leaders",
        {"name": "Nadia Newcomer", "office": "Rector", "since-day": "1", "since-month": "9", "since-year": "2025", "person": "leader@example.org"},
    )  # fmt: skip
    tasks = f"{organisation}/reaffirmations"
    public_id = path.rsplit("/", 1)[1]
    answer = post(leader, f"{path}/ask-for-amendment", {f"{public_id}-note": "A year more, please."}, page=tasks)
    assert answer.status_code == 303
    assert "An amendment of this commitment is under way." in leader.get(tasks).text
    assert "A year more, please." in writer.get(path).text
    assert "Finish the amendment of “More women professors”" in writer.get(f"{organisation}/").text


def test_an_amendment_without_anything_is_told_so_before_it_is_sent(app: Flask, made: Champion) -> None:
    writer, _leader, path = published(app, made)
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    shown = writer.get(home).text
    assert "Nothing to put right." not in shown
    for words in ("Change at least one value", "Choose a reason", "Say why, in words that the public will read"):
        assert words in shown.partition('id="checks"')[2], words


def test_what_a_kind_of_target_has_not_is_not_asked_when_it_is_amended(app: Flask, made: Champion) -> None:
    writer, _leader, path = published(app, made)
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    target = the_commitment().targets[0]
    form = f"{home}/targets/{target.public_id}"
    assert {"value", "step1_value", "baseline_numerator"} <= set(boxes(writer, form))
    assert "value_denominator" not in boxes(writer, form)
    target.kind, target.value = "parity", None
    db.session.commit()
    assert "value" not in boxes(writer, form) and "step1_value" in boxes(writer, form)
    target.kind, target.milestones = "deliverable", []
    for name in ("numerator", "denominator", "value", "date"):
        setattr(target, f"baseline_{name}", None)
    target.baseline_source = ""
    db.session.commit()
    asked = boxes(writer, form)
    assert {"due-year", "step1_title"} <= set(asked)
    assert not {"value", "step1_value", "baseline_numerator"} & set(asked)
    assert change(writer, form, **{"due-year": "2023"}).status_code == 303
