"""What the public rule refuses where it is typed. Pure; the messages are gettext ids."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from impact.messages import gettext_noop as N_
from impact.progress.cases import CaseInputs
from impact.progress.distances import distance, gap, goal_of

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
        empty = figure.value is None and figure.delivered is None and not figure.not_measured
        refuse.append((empty, N_("A figure without a value needs the reason why nothing was measured.")))
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
