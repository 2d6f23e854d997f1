"""The steps of a deliverable in a year's figure: on which day each was done, public once the year is approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from impact import clock
from impact.commitments.models import Milestone
from impact.messages import gettext_noop as N_
from impact.progress.models import Figure

#: As many as a target can have.
NAMES = tuple(f"step_{number}" for number in range(1, 21))


def steps_of(figure: Figure) -> list[tuple[str, Milestone]]:
    """(field, step) in the order of their days; none where the target is not delivered in steps."""
    target = figure.target
    if (target.inner_kind or target.kind) != "deliverable":
        return []
    return list(zip(NAMES, target.milestones, strict=False))


def done_on(figure: Figure, step: Milestone) -> date | None:
    """What this figure says of the step; what was approved before, where it says nothing."""
    if str(step.id) not in figure.steps:
        return step.done_on
    text = figure.steps[str(step.id)]
    return date.fromisoformat(text) if text else None


def read(
    figure: Figure, data: Mapping[str, Any]
) -> tuple[dict[str, str | None], dict[str, tuple[str, Mapping[str, Any]]]]:
    """({step: day or None} to store, problems) of one entry; a refused day stays as it was."""
    kept = dict(figure.steps)
    problems: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for name, step in steps_of(figure):
        if name not in data:
            continue
        day: date | None = data[name]
        if day is not None and day > clock.today():
            problems[name] = (N_("This date is in the future. Give the day on which the step was done"), {})
        elif day != done_on(figure, step):
            kept[str(step.id)] = day.isoformat() if day else None
    return kept, problems


def settle(figure: Figure) -> dict[str, date | None]:
    """Approved: the steps bear their days from now on; {name of the step: day} of those that changed."""
    changed = {}
    for _name, step in steps_of(figure):
        day = done_on(figure, step)
        if day != step.done_on:
            step.done_on = day
            changed[step.title or step.on.isoformat()] = day
    return changed
