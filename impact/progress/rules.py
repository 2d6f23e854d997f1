"""The status of a target: the public rule, as a pure function of the inputs. Anyone can redo the sum.

Limits of 95 % and 60 % follow Eurostat's method for indicators with a target; they are settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from impact.messages import gettext_noop as N_
from impact.progress.cases import CaseFigure, CaseInputs

ON_TRACK = Decimal("0.95")
BEHIND = Decimal("0.60")
AWAY = Decimal("-0.02")
TOO_EARLY = Decimal("0.10")
HUNDRED = Decimal(100)
KINDS = frozenset(
    [
        "level",
        "multiply",
        "relative",
        "points",
        "cumulative",
        "zero",
        "ratio",
        "parity",
        "signed_gap",
        "deliverable",
        "conditional",
    ]
)
#: directions whose values are shares between 0 and 100 per cent
SHARES = frozenset({"parity", "at_least_40"})


class Refused(ValueError):
    """A case that would be refused where it is typed; the message is a gettext id."""


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


def goal_of(case: CaseInputs) -> Decimal | None:
    """The value t to reach, None for parity and deliverables."""
    b, given = case.baseline, case.target
    if case.kind == "zero":
        return Decimal(0)
    if case.kind in {"parity", "deliverable"} or given is None or b is None:
        return given if case.kind not in {"parity", "deliverable"} else None
    if case.kind == "multiply":
        return given * b
    if case.kind == "relative":
        return b * (1 + given / HUNDRED)
    if case.kind == "points":
        return b + given
    return given


def check(case: CaseInputs) -> None:
    """Raises Refused for a case that status.md refuses where it is typed."""
    b, given, t = case.baseline, case.target, goal_of(case)
    d0, d1 = case.baseline_date, case.target_date
    refuse: list[tuple[bool, str]] = [
        (case.kind not in KINDS, N_("Choose one of the eleven kinds of target.")),
        (case.kind == "zero" and case.direction == "signed_gap", N_("A gap with a sign can fall below zero.")),
        (d1 is None, N_("Give the date by which the target is to be reached.")),
        (d0 is not None and d1 is not None and d1 <= d0, N_("The target's date must be after the starting point's.")),
        (d0 is not None and d0 > case.today, N_("The starting point cannot lie in the future.")),
    ]
    if case.kind not in {"parity", "zero", "deliverable"}:
        refuse.append((given is None, N_("Give the target.")))
    for figure in case.figures:
        refuse.append((d0 is not None and figure.on < d0, N_("A figure is dated before the starting point.")))
        refuse.append((figure.on > case.today, N_("A figure is dated in the future.")))
        negative = case.kind == "cumulative" and figure.value is not None and figure.value < 0
        refuse.append((negative, N_("The number of one period cannot be below 0.")))
    if b is not None:
        if case.kind == "multiply":
            refuse.append((b <= 0, N_("Nothing can be multiplied from a starting point of 0 or less.")))
            refuse.append(
                (given is not None and (given <= 0 or given == 1), N_("Multiply by more than 0, and not by 1."))
            )
        if case.kind == "relative":
            refuse.append((b <= 0, N_("A change in per cent needs a starting point above 0.")))
            bad = given is not None and (given <= -100 or given == 0)
            refuse.append((bad, N_("The change must be more than −100 % and not 0.")))
        if case.kind == "cumulative":
            refuse.append((t is not None and t <= b, N_("The sum to reach must be more than the starting point.")))
        if case.kind == "signed_gap":
            refuse.append((t is not None and t < 0, N_("A gap to reach is 0 or more.")))
            refuse.append(
                (t is not None and abs(t) >= abs(b), N_("The gap to reach must be smaller than the present one."))
            )
        if case.kind == "parity":
            refuse.append((gap(b, case.band) == 0, N_("The starting point is inside the parity band already.")))
        elif t is not None and case.kind != "deliverable":
            outside = case.direction in SHARES and not 0 <= t <= 100
            refuse.append((outside, N_("A share lies between 0 and 100 per cent; this target does not.")))
            refuse.append((t == b, N_("The target is the starting point itself.")))
    _raise_first(refuse)
    # Only now is there a way to divide by.
    _raise_first(_milestone_rules(case))


def _raise_first(rules: list[tuple[bool, str]]) -> None:
    for refused, message in rules:
        if refused:
            raise Refused(message)


def _milestone_rules(case: CaseInputs) -> list[tuple[bool, str]]:
    days = [day for day, _value, _done in case.milestones]
    d0, d1 = case.baseline_date, case.target_date
    outside = any((d0 is not None and day <= d0) or (d1 is not None and day >= d1) for day in days)
    rules = [
        (outside, N_("A milestone must lie between the starting point and the target's date.")),
        (len(set(days)) < len(days), N_("Two milestones are on one day.")),
    ]
    if case.kind == "deliverable" or case.baseline is None:
        return rules
    ways = [distance(case, value) for _day, value, _done in sorted(case.milestones) if value is not None]
    backwards = bool(ways) and any(later <= earlier for earlier, later in pairwise([Fraction(0), *ways, Fraction(1)]))
    return [*rules, (backwards, N_("Each milestone must come nearer to the target than the one before."))]


def gap(value: Decimal, band: Decimal) -> Decimal:
    """How far a share lies outside the parity band, in points."""
    return max(Decimal(0), abs(value - 50) - band)


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)


def distance(case: CaseInputs, value: Decimal) -> Fraction:
    """p: the share of the way from b to t that `value` has covered; exact and not clamped."""
    b, t = case.baseline, goal_of(case)
    assert b is not None
    if case.kind == "parity":
        start = Fraction(gap(b, case.band))
        return (start - Fraction(gap(value, case.band))) / start
    assert t is not None
    start, end, now = Fraction(b), Fraction(t), Fraction(value)
    if case.kind == "signed_gap":
        start, end, now = abs(start), abs(end), abs(now)
    return (now - start) / (end - start)


def expected(case: CaseInputs, on: date) -> Fraction:
    """e: the share of the way expected by this day: a line in days, or through the milestones."""
    d0, d1 = case.baseline_date, case.target_date
    assert d0 is not None and d1 is not None
    path = [(d0, Fraction(0))]
    path += [(day, distance(case, value)) for day, value, _done in sorted(case.milestones) if value is not None]
    path.append((d1, Fraction(1)))
    for (from_day, from_way), (to_day, to_way) in pairwise(path):
        if on <= to_day:
            return from_way + (to_way - from_way) * Fraction((on - from_day).days, (to_day - from_day).days)
    return Fraction(1)


def met(case: CaseInputs, value: Decimal) -> bool:
    b, t = case.baseline, goal_of(case)
    share_to_parity = case.direction == "parity" and case.kind in {"level", "relative", "points"}
    if case.kind == "parity":
        return gap(value, case.band) == 0
    if share_to_parity:
        if gap(value, case.band) == 0:
            return True
        if b is not None and (b - 50) * (value - 50) < 0:
            return False
    assert t is not None and b is not None
    if case.kind == "signed_gap":
        return abs(value) <= abs(t)
    return value >= t if t > b else value <= t


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
    if case.baseline is None or case.baseline_date is None:
        return Verdict("cannot_say", reason=N_("There is no starting point yet: it is to be measured."))
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
        return replace(base, status="not_due")
    return _pace(base, on_track, behind)


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
        earlier = passed[-2] if len(passed) > 1 else None
        if not any(earlier is None or figure.on > earlier for figure in figures):
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
        return Verdict("not_due", p=Decimal(0))
    count = Decimal(len(case.milestones))
    p = Decimal(sum(1 for _d, _v, done in case.milestones if done is not None and done <= case.today)) / count
    e = Decimal(sum(1 for day, _v, _done in case.milestones if day <= case.today)) / count
    if e == 0 and not steps_done:
        return Verdict("not_due", p=p, e=e)
    return _pace(Verdict("", p=p, e=e, r=p / e if e else None), on_track, behind)


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
