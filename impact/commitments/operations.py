"""Filing, saving, signing off, publishing and recording commitments.

A save says on which revision it was typed. What a colleague saved in between is kept where the fields
differ; where both changed the same field, nothing is stored and `Conflict` carries both versions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import changes, record
from impact.audit.seals import sealed
from impact.champions.models import Champion
from impact.commitments import checks, letters, queries
from impact.commitments.content import (
    FIELDS,
    TARGET_FIELDS,
    as_json,
    content_of,
    digest_of,
    fields_of_target,
    from_json,
    merge,
)
from impact.commitments.models import Commitment, Revision, Target
from impact.commitments.seals import seals_of
from impact.commitments.specs import milestones_from, starting_share
from impact.commitments.workflow import COMMITMENT, OPEN_STATES
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState
from impact.indicators.models import Indicator
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move

#: Called with (kind, thing, actor) when a leader has signed: a later room opens the review here.
ON_SUBMISSION: list[Callable[[str, Any, Actor], Any]] = []


class Conflict(InvalidState):
    """Two people changed the same fields: `mine` and `theirs` map each field to its JSON value."""

    def __init__(self, conflicts: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__(N_("A colleague changed the same fields. Choose which version to keep."))
        self.mine = {name: pair[0] for name, pair in conflicts.items()}
        self.theirs = {name: pair[1] for name, pair in conflicts.items()}


def _now_open(commitment: Commitment, actor: Actor) -> None:
    require(actor, Action.COMMITMENT_WRITE, commitment.champion_id)
    if commitment.state not in OPEN_STATES:
        raise InvalidState(N_("This text is no longer a draft. Ask for it to be returned, or amend it."))


def add_revision(commitment: Commitment, actor: Actor) -> Revision:
    """Keep the whole text as it is now, under the next number."""
    db.session.flush()
    commitment.revision += 1
    content = content_of(commitment)
    kept = Revision(
        commitment_id=commitment.id,
        number=commitment.revision,
        content=content,
        digest=digest_of(content),
        saved_at=clock.now(),
        saved_by_id=actor.person_id,
        saved_by_name=actor.name,
    )
    db.session.add(kept)
    flush_or_conflict(N_("Somebody else changed this meanwhile. Nothing of yours was saved over theirs."))
    return kept


def file_commitment(
    champion: Champion, actor: Actor, data: Mapping[str, Any], typed: Mapping[str, str] | None = None
) -> Commitment:
    """A new draft. `data` holds any of `content.FIELDS`; nothing need be complete."""
    require(actor, Action.COMMITMENT_WRITE, champion.id)
    commitment = _new(champion, actor, data)
    commitment.typed = dict(typed or {})
    add_revision(commitment, actor)
    record(actor, "file", commitment, to_state="draft", details=changes({}, dict(data)))
    return commitment


def _new(champion: Champion, actor: Actor, data: Mapping[str, Any]) -> Commitment:
    _known(data, FIELDS)
    commitment = Commitment(
        champion_id=champion.id,
        state="draft",
        revision=0,
        created_at=clock.now(),
        created_by_id=actor.person_id,
        **{"language": "en", "themes": [], "typed": {}, "warning_answers": {}, **data},
    )
    commitment.champion = champion
    db.session.add(commitment)
    db.session.flush()
    return commitment


def _known(data: Mapping[str, Any], names: Sequence[str]) -> None:
    unknown = set(data) - set(names)
    if unknown:
        raise TypeError(f"No such fields: {sorted(unknown)}")


def save_draft(
    commitment: Commitment,
    data: Mapping[str, Any],
    base_revision: int,
    actor: Actor,
    typed: Mapping[str, str] | None = None,
) -> Commitment:
    """Store the given fields. `typed` holds {field: text} of what could not be read; it is shown again.

    Raises Conflict when a colleague changed the same field since `base_revision`.
    """
    _now_open(commitment, actor)
    _known(data, FIELDS)
    before = {name: as_json(getattr(commitment, name)) for name in FIELDS}
    values = _merged(commitment, base_revision, before, {name: as_json(value) for name, value in data.items()})
    for name, value in values.items():
        setattr(commitment, name, from_json(name, value))
    commitment.typed = _still_typed(commitment.typed, data, typed)
    add_revision(commitment, actor)
    record(actor, "save", commitment, details=changes(before, values))
    return commitment


def _still_typed(kept: Mapping[str, Any], data: Mapping[str, Any], typed: Mapping[str, str] | None) -> dict[str, Any]:
    return {**{name: text for name, text in (kept or {}).items() if name not in data}, **(typed or {})}


def _merged(
    commitment: Commitment,
    base_revision: int,
    now: Mapping[str, Any],
    mine: Mapping[str, Any],
    target: Target | None = None,
) -> Mapping[str, Any]:
    """What to store of `mine`, after looking at what was saved since the revision on which it was typed."""
    if base_revision == commitment.revision:
        return mine
    base = queries.revision(commitment, base_revision)
    if base is None:
        raise InvalidState(N_("This form is too old to be saved. Open the page again."))
    content: Mapping[str, Any] = base.content
    if target is not None:
        content = next((row for row in base.content["targets"] if row["public_id"] == target.public_id), {})
    merged = merge(content, mine, now)
    if merged.conflicts:
        raise Conflict(merged.conflicts)
    return merged.values


def collides(commitment: Commitment, data: Mapping[str, Any], base_revision: int, target: Target | None = None) -> bool:
    """Whether saving these fields would meet a colleague's change of the same ones; changes nothing."""
    now = fields_of_target(target) if target else {name: as_json(getattr(commitment, name)) for name in FIELDS}
    try:
        _merged(commitment, base_revision, now, {name: as_json(value) for name, value in data.items()}, target)
    except InvalidState:
        return True
    return False


def add_target(
    commitment: Commitment, actor: Actor, data: Mapping[str, Any] | None = None, typed: Mapping[str, str] | None = None
) -> Target:
    """A further target, complete or not. `data` holds any of `content.TARGET_FIELDS`; see `save_target`."""
    _now_open(commitment, actor)
    target = _append(commitment, data or {})
    target.typed = dict(typed or {})
    add_revision(commitment, actor)
    record(actor, "add_target", commitment, details=changes({}, fields_of_target(target)))
    return target


def _append(commitment: Commitment, data: Mapping[str, Any]) -> Target:
    _known(data, TARGET_FIELDS)
    position = 1 + max((other.position for other in commitment.targets), default=0)
    target = Target(position=position, typed={})
    commitment.targets.append(target)
    assign(target, {name: as_json(value) for name, value in data.items()})
    db.session.flush()
    return target


def assign(target: Target, values: Mapping[str, Any]) -> None:
    """Put JSON values (see `content`) into the columns of a target; a share follows from its two counts."""
    for name, value in values.items():
        if name == "indicator":
            target.indicator = _indicator(value)
        elif name == "milestones":
            target.milestones = milestones_from(value, target.milestones)
        else:
            setattr(target, name, from_json(name, value))
    if target.kind != "conditional":
        target.inner_kind = None
    # A share is worked out from its two counts, so that it can never disagree with them.
    top, total = target.baseline_numerator, target.baseline_denominator
    if top is not None and total and target.indicator is not None:
        target.baseline_value = starting_share(top, total, target)


def _indicator(code: str | None) -> Indicator | None:
    if not code:
        return None
    found = db.session.scalar(select(Indicator).where(Indicator.code == code))
    if found is None:
        raise Invalid(N_("Choose one of the indicators"), {"indicator": (N_("Choose one of the indicators"), {})})
    return found


def save_target(
    target: Target,
    data: Mapping[str, Any],
    base_revision: int,
    actor: Actor,
    typed: Mapping[str, str] | None = None,
) -> Target:
    """Store the given fields of a target: `indicator` is a code, `milestones` a list of {on, value, title}.

    Raises Conflict like `save_draft`.
    """
    commitment = target.commitment
    _now_open(commitment, actor)
    _known(data, TARGET_FIELDS)
    before = fields_of_target(target)
    mine = {name: as_json(value) for name, value in data.items()}
    values = _merged(commitment, base_revision, before, mine, target)
    assign(target, values)
    target.typed = _still_typed(target.typed, data, typed)
    add_revision(commitment, actor)
    record(actor, "save_target", commitment, details=changes(before, dict(values)))
    return target


def remove_target(target: Target, actor: Actor) -> None:
    """Take a target out of a draft; its text stays in the revisions."""
    commitment = target.commitment
    _now_open(commitment, actor)
    before = fields_of_target(target)
    commitment.targets.remove(target)
    add_revision(commitment, actor)
    record(actor, "remove_target", commitment, details={"removed": before})


def send_to_leader(commitment: Commitment, actor: Actor, answers: Mapping[str, str] | None = None) -> None:
    """Ask the leader to sign. Errors of the pre-checks block; warnings need an answer ({field: answer})."""
    require(actor, Action.COMMITMENT_WRITE, commitment.champion_id)
    if answers:
        commitment.warning_answers = {**commitment.warning_answers, **{k: v for k, v in answers.items() if v.strip()}}
    found = checks.prechecks(commitment)
    blocking = [problem for problem in found if problem.rank == "error"] or checks.unanswered(commitment, found)
    if blocking:
        raise Invalid(
            N_("There is something to put right before you submit."),
            {problem.field: (problem.message, problem.values) for problem in blocking},
        )
    move(COMMITMENT, commitment, "send_to_leader", actor, details={"revision": commitment.revision})
    letters.tell_who_signs(commitment, actor)


def present_digest(commitment: Commitment) -> str:
    return digest_of(content_of(commitment))


def sign_off(commitment: Commitment, digest: str, actor: Actor) -> None:
    """The leader signs the very text that was shown, known by its digest, and so submits it for review."""
    require(actor, Action.COMMITMENT_SIGN_OFF, commitment.champion_id)
    if digest != present_digest(commitment):
        raise InvalidState(N_("The text has changed since it was shown to you. Read it again before you sign."))
    commitment.signed_digest = digest
    move(COMMITMENT, commitment, "sign_off", actor, details={"digest": digest, "revision": commitment.revision})
    commitment.submitted_at = commitment.signed_at
    for told in ON_SUBMISSION:
        told("commitment", commitment, actor)


def return_to_writers(commitment: Commitment, reason: str, actor: Actor) -> None:
    """The leader does not sign it as it is; the writers are told why."""
    move(COMMITMENT, commitment, "return_to_writers", actor, reason=reason)
    letters.tell_it_is_not_signed(commitment, actor, reason.strip())


def publish(commitment: Commitment, actor: Actor, reason: str = "") -> None:
    """The second person's approval makes it public; never the person who recommended it."""
    commitment.published_at = clock.now()
    commitment.first_published_revision = commitment.revision
    move(
        COMMITMENT,
        commitment,
        "approve",
        actor,
        reason=reason,
        details=sealed(seals_of(commitment)),
        unless=[
            (
                actor.person_id is not None and actor.person_id == commitment.recommended_by_id,
                N_("You recommended this, so somebody else must approve it."),
            )
        ],
    )


def end(commitment: Commitment, action: str, reason: str, actor: Actor) -> None:
    """`action` is "withdraw", "complete" or "expire"; the public reads the reason of what was published."""
    if action not in {"withdraw", "complete", "expire"}:
        raise ValueError(action)
    move(COMMITMENT, commitment, action, actor, reason=reason)
    commitment.ended_reason = reason


def record_from_public_source(
    champion: Champion,
    *,
    headline: str,
    targets: Sequence[Mapping[str, Any]],
    source: str,
    recorded_on: date,
    actor: Actor,
    why: str = "",
    themes: Sequence[str] = (),
    second_hand: bool = False,
    **fields: Any,
) -> Commitment:
    """Publish what a public source says of a real organisation: nobody is made up to have filed or reviewed it.

    `targets` hold any of `content.TARGET_FIELDS`; `fields` the rest of `content.FIELDS`.
    """
    require(actor, Action.RECORD_PUBLIC_SOURCE, champion.id)
    if not source.strip():
        raise Invalid(N_("Name the public source"), {"source": (N_("Name the public source"), {})})
    commitment = _new(champion, actor, {"headline": headline, "why": why, "themes": list(themes), **fields})
    commitment.is_recorded, commitment.is_second_hand = True, second_hand
    commitment.recorded_source, commitment.recorded_on = source, recorded_on
    for data in targets:
        _append(commitment, data)
    add_revision(commitment, actor)
    commitment.first_published_revision = commitment.revision
    move(COMMITMENT, commitment, "record", actor, details={"source": source, **sealed(seals_of(commitment))})
    return commitment
