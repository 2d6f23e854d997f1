"""Will a target be met? A straight line through the reported figures, with an 80 % band for the figure at the due date.

Pure, standard library only. The status is exact (fractions); a forecast is an estimate, so it is worked out in floats.

1. The points: the starting point and every approved figure after it, in years of 365.25 days. Of two on a day the later
   counts. Fewer than two: nothing can be said; two: a direction only.
2. Least squares gives the line and s, the spread around it (n - 2 degrees of freedom). A median line (Theil-Sen) bears
   one wild figure better, but with three to five figures no honest band for it is known; here a wild figure widens
   the band instead.
3. The figure *observed* at the due date then has the spread  s * sqrt(1 + 1/n + (due - mean)^2 / Sxx)  around the line.
   Figures of neighbouring years err alike, which makes s too small: it is multiplied by  WIDER * exp(ALIKE * r), where
   r = (sum of products of neighbouring residuals) / (sum of their squares), and by NEAR one step ahead. All numbers were found by simulation
   (`python -m bench.forecast_coverage`) so that the band holds for unrelated and for related errors (AR 0.3).
4. The band is the line +- that spread times Student's t (90 % below); the chance to meet the target is the share of
   the same distribution that lies where the target counts as met.
5. A break: where two lines fit better than one by more than chance allows (BREAK), nothing is said. Below six figures
   no break can be told from noise; it shows only as a wider band.

Cumulative targets add period figures up, so their errors add up too: the pace is total / time, the spread per year
comes from the periods (k - 1 degrees of freedom), and the spread at the end is  s * sqrt(m + m^2 / T)  for m years to go
after T years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import exp, inf, sqrt

from impact.messages import gettext_noop as N_
from impact.progress.cases import CaseInputs
from impact.progress.distances import goal_of
from impact.progress.student import below, quantile

DAYS = 365.25
#: The band holds this share of the figures that will be observed.
BAND_SHARE = 0.80
#: A line takes so many points to have a band.
FEWEST = 3
#: What the spread is multiplied by, by number of points; beyond twelve 1 + 0.29 * 12 / points.
WIDER = {3: 1.97, 4: 1.76, 5: 1.63, 6: 1.53, 7: 1.46, 8: 1.40, 9: 1.37, 10: 1.34, 11: 1.31, 12: 1.29}
#: How strongly neighbouring residuals that err alike widen the band, and those that alternate narrow it.
ALIKE = 0.9
#: One step ahead (up to one and a half of the mean step) related errors help: the due date's error leans on the last.
NEAR, NEAR_STEPS = 0.93, 1.5
#: How much better two lines must fit (F), by number of points: one unbroken series in a hundred exceeds it.
BREAK = {6: 368.8, 7: 95.4, 8: 51.3, 9: 40.5, 10: 33.3, 11: 26.8, 12: 24.8}
#: Nobody is told of a year further off than this.
FAR_YEARS = 100.0


@dataclass(frozen=True)
class Line:
    """The line and how far an observed value strays from it at the due date."""

    at_due: float
    slope: float
    spread: float
    freedom: int

    @property
    def band(self) -> tuple[float, float]:
        reach = self.spread * quantile((1 + BAND_SHARE) / 2, self.freedom)
        return self.at_due - reach, self.at_due + reach

    def chance(self, low: float, high: float) -> float:
        """That the observed value lies from low to high."""
        upper = 1.0 if high == inf else below((high - self.at_due) / self.spread, self.freedom)
        lower = 0.0 if low == -inf else below((low - self.at_due) / self.spread, self.freedom)
        return upper - lower


@dataclass(frozen=True)
class Forecast:
    """`kind`: "cannot_say" (with its reason), "direction" (two points) or "band". Shares of 1, values in the unit."""

    kind: str
    reason: str = ""
    points: tuple[tuple[date, Decimal], ...] = ()
    slope: float | None = None
    at_due: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    #: the day on which the line meets the target; None where it leads away or is more than a century off
    met_on: date | None = None
    spread: float | None = None
    freedom: int | None = None


def forecast(case: CaseInputs) -> Forecast:
    """What the reported figures say of the value at the due date; reads nothing but the published inputs."""
    if case.kind == "deliverable":
        return Forecast("cannot_say", N_("What is delivered or not has no trend."))
    if case.condition is not None:
        return Forecast("cannot_say", N_("Whether the condition is met cannot be foretold."))
    if case.baseline is None or case.baseline_date is None or case.target_date is None:
        return Forecast("cannot_say", N_("A starting point and a date to reach are needed."))
    if any(not figure.bridged for figure in case.figures):
        return Forecast("cannot_say", N_("The definition changed, and old and new cannot be compared."))
    if case.kind == "cumulative" and any(figure.value is None for figure in case.figures):
        return Forecast("cannot_say", N_("The figure of a period is missing, so the sum is only a least."))
    points = points_of(case)
    found = Forecast("", points=points)
    if len(points) < 2:
        return replace(found, kind="cannot_say", reason=N_("One figure alone shows no direction."))
    if points[-1][0] >= case.target_date:
        return replace(found, kind="cannot_say", reason=N_("The figure of the due date is known: nothing is foretold."))
    # The pace of a sum is its total over its time; one period more is needed, since the first point is only its start.
    adds_up = case.kind == "cumulative"
    (start, first), (day, latest) = points[0], points[-1]
    if len(points) < (FEWEST + 1 if adds_up else FEWEST):
        return replace(found, kind="direction", slope=float(latest - first) / ((day - start).days / DAYS))
    line = line_of(points, case.target_date, adds_up=adds_up)
    if line is None:
        return replace(found, kind="cannot_say", reason=N_("The figures changed course: one line does not fit them."))
    low, high = line.band
    return replace(
        found,
        kind="band",
        slope=line.slope,
        at_due=line.at_due,
        low=low,
        high=high,
        chance=line.chance(*where_met(case)),
        met_on=_met_on(case, line, float(latest)),
        spread=line.spread,
        freedom=line.freedom,
    )


def line_of(points: Sequence[tuple[date, Decimal]], due: date, *, adds_up: bool = False) -> Line | None:
    """The line through FEWEST points by day or more, seen at `due`; None where the figures changed course."""
    start = points[0][0]
    xs = [(day - start).days / DAYS for day, _value in points]
    ys = [float(value) for _day, value in points]
    rounding, at = _rounding([value for _day, value in points]), (due - start).days / DAYS
    if adds_up:
        return summed(xs, ys, at, rounding)
    return None if is_broken(xs, ys) else fitted(xs, ys, at, rounding)


def points_of(case: CaseInputs) -> tuple[tuple[date, Decimal], ...]:
    """The starting point and the figures after it, by day; sums of a cumulative target."""
    assert case.baseline is not None and case.baseline_date is not None
    total = case.baseline
    found = {case.baseline_date: total}
    for figure in sorted(case.figures, key=lambda figure: figure.on):
        if figure.value is None or figure.on <= case.baseline_date:
            continue
        total += figure.value
        found[figure.on] = total if case.kind == "cumulative" else figure.value
    return tuple(sorted(found.items()))


def where_met(case: CaseInputs) -> tuple[float, float]:
    """(lowest, highest) value that counts as met; the same rule as `distances.met`."""
    low, high = float(50 - case.band), float(50 + case.band)
    if case.kind == "parity":
        return low, high
    goal = goal_of(case)
    assert goal is not None and case.baseline is not None
    t = float(goal)
    if case.kind == "signed_gap":
        return -abs(t), abs(t)
    rises = goal > case.baseline
    if case.direction == "parity" and case.kind in {"level", "relative", "points"}:
        # The band counts as met, and so does the way from the target to it; beyond its far side nothing does.
        return (min(t, low), high) if case.baseline < 50 else (low, max(t, high))
    return (t, inf) if rises else (-inf, t)


def fitted(xs: Sequence[float], ys: Sequence[float], due: float, rounding: float = 0.0) -> Line:
    """Least squares through at least three points, and the spread of a value observed at `due`."""
    n = len(xs)
    mean_x, slope, mean_y, squares = _least_squares(xs, ys)
    sxx = sum((x - mean_x) ** 2 for x in xs)
    residuals = [y - mean_y - slope * (x - mean_x) for x, y in zip(xs, ys, strict=True)]
    alike = sum(one * next_one for one, next_one in pairwise(residuals)) / squares if squares else 0.0
    near = NEAR if due - xs[-1] <= NEAR_STEPS * (xs[-1] - xs[0]) / (n - 1) else 1.0
    wider = WIDER.get(n, 1 + 0.29 * 12 / n) * exp(ALIKE * alike) * near
    s = max(sqrt(squares / (n - 2)) * wider, rounding)
    return Line(mean_y + slope * (due - mean_x), slope, s * sqrt(1 + 1 / n + (due - mean_x) ** 2 / sxx), n - 2)


def summed(xs: Sequence[float], ys: Sequence[float], due: float, rounding: float = 0.0) -> Line:
    """The pace of a running total, and the spread of the total at `due`."""
    span, left = xs[-1] - xs[0], due - xs[-1]
    pace = (ys[-1] - ys[0]) / span
    steps = [(later[0] - sooner[0], later[1] - sooner[1]) for sooner, later in pairwise(zip(xs, ys, strict=True))]
    freedom = len(steps) - 1
    per_year = sqrt(sum((rise - pace * years) ** 2 / years for years, rise in steps) / freedom)
    spread = max(per_year, rounding) * sqrt(left + left**2 / span)
    return Line(ys[-1] + pace * left, pace, spread, freedom)


def is_broken(xs: Sequence[float], ys: Sequence[float]) -> bool:
    """Whether two lines, split at the best place, fit better than one by more than chance allows."""
    n = len(xs)
    return n >= min(BREAK) and break_strength(xs, ys) > BREAK.get(n, BREAK[max(BREAK)])


def break_strength(xs: Sequence[float], ys: Sequence[float]) -> float:
    """F of two lines against one, at the best split with at least two points on either side; at least five points."""
    n = len(xs)
    one = _least_squares(xs, ys)[3]
    two = min(_least_squares(xs[:k], ys[:k])[3] + _least_squares(xs[k:], ys[k:])[3] for k in range(2, n - 1))
    # Figures on one line but for the last binary digit are not broken.
    least = 1e-18 * sum(y * y for y in ys)
    if one <= least:
        return 0.0
    return ((one - two) / 2) / (max(two, least) / (n - 4))


def _least_squares(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float, float]:
    """(mean of x, slope, mean of y, sum of squared residuals)."""
    n = len(xs)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    sxx = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sxx
    squares = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    return mean_x, slope, mean_y, squares


def _rounding(values: Sequence[Decimal]) -> float:
    """No figure is known better than its last printed place: the spread of rounding, place / sqrt(12)."""
    places = max(-min(int(value.normalize().as_tuple().exponent), 0) for value in values)
    return float(10.0**-places / sqrt(12))


def _met_on(case: CaseInputs, line: Line, latest: float) -> date | None:
    """The day on which the line enters the range that counts as met; None if it never does within a century.

    A target met by its latest figure has no such day: it is met.
    """
    low, high = where_met(case)
    assert case.target_date is not None
    if low <= latest <= high or line.slope == 0:
        return None
    edge = low if line.slope > 0 else high
    if abs(edge) == inf or (line.slope > 0) != (latest < low):
        return None
    years = (edge - line.at_due) / line.slope
    return case.target_date + timedelta(days=round(years * DAYS)) if abs(years) <= FAR_YEARS else None


def parity_on(case: CaseInputs, found: Forecast) -> date | None:
    """The day on which the line of a share enters the band of parity; None if it never does within a century.

    Asked only where the target stops short of the band: a target of parity is met on that very day.
    """
    low, high = float(50 - case.band), float(50 + case.band)
    goal = goal_of(case)
    if case.direction != "parity" or case.kind == "parity" or goal is None or low <= float(goal) <= high:
        return None
    if not found.points or not found.slope or found.at_due is None or case.target_date is None:
        return None
    latest = float(found.points[-1][1])
    edge = low if latest < low else high
    if low <= latest <= high or (found.slope > 0) != (latest < low):
        return None
    years = (edge - found.at_due) / found.slope
    return case.target_date + timedelta(days=round(years * DAYS)) if abs(years) <= FAR_YEARS else None


def words_of(chance: float) -> str:
    """The chance in words, by the whole per cent that is printed beside it."""
    per_cent = round(chance * 100)
    if per_cent >= 90:
        return N_("very likely")
    if per_cent >= 66:
        return N_("likely")
    if per_cent >= 33:
        return N_("about as likely as not")
    return N_("unlikely") if per_cent >= 10 else N_("very unlikely")
