"""A new leader stands by each commitment, or has it amended: one task for each, from the first day of the term."""

from __future__ import annotations

from sqlalchemy import select, update

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.champions.models import LeaderTerm
from impact.commitments import letters, operations, queries
from impact.commitments.models import Amendment, Commitment, Reaffirmation
from impact.db import db, flush_or_conflict
from impact.errors import InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require

DONE = N_("This task is done already.")


def start_reaffirmations(term: LeaderTerm, actor: Actor) -> list[Reaffirmation]:
    """One task for each commitment in force, once per term; a letter tells the leader where there is something to do."""
    present = select(Reaffirmation.commitment_id).where(Reaffirmation.term_id == term.id)
    rows = db.session.scalars(
        select(Commitment)
        .where(
            Commitment.champion_id == term.champion_id,
            Commitment.state == "published",
            Commitment.is_recorded.is_(False),
            Commitment.id.not_in(present),
        )
        .order_by(Commitment.id)
    ).all()
    tasks = [Reaffirmation(term=term, commitment=row, outcome="", created_at=clock.now()) for row in rows]
    db.session.add_all(tasks)
    flush_or_conflict(N_("Somebody else changed this meanwhile. Nothing of yours was saved over theirs."))
    if tasks:
        letters.tell_new_leader(term, tasks, actor)
    return tasks


def reaffirm(task: Reaffirmation, digest: str, actor: Actor) -> None:
    """The new leader stands by the very text that was shown, known by its digest."""
    commitment = task.commitment
    require(actor, Action.COMMITMENT_SIGN_OFF, commitment.champion_id)
    if commitment.state != "published" or task.term.until is not None:
        raise InvalidState(N_("This was already decided or moved on meanwhile. Open it again to see where it stands."))
    if queries.open_amendment(commitment) is not None:
        raise InvalidState(N_("An amendment of this commitment is under way. Finish or withdraw it first."))
    if digest != operations.present_digest(commitment):
        raise InvalidState(N_("The text has changed since it was shown to you. Read it again before you sign."))
    _settle(task, "reaffirmed", actor.person_id)
    record(actor, "reaffirmed", commitment, details={"digest": digest, "term": task.term.name})


def settled_by_amendment(amendment: Amendment, actor: Actor) -> None:
    """An approved amendment that the new leader signed is their answer."""
    task = queries.open_reaffirmation(amendment.commitment)
    if task is None or amendment.signed_at is None or amendment.signed_at < task.created_at:
        return
    _settle(task, "amended", amendment.signed_by_id)
    record(actor, "amended", amendment.commitment, details={"amendment": amendment.number, "term": task.term.name})


def _settle(task: Reaffirmation, outcome: str, by: int | None) -> None:
    """In one statement, so that of two people who answer at once the second is told."""
    done = db.session.execute(
        update(Reaffirmation)
        .where(Reaffirmation.id == task.id, Reaffirmation.done_at.is_(None))
        .values(outcome=outcome, done_at=clock.now(), done_by_id=by)
        .returning(Reaffirmation.id)
    ).first()
    if done is None:
        raise InvalidState(DONE)
    db.session.refresh(task)
