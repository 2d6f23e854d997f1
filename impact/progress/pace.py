"""The pace that a target needs and the pace so far, per year and in the indicator's unit. Pure, on the published inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from impact.messages import gettext_noop as N_
from impact.progress.cases import CaseInputs
from impact.progress.distances import goal_of, met
from impact.progress.forecast import points_of

A_YEAR = Decimal("365.25")
#: Nobody is told of a year further off than this.
FAR_YEARS = 100
#: What counts as parity where it is no band of a share.
_PARITY_AT = {"signed_gap": Decimal(0), "ratio_to_1": Decimal(1), "index_to_1": Decimal(1)}


@dataclass(frozen=True)
class Pace:
    """Changes per year, signed: -2 falls by two a year. None with its reason where there is no such pace."""

    needed: Decimal | None = None
    so_far: Decimal | None = None
    reason: str = ""
    #: the value the needed pace leads to: for parity the nearer edge of the band, for a gap the nearer side of 0
    goal: Decimal | None = None
    since: date | None = None


def pace(case: CaseInputs) -> Pace:
    """Needed: from the latest figure (the starting point before there is one) to the target, in the time left from there.

    The time runs from that figure's own day, as the rule of the status has it: nothing is known of the days since.
    """
    if case.kind == "deliverable":
        return Pace(reason=N_("What is delivered or not has no pace."))
    if case.condition is not None:
        return Pace(reason=N_("Nothing is due before the condition is met."))
    if case.baseline is None or case.baseline_date is None or case.target_date is None:
        return Pace(reason=N_("A starting point and a date to reach are needed."))
    if any(not figure.bridged for figure in case.figures):
        return Pace(reason=N_("The definition changed, and old and new cannot be compared."))
    points = points_of(case)
    day, latest = points[-1]
    so_far = _per_year(latest - case.baseline, case.baseline_date, day) if len(points) > 1 else None
    if met(case, latest):
        return Pace(so_far=so_far, since=day, reason=N_("The target is met."))
    goal = nearest_goal(case, latest)
    if day >= case.target_date or case.today > case.target_date:
        return Pace(so_far=so_far, goal=goal, since=day, reason=N_("No time is left."))
    return Pace(_per_year(goal - latest, day, case.target_date), so_far, goal=goal, since=day)


def nearest_goal(case: CaseInputs, latest: Decimal) -> Decimal:
    """The nearest value that counts as met, from where the figure is now."""
    if case.kind == "parity":
        return 50 - case.band if latest < 50 else 50 + case.band
    goal = goal_of(case)
    assert goal is not None and case.baseline is not None
    if case.kind == "signed_gap":
        return abs(goal) if latest > 0 else -abs(goal)
    if case.direction == "parity" and case.kind in {"level", "relative", "points"}:
        # Beyond the far side of the band the way leads back to its edge.
        low, high = 50 - case.band, 50 + case.band
        return (
            (high if latest > high else min(goal, low))
            if case.baseline < 50
            else (low if latest < low else max(goal, high))
        )
    return goal


def parity_year(case: CaseInputs, ways: Pace) -> int | None:
    """The year in which the pace needed leads to parity: into the band of a share, or to where a gap is closed.

    None where the target itself is that, where parity is no question or is there already, where the way leads away
    from it, and beyond a century.
    """
    edge = _parity_edge(case)
    return None if edge is None or edge == ways.goal else _year_of(edge, case, ways.needed, ways.since)


def parity_year_so_far(case: CaseInputs, ways: Pace) -> int | None:
    """The same at the pace so far; told of a target of parity, too: it need not come in time."""
    edge = _parity_edge(case)
    return None if edge is None else _year_of(edge, case, ways.so_far, ways.since)


def _parity_edge(case: CaseInputs) -> Decimal | None:
    """Where parity begins, seen from the latest figure; None where it is no question or is there already."""
    if case.kind in {"cumulative", "deliverable"}:
        return None
    if case.direction != "parity":
        return _PARITY_AT.get(case.direction)
    if case.baseline is None:
        return None
    latest = points_of(case)[-1][1]
    if abs(latest - 50) <= case.band:
        return None
    return 50 - case.band if latest < 50 else 50 + case.band


def _year_of(edge: Decimal, case: CaseInputs, change: Decimal | None, since: date | None) -> int | None:
    if not change or since is None:
        return None
    years = (edge - points_of(case)[-1][1]) / change
    return (since + timedelta(days=round(years * A_YEAR))).year if 0 < years <= FAR_YEARS else None


def _per_year(change: Decimal, start: date, end: date) -> Decimal:
    return change * A_YEAR / (end - start).days
