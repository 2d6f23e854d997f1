"""The sum behind a status, written out with its numbers, so that a reader with a pencil can redo it.

The verdict was computed where statuses are computed; here its inputs are only set in the formula of the kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from impact.written import MINUS
from reports.snapshot_types import Settings
from reports.target_facts import TargetFacts, Verdict
from reports.words import Words

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Row:
    """One line: what it is, the formula with numbers, the result in words, and a bar from 0 to 100 or none."""

    name: str
    formula: str
    result: str
    bar: int | None = None
    bar_class: str = ""

    @property
    def is_numbers(self) -> bool:
        """True for a sum without words, which runs left to right in every language."""
        return not any(letter.isalpha() for letter in self.formula)


def deciding(r: Decimal, settings: Settings) -> str:
    """The ratio with two places, or as many as it takes to be on its own side of the limits: 0.9496 is not 0.95."""
    for places in range(2, 7):
        rounded = r.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if all((rounded >= limit) == (r >= limit) for limit in (settings.on_track, settings.slightly_behind)):
            return f"{rounded:f}"
    return f"{r:f}"


def gap(value: Decimal, band: Decimal) -> Decimal:
    """How far a share is from the parity band; 0 inside it."""
    return max(Decimal(0), abs(value - 50) - band)


def distance(target: TargetFacts, verdict: Verdict, settings: Settings, w: Words) -> str:
    """The formula of the distance covered: in numbers where all are known, else in words."""
    unit = target.indicator.unit
    if target.kind == "deliverable":
        done = sum(1 for m in target.milestones if m.done_on)
        if target.delivered_on:
            return w.gettext("delivered on %(day)s", day=w.day(target.delivered_on))
        if target.milestones:
            return w.gettext(
                "%(done)s of %(all)s steps done",
                done=w.number(Decimal(done), 0),
                all=w.number(Decimal(len(target.milestones)), 0),
            )
        return w.gettext("not delivered yet")
    b = target.start.value if target.start else None
    x, t = verdict.value, target.value
    if b is None or x is None:
        return w.gettext("(figure − start) ÷ (target − start)")
    if target.kind == "parity":
        start, now = gap(b, settings.band), gap(x, settings.band)
        parts = [w.value(v, unit) for v in (start, now, start, start - now, start)]
        return "({} − {}) ÷ {} = {} ÷ {}".format(*parts)
    if t is None:
        return w.gettext("(figure − start) ÷ (target − start)")
    if target.kind == "signed_gap":
        b, x, t = abs(b), abs(x), abs(t)
        parts = [w.value(v, unit) for v in (b, x, b, t, b - x, b - t)]
    else:
        parts = [w.value(v, unit) for v in (x, b, t, b, x - b, t - b)]
    return "({} − {}) ÷ ({} − {}) = {} ÷ {}".format(*parts).replace("-", MINUS)


def time(target: TargetFacts, verdict: Verdict, w: Words) -> str:
    """The formula of what is expected by now: days, or the milestones."""
    if target.kind == "deliverable":
        if target.milestones and verdict.value_on:
            due = sum(1 for m in target.milestones if m.on <= verdict.value_on)
            return w.gettext(
                "%(due)s of %(all)s steps due",
                due=w.number(Decimal(due), 0),
                all=w.number(Decimal(len(target.milestones)), 0),
            )
        return w.gettext("due on %(day)s", day=w.day(target.on))
    start = target.start.on if target.start else None
    if not (start and verdict.value_on and target.on):
        return w.gettext("(day − start) ÷ (due day − start)")
    if verdict.by_milestones:
        return w.gettext("by the milestones, on %(day)s", day=w.day(verdict.value_on))
    so_far, in_all = ((day - start).days for day in (verdict.value_on, target.on))
    return w.gettext("%(sum)s days", sum=w.held(f"{w.number(Decimal(so_far), 0)} ÷ {w.number(Decimal(in_all), 0)}"))


def rows(target: TargetFacts, verdict: Verdict, settings: Settings, w: Words) -> list[Row]:
    """Distance, time and their ratio; of a thing to deliver in one piece the two days, which nothing is divided by."""
    if target.kind == "deliverable" and not target.milestones:
        done = w.day(target.delivered_on) if target.delivered_on else w.gettext("not delivered yet")
        return [Row(w.gettext("Due"), w.day(target.on), ""), Row(w.gettext("Done"), done, "")]
    unknown = w.gettext("not known")

    def share(value: Decimal | None) -> str:
        return unknown if value is None else w.per_cent(value * HUNDRED, 1)

    def bar(value: Decimal | None) -> int | None:
        return None if value is None else int(min(max(value, Decimal(0)), Decimal(1)) * HUNDRED)

    ratio = w.gettext("distance ÷ time")
    if verdict.p is not None and verdict.e is not None and verdict.r is not None:
        ratio = f"{w.number(verdict.p * HUNDRED, 1)} ÷ {w.number(verdict.e * HUNDRED, 1)}"
    r = unknown if verdict.r is None else localised(deciding(verdict.r, settings), w)
    return [
        Row(
            w.gettext("Distance covered"),
            distance(target, verdict, settings, w),
            share(verdict.p),
            bar(verdict.p),
            "way",
        ),
        Row(w.gettext("Expected by now"), time(target, verdict, w), share(verdict.e), bar(verdict.e), "time"),
        Row(w.gettext("Ratio"), ratio, r),
    ]


def localised(text: str, w: Words) -> str:
    places = len(text.partition(".")[2])
    return w.number(Decimal(text), places)


def rule(verdict: Verdict, settings: Settings, w: Words) -> str:
    """The limits that decided, in one sentence or two."""
    on_track, slightly = (w.number(v, 2) for v in (settings.on_track, settings.slightly_behind))
    r = None if verdict.r is None else localised(deciding(verdict.r, settings), w)
    match verdict.status:
        case "on_track":
            return w.gettext("Ratio %(ratio)s. On track from %(limit)s.", ratio=r, limit=on_track)
        case "slightly_behind":
            return w.gettext(
                "Ratio %(ratio)s. Slightly behind from %(low)s, on track from %(high)s.",
                ratio=r,
                low=slightly,
                high=on_track,
            )
        case "far_behind":
            return w.gettext(
                "Ratio %(ratio)s. Far behind under %(low)s, slightly behind from there to %(high)s.",
                ratio=r,
                low=slightly,
                high=on_track,
            )
        case "moving_away":
            return w.gettext("Further from the target than at the start.")
        case "reached":
            if verdict.reached_on:
                return w.gettext("Met on %(day)s.", day=w.day(verdict.reached_on))
            return w.gettext("The latest figure meets the target.")
        case "not_reached":
            return w.gettext("The day of the target has passed and it is not met.")
        case "not_due":
            return w.gettext("The first figure is not due yet.")
        case _:
            return w.say(verdict.reason) if verdict.reason else w.gettext("There is not enough to compare.")
