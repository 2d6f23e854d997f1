"""How a thing moves from state to state: a table of moves, and one `move()` that is the only place to assign a state.

A workflow is a table `action → Move`. `available()` draws the buttons and `move()` asks the same
two questions in the same order: may you, then can it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, may, require


class Moves(Protocol):
    """What `move()` needs of a thing: a state, and whose it is."""

    state: str

    @property
    def champion_id(self) -> int | None: ...


@dataclass(frozen=True)
class Move:
    leaves: frozenset[str]
    reaches: str
    #: None where no role decides: the operation itself has asked whether this is the actor's own thing
    may: Action | None
    #: the attribute that takes the moment, and the one that takes the person, if any
    stamps: str | None = None
    signs: str | None = None
    needs_reason: bool = False


def from_states(*states: str) -> frozenset[str]:
    return frozenset(states)


Table = Mapping[str, Move]


def available(table: Table, thing: Moves, actor: Actor) -> list[str]:
    """The actions of the table that this actor may take on this thing now, in the table's order."""
    return [
        action
        for action, step in table.items()
        if step.may is not None and str(thing.state) in step.leaves and may(actor, step.may, thing.champion_id)
    ]


def can(table: Table, thing: Moves, action: str, actor: Actor) -> bool:
    return action in available(table, thing, actor)


def move(
    table: Table,
    thing: Moves,
    action: str,
    actor: Actor,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    unless: Iterable[tuple[bool, str]] = (),
) -> None:
    """Take `action`: check, assign state with its stamps, record in the audit trail.

    `unless` holds (condition, message id) pairs that refuse as NotAllowed when true.
    Raises NotAllowed, InvalidState (wrong state) or Invalid (no reason where one is needed).
    """
    step = table[action]
    if step.may is not None:
        require(actor, step.may, thing.champion_id, unless=unless)
    before = str(thing.state)
    if before not in step.leaves:
        raise InvalidState(N_("This was already decided or moved on meanwhile. Open it again to see where it stands."))
    if step.needs_reason and not reason.strip():
        raise Invalid(
            N_("Give a reason. It is kept in the history and the other side reads it."),
            {"reason": (N_("Give a reason"), {})},
        )
    thing.state = step.reaches
    if step.stamps:
        setattr(thing, step.stamps, clock.now())
    if step.signs:
        setattr(thing, step.signs, actor.person_id)
    record(actor, action, thing, from_state=before, to_state=step.reaches, reason=reason, details=details)
