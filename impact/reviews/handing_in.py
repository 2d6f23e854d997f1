"""Commitments and amendments come to the desk when a leader signs them."""

from __future__ import annotations

from collections.abc import Sequence

from impact.commitments import amendments, checks, operations, proposals
from impact.commitments.models import Amendment, Commitment
from impact.commitments.workflow import AMENDMENT, COMMITMENT
from impact.reviews.commitment_kinds import register_commitments
from impact.reviews.operations import submitted
from impact.reviews.subjects import Check, Words


def _checks(commitment: Commitment) -> Sequence[Check]:
    answers = commitment.warning_answers or {}
    return [
        Check(problem.rank, Words(problem.message, problem.values), str(answers.get(problem.field, "")))
        for problem in checks.prechecks(commitment)
    ]


def _checks_of_amendment(amendment: Amendment) -> Sequence[Check]:
    answers = proposals.answers_to(amendment)
    return [
        Check(problem.rank, Words(problem.message, problem.values), str(answers.get(problem.field, "")))
        for problem in proposals.prechecks(amendment)
    ]


def register() -> None:
    """Both kinds become reviewable, and a signature opens their next round."""
    register_commitments(
        COMMITMENT,
        AMENDMENT,
        approve_commitment=operations.publish,
        approve_amendment=amendments.approve_amendment,
        prechecks=_checks,
        amendment_prechecks=_checks_of_amendment,
    )
    if submitted not in operations.ON_SUBMISSION:
        operations.ON_SUBMISSION.append(submitted)
