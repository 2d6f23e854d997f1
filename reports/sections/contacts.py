"""Who answers questions, and where the report and its figures can be read."""

from __future__ import annotations

from typing import Any

from reports.sections.method import indicators
from reports.snapshot_types import Snapshot
from reports.words import Words


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    return {
        "contacts": [(w.gettext(c.role), c.name, c.address) for c in snapshot.contacts],
        "notes": snapshot.method_notes,
        "indicators": indicators(snapshot, w),
    }
