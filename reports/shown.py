"""What an edition says, for the page on which it is read before it is signed off: everything, in the order of the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from impact.indicators.kinds import Value
from reports.models import Edition
from reports.said import Said
from reports.snapshot_types import CommitmentFacts
from reports.target_facts import TargetFacts
from reports.tiers import read


@dataclass(frozen=True)
class Told:
    """A heading with what was written under it."""

    heading: str
    text: Said


@dataclass(frozen=True)
class ShownTarget:
    sentence: Said
    status: str
    #: (year, value or None, Said of why it was not measured)
    figures: tuple[tuple[int, Any, Said | None], ...]
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class ShownCommitment:
    headline: Said
    targets: tuple[ShownTarget, ...]


@dataclass(frozen=True)
class Shown:
    statement: Said | None = None
    #: (label, value now, year, value before, year before)
    key_figures: tuple[tuple[Any, ...], ...] = ()
    commitments: tuple[ShownCommitment, ...] = ()
    #: (about, why)
    gaps: tuple[tuple[Said, Said | None], ...] = ()
    changes: tuple[Said, ...] = field(default=())


def shown(edition: Edition) -> Shown:
    """Nothing for a layout that is no longer read."""
    snapshot = read(edition)
    if snapshot is None:
        return Shown()
    return Shown(
        statement=Said(snapshot.statement.text) if snapshot.statement else None,
        key_figures=tuple(
            (
                Said(figure.label),
                Value(figure.now, figure.unit) if figure.now is not None else None,
                figure.now_year,
                Value(figure.before, figure.unit) if figure.before is not None else None,
                figure.before_year,
            )
            for figure in snapshot.key_figures
        ),
        commitments=tuple(_commitment(commitment) for commitment in snapshot.commitments),
        gaps=tuple(
            (Said(gap.about), Said(gap.why) if gap.why else Said(gap.reason) if gap.reason else None)
            for gap in snapshot.gaps
        ),
        changes=tuple(Said(change) for change in snapshot.edition.changes),
    )


def _commitment(commitment: CommitmentFacts) -> ShownCommitment:
    return ShownCommitment(Said(commitment.headline), tuple(_target(target) for target in commitment.targets))


def _target(target: TargetFacts) -> ShownTarget:
    figures = tuple(
        (
            figure.year,
            Value(figure.value, target.indicator.unit) if figure.value is not None else None,
            Said(figure.not_measured) if figure.not_measured else None,
        )
        for figure in target.figures
    )
    told = tuple(
        Told(heading, Said(text))
        for heading, text in (
            ("narrative", target.narrative),
            ("worked", target.worked),
            ("obstacles", target.obstacles),
            ("next_steps", target.next_steps),
        )
        if text is not None
    )
    return ShownTarget(Said(target.sentence), target.verdict.status, figures, told)
