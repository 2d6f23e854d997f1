"""The value to reach, the way covered (p) and the way expected by a day (e). Pure and exact: fractions, not clamped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from impact.progress.cases import CaseInputs

HUNDRED = Decimal(100)


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


def gap(value: Decimal, band: Decimal) -> Decimal:
    """How far a share lies outside the parity band, in points."""
    return max(Decimal(0), abs(value - 50) - band)


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
