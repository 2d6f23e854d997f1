"""Filing, merging, signing, deciding, amending and recording, through the operations."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from impact.accounts.operations import person_for
from impact.actor import Actor, Role
from impact.champions.models import Champion, Membership
from impact.commitments import amendments, operations, proposals, queries
from impact.commitments.content import as_json, content_of, digest_of, merge
from impact.commitments.models import Commitment
from impact.commitments.workflow import AMENDMENT, COMMITMENT
from impact.db import db, transaction
from impact.errors import Invalid, InvalidState, NotAllowed, NotFound
from impact.indicators.models import Indicator
from impact.reviews import operations as reviews
from impact.reviews.criteria import CRITERIA
from impact.reviews.models import Review

NOW = datetime(2019, 5, 10, 9, 0, tzinfo=UTC)
WORDS = {
    "headline": "More women professors",
    "why": "Half the talent.",
    "responsible": "The rector",
    "actions": "Open calls.",
}
PERIOD = {"starts_on": date(2015, 1, 1), "ends_on": date(2019, 1, 1)}
TARGET = {
    "indicator": "UNI-PROF",
    "kind": "level",
    "baseline_numerator": Decimal(19),
    "baseline_denominator": Decimal(100),
    "baseline_date": date(2015, 1, 1),
    "baseline_source": "Staff register",
    "value": Decimal(30),
    "due": date(2020, 1, 1),
}


def test_the_table_of_a_commitment_is_this_one() -> None:
    assert {name: (sorted(step.leaves), step.reaches, step.needs_reason) for name, step in COMMITMENT.items()} == {
        "send_to_leader": (["draft", "returned"], "awaiting_leader", False),
        "sign_off": (["awaiting_leader"], "submitted", False),
        "return_to_writers": (["awaiting_leader"], "draft", True),
        "claim": (["submitted"], "in_review", False),
        "release": (["in_review"], "submitted", False),
        "return": (["in_review"], "returned", True),
        "decline": (["in_review"], "declined", True),
        "recommend": (["in_review"], "recommended", False),
        "send_back": (["recommended"], "in_review", True),
        "approve": (["recommended"], "published", False),
        "record": (["draft"], "published", False),
        "complete": (["published"], "completed", True),
        "expire": (["published"], "expired", True),
        "withdraw": (["draft", "published", "returned"], "withdrawn", True),
    }
    assert AMENDMENT["approve"].reaches == "approved"


class World:
    def __init__(self) -> None:
        indicator = Indicator(
            code="UNI-PROF", slug="uni-prof", name={"en": "Women professors"}, short_what={"en": "the share"},
            constituencies=["university"], theme="leadership", unit="percent", direction="parity",
            numerator={"en": "Women"}, denominator={"en": "All"}, disaggregation=[], definition={"en": "Heads."},
            added_at=NOW,
        )  # fmt: skip
        self.champion, self.other = (
            Champion(slug=slug, constituency="university", name=slug, country="FRA", standing="active", created_at=NOW)
            for slug in ("sample", "other")
        )
        db.session.add_all([indicator, self.champion, self.other])
        db.session.flush()
        self.writer = self._member("writer", Role.COORDINATOR)
        self.colleague = self._member("colleague", Role.CONTRIBUTOR)
        self.viewer = self._member("viewer", Role.VIEWER)
        self.leader = self._member("leader", Role.LEADER)
        self.reviewer = self._staff("reviewer", Role.REVIEWER, Role.APPROVER)
        self.reviewer_only = self._staff("second-reviewer", Role.REVIEWER)
        self.approver = self._staff("approver", Role.APPROVER)
        self.manager = self._staff("manager", Role.PROGRAMME_MANAGER)
        db.session.commit()

    def _member(self, name: str, role: Role) -> Actor:
        person = person_for(f"{name}@example.org", name)
        db.session.add(Membership(person_id=person.id, champion_id=self.champion.id, role=role.value, since=NOW))
        return Actor(
            person.id, name, memberships=frozenset({(self.champion.id, role)}), ties=frozenset({self.champion.id})
        )

    def _staff(self, name: str, *roles: Role) -> Actor:
        return Actor(person_for(f"{name}@example.org", name).id, name, staff=frozenset(roles))

    def complete(self) -> Commitment:
        with transaction():
            commitment = operations.file_commitment(self.champion, self.writer, {**WORDS, **PERIOD})
            operations.add_target(commitment, self.writer, TARGET)
        return commitment

    def submitted(self) -> Commitment:
        commitment = self.complete()
        with transaction():
            operations.send_to_leader(commitment, self.writer)
            operations.sign_off(commitment, operations.present_digest(commitment), self.leader)
        return commitment

    def decide(self, kind: str, approver: Actor) -> None:
        review = db.session.query(Review).filter_by(subject_kind=kind, decision="").one()
        with transaction():
            if not review.verdict:
                reviews.claim(review, self.reviewer)
                reviews.score(review, dict.fromkeys(CRITERIA, 2), self.reviewer)
                reviews.recommend(review, "Good.", self.reviewer)
        with transaction():
            reviews.approve(review, "Yes.", approver)

    def published(self) -> Commitment:
        commitment = self.submitted()
        self.decide("commitment", self.approver)
        return commitment


@pytest.fixture
def world(app: Flask) -> World:
    return World()


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "values", "conflicts"),
    [
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, {}),
        ({"a": 1}, {"a": 1}, {"a": 3}, {"a": 3}, {}),
        ({"a": 1}, {"a": 2}, {"a": 2}, {"a": 2}, {}),
        ({"a": 1}, {"a": 2}, {"a": 3}, {}, {"a": (2, 3)}),
    ],
)
def test_whoever_changed_a_field_is_followed(base, mine, theirs, values, conflicts) -> None:  # type: ignore[no-untyped-def]
    merged = merge(base, mine, theirs)
    assert (merged.values, merged.conflicts) == (values, conflicts)


def test_the_same_number_is_always_the_same_text() -> None:
    assert [as_json(Decimal(text)) for text in ("30", "30.000000", "-0.50", "0.00", "100")] == [
        "30",
        "30",
        "-0.5",
        "0",
        "100",
    ]


def test_a_draft_keeps_what_cannot_be_read_until_it_is_written_anew(world: World) -> None:
    with transaction():
        draft = operations.file_commitment(world.champion, world.writer, {}, {"ends_on": "next summer"})
    assert draft.typed == {"ends_on": "next summer"}
    with transaction():
        operations.save_draft(draft, PERIOD, 1, world.writer)
    assert draft.typed == {} and draft.revision == 2


def test_two_people_who_change_different_fields_lose_nothing(world: World) -> None:
    draft = world.complete()
    base = draft.revision
    with transaction():
        operations.save_draft(draft, {"headline": "Mine", "why": WORDS["why"]}, base, world.writer)
    with transaction():
        operations.save_draft(draft, {"headline": WORDS["headline"], "why": "Theirs"}, base, world.colleague)
    assert (draft.headline, draft.why) == ("Mine", "Theirs")


def test_two_people_who_change_the_same_field_are_both_shown(world: World) -> None:
    draft = world.complete()
    base = draft.revision
    with transaction():
        operations.save_target(draft.targets[0], {"value": Decimal(31)}, base, world.writer)
    with pytest.raises(operations.Conflict) as caught, transaction():
        operations.save_target(draft.targets[0], {"value": Decimal(32)}, base, world.colleague)
    assert (caught.value.mine, caught.value.theirs) == ({"value": "32"}, {"value": "31"})
    assert draft.targets[0].value == 31


def test_an_incomplete_draft_is_not_sent_and_a_warning_wants_an_answer(world: World) -> None:
    with transaction():
        draft = operations.file_commitment(
            world.champion, world.writer, {**WORDS, **PERIOD, "ends_on": date(2016, 1, 1)}
        )
    with pytest.raises(Invalid) as caught:
        operations.send_to_leader(draft, world.writer)
    assert set(caught.value.problems) == {"targets"}
    with transaction():
        operations.add_target(draft, world.writer, TARGET)
    with pytest.raises(Invalid) as caught:
        operations.send_to_leader(draft, world.writer)
    assert set(caught.value.problems) == {"ends_on"}
    operations.send_to_leader(draft, world.writer, {"ends_on": "The law changes in 2016."})
    assert draft.state == "awaiting_leader"


def test_a_leader_signs_the_very_text_that_was_shown(world: World) -> None:
    commitment = world.complete()
    shown = operations.present_digest(commitment)
    with transaction():
        operations.save_draft(commitment, {"why": "Something else."}, commitment.revision, world.writer)
        operations.send_to_leader(commitment, world.writer)
    with pytest.raises(InvalidState):
        operations.sign_off(commitment, shown, world.leader)
    kept = queries.revision(commitment, commitment.revision)
    assert kept is not None and kept.digest == digest_of(content_of(commitment))
    with transaction():
        operations.sign_off(commitment, kept.digest, world.leader)
    assert (commitment.state, commitment.signed_digest, commitment.signed_by_id) == (
        "submitted", kept.digest, world.leader.person_id,
    )  # fmt: skip


def test_whoever_recommended_does_not_approve(world: World) -> None:
    commitment = world.submitted()
    with pytest.raises(NotAllowed):
        world.decide("commitment", world.reviewer)
    world.decide("commitment", world.approver)
    assert commitment.state == "published" and commitment.published_at is not None
    assert queries.published_by_public_id(commitment.public_id) is commitment


def test_an_amendment_is_numbered_and_keeps_the_original(world: World) -> None:
    commitment = world.published()
    target = commitment.targets[0]
    with transaction():
        amendment = amendments.start_amendment(commitment, world.writer)
        amendments.save_amendment(
            amendment, {(target.public_id, "value"): Decimal(28), (target.public_id, "due"): target.due},
            "target_lowered", "Fewer posts came free.", world.writer,
        )  # fmt: skip
        amendments.send_amendment(amendment, world.writer)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), world.leader)
    world.decide("amendment", world.approver)
    assert (amendment.number, amendment.state, target.value) == (1, "approved", 28)
    assert amendment.changes == [{"target": target.public_id, "field": "value", "old": '"30"', "new": '"28"'}]
    original = queries.original_content(commitment)
    assert original is not None and original["targets"][0]["value"] == "30"


def test_a_public_source_is_recorded_and_amended_without_inventing_anybody(world: World) -> None:
    with transaction():
        commitment = operations.record_from_public_source(
            world.champion, headline="Parity by 2020", targets=[TARGET], source="Annual report 2015", recorded_on=date(2019, 5, 1),
            actor=world.manager,
        )  # fmt: skip
        key = (commitment.targets[0].public_id, "due")
        amendment = amendments.record_amendment(
            commitment, changes={key: date(2021, 1, 1)}, reason_code="date_moved", note="Moved.",
            source="Report 2018", effective_on=date(2018, 1, 1), actor=world.manager,
        )  # fmt: skip
    assert (commitment.state, commitment.is_recorded, commitment.signed_by_id, commitment.recommended_by_id) == (
        "published", True, None, None,
    )  # fmt: skip
    assert (amendment.number, commitment.targets[0].due) == (1, date(2021, 1, 1))


def test_a_viewer_does_not_write_and_another_champion_finds_nothing(world: World) -> None:
    commitment = world.complete()
    with pytest.raises(NotAllowed):
        operations.save_draft(commitment, {"why": "x"}, commitment.revision, world.viewer)
    with pytest.raises(NotAllowed):
        operations.sign_off(commitment, operations.present_digest(commitment), world.writer)
    with pytest.raises(NotFound):
        queries.own(world.other, commitment.public_id)
    with pytest.raises(NotFound):
        queries.published_by_public_id(commitment.public_id)


@pytest.mark.parametrize(
    "counted, whole, shown",
    [
        # 9.302326 can only be 4 of 43 among small faculties
        pytest.param(4, 43, "9", id="few counted"),
        pytest.param(39, 43, "90", id="few left over"),
        # rounded to the nearest it would say that everybody is there
        pytest.param(997, 1000, "99", id="few of many left over"),
        pytest.param(19, 43, "44.186047", id="no small group"),
        pytest.param(0, 43, "0", id="nobody"),
    ],
)
def test_the_starting_share_of_a_small_group_is_a_whole_per_cent(
    app: Flask, counted: int, whole: int, shown: str
) -> None:
    world = World()
    commitment = world.complete()
    counts = {"baseline_numerator": Decimal(counted), "baseline_denominator": Decimal(whole)}
    with transaction():
        target = operations.add_target(commitment, world.writer, {**TARGET, **counts})
    assert target.baseline_value == Decimal(shown)
