"""Changes of what was published: numbered at approval, old and new kept side by side for ever."""

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
from impact.audit.seals import sealed
from impact.commitments import letters, operations, proposals, queries, reaffirmations
from impact.commitments.content import as_json, fields_of_target, from_json
from impact.commitments.models import Amendment, Commitment
from impact.commitments.proposals import AMENDABLE_OF_COMMITMENT, REASON_LABELS
from impact.commitments.seals import seal_of_amendment, seals_of
from impact.commitments.workflow import AMENDMENT, OPEN_STATES
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move

#: {(public id of the target, or "" for the commitment; field): the new value}
Changes = Mapping[tuple[str, str], Any]
UNDER_WAY = N_("Another amendment of this commitment is under way. Finish or withdraw it first.")
CHANGED_MEANWHILE = N_(
    "A colleague changed the same part meanwhile. What you typed stands below; save again to put it in its place."
)


class ChangedMeanwhile(InvalidState):
    """Somebody saved the same part since the form was opened; nothing was stored."""


def start_amendment(commitment: Commitment, actor: Actor) -> Amendment:
    """One at a time: InvalidState where another is under way or the commitment is not in force."""
    require(actor, Action.COMMITMENT_WRITE, commitment.champion_id)
    amendment = _new(commitment, actor)
    record(actor, "start_amendment", amendment, to_state="draft")
    return amendment


def ask_for_amendment(commitment: Commitment, note: str, actor: Actor) -> Amendment:
    """A leader who does not stand by the commitment as it is has the writers amend it; they are told by letter."""
    require(actor, Action.COMMITMENT_SIGN_OFF, commitment.champion_id)
    if not note.strip():
        raise Invalid(
            N_("Say what should change, so that it can be written."),
            {"note": (N_("Say what should change, so that it can be written."), {})},
        )
    amendment = _new(commitment, actor)
    amendment.reason_code, amendment.note = "new_leader", note.strip()
    record(actor, "start_amendment", amendment, to_state="draft", reason=note.strip())
    letters.tell_writers(amendment, "amendment_wanted", actor, note.strip())
    return amendment


def _new(commitment: Commitment, actor: Actor) -> Amendment:
    if commitment.state != "published":
        raise InvalidState(N_("Only a published commitment can be amended."))
    if queries.open_amendment(commitment) is not None:
        raise InvalidState(UNDER_WAY)
    amendment = Amendment(
        state="draft",
        changes=[],
        typed={},
        warning_answers={},
        requested_at=clock.now(),
        requested_by_id=actor.person_id,
        commitment=commitment,
    )
    db.session.add(amendment)
    # Two people who begin at once: the database holds that only one amendment is open.
    flush_or_conflict(UNDER_WAY)
    return amendment


def _now_open(amendment: Amendment, actor: Actor) -> None:
    require(actor, Action.COMMITMENT_WRITE, amendment.champion_id)
    if amendment.state not in OPEN_STATES:
        raise InvalidState(N_("This amendment is no longer a draft."))


def propose(
    amendment: Amendment,
    address: str,
    values: Mapping[str, Any],
    actor: Actor,
    typed: Mapping[str, str] | None = None,
    seen: str | None = None,
) -> None:
    """Put the new values of one target (or, with address "", of the commitment's text) in place of those asked for before.

    `typed` holds {field: text} of what could not be read; it is shown again. `seen` is the digest of the part on
    which the form was typed: raises ChangedMeanwhile where a colleague has saved the same part since.
    """
    _now_open(amendment, actor)
    if seen is not None and seen != proposals.digest_of_part(amendment, address):
        raise ChangedMeanwhile(CHANGED_MEANWHILE)
    before = {"changes": amendment.changes}
    others = [row for row in amendment.changes if str(row.get("target") or "") != address]
    amendment.changes = others + _rows(amendment.commitment, address, values)
    rest = {name: texts for name, texts in (amendment.typed or {}).items() if name != address}
    amendment.typed = {**rest, **({address: dict(typed)} if typed else {})}
    record(actor, "save", amendment, details=changed(before, {"changes": amendment.changes}))


def give_reason(amendment: Amendment, reason_code: str, note: str, actor: Actor) -> None:
    _now_open(amendment, actor)
    _known_reason(reason_code)
    before = {"reason_code": amendment.reason_code, "note": amendment.note}
    amendment.reason_code, amendment.note = reason_code, note.strip()
    record(actor, "save", amendment, details=changed(before, {"reason_code": reason_code, "note": note.strip()}))


def save_amendment(amendment: Amendment, changes: Changes, reason_code: str, note: str, actor: Actor) -> None:
    """Put the whole of what is asked for in place of what stood there; fields that stay as they are drop out."""
    _now_open(amendment, actor)
    before = {"changes": amendment.changes, "reason_code": amendment.reason_code, "note": amendment.note}
    _fill(amendment, changes, reason_code, note)
    after = {"changes": amendment.changes, "reason_code": reason_code, "note": note}
    record(actor, "save", amendment, details=changed(before, after))


def _fill(amendment: Amendment, changes: Changes, reason_code: str, note: str) -> None:
    _known_reason(reason_code)
    parts: dict[str, dict[str, Any]] = {}
    for (address, name), new in changes.items():
        parts.setdefault(address, {})[name] = new
    rows = [row for address, values in parts.items() for row in _rows(amendment.commitment, address, values)]
    amendment.changes, amendment.reason_code, amendment.note = rows, reason_code, note


def _known_reason(reason_code: str) -> None:
    if reason_code and reason_code not in REASON_LABELS:
        raise Invalid(N_("Choose a reason"), {"reason_code": (N_("Choose a reason"), {})})


def _rows(commitment: Commitment, address: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The changes of one part, each with what is in force beside it."""
    allowed: tuple[str, ...] = AMENDABLE_OF_COMMITMENT
    if address:
        target = queries.own_target(commitment, address)
        allowed, values = proposals.amendable(target), proposals.with_share(target, values)
    rows: list[dict[str, Any]] = []
    for name, new in values.items():
        if name not in allowed:
            raise TypeError(f"{name} cannot be amended")
        old = _in_force(commitment, address, name)
        if as_json(new) != old:
            rows.append({"target": address, "field": name, "old": json.dumps(old), "new": json.dumps(as_json(new))})
    return rows


def _in_force(commitment: Commitment, address: str, name: str) -> Any:
    if not address:
        return as_json(getattr(commitment, name))
    return fields_of_target(queries.own_target(commitment, address))[name]


def _complete(amendment: Amendment) -> None:
    problems = {row.field: (row.message, row.values) for row in proposals.missing(amendment)}
    if problems:
        raise Invalid(N_("There is something to put right before you submit."), problems)


def send_amendment(amendment: Amendment, actor: Actor, answers: Mapping[str, str] | None = None) -> None:
    """Ask the leader to sign it. Errors of the pre-checks block, warnings need an answer ({field: answer})."""
    _now_open(amendment, actor)
    if answers:
        kept = {name: text for name, text in answers.items() if text.strip()}
        amendment.warning_answers = {**(amendment.warning_answers or {}), **kept}
    _complete(amendment)
    found = proposals.prechecks(amendment)
    blocking = [row for row in found if row.rank == "error"] or proposals.unanswered(amendment, found)
    if blocking:
        raise Invalid(
            N_("There is something to put right before you submit."),
            {row.field: (row.message, row.values) for row in blocking},
        )
    move(AMENDMENT, amendment, "send_to_leader", actor, details={"digest": proposals.present_digest(amendment)})
    letters.tell_leaders(amendment, actor)


def sign_amendment(amendment: Amendment, digest: str, actor: Actor) -> None:
    """The leader signs the very changes that were shown, known by their digest, and so submits them for review."""
    require(actor, Action.COMMITMENT_SIGN_OFF, amendment.champion_id)
    if digest != proposals.present_digest(amendment):
        raise InvalidState(N_("The text has changed since it was shown to you. Read it again before you sign."))
    amendment.signed_digest = digest
    move(AMENDMENT, amendment, "sign_off", actor, details={"digest": digest, "changes": amendment.changes})
    amendment.submitted_at = amendment.signed_at
    for told in operations.ON_SUBMISSION:
        told("amendment", amendment, actor)


def return_amendment(amendment: Amendment, reason: str, actor: Actor) -> None:
    """The leader does not sign it as it is; the writers are told why."""
    move(AMENDMENT, amendment, "return_to_writers", actor, reason=reason)
    letters.tell_writers(amendment, "amendment_not_signed", actor, reason.strip())


def withdraw_amendment(amendment: Amendment, reason: str, actor: Actor) -> None:
    """Nothing changes; the amendment stays in the champion's history with its reason."""
    move(AMENDMENT, amendment, "withdraw", actor, reason=reason)
    amendment.ended_reason = reason.strip()


def approve_amendment(amendment: Amendment, actor: Actor, reason: str = "") -> None:
    """The second person's approval: it gets its number and takes effect today."""
    if amendment.commitment.state != "published":
        raise InvalidState(N_("The commitment is no longer in force, so it cannot be amended."))
    unless = [
        (
            actor.person_id is not None and actor.person_id == amendment.recommended_by_id,
            N_("You recommended this, so somebody else must approve it."),
        )
    ]
    _number_and_move(amendment, "approve", actor, reason, clock.today(), unless)
    reaffirmations.settled_by_amendment(amendment, actor)


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
        details = {"number": amendment.number, **sealed(seal_of_amendment(amendment))}
        move(AMENDMENT, amendment, action, actor, reason=reason, details=details, unless=unless)
    _apply(amendment)
    operations.add_revision(commitment, actor)
    record(
        actor,
        "text_amended",
        commitment,
        details={"amendment": amendment.number, "revision": commitment.revision, **sealed(seals_of(commitment))},
    )


def _apply(amendment: Amendment) -> None:
    for address, values in proposals.asked_for(amendment).items():
        if address:
            operations.assign(queries.own_target(amendment.commitment, address), values)
        else:
            for name, value in values.items():
                setattr(amendment.commitment, name, from_json(name, value))


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
