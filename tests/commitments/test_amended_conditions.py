"""A conditional target is amended whole: the words and the figure of its condition, what follows, and the date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from impact.actor import SYSTEM, Role
from impact.champions.models import Champion
from impact.commitments import amendments, operations, proposals
from impact.commitments.models import Amendment, Commitment
from impact.commitments.specs import original_of, sentence_for
from impact.db import db, transaction
from impact.errors import Invalid
from impact.i18n import say, show
from impact.progress import operations as progress
from impact.progress.verdicts import verdict_of
from tests.champions.makers import post
from tests.commitments.test_amendment_pages import boxes, decide, the_amendment
from tests.commitments.test_life_of_a_commitment import PERIOD, WORDS, World
from tests.commitments.test_pages_of_commitments import browser_of, made, the_commitment

__all__ = ["made"]

QUOTA = {
    "indicator": "UNI-PROF",
    "scope": "directors of listed companies",
    "kind": "conditional",
    "inner_kind": "level",
    "condition_words": "fewer than 40 per cent of directors are women",
    "condition_operator": "below",
    "condition_threshold": Decimal(40),
    "value": Decimal(43),
    "due": date(2020, 1, 1),
}
FIRST = "If the figure falls below 40%, then: Bring the share to 43% by 1 January 2020"


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def published(world: World, **changes: Any) -> Commitment:
    with transaction():
        commitment = operations.file_commitment(world.champion, world.writer, {**WORDS, **PERIOD})
        operations.add_target(commitment, world.writer, {**QUOTA, **changes})
        operations.send_to_leader(commitment, world.writer)
        operations.sign_off(commitment, operations.present_digest(commitment), world.leader)
    world.decide("commitment", world.approver)
    return commitment


def amended(world: World, commitment: Commitment, **values: Any) -> Amendment:
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.propose(amendment, commitment.targets[0].public_id, values, world.writer)
        amendments.give_reason(amendment, "other", "The line was drawn too high.", world.writer)
        amendments.send_amendment(amendment, world.writer)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), world.leader)
    world.decide("amendment", world.approver)
    db.session.expire_all()
    return amendment


def words(thing: Any) -> str:
    said = sentence_for(thing)
    assert said is not None
    return say(said.message, said.values)


def test_every_field_of_a_condition_is_amended_and_the_first_one_stays(world: World) -> None:
    commitment = published(world)
    target = commitment.targets[0]
    assert words(target) == FIRST
    first = amended(
        world,
        commitment,
        condition_words="fewer than a third of directors are women",
        condition_threshold=Decimal(33),
        inner_kind="parity",
        value=None,
        due=date(2021, 1, 1),
    )
    assert words(target) == (
        "If the figure falls below 33%, then: Bring the share to between 40% and 60% by 1 January 2021"
    )
    amended(world, commitment, condition_operator="above", condition_words="companies fall out of the register")
    original = original_of(target)
    assert original is not None and words(original) == FIRST
    assert (original.condition_words, original.condition_operator, original.inner_kind, original.value) == (
        "fewer than 40 per cent of directors are women",
        "below",
        "level",
        43,
    )
    rows = [(say(line.label), show(line.before), show(line.after)) for line in proposals.lines_of(first, brief=True)]
    assert rows[1] == (
        "Condition",
        "If the figure falls below 40%\nfewer than 40 per cent of directors are women",
        "If the figure falls below 33%\nfewer than a third of directors are women",
    )
    assert rows[0][0] == "In one sentence" and len(rows) == 2


def test_the_condition_in_force_decides_and_the_first_one_is_judged_beside_it(world: World) -> None:
    commitment = published(world)
    target = commitment.targets[0]
    with transaction():
        progress.record_condition_figure(target, date(2016, 1, 1), Decimal(36), "Register", world.writer)
    before = verdict_of(target, date(2017, 1, 1))
    assert (before.verdict.status, before.against_original) == ("not_due", None)
    assert before.verdict.reason == ""
    amended(world, commitment, condition_threshold=Decimal(33), condition_words="fewer than a third are women")
    after = verdict_of(target, date(2099, 1, 1))
    assert (after.verdict.status, after.verdict.reason) == ("not_due", "Condition not met, nothing due.")
    assert after.against_original is not None and after.against_original.status == "cannot_say"


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"condition_words": ""}, "condition_words", "Say in words what the condition is"),
        ({"condition_threshold": None}, "condition_threshold", "Give the condition"),
        ({"condition_operator": ""}, "condition_threshold", "Give the condition"),
        ({"inner_kind": None}, "inner_kind", "Choose what is due once the condition is met"),
        ({"inner_kind": "zero"}, "inner_kind", "does not suit the direction of this indicator"),
        ({"value": None}, "value", "Give the value to reach"),
        ({"value": Decimal(130)}, "value", "a share goes up to 100%"),
        ({"due": None}, "due", "Say by which day the target should be met"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(world: World, values: dict[str, Any], field: str, message: str) -> None:
    commitment = published(world)
    target = commitment.targets[0]
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.propose(amendment, target.public_id, values, world.writer)
        amendments.give_reason(amendment, "other", "A try.", world.writer)
    with pytest.raises(Invalid) as caught:
        amendments.send_amendment(amendment, world.writer)
    refused, inside = caught.value.problems[f"target:{target.public_id}:{field}"]
    assert message in say(refused, inside)
    assert words(target) == FIRST


def test_a_target_without_a_condition_is_given_none(world: World) -> None:
    commitment = published(world, kind="level", baseline_value=Decimal(19), baseline_date=date(2015, 1, 1),
                           baseline_source="Register")  # fmt: skip
    amendment = amendments.start_amendment(commitment, world.writer)
    with pytest.raises(TypeError):
        amendments.propose(amendment, commitment.targets[0].public_id, {"condition_words": "if"}, world.writer)


def test_in_a_browser_the_condition_is_amended_and_both_are_read_in_public(app: Flask, made: Champion) -> None:
    writer = browser_of(app, made, Role.COORDINATOR)
    with transaction():
        commitment = operations.file_commitment(made, SYSTEM, {**WORDS, **PERIOD})
        target = operations.add_target(commitment, SYSTEM, QUOTA)
        operations.send_to_leader(commitment, SYSTEM)
        operations.sign_off(commitment, operations.present_digest(commitment), SYSTEM)
        decide("commitment")
        target_id, path = target.public_id, f"/en/organisations/{made.slug}/commitments/{commitment.public_id}"
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    form = f"{home}/targets/{target_id}"
    shown = writer.get(form).text
    assert "Condition in words" in shown and "Kind of target, once the condition is met" in shown
    typed = {
        **boxes(writer, form),
        "condition_words": "fewer than a third of directors are women",
        "condition_threshold": "a third",
        "condition_operator": "below",
        "inner_kind": "level",
    }
    assert post(writer, form, typed).location == form
    assert boxes(writer, form)["condition_threshold"] == "a third"
    typed |= {"condition_threshold": "33", "seen": boxes(writer, form)["seen"]}
    assert post(writer, form, typed).location == home
    assert the_amendment().changes == [
        {
            "target": target_id,
            "field": "condition_words",
            "old": '"fewer than 40 per cent of directors are women"',
            "new": '"fewer than a third of directors are women"',
        },
        {"target": target_id, "field": "condition_threshold", "old": '"40"', "new": '"33"'},
    ]
    with transaction():
        amendment = the_amendment()
        amendments.give_reason(amendment, "other", "The line was drawn too high.", SYSTEM)
        amendments.send_amendment(amendment, SYSTEM)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), SYSTEM)
        decide("amendment")
    public = app.test_client().get(f"/en/commitments/{the_commitment().public_id}").text
    for part in ("falls below 40%", "falls below 33%", "fewer than 40 per cent of", "fewer than a third of directors"):
        assert part in public


def test_a_target_of_another_kind_shows_no_box_for_a_condition(app: Flask, made: Champion) -> None:
    from tests.commitments.test_amendment_pages import published as published_level

    writer, _leader, path = published_level(app, made)
    home = str(post(writer, f"{path}/amendments/start", page=path).location)
    form = f"{home}/targets/{the_commitment().targets[0].public_id}"
    assert "condition_words" not in boxes(writer, form)
    typed = {**boxes(writer, form), "condition_words": "if it rains", "value": "31"}
    assert post(writer, form, typed).location == home
    assert [change["field"] for change in the_amendment().changes] == ["value"]
