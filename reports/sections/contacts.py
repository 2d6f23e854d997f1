"""Who answers questions, and where the report and its figures can be read."""

from __future__ import annotations

from typing import Any

from impact.written import NO_BREAK
from reports.snapshot_types import Snapshot
from reports.words import Words


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    # "IMPACT 10×10×10" is one name: no line ends within it.
    roles = [(w.gettext(c.role).replace("IMPACT 10", f"IMPACT{NO_BREAK}10"), c) for c in snapshot.contacts]
    return {"contacts": [(role, c.name, c.address) for role, c in roles]}
