"""How an entry's hash is made: SHA-256 over canonical JSON that includes the hash before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, Protocol

#: What the first entry of a chain follows.
BEGINNING = "0" * 64
FIELDS = (
    "id",
    "actor_id",
    "actor_name",
    "action",
    "subject_kind",
    "subject_id",
    "champion_id",
    "from_state",
    "to_state",
    "reason",
    "details",
)


class Entry(Protocol):
    at: Any
    previous_hash: str


def entry_hash(entry: Any) -> str:
    """The 64 hexadecimal digits that seal this entry and everything before it."""
    content = {name: getattr(entry, name) for name in FIELDS}
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content["previous_hash"] = entry.previous_hash
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
