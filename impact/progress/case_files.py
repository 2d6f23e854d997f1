"""A case in the published form, as `flask status explain --case` and tests of the rule read it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from impact.indicators.kinds import MAY_BE_NEGATIVE, Direction, Kind, Unit, allowed_kinds
from impact.messages import gettext_noop as N_
from impact.progress.cases import BAND, GRACE_DAYS, CaseFigure, CaseInputs
from impact.progress.distances import goal_of
from impact.progress.refusals import Refused, check

#: How the published table words the directions, beside their stored names.
_SPELLINGS = {
    "parity_share": "parity",
    "at_least_40_%": "at_least_40",
    "index": "index_to_1",
    "ratio": "ratio_to_1",
    "signed_gap_to_0": "signed_gap",
    "up_to_a_cap": "up_to_cap",
}


def case_from(data: Mapping[str, Any], today: date) -> CaseInputs:
    """The case of a file. Raises ValueError, KeyError or TypeError where it cannot be read.

    A conditional case names the kind that it contains and its condition:
    `"inner_kind": "level", "condition": {"operator": "below", "threshold": 40, "figures": [["2016-01-01", 35]]}`.
    Of a deliverable, true or 1 means delivered, and a milestone may carry the day on which it was done. A fourth item
    of a figure, false, says that the definition changed and that old and new cannot be compared.
    """
    kind = str(data["kind"])
    conditional = kind == Kind.CONDITIONAL.value
    if conditional and data.get("inner_kind"):
        kind = str(data["inner_kind"])
    return CaseInputs(
        kind=kind,
        direction=_direction(data.get("direction")),
        baseline=_number(data.get("baseline")),
        baseline_date=_day(data.get("baseline_date")),
        target=_number(data.get("target")),
        target_date=_day(data.get("target_date")),
        milestones=tuple(_milestone(step) for step in data.get("milestones") or []),
        figures=tuple(_figure(figure, kind) for figure in data.get("figures") or []),
        due=tuple(date.fromisoformat(day) for day in data.get("due") or []),
        today=_day(data.get("today")) or today,
        band=BAND if data.get("band") is None else _number(data["band"]) or Decimal(0),
        grace_days=GRACE_DAYS if data.get("grace_days") is None else int(data["grace_days"]),
        condition=_condition(data["condition"]) if conditional and data.get("condition") else None,
    )


def _direction(given: Any) -> str:
    plain = str(given or "").strip().lower().replace(" ", "_").replace("-", "_").replace("/", "_")
    return _SPELLINGS.get(plain, plain)


def _milestone(step: Any) -> tuple[date, Decimal | None, date | None]:
    return date.fromisoformat(step[0]), _number(step[1]), _day(step[2]) if len(step) > 2 else None


def _figure(figure: Any, kind: str) -> CaseFigure:
    reason = str(figure[2] or "") if len(figure) > 2 else ""
    bridged = len(figure) < 4 or figure[3] is not False
    if kind == Kind.DELIVERABLE.value and isinstance(figure[1], bool):
        return CaseFigure(date.fromisoformat(figure[0]), None, reason, figure[1], bridged)
    return CaseFigure(date.fromisoformat(figure[0]), _number(figure[1]), reason, bridged=bridged)


def _condition(given: Mapping[str, Any]) -> tuple[str, Decimal | None, tuple[tuple[date, Decimal], ...]]:
    operator = str(given["operator"])
    if operator not in {"below", "above"}:
        raise ValueError('the operator of a condition is "below" or "above"')
    figures = tuple((date.fromisoformat(day), Decimal(value)) for day, value in given.get("figures") or [])
    return operator, _number(given["threshold"]), figures


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        raise ValueError("yes and no are no numbers")
    number = None if value is None else Decimal(value)
    if number is not None and not number.is_finite():
        raise ValueError("a number must be finite")
    return number


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def check_file(data: Mapping[str, Any], case: CaseInputs) -> None:
    """Raises Refused for what would be refused where a target is typed: the rule's own refusals, and those that
    need the indicator (`direction`, and `unit` where the file gives one)."""
    if str(data["kind"]) == Kind.CONDITIONAL.value and case.condition is None:
        raise Refused(N_("A conditional target needs its condition and the kind that it contains."))
    if case.kind == Kind.CONDITIONAL.value:
        raise Refused(N_("Name the kind that the conditional target contains."))
    # What a conditional target starts from is known only when its condition is met, and checked then.
    check(case if case.condition is None else replace(case, baseline=None, baseline_date=None))
    if case.condition is not None and any(day > case.today for day, _value in case.condition[2]):
        raise Refused(N_("A figure of the condition is dated in the future."))
    _check_direction(case, str(data.get("unit") or ""))


def _check_direction(case: CaseInputs, unit: str) -> None:
    if unit and unit not in set(Unit):
        raise Refused(N_("There is no such unit."))
    if unit == Unit.PERCENT and case.direction != Direction.SIGNED_GAP:
        values = [goal_of(case), case.baseline, *(figure.value for figure in case.figures)]
        if case.kind != Kind.DELIVERABLE and any(value is not None and not 0 <= value <= 100 for value in values):
            raise Refused(N_("A share lies between 0 and 100 per cent; one of these values does not."))
    if case.kind == Kind.ZERO and unit in MAY_BE_NEGATIVE:
        raise Refused(N_("A gap with a sign can fall below zero."))
    if not case.direction or case.kind not in set(Kind):
        return
    if case.direction not in set(Direction):
        raise Refused(N_("There is no such direction of an indicator."))
    if Kind(case.kind) not in allowed_kinds(Direction(case.direction), counts=unit in {"", Unit.COUNT, Unit.MONEY}):
        raise Refused(N_("An indicator of this direction cannot take this kind of target."))
