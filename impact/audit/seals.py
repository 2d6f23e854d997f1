"""What was approved is sealed: the entry of its approval holds a digest, and the trail keeps the entry from being changed.

A room that approves things puts `sealed(…)` into the entry and registers how to read the same things again:

    register("commitment", digests_now)

`troubles()` compares the two. A row that was changed past the operations, added without an approval, or taken away shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from impact.audit.models import AuditEntry
from impact.audit.queries import first_broken
from impact.db import db

#: Where the details of an entry keep its seals: {name of the thing: digest}.
DETAIL = "sealed"


@dataclass(frozen=True)
class Now:
    """A thing as it is now. What is approved must have a seal; the rest is compared only where it has one."""

    name: str
    digest: str
    is_approved: bool = True


#: What later rooms look through besides: each tells its own troubles.
_LOOKS: dict[str, Callable[[], Iterable[str]]] = {}
_KINDS: dict[str, Callable[[], Iterable[Now]]] = {}


def register(kind: str, digests_now: Callable[[], Iterable[Now]]) -> None:
    """Names of things of this kind begin with `kind` and a stroke."""
    _KINDS[kind] = digests_now


def register_look(name: str, look: Callable[[], Iterable[str]]) -> None:
    """Have something else looked through with the trail (the list of seals and its checkpoints)."""
    _LOOKS[name] = look


def name_of(kind: str, *parts: object) -> str:
    return "/".join((kind, *map(str, parts)))


def sealed(digests: Mapping[str, str]) -> dict[str, Any]:
    """What the entry of the approval holds: {name: digest}."""
    return {DETAIL: dict(digests)}


def troubles() -> Iterator[str]:
    """In words, everything that is not as the trail says: the trail itself first, then what was approved."""
    broken = first_broken()
    if broken:
        yield f"Entry {broken[0]}: {broken[1]}."
    for _name, look in sorted(_LOOKS.items()):
        yield from look()
    seals = _seals()
    for kind, digests_now in sorted(_KINDS.items()):
        missing = {name for name in seals if name.startswith(f"{kind}/")}
        for thing in digests_now():
            missing.discard(thing.name)
            entry, digest = seals.get(thing.name, (0, ""))
            if not entry and thing.is_approved:
                yield f"{thing.name} counts as approved, and no entry says that it was."
            elif entry and digest != thing.digest:
                yield f"{thing.name} is not what was approved in entry {entry}."
        for name in sorted(missing):
            yield f"{name} was approved in entry {seals[name][0]} and is gone."


def _seals() -> dict[str, tuple[int, str]]:
    """{name: (number of the entry, digest)}: of each thing the newest seal, which is the one that holds."""
    found: dict[str, tuple[int, str]] = {}
    rows = db.session.execute(
        select(AuditEntry.id, AuditEntry.details)
        .where(AuditEntry.details[DETAIL].is_not(None), AuditEntry.details[DETAIL].as_string().is_not(None))
        .order_by(AuditEntry.id)
    )
    for number, details in rows.all():
        found.update({name: (number, digest) for name, digest in details[DETAIL].items()})
    return found
