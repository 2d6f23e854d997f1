"""How fast each target moves beside comparable organisations: for the champion's own people and for experts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.charts import web
from impact.commitments.models import Target
from impact.i18n import gettext as _
from impact.permissions import Action
from impact.progress import queries
from impact.progress.ambitions import ahead_of, drawn, sentences, title_of
from impact.progress.benchmarks import FEWEST_OTHERS
from impact.progress.cases import CaseInputs, published_cases
from impact.progress.distances import goal_of
from impact.progress.pace import pace
from impact.progress.peers_compared import Editions, editions_of, paces_of_each
from impact.progress.rules import begun
from impact.progress.values_shown import unit_of, value_words
from impact.progress.views.room import blueprint, demonstration
from impact.security import csp_nonce


@dataclass(frozen=True)
class Row:
    """One target in finished sentences with its chart; `url` is its public page, with the forecast."""

    title: str
    scope: str
    url: str
    sentences: list[str]
    chart: web.Figure | None
    #: (day, what, value) of everything that the chart draws
    figures: Sequence[tuple[str, str, str]]


@blueprint.get("/organisations/<slug>/pace")
@of_champion(Action.BENCHMARK_SEE)
def benchmarks(champion: Champion) -> ResponseReturnValue:
    """Every public target with its paces, and the median and upper quartile of the others."""
    own, others = queries.own_and_comparable_targets(champion)
    cases = published_cases([*own, *others], clock.today())
    editions = editions_of(champion)
    rows = [_row(target, number, cases, others, editions) for number, target in enumerate(own, 1)]
    drawings = [row.chart for row in rows if row.chart is not None]
    return render_template(
        "progress/benchmarks.html",
        rows=rows,
        styles=web.style_block(drawings, csp_nonce()) if drawings else "",
        fewest=FEWEST_OTHERS,
        **demonstration(champion),
    )


def _row(
    target: Target, number: int, cases: dict[int, CaseInputs], others: Iterable[Target], editions: Editions
) -> Row:
    case = begun(cases[target.id])
    same = [other for other in others if other.indicator_id == target.indicator_id]
    chart = drawn(target, case)
    return Row(
        title_of(target),
        i18n.in_its_language(target.scope, target.commitment.language)
        if target.scope and case.kind != "deliverable"
        else "",
        url_for("registry.commitment", public_id=target.commitment.public_id),
        sentences(target, case, paces_of_each(same, cases), target.commitment.champion.constituency, editions),
        web.figure(chart, f"t{number}") if chart is not None else None,
        _points(target, case),
    )


def _points(target: Target, case: CaseInputs) -> list[tuple[str, str, str]]:
    """The rows of the chart's table: day, what it is, value."""
    unit = unit_of(target)
    rows = []
    if case.baseline is not None and case.baseline_date is not None:
        rows.append((i18n.short_date(case.baseline_date), _("Starting point"), value_words(case.baseline, unit)))
    for figure in case.figures:
        if figure.delivered is None:
            value = value_words(figure.value, unit) if figure.value is not None else _("not measured")
            rows.append((i18n.short_date(figure.on), _("Reported"), value))
    goal = pace(case).goal
    if goal is None:
        goal = goal_of(case)
    if goal is not None and case.target_date is not None:
        rows.append((i18n.short_date(case.target_date), _("Target"), value_words(goal, unit)))
    ahead = ahead_of(case, unit)
    if ahead is not None:
        low, high = value_words(ahead.low, unit), value_words(ahead.high, unit)
        between = _("%(low)s to %(high)s", low=low, high=high)
        rows.append((i18n.short_date(ahead.day), _("Pace so far, four cases in five"), between))
    return rows
