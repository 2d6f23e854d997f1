"""How a seal's hash and a checkpoint's words are made. Pure: anybody can do the same sum (docs/check-it-yourself.md)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any, Protocol

from impact import canonical

#: What the first of a chain follows.
BEGINNING = "0" * 64


class Entry(Protocol):
    @property
    def n(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> dict[str, Any]: ...
    @property
    def at(self) -> datetime: ...
    @property
    def previous(self) -> str: ...


def moment(at: datetime) -> str:
    """2026-04-01T09:30:00.000000Z"""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def content(entry: Entry) -> dict[str, Any]:
    """What is hashed of a seal."""
    return {
        "n": entry.n,
        "kind": entry.kind,
        "code": entry.code,
        "facts": entry.facts,
        "at": moment(entry.at),
        "previous": entry.previous,
    }


def seal_hash(entry: Entry) -> str:
    """The 64 hexadecimal digits that hold this seal and, through `previous`, every one before it."""
    return canonical.digest(content(entry))


def statement(
    *,
    number: int,
    at: datetime,
    seals: int,
    seals_head: str,
    audit_entries: int,
    audit_head: str,
    previous: str,
    certificate: str,
) -> str:
    """The very text that a checkpoint signs: how long both chains are, and the hash each ends with."""
    return canonical.dump(
        {
            "checkpoint": number,
            "at": moment(at),
            "seals": seals,
            "seals_head": seals_head,
            "audit_entries": audit_entries,
            "audit_head": audit_head,
            "previous": previous,
            "certificate": certificate,
        }
    ).decode()


def statement_hash(signed: str) -> str:
    """What the next checkpoint names as `previous`."""
    return hashlib.sha256(signed.encode()).hexdigest()
