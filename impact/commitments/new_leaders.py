"""A new leader's term brings its tasks with it: this room is told by the one before, in the same transaction."""

from __future__ import annotations

from impact.champions.operations import leaders
from impact.commitments.reaffirmations import start_reaffirmations


def register() -> None:
    if start_reaffirmations not in leaders.ON_NEW_TERM:
        leaders.ON_NEW_TERM.append(start_reaffirmations)
