"""What waits for somebody on a champion's overview; later rooms say here what of theirs does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from impact.actor import Actor
from impact.champions.models import Champion


@dataclass(frozen=True)
class Task:
    """A message id with its values, and the page on which it is done."""

    message: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    address: Mapping[str, Any] = field(default_factory=dict)


#: Asked in this order; each answers in a fixed number of queries.
ASKED: list[Callable[[Champion, Actor], Sequence[Task]]] = []


def waiting_for(champion: Champion, actor: Actor) -> list[Task]:
    return [task for asked in ASKED for task in asked(champion, actor)]
