"""The contents with page numbers, and what this edition is."""

from __future__ import annotations

from typing import Any

from reports.contents import entries, first_guess
from reports.snapshot_types import Snapshot
from reports.words import Words


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    """Pages are a first guess here; the renderer puts in what the layout gave."""
    return {"entries": first_guess(entries(snapshot, w)), "changes": [w.say(c) for c in snapshot.edition.changes]}
