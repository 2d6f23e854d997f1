"""The end of a report: who answers questions, and how anyone checks the edition."""

from __future__ import annotations

from typing import Any

from impact.written import NO_BREAK
from reports.imprint import Imprint, imprint_of
from reports.snapshot_types import Snapshot
from reports.values import Text
from reports.words import Words


def context(snapshot: Snapshot, w: Words, imprint: Imprint | None = None) -> dict[str, Any]:
    # "IMPACT 10×10×10" is one name: no line ends within it.
    roles = [(w.gettext(c.role).replace("IMPACT 10", f"IMPACT{NO_BREAK}10"), c) for c in snapshot.contacts]
    own = snapshot.organisation.name
    digest = (imprint or imprint_of(snapshot)).digest
    groups = [digest[i : i + 8] for i in range(0, len(digest), 8)]
    return {
        "contacts": [
            (role, own if c.name == own.text else Text("en", c.name), (c.elsewhere or {}).get(w.language, c.address))
            for role, c in roles
        ],
        "hash_lines": (" ".join(groups[:4]), " ".join(groups[4:])),
    }
