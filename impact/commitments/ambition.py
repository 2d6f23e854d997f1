"""Is a target ambitious? Whoever writes or reviews it reads that beside it; the room of figures, further up, can say it.

    tell_by(teller)      that room registers once: (champion, targets) → what is told of each, in the same order
    told(champion, [Asked(target, …), …])      what the doors print; nothing of a target without a pace

The words are finished, in the reader's language. They compare organisations: only for those who may see benchmarks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.champions.models import Champion
from impact.charts import BarsChart, PathChart
from impact.commitments.models import Target


@dataclass(frozen=True)
class Asked:
    """A target as it is or would be, outside the database too; `stored` is the published one whose figures are its own.

    `reported` are figures (day, value) that nobody has approved yet: the desk reads the pace with them.
    """

    target: Target
    stored: Target | None = None
    reported: Sequence[tuple[date, Decimal]] = ()


@dataclass(frozen=True)
class Ambition:
    """`title` is the target in words, `chart` its needed path with the figures so far."""

    title: str
    sentences: Sequence[str]
    chart: PathChart | BarsChart | None = None


Teller = Callable[[Champion, Sequence[Asked]], Sequence[Ambition | None]]


def _silent(_champion: Champion, asked: Sequence[Asked]) -> Sequence[Ambition | None]:
    return [None] * len(asked)


_tellers: list[Teller] = [_silent]


def tell_by(teller: Teller) -> Teller:
    """The last one registered tells."""
    _tellers.append(teller)
    return teller


def told(champion: Champion, asked: Sequence[Asked]) -> Sequence[Ambition | None]:
    """One for each of `asked`; a constant number of queries, however many they are."""
    return _tellers[-1](champion, asked) if asked else []
