"""What happens when a commitment's period is over: an approver completes it, or the calendar lets it expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from impact import clock
from impact.actor import SYSTEM, Actor
from impact.commitments.models import Amendment, Commitment
from impact.commitments.operations import end
from impact.db import db
from impact.jobs.registry import every
from impact.messages import gettext_noop as N_

#: Time after the end for the last figures, their review and the decision that it is completed.
GRACE = timedelta(days=180)
#: The public reads it; a message id, said in the reader's language.
EXPIRED = N_("Its period has ended, and within half a year nobody had it completed.")
_SETTLED = ("approved", "withdrawn", "declined")


def expires_on(commitment: Commitment) -> date | None:
    """The last day on which it can be completed; None while its period runs, and for what was recorded.

    An organisation whose words were recorded from a public source was never asked for figures, so nothing of it expires.
    """
    over = commitment.ends_on is not None and commitment.ends_on < clock.today()
    if commitment.state != "published" or commitment.is_recorded or not over or commitment.ends_on is None:
        return None
    return commitment.ends_on + GRACE


def overdue(today: date) -> Sequence[Commitment]:
    """Those in force whose grace is over; an amendment under way may move the end, so it is waited for."""
    amended = select(Amendment.commitment_id).where(Amendment.state.not_in(_SETTLED))
    return db.session.scalars(
        select(Commitment)
        .where(
            Commitment.state == "published",
            Commitment.is_recorded.is_(False),
            Commitment.ends_on < today - GRACE,
            Commitment.id.not_in(amended),
        )
        .order_by(Commitment.id)
    ).all()


def expire_overdue(actor: Actor, today: date | None = None) -> list[Commitment]:
    """Let all of them expire, each as a step of its own in the history."""
    ended = list(overdue(today or clock.today()))
    for commitment in ended:
        end(commitment, "expire", EXPIRED, actor)
    return ended


@every(24 * 3600, "expire_commitments")
def expire_daily() -> None:
    expire_overdue(SYSTEM)
