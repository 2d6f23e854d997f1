"""The status of a target: the public rule, as a pure function of the inputs. Anyone can redo the sum.

Limits of 95 % and 60 % follow Eurostat's method for indicators with a target; they are settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from impact.messages import gettext_noop as N_
from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.distances import distance, expected, gap, goal_of, met
from impact.progress.refusals import Refused, check

__all__ = ["Refused", "Verdict", "check", "distance", "expected", "gap", "goal_of", "met", "status"]

ON_TRACK = Decimal("0.95")


BEHIND = Decimal("0.60")


AWAY = Decimal("-0.02")


TOO_EARLY = Decimal("0.10")


#: Figures are asked for once a year: one of a year before the first day that was due does not answer it.
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Verdict:
    """The status with everything it was computed from. p, e, r are shares of 1, None where undefined."""

    status: str
    p: Decimal | None = None
    e: Decimal | None = None
    r: Decimal | None = None
    #: a message id and its values; always given for "cannot say" and "not measured"
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    #: the value to reach (None for parity and deliverables), the latest value and its date
    goal: Decimal | None = None
    latest: Decimal | None = None
    latest_on: date | None = None
    first_met_on: date | None = None
    #: reached once and not held
    not_held: bool = False
    #: beside "not measured": the status before
    last_known: str = ""
    #: a cumulative sum with a period missing
    at_least: bool = False


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)


def status(case: CaseInputs, on_track: Decimal = ON_TRACK, behind: Decimal = BEHIND) -> Verdict:
    """The status, tried in the published order. Raises Refused where a condition's trigger makes an impossible case."""
    if case.condition is not None:
        settled = _conditional(case)
        if isinstance(settled, Verdict):
            return settled
        case = settled
        check(case)
    if case.target_date is None:
        return Verdict("cannot_say", reason=N_("There is no date by which the target is to be reached."))
    if case.kind == "deliverable":
        return _deliverable(case, on_track, behind)
    if case.baseline is None:
        return Verdict("cannot_say", reason=N_("There is no starting point yet."))
    if case.baseline_date is None:
        return Verdict(
            "cannot_say", reason=N_("The day of the starting point is not recorded, so no way can be timed.")
        )
    d1 = case.target_date
    assert d1 is not None
    figures = sorted(
        (figure for figure in case.figures if figure.on > case.baseline_date), key=lambda figure: figure.on
    )
    measured = _measured(case, [figure for figure in figures if figure.value is not None])
    base = Verdict("", goal=goal_of(case))
    if any(not figure.bridged for figure in figures):
        return replace(
            base, status="cannot_say", reason=N_("The definition changed, and old and new cannot be compared.")
        )
    if not measured and case.today > d1:
        return replace(
            base, status="cannot_say", reason=N_("The target's date has passed, and no figure was ever reported.")
        )
    first_met = next((on for on, value in measured if met(case, value)), None)
    if measured:
        on, value = measured[-1]
        p, e = distance(case, value), expected(case, on)
        base = replace(
            base,
            # A pace of exactly 0.95 stays 0.95: the division comes last.
            p=_decimal(p),
            e=_decimal(e),
            r=_decimal(p / e) if e > 0 else None,
            at_least=case.kind == "cumulative" and _period_missing(case, figures, on),
            latest=value,
            latest_on=on,
            first_met_on=first_met,
            not_held=first_met is not None and not met(case, value),
        )
        if met(case, value):
            return replace(base, status="reached")
        if on >= d1 or case.today > d1 + timedelta(days=case.grace_days):
            return replace(base, status="not_reached")
    open_answer = _not_answered(case, figures)
    if open_answer is not None:
        before = _pace(base, on_track, behind).status if measured and open_answer.status == "not_measured" else ""
        return replace(
            base,
            status=open_answer.status,
            reason=open_answer.reason,
            values=open_answer.values,
            last_known=before,
        )
    if not measured:
        return _awaited(case, base)
    return _pace(base, on_track, behind)


def _awaited(case: CaseInputs, base: Verdict) -> Verdict:
    """No figure yet, and none is owed: a figure whose day has come is owed only when its days of grace have passed."""
    asked = [day for day in sorted(set(case.due)) if day <= case.today <= day + timedelta(days=case.grace_days)]
    if not asked:
        return replace(base, status="not_due")
    return replace(
        base,
        status="not_due",
        reason=N_("The first figure is being asked for; its days of grace last until %(day)s."),
        values={"day": asked[-1] + timedelta(days=case.grace_days)},
    )


def _measured(case: CaseInputs, figures: Sequence[CaseFigure]) -> list[tuple[date, Decimal]]:
    """(day, value) by date; the running total of a cumulative target; the later of two on one day counts."""
    found: dict[date, Decimal] = {}
    total = case.baseline or Decimal(0)
    for figure in figures:
        assert figure.value is not None
        total += figure.value
        found[figure.on] = total if case.kind == "cumulative" else figure.value
    return sorted(found.items())


def _not_answered(case: CaseInputs, figures: Sequence[CaseFigure]) -> Verdict | None:
    """Not measured because of the newest answer, or late: due, grace passed, and nothing came since; None otherwise.

    `figures` are those after the starting point, by date.
    """
    passed = [day for day in sorted(set(case.due)) if case.today > day + timedelta(days=case.grace_days)]
    if passed:
        since = passed[-2] if len(passed) > 1 else passed[-1] - A_YEAR
        if not any(figure.on > since for figure in figures):
            return Verdict(
                "cannot_say",
                reason=N_("A figure was due on %(day)s, and neither it nor a reason came."),
                values={"day": passed[-1]},
            )
    answer = figures[-1] if figures else None
    if answer is not None and answer.not_measured and answer.value is None and answer.delivered is None:
        return Verdict("not_measured", reason=N_("%(reason)s"), values={"reason": answer.not_measured})
    return None


def _period_missing(case: CaseInputs, figures: Sequence[CaseFigure], until: date) -> bool:
    """Whether a period of the sum has no number: nothing came for it, or "not measured"."""
    numbers = [figure.on for figure in figures if figure.value is not None]
    if any(figure.value is None for figure in figures):
        return True
    days = sorted({day for day in case.due if day <= until})
    edges = [case.baseline_date, *days]
    return any(
        not any((start is None or on > start) and on <= end for on in numbers)
        for start, end in zip(edges, days, strict=False)
    )


def _pace(base: Verdict, on_track: Decimal, behind: Decimal) -> Verdict:
    p, e, r = base.p, base.e, base.r
    assert p is not None and e is not None
    if p < AWAY:
        return replace(base, status="moving_away")
    if e < TOO_EARLY or r is None:
        return replace(
            base, status="cannot_say", reason=N_("It is too early: less than a tenth of the way is expected by now.")
        )
    if r >= on_track:
        return replace(base, status="on_track")
    return replace(base, status="slightly_behind" if r >= behind else "far_behind")


def _deliverable(case: CaseInputs, on_track: Decimal, behind: Decimal) -> Verdict:
    d1 = case.target_date
    assert d1 is not None
    figures = sorted(case.figures, key=lambda figure: figure.on)
    delivered = [figure for figure in figures if figure.delivered or (figure.value is not None and figure.value > 0)]
    if delivered and figures[-1] in delivered:
        return Verdict("reached", p=Decimal(1), latest_on=figures[-1].on, first_met_on=delivered[0].on)
    steps_done = any(done is not None and done <= case.today for _day, _value, done in case.milestones)
    if case.today > d1 and not figures and not steps_done:
        return Verdict("cannot_say", reason=N_("The target's date has passed, and no figure was ever reported."))
    answers = [figure for figure in figures if figure.delivered is not None or figure.value is not None]
    first = delivered[0].on if delivered else None
    if case.today > d1 + timedelta(days=case.grace_days) or (answers and answers[-1].on >= d1):
        return Verdict("not_reached", p=Decimal(0), first_met_on=first, not_held=bool(delivered))
    open_answer = _not_answered(case, figures)
    if open_answer is not None:
        return open_answer
    if not case.milestones:
        if case.today <= d1:
            return Verdict("not_due", p=Decimal(0))
        # Its day has passed and its days of grace have not: all of it is expected by now.
        return _pace(Verdict("", p=Decimal(0), e=Decimal(1), r=Decimal(0)), on_track, behind)
    count = Decimal(len(case.milestones))
    p = Decimal(sum(1 for _d, _v, done in case.milestones if done is not None and done <= case.today)) / count
    e = Decimal(sum(1 for day, _v, _done in case.milestones if day <= case.today)) / count
    if e == 0 and not steps_done:
        return Verdict("not_due", p=p, e=e)
    return _pace(Verdict("", p=p, e=e, r=p / e if e else None), on_track, behind)


def begun(case: CaseInputs) -> CaseInputs:
    """The case as its sum is worked out: once its condition is met, the way begins there; any other case as it is."""
    settled = _conditional(case) if case.condition is not None else case
    return settled if isinstance(settled, CaseInputs) else case


def _conditional(case: CaseInputs) -> CaseInputs | Verdict:
    """The case with the trigger as its starting point, or the verdict that nothing is due."""
    assert case.condition is not None
    operator, threshold, figures = case.condition
    known = sorted(figure for figure in figures if figure[0] <= case.today)

    def holds(value: Decimal) -> bool:
        return threshold is not None and (value < threshold if operator == "below" else value > threshold)

    if not known or not holds(known[-1][1]):
        undone = any(holds(value) for _day, value in known)
        return Verdict(
            "not_due",
            reason=N_("The condition was met and is no longer: nothing is due.")
            if undone
            else N_("Condition not met, nothing due."),
        )
    trigger = known[-1]
    for day, value in reversed(known):
        if not holds(value):
            break
        trigger = (day, value)
    # What lies before the trigger belongs to no way that had begun.
    return replace(
        case,
        condition=None,
        baseline=trigger[1],
        baseline_date=trigger[0],
        figures=tuple(figure for figure in case.figures if figure.on > trigger[0]),
        milestones=tuple(step for step in case.milestones if step[0] > trigger[0]),
        due=tuple(day for day in case.due if day > trigger[0]),
    )
