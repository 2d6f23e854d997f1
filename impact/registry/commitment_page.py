"""One commitment as its public page shows it: each target with its sum, chart and tables, all in finished words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask import url_for
from markupsafe import Markup

from impact import i18n
from impact.charts import BarsChart, PathChart, draw, frames, web
from impact.commitments.models import Commitment, Target
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS, Kind
from impact.progress.cases import CaseInputs
from impact.progress.models import Figure as FigureRow
from impact.progress.queries import PublicFigure, public_figure
from impact.progress.rules import begun, goal_of
from impact.progress.values_shown import chart_words, unit_of, value_words
from impact.progress.verdicts import Standing
from impact.registry import drawn
from impact.registry.accounts_shown import Account, FileLine, accounts, corrections, evidence, people_notes
from impact.registry.figure_tables import Table, figures_table, people_table, steps_table
from impact.registry.figures_shown import UNIT_LABELS, baseline_words, counted_as, day_words
from impact.registry.outlook import Outlook, outlook
from impact.registry.sums import time_sum, way_sum
from impact.registry.titles import target_title


@dataclass(frozen=True)
class TargetShown:
    """Everything about one target, in the order of the page."""

    anchor: str
    number: int
    target: Target
    title: Markup
    standing: Standing
    reason: str
    way: Markup | str
    time: Markup | str
    facts: Sequence[tuple[str, object]]
    outlook: Outlook | None = None
    chart: web.Figure | None = None
    chart_line: str = ""
    chart_notes: Sequence[str] = ()
    figures: Table | None = None
    steps: Table | None = None
    corrections: Sequence[str] = ()
    people_chart: web.Figure | None = None
    people: Table | None = None
    people_notes: Sequence[str] = ()
    accounts: Sequence[Account] = ()
    evidence: Sequence[FileLine] = ()
    public_figures: Sequence[PublicFigure] = field(default=(), repr=False)


def shown(
    commitment: Commitment,
    standings: Mapping[int, Standing],
    corrected: Mapping[int, Sequence[FigureRow]],
    threshold: int,
    today: date,
) -> list[TargetShown]:
    """The targets of the commitment; `corrected` holds approved figures that a correction replaced."""
    return [
        _target(target, number, standings[target.id], corrected.get(target.id, ()), threshold, today)
        for number, target in enumerate(commitment.targets, start=1)
    ]


def _target(
    target: Target, number: int, standing: Standing, corrected: Sequence[FigureRow], threshold: int, today: date
) -> TargetShown:
    language = target.commitment.language
    case, verdict, unit = standing.found.inputs, standing.verdict, unit_of(target)
    counted = begun(case)
    figures = [public_figure(figure, target, standing.found.hiding) for figure in standing.found.figures]
    title = target_title(target)
    definition = drawn.chart_of(target, standing, figures, drawn.chart_title(title, figures, unit), today)
    chart = web.figure(definition, f"t{number}") if definition else None
    stack = drawn.people_chart(figures, _("Who is counted, by year"), unit)
    return TargetShown(
        anchor=f"target-{number}",
        number=number,
        target=target,
        title=title,
        standing=standing,
        reason=i18n.say(verdict.reason, verdict.values) if verdict.reason else "",
        way=way_sum(counted, verdict, unit),
        time=time_sum(counted, verdict),
        facts=_facts(target, standing, today),
        outlook=outlook(counted, verdict.status, unit),
        chart=chart,
        chart_line=_chart_line(target, definition),
        chart_notes=_chart_notes(definition, figures),
        figures=figures_table(target, case, standing.found.original, figures, standing.found.hiding),
        steps=steps_table(target, case, today),
        corrections=corrections(target, standing.found.figures, corrected, standing.found.hiding),
        people_chart=web.figure(stack, f"p{number}") if stack else None,
        people=people_table(figures, unit),
        people_notes=people_notes(figures, threshold, language),
        accounts=accounts(figures, language),
        evidence=evidence(figures, language),
        public_figures=figures,
    )


def _facts(target: Target, standing: Standing, today: date) -> list[tuple[str, object]]:
    """Term and description: kind, indicator, how it is counted, starting point, target, latest and next figure."""
    language, indicator = i18n.current(), target.indicator
    case, verdict, unit = standing.found.inputs, standing.verdict, unit_of(target)
    facts: list[tuple[str, object]] = []
    if target.kind:
        facts.append((_("Kind of target"), _(KINDS[Kind(target.kind)].label)))
    if indicator is not None:
        url = url_for("registry.indicator", slug=indicator.slug)
        link = Markup('<a href="%s">%s</a>') % (url, indicator.text("name", language))
        facts.append((_("Indicator"), link))
    counted = counted_as(indicator, language) if indicator is not None else ""
    scope = i18n.in_its_language(target.scope, target.commitment.language)
    if counted or scope:
        facts.append((_("Who or what is counted"), Markup("<br>").join(part for part in (scope, counted) if part)))
    if target.method:
        facts.append((_("Method"), i18n.in_its_language(target.method, target.commitment.language)))
    if case.kind != "deliverable":
        facts.append((_("Starting point"), baseline_words(target, standing.found.hiding)))
        if target.baseline_source:
            source = i18n.in_its_language(target.baseline_source, target.commitment.language)
            facts.append((_("Source of the starting point"), source))
    facts.append((_("Target"), _goal_words(target, case, unit)))
    if target.condition_words:
        facts.append((_("Condition"), i18n.in_its_language(target.condition_words, target.commitment.language)))
    way = begun(case)
    if way is not case and way.baseline is not None:
        since = i18n.long_date(way.baseline_date)
        met = _("%(value)s, %(day)s: the way begins here", value=value_words(way.baseline, unit), day=since)
        facts.append((_("Condition met"), met))
    if verdict.latest is not None and verdict.latest_on is not None:
        latest = value_words(verdict.latest, unit, (verdict.goal, case.baseline))
        if verdict.at_least:
            latest = _("at least %(value)s", value=latest)
        day = i18n.long_date(verdict.latest_on)
        facts.append((_("Latest figure"), _("%(value)s, %(day)s", value=latest, day=day)))
    following = [day for day in case.due if day >= today]
    if following:
        facts.append((_("Next figure due"), i18n.long_date(min(following))))
    return facts


def _goal_words(target: Target, case: CaseInputs, unit: str) -> str:
    if target.due is None:
        day = _("no date was published")
    else:
        day = day_words(target.due, target.due_is_year)
    if case.kind == "parity":
        low, high = value_words(50 - case.band, unit), value_words(50 + case.band, unit)
        return _("between %(low)s and %(high)s, %(day)s", low=low, high=high, day=day)
    if case.kind == "deliverable":
        return _("delivered, %(day)s", day=day)
    goal = goal_of(case)
    if goal is None or (case.baseline is None and case.kind in {"multiply", "relative", "points"}):
        return day
    return _("%(value)s, %(day)s", value=value_words(goal, unit), day=day)


def _chart_line(target: Target, definition: drawn.TargetChart | None) -> str:
    """Measure, unit, and where the axis starts."""
    if target.indicator is None or definition is None:
        return ""
    measure = target.indicator.text("name", i18n.current())
    if not isinstance(definition, (PathChart, BarsChart)):
        return _("The steps on their time line. A filled dot is done; the square is the day it is due.")
    start = draw(definition, frames.WIDE).axis_start
    return _(
        "%(measure)s, in %(unit)s. The axis starts at %(start)s.",
        measure=measure,
        unit=_(UNIT_LABELS[target.indicator.unit]),
        start=chart_words(Decimal(str(start or 0)), target.indicator.unit),
    )


def _chart_notes(definition: drawn.TargetChart | None, figures: Sequence[PublicFigure]) -> list[str]:
    notes = []
    if isinstance(definition, (PathChart, BarsChart)) and definition.forecast is not None:
        notes.append(
            _(
                "The dotted line carries the line through the figures forward; four in five figures observed on the due date would lie in the wedge, if nothing changes. It is no promise."
            )
        )
    if isinstance(definition, (PathChart, BarsChart)) and definition.original is not None:
        notes.append(_("Dashed: the path to the target as first published."))
    if definition is not None and any(row.value is None and row.delivered is None for row in figures):
        notes.append(_("A cross marks a year that was not measured."))
    sources = list(dict.fromkeys(row.source for row in figures if row.source))
    if sources:
        notes.append(_("Source: %(sources)s.", sources="; ".join(sources).rstrip(".")))
    return notes


def styles(targets: Sequence[TargetShown], nonce: str) -> Markup:
    """The one style element that places the words over the drawings of this page; nothing without a drawing."""
    drawings = [one for target in targets for one in (target.chart, target.people_chart) if one is not None]
    return web.style_block(drawings, nonce) if drawings else Markup("")
