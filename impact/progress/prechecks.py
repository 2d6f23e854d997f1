"""What to look at in a year's figures before anybody decides: shown to the organisation and to its reviewer alike.

None of it is refused: a figure may well stay the same or double. But whoever made a slip of the pen wants to know, and
the reviewer asks about the same things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from impact.indicators.kinds import Value
from impact.messages import gettext_noop as N_
from impact.progress import queries
from impact.progress.models import Figure, ProgressReport
from impact.progress.operations.figures import is_share, unanswered
from impact.progress.operations.reports import name_of
from impact.reviews.subjects import Check, Words

#: A larger change in one step is asked about: this part of the last figure, or of a share this many points.
JUMP = Decimal("0.5")
JUMP_IN_POINTS = Decimal(10)


def prechecks_of(report: ProgressReport) -> list[tuple[Figure, Check]]:
    """Each remark with its figure, in the order of the report; figures without an answer yet are left out."""
    history = queries.figures_of([figure.target for figure in report.figures], evidence=False)
    return [
        (figure, check)
        for figure in report.figures
        if unanswered(figure) is None
        for check in _of_figure(figure, report, _last_before(figure, history[figure.target_id]))
    ]


def _last_before(figure: Figure, approved: Sequence[Figure]) -> Figure | None:
    """The newest approved figure before this one that says something in numbers or about the delivery."""
    earlier = [
        old
        for old in approved
        if old.on and figure.on and old.on < figure.on and (old.value is not None or old.delivered is not None)
    ]
    return earlier[-1] if earlier else None


def _of_figure(figure: Figure, report: ProgressReport, last: Figure | None) -> Iterator[Check]:
    scope = {"scope": name_of(figure.target)}
    if figure.not_measured:
        yield Check("notice", Words(N_("%(scope)s: not measured this year"), scope))
        return
    if not any(piece.removed_at is None for piece in figure.evidence):
        yield Check("warning", Words(N_("%(scope)s: no evidence is attached"), scope))
    if not figure.source:
        yield Check("warning", Words(N_("%(scope)s: no source is named"), scope))
    if figure.on and not report.window.period_starts <= figure.on <= report.window.period_ends:
        days = {"day": figure.on, "first": report.window.period_starts, "last": report.window.period_ends}
        message = N_("%(scope)s: dated %(day)s, outside the period from %(first)s to %(last)s")
        yield Check("warning", Words(message, {**scope, **days}))
    if figure.method_change:
        yield Check("warning", Words(N_("%(scope)s: the method or definition changed"), scope))
    yield from _of_numbers(figure, last, scope)
    if not figure.narrative:
        yield Check("notice", Words(N_("%(scope)s: nothing is told of what was done"), scope))


def _of_numbers(figure: Figure, last: Figure | None, scope: dict[str, str]) -> Iterator[Check]:
    """What the figure says beside the last one; beside the starting point where it is the first."""
    if last is not None and last.delivered and figure.delivered is False:
        yield Check("warning", Words(N_("%(scope)s: delivered last time, not delivered now"), scope))
    before = last.value if last is not None and last.value is not None else figure.target.baseline_value
    if figure.value is None or before is None:
        return
    if last is not None and last.value is not None and _same(figure, last):
        message = N_("%(scope)s: the same numbers as on %(day)s. Were they counted anew?")
        yield Check("warning", Words(message, {**scope, "day": last.on}))
    elif last is not None and last.denominator is not None and last.denominator == figure.denominator:
        message = N_("%(scope)s: the number counted changed, the whole is %(whole)s as it was on %(day)s")
        yield Check("notice", Words(message, {**scope, "whole": figure.denominator, "day": last.on}))
    if _is_jump(figure, before):
        message = N_("%(scope)s: %(now)s after %(before)s is a large step at once")
        yield Check("warning", Words(message, {**scope, **_with_unit(figure, now=figure.value, before=before)}))
    if last is not None and last.denominator and figure.denominator:
        if abs(figure.denominator - last.denominator) > JUMP * last.denominator:
            message = N_("%(scope)s: the whole went from %(before)s to %(now)s. Are the same people counted?")
            values = {"before": last.denominator, "now": figure.denominator}
            yield Check("warning", Words(message, {**scope, **values}))


def _same(figure: Figure, last: Figure) -> bool:
    return (figure.value, figure.numerator, figure.denominator) == (last.value, last.numerator, last.denominator)


def _is_jump(figure: Figure, before: Decimal) -> bool:
    assert figure.value is not None
    step = abs(figure.value - before)
    if is_share(figure.target.indicator):
        return step > JUMP_IN_POINTS
    return before != 0 and step > JUMP * abs(before)


def _with_unit(figure: Figure, **numbers: Decimal) -> dict[str, object]:
    unit = figure.target.indicator.unit if figure.target.indicator is not None else ""
    shown = {name: number.quantize(Decimal("0.1")) for name, number in numbers.items()}
    return {name: Value(number, unit) if unit else number for name, number in shown.items()}


def words_of(checks: Iterable[tuple[Figure, Check]]) -> list[Check]:
    """The remarks alone, for the reviewer's desk."""
    return [check for _figure, check in checks]
