"""Changes of what was published: numbered at approval, old and new kept side by side for ever; and re-affirmations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import changes as changed
from impact.audit.operations import record
from impact.champions.models import LeaderTerm
from impact.commitments import operations, queries
from impact.commitments.content import as_json, fields_of_target
from impact.commitments.models import Amendment, Commitment, Reaffirmation
from impact.commitments.workflow import AMENDMENT, OPEN_STATES
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move

#: What may be amended: of a target; and of the commitment itself, where the target of a change is "".
AMENDABLE = (
    "value",
    "value_denominator",
    "due",
    "baseline_value",
    "baseline_numerator",
    "baseline_denominator",
    "baseline_date",
    "baseline_source",
    "baseline_due",
    "scope",
    "method",
)
AMENDABLE_OF_COMMITMENT = ("ends_on",)

REASON_LABELS: dict[str, str] = {
    "baseline_corrected": N_("The starting point was corrected"),
    "method_changed": N_("The method changed"),
    "scope_changed": N_("The scope changed"),
    "date_moved": N_("The date was moved"),
    "target_raised": N_("The target was raised"),
    "target_lowered": N_("The target was lowered"),
    "new_leader": N_("A new leader decided so"),
    "outside_event": N_("An event outside the organisation"),
    "other": N_("Another reason"),
}

#: {(public id of the target, or "" for the commitment; field): the new value}
Changes = Mapping[tuple[str, str], Any]


def start_amendment(commitment: Commitment, actor: Actor) -> Amendment:
    """One at a time: InvalidState where another is under way or the commitment is not in force."""
    require(actor, Action.COMMITMENT_WRITE, commitment.champion_id)
    amendment = _new(commitment, actor)
    record(actor, "start_amendment", amendment, to_state="draft")
    return amendment


def _new(commitment: Commitment, actor: Actor) -> Amendment:
    if commitment.state != "published":
        raise InvalidState(N_("Only a published commitment can be amended."))
    if any(other.state not in {"approved", "withdrawn", "declined"} for other in commitment.amendments):
        raise InvalidState(N_("Another amendment of this commitment is under way. Finish it first."))
    amendment = Amendment(
        state="draft", changes=[], requested_at=clock.now(), requested_by_id=actor.person_id, commitment=commitment
    )
    db.session.add(amendment)
    db.session.flush()
    return amendment


def save_amendment(amendment: Amendment, changes: Changes, reason_code: str, note: str, actor: Actor) -> None:
    """Put the whole of what is asked for in place of what stood there; fields that stay as they are drop out."""
    require(actor, Action.COMMITMENT_WRITE, amendment.champion_id)
    if amendment.state not in OPEN_STATES:
        raise InvalidState(N_("This amendment is no longer a draft."))
    before = {"changes": amendment.changes, "reason_code": amendment.reason_code, "note": amendment.note}
    _fill(amendment, changes, reason_code, note)
    after = {"changes": amendment.changes, "reason_code": reason_code, "note": note}
    record(actor, "save", amendment, details=changed(before, after))


def _fill(amendment: Amendment, changes: Changes, reason_code: str, note: str) -> None:
    if reason_code and reason_code not in REASON_LABELS:
        raise Invalid(N_("Choose a reason"), {"reason_code": (N_("Choose a reason"), {})})
    rows: list[dict[str, Any]] = []
    for (address, name), new in changes.items():
        if name not in (AMENDABLE if address else AMENDABLE_OF_COMMITMENT):
            raise TypeError(f"{name} cannot be amended")
        old = _in_force(amendment.commitment, address, name)
        if as_json(new) != old:
            rows.append({"target": address, "field": name, "old": json.dumps(old), "new": json.dumps(as_json(new))})
    amendment.changes, amendment.reason_code, amendment.note = rows, reason_code, note


def _in_force(commitment: Commitment, address: str, name: str) -> Any:
    if not address:
        return as_json(getattr(commitment, name))
    return fields_of_target(queries.own_target(commitment, address))[name]


def _complete(amendment: Amendment) -> None:
    problems: dict[str, tuple[str, Mapping[str, Any]]] = {}
    if not amendment.changes:
        problems["changes"] = (N_("Change at least one value"), {})
    if not amendment.reason_code:
        problems["reason_code"] = (N_("Choose a reason"), {})
    if not amendment.note.strip():
        problems["note"] = (N_("Say why, in words that the public will read"), {})
    if problems:
        raise Invalid(N_("There is something to put right before you submit."), problems)


def send_amendment(amendment: Amendment, actor: Actor) -> None:
    """Ask the leader to sign it. Raises Invalid where a change, the reason or the note is missing."""
    require(actor, Action.COMMITMENT_WRITE, amendment.champion_id)
    _complete(amendment)
    move(AMENDMENT, amendment, "send_to_leader", actor)


def sign_amendment(amendment: Amendment, actor: Actor) -> None:
    move(AMENDMENT, amendment, "sign_off", actor, details={"changes": amendment.changes})
    amendment.submitted_at = amendment.signed_at
    for told in operations.ON_SUBMISSION:
        told("amendment", amendment, actor)


def approve_amendment(amendment: Amendment, actor: Actor, reason: str = "") -> None:
    """The second person's approval: it gets its number and takes effect today."""
    unless = [
        (
            actor.person_id is not None and actor.person_id == amendment.recommended_by_id,
            N_("You recommended this, so somebody else must approve it."),
        )
    ]
    _number_and_move(amendment, "approve", actor, reason, clock.today(), unless)


def _number_and_move(
    amendment: Amendment,
    action: str,
    actor: Actor,
    reason: str,
    effective_on: date,
    unless: list[tuple[bool, str]],
) -> None:
    commitment = amendment.commitment
    for change in amendment.changes:
        if json.dumps(_in_force(commitment, change["target"], change["field"])) != change["old"]:
            raise InvalidState(N_("What is in force has changed since this amendment was written. Write it anew."))
    last = db.session.scalar(select(func.max(Amendment.number)).where(Amendment.commitment_id == commitment.id))
    # Number and state are written in one statement: the database holds that each implies the other.
    with db.session.no_autoflush:
        amendment.number = (last or 0) + 1
        amendment.effective_on = effective_on
        move(AMENDMENT, amendment, action, actor, reason=reason, unless=unless)
    _apply(amendment)
    operations.add_revision(commitment, actor)


def _apply(amendment: Amendment) -> None:
    by_target: dict[str, dict[str, Any]] = {}
    for change in amendment.changes:
        by_target.setdefault(change["target"], {})[change["field"]] = json.loads(change["new"])
    for address, values in by_target.items():
        if address:
            operations.assign(queries.own_target(amendment.commitment, address), values)
        else:
            for name, value in values.items():
                setattr(amendment.commitment, name, operations.from_json(name, value))


def record_amendment(
    commitment: Commitment,
    *,
    changes: Changes,
    reason_code: str,
    note: str,
    source: str,
    effective_on: date,
    actor: Actor,
) -> Amendment:
    """What a public source says of a change; only for commitments that were recorded themselves."""
    require(actor, Action.RECORD_PUBLIC_SOURCE, commitment.champion_id)
    if not commitment.is_recorded:
        raise InvalidState(N_("Only a recorded commitment is amended from a public source."))
    if not source.strip():
        raise Invalid(N_("Name the public source"), {"source": (N_("Name the public source"), {})})
    amendment = _new(commitment, actor)
    amendment.is_recorded, amendment.recorded_source = True, source
    _fill(amendment, changes, reason_code, note)
    _complete(amendment)
    _number_and_move(amendment, "record", actor, "", effective_on, [])
    return amendment


def start_reaffirmations(term: LeaderTerm) -> list[Reaffirmation]:
    """One task for each commitment in force, once per term."""
    present = select(Reaffirmation.commitment_id).where(Reaffirmation.term_id == term.id)
    rows = db.session.scalars(
        select(Commitment).where(
            Commitment.champion_id == term.champion_id,
            Commitment.state == "published",
            Commitment.is_recorded.is_(False),
            Commitment.id.not_in(present),
        )
    ).all()
    tasks = [Reaffirmation(term_id=term.id, commitment_id=row.id, created_at=clock.now()) for row in rows]
    db.session.add_all(tasks)
    flush_or_conflict(N_("Somebody else changed this meanwhile. Nothing of yours was saved over theirs."))
    return tasks


def settle_reaffirmation(task: Reaffirmation, outcome: str, actor: Actor) -> None:
    """The new leader stands by the commitment ("reaffirmed"), or has had it amended ("amended")."""
    require(actor, Action.COMMITMENT_SIGN_OFF, task.commitment.champion_id)
    if outcome not in {"reaffirmed", "amended"}:
        raise ValueError(outcome)
    if task.outcome:
        raise InvalidState(N_("This task is done already."))
    task.outcome, task.done_at, task.done_by_id = outcome, clock.now(), actor.person_id
    record(actor, outcome, task.commitment)
