"""What stands in the way of submitting: errors block, warnings need an answer, notices inform."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from impact import clock
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import spec_of
from impact.indicators.refusals import refusals
from impact.messages import gettext_noop as N_


@dataclass(frozen=True)
class Problem:
    """`field` is named as remarks name it ("headline", "target:<public id>:due"); `rank`: error, warning or notice."""

    field: str
    message: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    rank: str = "error"


def prechecks(commitment: Commitment, today: date | None = None) -> list[Problem]:
    """Every problem of the whole commitment, errors first."""
    today = today or clock.today()
    found = of_text(commitment)
    if not commitment.targets:
        found.append(Problem("targets", N_("Add at least one target that can be measured")))
    for target in commitment.targets:
        found += of_target(target, today)
    return sorted(found, key=lambda problem: ("error", "warning", "notice").index(problem.rank))


def of_text(commitment: Commitment) -> list[Problem]:
    """What its own words and its period lack, whatever its targets are."""
    return [*_of_words(commitment), *_of_period(commitment)]


def unanswered(commitment: Commitment, problems: Sequence[Problem]) -> list[Problem]:
    """The warnings that nobody has answered yet."""
    answers = commitment.warning_answers or {}
    return [
        problem for problem in problems if problem.rank == "warning" and not str(answers.get(problem.field, "")).strip()
    ]


def _of_words(commitment: Commitment) -> list[Problem]:
    found = []
    if not commitment.headline.strip():
        found.append(Problem("headline", N_("Write the promise in one sentence")))
    if not commitment.why.strip():
        found.append(Problem("why", N_("Say why it matters")))
    if not commitment.responsible.strip():
        found.append(Problem("responsible", N_("Say who is responsible, by office")))
    if not commitment.actions.strip():
        found.append(
            Problem("actions", N_("Which actions are planned? Readers trust a promise with a plan."), {}, "warning")
        )
    for name in commitment.typed or {}:
        found.append(Problem(name, N_("What you typed here could not be read. Write it again.")))
    return found


def _of_period(commitment: Commitment) -> list[Problem]:
    start, end = commitment.starts_on, commitment.ends_on
    if start is None or end is None:
        return [
            Problem("starts_on" if start is None else "ends_on", N_("Give the start and the end of the commitment"))
        ]
    if end <= start:
        return [Problem("ends_on", N_("The end must be after the start"))]
    years = (end - start).days / 365.25
    if not 2.9 <= years <= 5.1:
        return [Problem("ends_on", N_("Three to five years is usual. Why is yours shorter or longer?"), {}, "warning")]
    return []


def of_target(target: Target, today: date) -> list[Problem]:
    """What a target lacks before it can be measured, and days that cannot be right."""
    prefix = f"target:{target.public_id}:"
    found: list[Problem] = []

    def missing(name: str, message: str, rank: str = "error", **values: Any) -> None:
        found.append(Problem(prefix + name, message, values, rank))

    for name in target.typed or {}:
        missing(name, N_("What you typed here could not be read. Write it again."))
    kind = target.inner_kind if target.kind == "conditional" else target.kind
    if not target.kind:
        missing("kind", N_("Choose what kind of target it is"))
    if target.kind == "conditional":
        if not target.inner_kind:
            missing("inner_kind", N_("Choose what is due once the condition is met"))
        if not target.condition_words.strip():
            missing("condition_words", N_("Say in words what the condition is"))
    if target.indicator is None:
        missing("indicator", N_("Choose an indicator"))
    if kind == "deliverable" and not target.scope.strip():
        missing("scope", N_("Say what is to be delivered; the indicator only says that something is"))
    if target.due is None:
        missing("due", N_("Say by which day the target should be met"))
    if kind and kind not in {"zero", "parity", "deliverable"} and target.value is None:
        missing("value", N_("Give the value to reach"))
    # A conditional target starts from the figure that meets its condition, not from one given now.
    if kind and kind != "deliverable" and target.kind != "conditional":
        _of_baseline(target, today, missing)
    if target.baseline_date and target.due and target.due <= target.baseline_date:
        missing("due", N_("The target date must be after the starting point, %(date)s"), date=target.baseline_date)
    if kind in {"level", "ratio"} and target.value is not None and target.value == target.baseline_value:
        missing("value", N_("The target is the same as the starting point"))
    days = [step.on for step in target.milestones]
    if len(set(days)) < len(days):
        missing("milestones", N_("Two milestones are on the same day"))
    if any(
        (target.baseline_date and day <= target.baseline_date) or (target.due and day >= target.due) for day in days
    ):
        missing("milestones", N_("Milestones lie between the starting point and the target date"))
    return found + _by_the_rules(target, today, {problem.field for problem in found})


#: The rules of targets name these fields otherwise than the columns do.
COLUMNS = {"baseline": "baseline_value", "condition": "condition_threshold"}


def _by_the_rules(target: Target, today: date, named: set[str]) -> list[Problem]:
    """What the rules of the target's kind refuse or question, except where the field was named already."""
    spec = spec_of(target)
    if spec is None:
        return []
    found = [
        Problem(
            f"target:{target.public_id}:{COLUMNS.get(problem.field, problem.field)}",
            problem.message,
            problem.values,
            problem.rank,
        )
        for problem in refusals(spec, today, complete=True)
    ]
    return [problem for problem in found if problem.field not in named]


def _of_baseline(target: Target, today: date, missing: Any) -> None:
    if target.baseline_value is None:
        if target.baseline_due is None:
            missing("baseline_value", N_("Give the starting figure, or the day by which it will be measured"))
        return
    if target.baseline_date is None:
        missing("baseline_date", N_("Say on which day the starting figure was counted"))
    elif target.baseline_date > today:
        missing("baseline_date", N_("The starting point lies in the future"))
    if not target.baseline_source.strip():
        missing("baseline_source", N_("Say where the starting figure comes from"))
    top, total = target.baseline_numerator, target.baseline_denominator
    if (
        top is not None
        and total is not None
        and top > total
        and target.indicator
        and target.indicator.unit == "percent"
    ):
        missing("baseline_numerator", N_("A part cannot be larger than its total"))
