"""A university whose year is approved, with everything beside it that no report may show."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, select

from impact.accounts.models import Person
from impact.accounts.operations import give_staff_role, set_password
from impact.actor import SYSTEM, Actor, Role
from impact.champions.models import LeaderTerm, Membership
from impact.commitments.models import Commitment
from impact.db import db
from impact.jobs import Job
from impact.progress import operations as progress
from impact.progress.models import ProgressReport, ReportingWindow
from impact.reviews import operations as reviews
from impact.reviews.criteria import OF_A_YEAR
from impact.reviews.models import Review
from reports import making, operations
from reports.asking import ask_for_file
from reports.models import Edition, EditionFile
from tests.progress import makers
from tests.progress.makers import NOW, World

#: When the tests of editions take place: the year is approved and its first edition taken.
TAKEN = datetime(2019, 6, 3, 12, 0, tzinfo=UTC)
SECRET = "Draft of a promise nobody may read"
ANSWER: dict[str, Any] = {
    "numerator": Decimal(101),
    "denominator": Decimal(419),
    "women": 101,
    "men": 311,
    "other": 3,
    "undisclosed": 4,
    "source": "Staff records, 2018",
    "narrative": "Every panel met.",
    "obstacles": "Few retirements.",
}


@dataclass
class Year:
    world: World
    window: ReportingWindow
    report: ProgressReport


def an_approved_year() -> Year:
    """2018 of Example University: one figure with small cells, open and confidential evidence, one draft beside it."""
    world = makers.a_world()
    champion = world.champion
    champion.names = {"fr": "Université Exemple", "ar": "جامعة المثال"}
    champion.website = "https://university.example"
    world.commitment.responsible = "Office of the Provost"
    db.session.add_all(
        [
            LeaderTerm(
                champion=champion,
                name="Ines Sample",
                office="President",
                since=date(2014, 9, 1),
                until=date(2019, 1, 31),
            ),
            LeaderTerm(champion=champion, name="Later Leader", office="President", since=date(2019, 2, 1)),
            Commitment(champion=champion, state="draft", headline=SECRET, created_at=NOW),
        ]
    )
    window = makers.a_window(world)
    report = progress.open_report(champion, window, world.coordinator)
    figure = report.figures[0]
    assert progress.enter_figure(figure, ANSWER, world.coordinator) == {}
    progress.add_evidence_link(
        figure, "https://university.example/register", "Register of chairs", True, world.coordinator
    )
    progress.add_evidence_file(
        figure, io.BytesIO(b"name,pay\n"), "pay.csv", "Confidential minutes", False, world.coordinator
    )
    progress.write_statement(report, "We are behind.\n\nWe know why.", world.coordinator)
    makers.approved(report, world)
    return Year(world, window, report)


def the_leader(year: Year) -> Actor:
    """As who accepted the invitation: the term in office is theirs."""
    actor = makers.actor("leader", champion=year.world.champion, role=Role.LEADER)
    for term in year.world.champion.terms:
        if term.until is None:
            term.person_id = actor.person_id
    db.session.flush()
    return actor


def a_draft(year: Year, reason: str = "") -> Edition:
    return operations.draw_up(year.world.champion, year.window, year.world.coordinator, reason)


def signed_off(year: Year, reason: str = "") -> Edition:
    """With the reviewers."""
    edition = a_draft(year, reason)
    operations.send_to_leader(edition, year.world.coordinator)
    operations.sign_off(edition, edition.sha256, the_leader(year))
    return edition


def review_of(edition: Edition) -> Review:
    return db.session.scalars(
        select(Review)
        .where(Review.subject_kind == "edition", Review.subject_id == edition.id)
        .order_by(Review.round.desc())
        .limit(1)
    ).one()


def recommended(year: Year, reason: str = "") -> Edition:
    edition = signed_off(year, reason)
    review = review_of(edition)
    reviews.claim(review, year.world.reviewer)
    reviews.score(review, dict.fromkeys(OF_A_YEAR, 2), year.world.reviewer)
    reviews.recommend(review, "It says what the figures say.", year.world.reviewer)
    return edition


def an_edition(year: Year, reason: str = "") -> Edition:
    """Sealed: signed off by the leader, recommended, approved by a second person. Its files wait for the worker."""
    edition = recommended(year, reason)
    reviews.approve(review_of(edition), "Agreed.", year.world.approver)
    return edition


def a_file(year: Year, language: str = "en", reason: str = "") -> EditionFile:
    """The only file of a sealed edition, asked for by the coordinator; its job waits."""
    edition = an_edition(year, reason)
    for file in list(edition.files):
        edition.files.remove(file)
        db.session.delete(file)
    db.session.execute(delete(Job).where(Job.state == "waiting"))
    db.session.flush()
    return ask_for_file(edition, language, year.world.coordinator)


def correct(year: Year, women: int) -> ProgressReport:
    """The year's figure is put right and approved again."""
    world = year.world
    correction = progress.start_correction(year.report, "A count was wrong.", world.coordinator)
    changed = {**ANSWER, "numerator": Decimal(women), "women": women, "men": 412 - women}
    assert progress.enter_figure(correction.figures[0], changed, world.coordinator) == {}
    return makers.approved(correction, world)


def belongs(year: Year, who: Actor, role: Role) -> None:
    """The actor's person gets the membership that the actor already stands for: letters go by it."""
    person = db.session.get_one(Person, who.person_id)
    db.session.add(Membership(person=person, champion=year.world.champion, role=role.value, since=NOW))
    db.session.flush()


def can_sign_in(year: Year, who: Actor, password: str, role: Role = Role.COORDINATOR) -> None:
    """The actor's person gets a password and, for pages, the membership that the actor already stands for."""
    person = db.session.get_one(Person, who.person_id)
    db.session.add(Membership(person=person, champion=year.world.champion, role=role.value, since=NOW))
    set_password(person, password, SYSTEM)
    db.session.commit()


def staff_can_sign_in(who: Actor, password: str, role: Role) -> None:
    person = db.session.get_one(Person, who.person_id)
    give_staff_role(person, role, SYSTEM)
    set_password(person, password, SYSTEM)
    db.session.commit()


def quickly(monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> None:
    """Where the pages do not matter they are neither set nor signed."""
    monkeypatch.setattr(making, "rendered", lambda *_given: pdf)
    monkeypatch.setattr(making, "signed", lambda pdf, edition: pdf)
