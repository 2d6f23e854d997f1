"""The sum behind a status, written out with its numbers, so that a reader with a pencil can redo it.

The verdict was computed by the rule; here its inputs are only set into the formula of the kind, with as few decimal
places as still give the share that stands above the sum.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from markupsafe import Markup

from impact import i18n
from impact.i18n import gettext as _
from impact.progress.cases import CaseInputs
from impact.progress.precision import in_hundredths
from impact.progress.rules import Verdict, gap
from impact.registry.figures_shown import filled, one_run

#: Below this share of the way a target moves away: the printed share keeps its side of it.
_AWAY = ("-0.02",)


def way_sum(case: CaseInputs, verdict: Verdict, unit: str) -> Markup | str:
    """ "(25.6 − 19) ÷ (30 − 19) = 6.6 ÷ 11 percentage points"; nothing where there is nothing to divide."""
    if case.kind == "deliverable":
        return _steps_done(case)
    if verdict.p is None or verdict.latest is None or case.baseline is None or case.condition is not None:
        return ""
    b, x, t = case.baseline, verdict.latest, verdict.goal
    if case.kind == "parity":
        start, now = gap(b, case.band), gap(x, case.band)
        return _with_unit("({} − {}) ÷ {} = {} ÷ {}", _short((start, now, start, Decimal(0)), verdict.p), unit)
    if t is None:
        return ""
    if case.kind == "signed_gap":
        b, x, t = abs(b), abs(x), abs(t)
        return _with_unit("({} − {}) ÷ ({} − {}) = {} ÷ {}", _short((b, x, b, t), verdict.p), unit)
    return _with_unit("({} − {}) ÷ ({} − {}) = {} ÷ {}", _short((x, b, t, b), verdict.p), unit)


def _short(values: tuple[Decimal, ...], share: Decimal) -> tuple[Decimal, ...]:
    """The four numbers of a sum with the fewest places, from one on, that give the printed share again."""
    for digits in range(1, 6):
        short = tuple(value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN) for value in values)
        whole = short[2] - short[3]
        if whole and in_hundredths((short[0] - short[1]) / whole, _AWAY) == in_hundredths(share, _AWAY):
            return short
    return values


def _with_unit(pattern: str, numbers: tuple[Decimal, ...], unit: str) -> Markup | str:
    a, b, c, d = numbers
    # The way to parity ends at no distance from the band: nothing is taken away from it.
    values = (a, b, c, d, a - b, c - d) if pattern.count("{}") == 6 else (a, b, c, a - b, c - d)
    run = one_run(pattern.format(*(i18n.number(value) for value in values)))
    if unit in {"percent", "percentage_points"}:
        return filled(_("%(sum)s percentage points"), sum=run)
    return run


def time_sum(case: CaseInputs, verdict: Verdict) -> Markup | str:
    """ "1,461 ÷ 2,072 days, from 30 April 2015 to 31 December 2020", or by which milestones."""
    if case.kind == "deliverable":
        return _steps_due(case)
    if verdict.e is None or verdict.latest_on is None or case.baseline_date is None or case.target_date is None:
        return ""
    if case.condition is not None:
        return ""
    if any(value is not None for _day, value, _done in case.milestones):
        return _("by the milestones, on %(day)s", day=i18n.long_date(verdict.latest_on))
    so_far, in_all = ((day - case.baseline_date).days for day in (verdict.latest_on, case.target_date))
    return filled(
        _("%(sum)s days, from %(start)s to %(end)s"),
        sum=one_run(f"{i18n.number(so_far)} ÷ {i18n.number(in_all)}"),
        start=i18n.long_date(case.baseline_date),
        end=i18n.long_date(case.target_date),
    )


def _steps_done(case: CaseInputs) -> str:
    if not case.milestones:
        return ""
    done = sum(1 for _day, _value, done in case.milestones if done is not None and done <= case.today)
    return _("%(done)s of %(all)s steps done", done=i18n.number(done), all=i18n.number(len(case.milestones)))


def _steps_due(case: CaseInputs) -> str:
    if not case.milestones:
        return ""
    due = sum(1 for day, _value, _done in case.milestones if day <= case.today)
    return _("%(due)s of %(all)s steps due by now", due=i18n.number(due), all=i18n.number(len(case.milestones)))
