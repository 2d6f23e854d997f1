"""The three states of a file: waiting for its job, ready, failed; from failed it may be asked for again."""

from __future__ import annotations

from impact.permissions import Action
from impact.workflow import Move, Table, from_states

FILE: Table = {
    # The job does these; who asked for it was asked when it was asked for.
    "made": Move(from_states("waiting"), "ready", None, stamps="made_at"),
    "fail": Move(from_states("waiting"), "failed", None),
    "retry": Move(from_states("failed"), "waiting", Action.REPORT_MAKE),
}
