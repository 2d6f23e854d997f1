"""Editions that would give a small group away today: nobody downloads them any more.

An edition shows what could be shown on the day it was taken. When later figures, a correction or a higher threshold hide
more of an indicator, its older numbers would give back, by a subtraction, what is hidden now. So an edition is offered
only as long as it shows nothing that the public pages hide at this moment. The next edition takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import current_app

from impact.champions.models import Champion
from impact.indicators.small_cells import OPEN, Hiding, coarse
from impact.progress.queries import hiding_by_indicator
from reports.models import Edition
from reports.snapshot_types import Snapshot
from reports.target_facts import FigureFacts, TargetFacts


def withheld_of(champion: Champion, editions: Iterable[Edition]) -> frozenset[int]:
    """The ids of those editions that say more than may be said now; one query, none where there is no edition."""
    several = list(editions)
    if not several:
        return frozenset()
    hidden = hiding_by_indicator(champion, current_app.extensions["settings"].suppression_threshold)
    return frozenset(edition.id for edition in several if _says_too_much(edition, hidden))


def _says_too_much(edition: Edition, hidden: Mapping[str, Hiding]) -> bool:
    if not hidden:
        return False
    try:
        snapshot = Snapshot.load(edition.snapshot)
    except ValueError:
        # Of a layout that is no longer read: what it shows is not known, so it is not offered.
        return True
    return any(
        _gives_away(target, hidden.get(target.indicator.code, OPEN))
        for commitment in snapshot.commitments
        for target in commitment.targets
    )


def _gives_away(target: TargetFacts, hiding: Hiding) -> bool:
    if hiding.counts and target.baseline is not None and target.baseline.numerator is not None:
        return True
    return any(_figure_gives_away(figure, target, hiding) for figure in target.figures)


def _figure_gives_away(figure: FigureFacts, target: TargetFacts, hiding: Hiding) -> bool:
    if any(isinstance(count, int) and part in hiding.parts for part, count in figure.parts.items()):
        return True
    if not hiding.counts:
        return False
    if figure.numerator is not None or figure.denominator is not None:
        return True
    has_counts = target.indicator.numerator is not None
    start = target.baseline.value if target.baseline is not None else None
    return (
        has_counts and figure.value is not None and figure.value != coarse(figure.value, start, target.indicator.unit)
    )
