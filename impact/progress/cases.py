"""From rows to the inputs of the status rule: everything that decides how a target stands, as plain values.

The public page prints these inputs and `flask status explain` takes them from a file, in the same words.
A whole page of targets takes the same few queries as one target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app
from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from impact.commitments.models import Commitment, ConditionFigure, Target
from impact.commitments.specs import original_of, spec_of
from impact.db import db
from impact.indicators.small_cells import OPEN, Hiding
from impact.progress import queries
from impact.progress.models import Figure, ReportingWindow

#: Half the width of the parity band, in points: 40 to 60.
BAND = Decimal(10)
GRACE_DAYS = 90


@dataclass(frozen=True)
class CaseFigure:
    """An approved answer: a value (or a delivery) at its reference date, or the reason why there is none."""

    on: date
    value: Decimal | None
    not_measured: str = ""
    delivered: bool | None = None
    #: False when the definition changed and old and new cannot be compared
    bridged: bool = True

    def as_row(self) -> list[Any]:
        """[day, value or whether delivered, reason], and false as a fourth where old and new cannot be compared."""
        value = _plain(self.value) if self.delivered is None else self.delivered
        return [self.on.isoformat(), value, self.not_measured or None, *([] if self.bridged else [False])]


@dataclass(frozen=True)
class CaseInputs:
    """What the status of one target is computed from; values in the indicator's unit, dates as days."""

    kind: str
    direction: str
    baseline: Decimal | None
    baseline_date: date | None
    target: Decimal | None
    target_date: date | None
    #: (day, value or None for a deliverable's step, day on which the step was done)
    milestones: tuple[tuple[date, Decimal | None, date | None], ...] = ()
    figures: tuple[CaseFigure, ...] = ()
    #: days on which a figure was or is due; none for champions recorded from public sources
    due: tuple[date, ...] = ()
    today: date = date.min
    band: Decimal = BAND
    grace_days: int = GRACE_DAYS
    #: a conditional target: (operator "below" or "above", threshold, figures of the condition by date); `kind` is
    #: then the kind that it contains
    condition: tuple[str, Decimal | None, tuple[tuple[date, Decimal], ...]] | None = None

    def as_file(self) -> dict[str, Any]:
        """The case as `flask status explain --case` reads it: numbers as numbers, days as text.

        What only some kinds have stands there for them alone: the condition, the days on which steps were done.
        """
        conditional = {"kind": "conditional", "inner_kind": self.kind} if self.condition else {}
        return {
            "kind": self.kind,
            **conditional,
            "direction": self.direction,
            "baseline": _plain(self.baseline),
            "baseline_date": _plain(self.baseline_date),
            "target": _plain(self.target),
            "target_date": _plain(self.target_date),
            "milestones": [
                [day.isoformat(), _plain(value), *([done.isoformat()] if done else [])]
                for day, value, done in self.milestones
            ],
            "figures": [figure.as_row() for figure in self.figures],
            "due": [day.isoformat() for day in self.due],
            "today": self.today.isoformat(),
            "band": _plain(self.band),
            "grace_days": self.grace_days,
            **({"condition": _condition_as_file(*self.condition)} if self.condition else {}),
        }


def _condition_as_file(
    operator: str, threshold: Decimal | None, figures: Sequence[tuple[date, Decimal]]
) -> dict[str, Any]:
    rows = [[day.isoformat(), _plain(value)] for day, value in figures]
    return {"operator": operator, "threshold": _plain(threshold), "figures": rows}


@dataclass(frozen=True)
class TargetInputs:
    """The inputs as in force and, where an amendment changed them, as first published; and a reviewer's other status."""

    inputs: CaseInputs
    original: CaseInputs | None = None
    override: str = ""
    override_reason: str = ""
    figures: tuple[Figure, ...] = field(default=(), compare=False)
    #: what the public may not see of the figures: `queries.public_figure(figure, target, hiding)`
    hiding: Hiding = OPEN


def _plain(value: Decimal | date | None) -> int | float | str | None:
    if value is None or isinstance(value, date):
        return value.isoformat() if value else None
    return int(value) if value == value.to_integral_value() else float(value)


def inputs_of(target: Target, today: date) -> TargetInputs:
    """The inputs of one target on this day."""
    return inputs_of_all([target], today)[target.id]


def inputs_of_all(targets: Sequence[Target], today: date) -> dict[int, TargetInputs]:
    """{target id: its inputs}; the number of queries does not depend on the number of targets."""
    ids = [target.id for target in targets]
    if not ids:
        return {}
    loaded = list(targets) if all(map(_is_ready, targets)) else _from_database(ids)
    _load_conditions(loaded)
    champion_ids = sorted({target.commitment.champion_id for target in loaded})
    figures = queries.figures_of(loaded, evidence=False)
    hidden = queries.hiding_of(loaded, int(current_app.extensions["settings"].suppression_threshold))
    overrides = queries.overrides_of(loaded)
    windows = queries.windows_of_all(champion_ids, unanswered=True)
    result = {}
    for target in loaded:
        champion_id = target.commitment.champion_id
        owed = [window for window in reversed(windows[champion_id]) if _asks_about(window, target)]
        first = original_of(target)
        moved = first is not None and first.baseline_date != target.baseline_date
        given = (_approved(target, figures[target.id], today, hidden[target.id]), owed, today)
        inputs = _inputs(target, *given, since=target.baseline_date if moved else None)
        original = _inputs(first, *given, since=first.baseline_date if moved else None) if first else None
        override = overrides.get(target.id)
        result[target.id] = TargetInputs(
            inputs=inputs,
            original=original if original != inputs else None,
            override=override.status if override else "",
            override_reason=override.reason if override else "",
            figures=tuple(figures[target.id]),
            hiding=hidden[target.id],
        )
    return result


def published_cases(targets: Sequence[Target], today: date) -> dict[int, CaseInputs]:
    """{target id: its public figures as a case}, without what was due: enough for paces, in a few queries.

    The targets come with their indicator, commitment, champion and milestones.
    """
    if not targets:
        return {}
    _load_conditions(targets)
    figures = queries.figures_of(targets, evidence=False)
    hidden = queries.hiding_of(targets, int(current_app.extensions["settings"].suppression_threshold))
    return {
        target.id: _inputs(target, _approved(target, figures[target.id], today, hidden[target.id]), (), today)
        for target in targets
    }


def without_figures(target: Target, today: date) -> CaseInputs:
    """What the target itself says, as a draft or a copy outside the database has it; no query where it is loaded."""
    return _inputs(target, (), (), today)


def _is_ready(target: Target) -> bool:
    """Whether whoever read the target asked for all that its status takes (the public pages do)."""
    state = inspect(target)
    if not state.persistent or {"indicator", "milestones"} & state.unloaded:
        return False
    return "amendments" not in inspect(target.commitment).unloaded


def _from_database(ids: Sequence[int]) -> list[Target]:
    return list(
        db.session.scalars(
            select(Target)
            .where(Target.id.in_(ids))
            .options(
                joinedload(Target.indicator),
                joinedload(Target.commitment).joinedload(Commitment.champion),
                joinedload(Target.commitment).selectinload(Commitment.amendments),
                selectinload(Target.milestones),
            )
        )
    )


def _load_conditions(targets: Sequence[Target]) -> None:
    """The figures of conditions, asked for only where there is a condition."""
    conditional = {target.id: target for target in targets if target.kind == "conditional"}
    for target in targets:
        # The others have none: whoever copies an amended target need not ask for each of them.
        if target.kind != "conditional" and "condition_figures" in inspect(target).unloaded:
            set_committed_value(target, "condition_figures", [])
    if not conditional:
        return
    found: dict[int, list[ConditionFigure]] = {target_id: [] for target_id in conditional}
    for row in db.session.scalars(
        select(ConditionFigure).where(ConditionFigure.target_id.in_(conditional)).order_by(ConditionFigure.on)
    ):
        found[row.target_id].append(row)
    for target_id, rows in found.items():
        set_committed_value(conditional[target_id], "condition_figures", rows)


def _asks_about(window: ReportingWindow, target: Target) -> bool:
    starts = target.commitment.starts_on
    ends = target.commitment.ended_at
    return (
        # What the staff recorded from a public source is nobody's duty to report on.
        not target.commitment.is_recorded
        and (starts is None or starts <= window.period_ends)
        and (target.baseline_date is None or target.baseline_date < window.period_ends)
        and (ends is None or window.opens_on <= ends.date())
    )


def _approved(target: Target, figures: Sequence[Figure], today: date, hiding: Hiding) -> tuple[CaseFigure, ...]:
    """The values are those that the public sees: whoever redoes the sum can, and p gives no small group away."""
    return tuple(
        CaseFigure(
            figure.on,
            queries.public_value(figure.value, target, hiding),
            figure.not_measured,
            figure.delivered,
            figure.method_bridged,
        )
        for figure in figures
        if figure.on is not None and figure.on <= today
    )


def _inputs(
    target: Target,
    figures: Sequence[CaseFigure],
    owed: Sequence[ReportingWindow],
    today: date,
    since: date | None = None,
) -> CaseInputs:
    """`since`: a starting point that was moved; figures before it belong to the other account."""
    spec = spec_of(target)
    condition = None
    if target.kind == "conditional":
        condition = (
            target.condition_operator,
            target.condition_threshold,
            tuple((figure.on, figure.value) for figure in target.conditions_in_force),
        )
    return CaseInputs(
        kind=(spec.effective_kind or spec.kind) if spec else target.inner_kind or target.kind or "",
        direction=spec.direction if spec else "",
        baseline=target.baseline_value,
        baseline_date=target.baseline_date,
        target=spec.value if spec else target.value,
        target_date=target.due,
        milestones=tuple((step.on, step.value, step.done_on) for step in target.milestones),
        figures=tuple(figure for figure in figures if since is None or figure.on >= since),
        due=tuple(window.due_on for window in owed),
        today=today,
        grace_days=owed[-1].grace_days if owed else GRACE_DAYS,
        condition=condition,
    )
