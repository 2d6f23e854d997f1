"""The full life of one invented champion's promise, through the operations: filed, returned, resubmitted, approved, reported on.

Every figure here is made up, and every page that shows one says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.accounts.queries import person_by_email
from impact.actor import SYSTEM, Actor
from impact.champions.models import Champion, Cohort
from impact.champions.queries import actor_for
from impact.commitments import operations as commitments
from impact.commitments.checks import prechecks
from impact.commitments.models import Commitment
from impact.db import db
from impact.progress import operations as progress
from impact.reviews import operations as reviews
from impact.reviews.models import Review

SCORES = {"specific": 3, "measurable": 3, "ambitious": 2, "feasible": 2, "timely": 3}


def _who(email: str) -> Actor:
    person = person_by_email(email)
    if person is None:
        raise LookupError(f"The demonstration person {email} is missing.")
    return actor_for(person)


def _open_review(kind: str, subject_id: int) -> Review:
    return db.session.scalars(
        select(Review)
        .where(Review.subject_kind == kind, Review.subject_id == subject_id, Review.verdict == "")
        .order_by(Review.round.desc())
    ).first() or _missing(kind)


def _missing(kind: str) -> Review:
    raise LookupError(f"No open review of the {kind}.")


def tell(university: Champion, cohort: Cohort) -> None:
    """Two promises of Example University: one published with three years of figures, one waiting at the review desk."""
    if db.session.scalar(select(Commitment.id).where(Commitment.champion_id == university.id).limit(1)):
        return
    first_year = cohort.pilot_starts.year
    published = _file(
        university,
        {
            "headline": "Women among full professors",
            "why": "We teach half of every generation and promote a fifth of it.",
            "actions": "Promotion panels look at every eligible associate professor each year, whether or not they apply.",
            "responsible": "Vice-chancellor’s office, with the deans",
            "themes": ["leadership"],
        },
        {
            "indicator": "SHE-A",
            "scope": "full professors, permanent staff",
            "kind": "level",
            "baseline_value": Decimal(19),
            "baseline_numerator": Decimal(76),
            "baseline_denominator": Decimal(400),
            "baseline_date": date(first_year - 1, 12, 31),
            "baseline_source": "Staff records, year-end extract",
            "value": Decimal(30),
            "due": date(first_year + 4, 12, 31),
        },
        first_year,
    )
    _through_review(published)
    for year, answer in (
        (first_year, {"numerator": Decimal(86), "denominator": Decimal(410)}),
        (
            first_year + 1,
            {
                "not_measured": "The staff system was replaced in the autumn; the records of that year are being rebuilt.",
                "known_by": date(clock.today().year + 1, 3, 31),
            },
        ),
        (first_year + 2, {"numerator": Decimal(110), "denominator": Decimal(430)}),
    ):
        _report(university, cohort, year, answer)
    _file(
        university,
        {
            "headline": "No gap in pay",
            "why": "Equal work is paid equally or it is not.",
            "actions": "A yearly review of pay by grade, and a fund to close what it finds.",
            "responsible": "Human resources",
            "themes": ["pay"],
        },
        {
            "indicator": "UK-2",
            "scope": "all staff on permanent contracts",
            "kind": "signed_gap",
            "baseline_value": Decimal("8.4"),
            "baseline_date": date(first_year - 1, 12, 31),
            "baseline_source": "Payroll, December",
            "value": Decimal(1),
            "due": date(first_year + 4, 12, 31),
        },
        first_year,
    )


def _file(university: Champion, words: Mapping[str, Any], target: Mapping[str, Any], year: int) -> Commitment:
    """Written by the coordinator and signed by the leader: it waits at the review desk."""
    coordinator, leader = _who("coordinator@university.example"), _who("leader@university.example")
    commitment = commitments.file_commitment(
        university,
        coordinator,
        {**words, "language": "en", "starts_on": date(year, 1, 1), "ends_on": date(year + 4, 12, 31)},
    )
    commitments.add_target(commitment, coordinator, target)
    _sign(commitment, coordinator, leader)
    return commitment


def _sign(commitment: Commitment, coordinator: Actor, leader: Actor) -> None:
    answers = {
        problem.field: "Demonstration: considered." for problem in prechecks(commitment) if problem.rank == "warning"
    }
    commitments.send_to_leader(commitment, coordinator, answers)
    commitments.sign_off(commitment, commitments.present_digest(commitment), leader)


def _through_review(commitment: Commitment) -> None:
    """Returned once with a remark, answered, resubmitted, recommended, and approved by a second person."""
    reviewer, approver = _who("reviewer@demo.example"), _who("approver@demo.example")
    coordinator, leader = _who("coordinator@university.example"), _who("leader@university.example")
    review = _open_review("commitment", commitment.id)
    reviews.claim(review, reviewer)
    remark = reviews.add_remark(review, "actions", "Which panels, and from when?", reviewer)
    reviews.return_with_remarks(review, "Say who acts and from when; the target itself is sound.", reviewer)
    reviews.answer_remark(remark, "All eleven faculty panels, from this autumn. The text says so now.", coordinator)
    commitments.save_draft(
        commitment,
        {"actions": f"{commitment.actions} All eleven faculty panels do so from the autumn of the first year."},
        commitment.revision,
        coordinator,
    )
    _sign(commitment, coordinator, leader)
    _decide("commitment", commitment.id, reviewer, approver)


def _decide(kind: str, subject_id: int, reviewer: Actor, approver: Actor) -> None:
    review = _open_review(kind, subject_id)
    reviews.claim(review, reviewer)
    reviews.score(review, SCORES, reviewer)
    reviews.recommend(review, "Headcount, source and plan agree.", reviewer)
    reviews.approve(review, "Agreed.", approver)


def _report(university: Champion, cohort: Cohort, year: int, answer: Mapping[str, Any]) -> None:
    """One year's window and figures, handed in, reviewed and approved; a year that is not over yet is left out."""
    if date(year, 12, 31) >= clock.today():
        return
    coordinator = _who("coordinator@university.example")
    window = progress.open_window(
        cohort, year, date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 10), date(year + 1, 3, 31), 90, SYSTEM
    )
    report = progress.open_report(university, window, coordinator)
    for figure in report.figures:
        progress.enter_figure(
            figure,
            {
                "on": date(year, 12, 31),
                "source": "Staff records, year-end extract",
                "narrative": "Demonstration: promotion panels met in every faculty.",
                **answer,
            },
            coordinator,
        )
    progress.submit_report(report, coordinator)
    _decide("progress_report", report.id, _who("reviewer@demo.example"), _who("approver@demo.example"))
