"""What the public sees of figures: counts that could point at a person are left out, everywhere at once.

What is hidden is decided for all years, versions and sibling targets together (`impact.indicators.small_cells`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select, tuple_

from impact.champions.models import Champion
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.db import db
from impact.indicators.models import Indicator
from impact.indicators.small_cells import OPEN, Counts, Hiding, coarse, hiding_for
from impact.progress.models import Evidence, Figure
from impact.progress.operations.figures import is_share
from impact.progress.queries.figures import figures_of


@dataclass(frozen=True)
class PublicFigure:
    """A figure as the public sees it: counts that could point at a person are None and `suppressed` says so."""

    public_id: str
    on: date | None
    on_is_year: bool
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    delivered: bool | None
    parts: dict[str, int | None] = field(default_factory=dict)
    suppressed: bool = False
    parts_note: str = ""
    not_measured: str = ""
    known_by: date | None = None
    method_change: str = ""
    source: str = ""
    narrative: str = ""
    worked: str = ""
    obstacles: str = ""
    next_steps: str = ""
    evidence: tuple[Evidence, ...] = ()
    year: int | None = None


def hiding_of(targets: Sequence[Target], threshold: int) -> dict[int, Hiding]:
    """{target id: what the public may not see of it}; one query, however many targets.

    Whatever gives a number away decides with it: every year, corrected versions, the starting point, and the
    champion's other public targets of the same indicator (a total minus its other parts is a part).
    """
    wanted = {
        target.id: (target.commitment.champion_id, target.indicator_id)
        for target in targets
        if target.indicator is not None
        and not target.indicator.public_office
        and not target.commitment.champion.is_recorded
    }
    if not wanted or threshold <= 0:
        return {target.id: OPEN for target in targets}
    # Columns, not objects: a champion's siblings can be many, and only their counts matter here.
    rows = db.session.execute(
        select(
            Commitment.champion_id,
            Target.indicator_id,
            Target.baseline_numerator,
            Target.baseline_denominator,
            Figure.id,
            Figure.numerator,
            Figure.denominator,
            Figure.parts,
        )
        .join(Target, Target.commitment_id == Commitment.id)
        .outerjoin(Figure, (Figure.target_id == Target.id) & Figure.approved_at.is_not(None))
        .where(
            Commitment.state.in_(PUBLIC_STATES),
            tuple_(Commitment.champion_id, Target.indicator_id).in_(sorted(set(wanted.values()))),
        )
    ).all()
    together: dict[tuple[int, int | None], list[Counts]] = {}
    for champion_id, indicator_id, counted, whole, figure_id, numerator, denominator, parts in rows:
        known = together.setdefault((champion_id, indicator_id), [])
        known.append(Counts(counted, whole, {}))
        if figure_id is not None:
            known.append(Counts(numerator, denominator, parts))
    return {
        target.id: hiding_for(together.get(wanted[target.id], []), threshold, is_share(target.indicator))
        if target.id in wanted
        else OPEN
        for target in targets
    }


def hiding_by_indicator(champion: Champion, threshold: int) -> dict[str, Hiding]:
    """{indicator code: what the public does not see of this champion's figures}, where it is something; one query."""
    if champion.is_recorded or threshold <= 0:
        return {}
    rows = db.session.execute(
        select(Indicator, Target, Figure)
        .join(Target, Target.indicator_id == Indicator.id)
        .join(Commitment, Commitment.id == Target.commitment_id)
        .outerjoin(Figure, (Figure.target_id == Target.id) & Figure.approved_at.is_not(None))
        .where(
            Commitment.champion_id == champion.id,
            Commitment.state.in_(PUBLIC_STATES),
            Indicator.public_office.is_(False),
        )
    ).all()
    known: dict[str, list[Counts]] = {}
    share = {indicator.code: is_share(indicator) for indicator, _target, _figure in rows}
    for indicator, target, figure in rows:
        known.setdefault(indicator.code, []).extend(_counts_of(target, figure))
    hidden = {code: hiding_for(counts, threshold, share[code]) for code, counts in known.items()}
    return {code: hiding for code, hiding in hidden.items() if hiding != OPEN}


def _counts_of(target: Target, figure: Figure | None) -> list[Counts]:
    """What gives numbers away: the starting point, and the figure where there is one."""
    counts = [Counts(target.baseline_numerator, target.baseline_denominator, {})]
    if figure is not None:
        counts.append(Counts(figure.numerator, figure.denominator, figure.parts))
    return counts


def public_figures(targets: Sequence[Target], threshold: int) -> dict[int, list[PublicFigure]]:
    """{target id: figures for public pages}; `threshold` is settings.suppression_threshold."""
    hidden = hiding_of(targets, threshold)
    by_id = {target.id: target for target in targets}
    return {
        target_id: [public_figure(figure, by_id[target_id], hidden[target_id]) for figure in figures]
        for target_id, figures in figures_of(targets).items()
    }


def all_figures(targets: Sequence[Target]) -> dict[int, list[PublicFigure]]:
    """{target id: approved figures with every count and all evidence}: for those who may read what is confidential."""
    return {
        target_id: [
            replace(
                public_figure(figure, figure.target, OPEN),
                evidence=tuple(piece for piece in figure.evidence if piece.removed_at is None),
            )
            for figure in figures
        ]
        for target_id, figures in figures_of(targets).items()
    }


def public_figure(figure: Figure, target: Target, hiding: Hiding) -> PublicFigure:
    """One figure for the public, without what the target's hiding takes out."""
    parts: dict[str, int | None] = {
        part: None if part in hiding.parts else count for part, count in figure.parts.items()
    }
    counts = hiding.counts
    hidden = any(count is None for count in parts.values())
    return PublicFigure(
        public_id=figure.public_id,
        on=figure.on,
        on_is_year=figure.on_is_year,
        value=public_value(figure.value, target, hiding),
        numerator=None if counts else figure.numerator,
        denominator=None if counts else figure.denominator,
        delivered=figure.delivered,
        parts=parts,
        suppressed=hidden or (counts and figure.denominator is not None),
        # A sentence about how many did not say would give the numbers away.
        parts_note="" if hidden else figure.parts_note,
        not_measured=figure.not_measured,
        known_by=figure.known_by,
        method_change=figure.method_change,
        source=figure.recorded_source or figure.source,
        narrative=figure.narrative,
        worked=figure.worked,
        obstacles=figure.obstacles,
        next_steps=figure.next_steps,
        evidence=tuple(piece for piece in figure.evidence if piece.is_public and piece.removed_at is None),
        year=figure.report.window.year if figure.report else (figure.on.year if figure.on else None),
    )


def public_value(value: Decimal | None, target: Target, hiding: Hiding) -> Decimal | None:
    """The value; where the counts are hidden, rounded so far that no fraction can be read back out of it."""
    indicator: Indicator | None = target.indicator
    if value is None or not hiding.counts or indicator is None or not indicator.has_counts:
        return value
    return coarse(value, target.baseline_value, indicator.unit)
