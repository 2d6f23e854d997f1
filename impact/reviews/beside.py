"""What waits for a second person and was not submitted by a champion; later rooms say here what of theirs does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Beside:
    """A message id and what stands after it, the page on which it is decided, and who recommended it when."""

    title: str
    detail: str
    endpoint: str
    at: datetime
    address: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    by_id: int | None = None


#: Each answers in one query, the oldest first.
ASKED: list[Callable[[], Sequence[Beside]]] = []


def waiting_beside() -> list[Beside]:
    return [one for asked in ASKED for one in asked()]
