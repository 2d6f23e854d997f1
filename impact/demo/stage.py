"""What the invented organisations do, each step through its operation and on the day that the story gives it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.accounts.queries import person_by_email
from impact.actor import SYSTEM, Actor
from impact.champions.models import Champion, Cohort
from impact.champions.queries import actor_for
from impact.commitments import amendments, proposals
from impact.commitments import operations as commitments
from impact.commitments.checks import prechecks
from impact.commitments.models import Commitment, Target
from impact.db import db
from impact.progress import operations as progress
from impact.progress.models import Figure, ProgressReport, ReportingWindow
from impact.reviews import operations as reviews
from impact.reviews.models import Review

SCORES = {"specific": 3, "measurable": 3, "ambitious": 2, "feasible": 2, "timely": 3}
OF_YEARS = {"complete": 3, "sourced": 3, "comparable": 3, "candid": 2, "ahead": 2}
CONSIDERED = "Demonstration: considered."


@dataclass(frozen=True)
class Piece:
    """Evidence: a file with its content, or a link."""

    title: str
    is_public: bool
    name: str = ""
    content: bytes = b""
    url: str = ""


@dataclass(frozen=True)
class Troupe:
    """Who acts for an organisation, and for the programme."""

    champion: Champion
    coordinator: Actor
    leader: Actor
    reviewer: Actor
    approver: Actor


def last_year_reported() -> int:
    """The newest year whose figures are all in: its window closed at the end of April of the year after."""
    today = clock.today()
    return today.year - 1 if today >= date(today.year, 5, 1) else today.year - 2


def first_year() -> int:
    """The story covers four years of figures."""
    return last_year_reported() - 3


def who(email: str) -> Actor:
    person = person_by_email(email)
    if person is None:
        raise LookupError(f"The demonstration person {email} is missing.")
    return actor_for(person)


def troupe(champion: Champion, domain: str) -> Troupe:
    return Troupe(
        champion,
        who(f"coordinator@{domain}.example"),
        who(f"leader@{domain}.example"),
        who("reviewer@demo.example"),
        who("approver@demo.example"),
    )


def file(
    people: Troupe, words: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], on: date, until: date
) -> Commitment:
    """Written by the coordinator and, five days later, signed by the leader: it waits at the review desk."""
    with clock.as_of(on):
        commitment = commitments.file_commitment(
            people.champion,
            people.coordinator,
            {**words, "language": "en", "starts_on": date(on.year, 7, 1), "ends_on": until},
        )
        for target in targets:
            commitments.add_target(commitment, people.coordinator, target)
    _sign(commitment, people, on + timedelta(days=5))
    return commitment


def _sign(commitment: Commitment, people: Troupe, on: date) -> None:
    with clock.as_of(on):
        answers = {problem.field: CONSIDERED for problem in prechecks(commitment) if problem.rank == "warning"}
        commitments.send_to_leader(commitment, people.coordinator, answers)
        commitments.sign_off(commitment, commitments.present_digest(commitment), people.leader)


def return_once(
    commitment: Commitment, people: Troupe, on: date, remark: str, reason: str, answer: str, actions: str
) -> None:
    """Returned with a remark on the planned actions; answered, put right and submitted again ten days later."""
    with clock.as_of(on):
        review = _open_review("commitment", commitment.id)
        reviews.claim(review, people.reviewer)
        made = reviews.add_remark(review, "actions", remark, people.reviewer)
        reviews.return_with_remarks(review, reason, people.reviewer)
    later = on + timedelta(days=10)
    with clock.as_of(later):
        reviews.answer_remark(made, answer, people.coordinator)
        commitments.save_draft(commitment, {"actions": actions}, commitment.revision, people.coordinator)
    _sign(commitment, people, later)


def approve(kind: str, subject_id: int, people: Troupe, on: date) -> None:
    """Recommended by a reviewer, approved by a second person three days later."""
    with clock.as_of(on):
        review = _open_review(kind, subject_id)
        reviews.claim(review, people.reviewer)
        reviews.score(review, OF_YEARS if kind in {"progress_report", "edition"} else SCORES, people.reviewer)
        reviews.recommend(review, "Figures, source and plan agree.", people.reviewer)
    with clock.as_of(on + timedelta(days=3)):
        reviews.approve(review, "Agreed.", people.approver)


def _open_review(kind: str, subject_id: int) -> Review:
    found = db.session.scalars(
        select(Review)
        .where(Review.subject_kind == kind, Review.subject_id == subject_id, Review.verdict == "")
        .order_by(Review.round.desc())
    ).first()
    if found is None:
        raise LookupError(f"No open review of the {kind}.")
    return found


def amend(target: Target, people: Troupe, on: date, changes: Mapping[str, Any], code: str, note: str) -> None:
    """Asked for, signed, reviewed and approved: it gets its number, and the original stays beside it."""
    with clock.as_of(on):
        amendment = amendments.start_amendment(target.commitment, people.coordinator)
        amendments.save_amendment(
            amendment,
            {(target.public_id, name): value for name, value in changes.items()},
            code,
            note,
            people.coordinator,
        )
        answers = {row.field: CONSIDERED for row in proposals.prechecks(amendment) if row.rank == "warning"}
        amendments.send_amendment(amendment, people.coordinator, answers)
        amendments.sign_amendment(amendment, proposals.present_digest(amendment), people.leader)
    approve("amendment", amendment.id, people, on + timedelta(days=20))


def open_windows(cohort: Cohort) -> list[ReportingWindow]:
    """The four years of the story, each open from January to the end of March, with thirty days of grace."""
    windows = []
    for year in range(first_year(), last_year_reported() + 1):
        with clock.as_of(date(year + 1, 1, 5)):
            windows.append(
                progress.open_window(
                    cohort,
                    year,
                    date(year, 1, 1),
                    date(year, 12, 31),
                    date(year + 1, 1, 5),
                    date(year + 1, 3, 31),
                    30,
                    SYSTEM,
                )
            )
    return windows


def report(
    people: Troupe,
    window: ReportingWindow,
    answers: Mapping[int, Mapping[str, Any]],
    evidence: Mapping[int, Sequence[Piece]],
    statement: str,
    on: date,
) -> ProgressReport:
    """A year's figures: `answers` and `evidence` by target id. Handed in that day, approved a month later."""
    with clock.as_of(on):
        made = progress.open_report(people.champion, window, people.coordinator)
        for figure in made.figures:
            problems = progress.enter_figure(figure, answers[figure.target_id], people.coordinator)
            if problems:
                raise ValueError(f"{figure.target.scope}, {window.year}: {problems}")
            for piece in evidence.get(figure.target_id, ()):
                _attach(figure, piece, people.coordinator)
        progress.write_statement(made, statement, people.coordinator)
        progress.submit_report(made, people.coordinator)
    approve("progress_report", made.id, people, on + timedelta(days=20))
    return made


def _attach(figure: Figure, piece: Piece, actor: Actor) -> None:
    if piece.url:
        progress.add_evidence_link(figure, piece.url, piece.title, piece.is_public, actor)
    else:
        stream = io.BytesIO(piece.content)
        progress.add_evidence_file(figure, stream, piece.name, piece.title, piece.is_public, actor)
