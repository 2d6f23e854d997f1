"""The life of an edition: drawn up, signed off, reviewed, sealed, superseded; each step by whom the table names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from impact.actor import Actor, Role
from impact.audit.models import AuditEntry
from impact.audit.seals import troubles
from impact.db import db
from impact.errors import Invalid, InvalidState, NotAllowed, NotFound
from impact.jobs import Job
from impact.mail import Letter
from impact.progress import operations as progress
from impact.reviews import operations as reviews
from impact.reviews.criteria import OF_A_YEAR
from reports import operations
from reports.making import KIND
from reports.models import HANDOUT, TIERS, Edition
from reports.names import LANGUAGES, edition_code
from reports.snapshot_types import Snapshot
from reports.target_facts import PROTECTING
from tests.progress import makers as progress_makers
from tests.reports import makers


def entry(action: str) -> AuditEntry:
    """The newest entry of this step of an edition."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.action == action, AuditEntry.subject_kind == "edition")
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one()


def letters(template: str) -> list[str]:
    return list(db.session.scalars(select(Letter.to_email).where(Letter.template == template).order_by(Letter.id)))


def test_an_edition_is_drawn_up_once_while_nothing_changes(year: makers.Year) -> None:
    first = makers.a_draft(year)
    with time_machine.travel(makers.TAKEN + timedelta(days=200), tick=False):
        again = makers.a_draft(year)
    assert again is first
    assert (first.number, first.state, first.taken_at) == (1, "draft", makers.TAKEN)
    assert (first.code, first.snapshot["edition"]["code"]) == ("example-university-2018-1", "example-university-2018-1")


def test_an_edition_has_a_public_and_a_confidential_tier(year: makers.Year) -> None:
    edition = makers.a_draft(year)
    public, confidential = Snapshot.load(edition.snapshot), Snapshot.load(edition.confidential)
    assert (public.digest(), confidential.digest()) == (edition.sha256, edition.confidential_sha256)
    assert (public.tier, confidential.tier) == ("public", "confidential")
    parts = [snapshot.commitments[0].targets[0].figures[0].parts for snapshot in (public, confidential)]
    assert parts == [
        {"women": 101, "men": PROTECTING, "other": PROTECTING, "undisclosed": PROTECTING},
        {"women": 101, "men": 311, "other": 3, "undisclosed": 4},
    ]
    titles = [
        [piece.title.text for piece in snapshot.commitments[0].targets[0].evidence]
        for snapshot in (public, confidential)
    ]
    assert titles == [["Register of chairs"], ["Register of chairs", "Confidential minutes"]]
    # What is said of the year is the same in both.
    assert public.commitments[0].targets[0].verdict == confidential.commitments[0].targets[0].verdict


def test_the_leader_signs_off_the_very_edition_that_was_read(year: makers.Year) -> None:
    edition = makers.a_draft(year)
    operations.send_to_leader(edition, year.world.coordinator)
    leader = makers.the_leader(year)
    with pytest.raises(InvalidState, match="not the edition that you read"):
        operations.sign_off(edition, "0" * 64, leader)
    operations.sign_off(edition, edition.sha256, leader)
    assert (edition.state, edition.signed_off_at, edition.signed_off_by_id) == (
        "submitted",
        makers.TAKEN,
        leader.person_id,
    )
    signed = entry("sign_off")
    assert signed.details == {"sha256": edition.sha256, "confidential_sha256": edition.confidential_sha256}


def test_figures_that_changed_meanwhile_keep_the_edition_from_being_signed_or_sealed(year: makers.Year) -> None:
    draft = makers.a_draft(year)
    operations.send_to_leader(draft, year.world.coordinator)
    makers.correct(year, 121)
    with pytest.raises(InvalidState, match="must be drawn up anew"):
        operations.sign_off(draft, draft.sha256, makers.the_leader(year))
    before = draft.sha256
    operations.take_back(draft, year.world.coordinator)
    with pytest.raises(InvalidState, match="must be drawn up anew"):
        operations.send_to_leader(draft, year.world.coordinator)
    assert makers.a_draft(year) is draft
    assert (draft.number, draft.code) == (1, "example-university-2018-1")
    assert draft.sha256 != before


def test_what_was_recommended_is_not_sealed_once_the_figures_changed(year: makers.Year) -> None:
    edition = makers.recommended(year)
    makers.correct(year, 121)
    with pytest.raises(InvalidState, match="must be drawn up anew"):
        reviews.approve(makers.review_of(edition), "Agreed.", year.world.approver)


def test_the_leader_returns_it_with_a_reason_and_it_is_drawn_up_anew_under_its_number(year: makers.Year) -> None:
    edition = makers.a_draft(year)
    operations.send_to_leader(edition, year.world.coordinator)
    leader = makers.the_leader(year)
    with pytest.raises(Invalid):
        operations.return_to_writers(edition, " ", leader)
    makers.belongs(year, year.world.coordinator, Role.COORDINATOR)
    operations.return_to_writers(edition, "Say more about the panels.", leader)
    assert (edition.state, edition.returned_because) == ("draft", "Say more about the panels.")
    assert letters("edition_not_signed") == ["coordinator@example.org"]
    with time_machine.travel(makers.TAKEN + timedelta(days=3), tick=False):
        again = makers.a_draft(year)
    assert again is edition
    assert (edition.number, edition.returned_because) == (1, "")
    assert edition.taken_at == makers.TAKEN + timedelta(days=3)


def test_the_reviewer_returns_it_with_a_remark_and_the_signature_is_gone(year: makers.Year) -> None:
    edition = makers.signed_off(year)
    review = makers.review_of(edition)
    reviews.claim(review, year.world.reviewer)
    reviews.add_remark(review, "statement", "Whose words are these?", year.world.reviewer)
    reviews.return_with_remarks(review, "Answer the remark.", year.world.reviewer)
    assert (edition.state, edition.signed_off_at, edition.returned_because) == ("draft", None, "Answer the remark.")
    makers.a_draft(year)
    operations.send_to_leader(edition, year.world.coordinator)
    operations.sign_off(edition, edition.sha256, makers.the_leader(year))
    assert makers.review_of(edition).round == 2


def test_a_reviewer_with_a_tie_and_the_same_person_twice_are_refused(year: makers.Year) -> None:
    edition = makers.signed_off(year)
    review = makers.review_of(edition)
    tied = Actor(
        year.world.reviewer.person_id,
        "Reviewer",
        frozenset({Role.REVIEWER}),
        ties=frozenset({year.world.champion.id}),
    )
    with pytest.raises(NotAllowed, match="tie"):
        reviews.claim(review, tied)
    both = progress_makers.actor("both", Role.REVIEWER, Role.APPROVER)
    reviews.claim(review, both)
    reviews.score(review, dict.fromkeys(OF_A_YEAR, 2), both)
    reviews.recommend(review, "Sound.", both)
    with pytest.raises(NotAllowed, match="second person"):
        reviews.approve(review, "Agreed.", both)


def test_approved_means_sealed_and_every_file_is_asked_for_once(year: makers.Year) -> None:
    edition = makers.an_edition(year)
    assert (edition.state, edition.sealed_at, edition.approved_by_id) == (
        "sealed",
        makers.TAKEN,
        year.world.approver.person_id,
    )
    wanted = {(tier, language) for tier in (*TIERS, HANDOUT) for language in LANGUAGES}
    assert {(file.tier, file.language) for file in edition.files} == wanted
    jobs = db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == KIND))
    assert jobs == len(wanted)
    assert [trouble for trouble in troubles() if "edition" in trouble] == []


def test_a_correction_has_a_reason_and_supersedes_the_edition_before(year: makers.Year) -> None:
    first = makers.an_edition(year)
    frozen = dict(first.snapshot)
    with pytest.raises(Invalid, match="Nothing has changed since edition 1"):
        makers.a_draft(year, "No reason at all.")
    makers.correct(year, 121)
    with pytest.raises(Invalid, match="A correction needs a reason"):
        makers.a_draft(year)
    second = makers.recommended(year, "A count was wrong.")
    assert (first.state, second.state) == ("sealed", "recommended")
    reviews.approve(makers.review_of(second), "Agreed.", year.world.approver)
    assert (first.state, first.superseded_at, first.snapshot) == ("superseded", makers.TAKEN, frozen)
    assert (second.number, second.state) == (2, "sealed")
    edition = Snapshot.load(second.snapshot).edition
    assert (edition.code, edition.replaces) == ("example-university-2018-2", "example-university-2018-1")
    assert edition.reason is not None and edition.reason.text == "A count was wrong."
    assert [sentence.message for sentence in edition.changes] == [
        "%(what)s, %(day)s: %(after)s instead of %(before)s.",
        "%(what)s: the status is “%(after)s” instead of “%(before)s”.",
    ]


def test_only_one_edition_of_a_year_is_on_its_way(year: makers.Year) -> None:
    edition = makers.a_draft(year)
    operations.send_to_leader(edition, year.world.coordinator)
    with pytest.raises(InvalidState, match="on its way"):
        makers.a_draft(year)


def _send(edition: Edition, actor: Actor) -> None:
    operations.send_to_leader(edition, actor)


def _sign(edition: Edition, actor: Actor) -> None:
    operations.sign_off(edition, edition.sha256, actor)


def _return(edition: Edition, actor: Actor) -> None:
    operations.return_to_writers(edition, "Why?", actor)


@pytest.mark.parametrize(
    ("step", "state", "may"),
    [
        pytest.param(_send, "draft", {"coordinator", "leader", "manager"}, id="send"),
        pytest.param(operations.take_back, "with_leader", {"coordinator", "leader", "manager"}, id="take back"),
        pytest.param(_sign, "with_leader", {"leader"}, id="sign off"),
        pytest.param(_return, "with_leader", {"leader"}, id="return"),
    ],
)
def test_only_those_whom_the_table_names_take_a_step(
    year: makers.Year, step: Callable[[Edition, Actor], None], state: str, may: set[str]
) -> None:
    world = year.world
    people = {
        "viewer": progress_makers.actor("viewer", champion=world.champion, role=Role.VIEWER),
        "contributor": progress_makers.actor("contributor", champion=world.champion, role=Role.CONTRIBUTOR),
        "reviewer": world.reviewer,
        "approver": world.approver,
        "outsider": progress_makers.actor("outsider"),
        "coordinator": world.coordinator,
        "leader": makers.the_leader(year),
        "manager": world.manager,
    }
    edition = makers.a_draft(year)
    can = set()
    for name, actor in people.items():
        with db.session.begin_nested() as attempt:
            edition.state = state
            try:
                step(edition, actor)
                can.add(name)
            except NotAllowed:
                pass
            attempt.rollback()
    assert can == may


def test_a_year_that_is_not_approved_has_no_edition(year: makers.Year) -> None:
    world = year.world
    with time_machine.travel(makers.TAKEN.replace(year=2020), tick=False):
        window = progress_makers.a_window(world, 2019)
        progress.open_report(world.champion, window, world.coordinator)
        with pytest.raises(InvalidState, match="2019 are not approved yet"):
            operations.draw_up(world.champion, window, world.coordinator)


def test_another_organisation_has_no_edition_of_this_window(year: makers.Year) -> None:
    other = progress_makers.a_champion("Another University")
    actor = progress_makers.actor("other", champion=other, role=Role.COORDINATOR)
    with pytest.raises(NotFound):
        operations.draw_up(other, year.window, actor)


def test_names_that_begin_alike_have_different_codes() -> None:
    assert edition_code("example-university", 2025, 1) == "example-university-2025-1"
    long = "university-of-applied-sciences-and-arts-of"
    codes = {edition_code(f"{long}-{place}", 2025, 1) for place in ("north", "south")}
    assert len(codes) == 2
    assert all(len(code) <= 37 for code in codes)
