"""Published commitments: the list, one of them, and the figures and the chart of a target as files."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.models import CONSTITUENCY_PLURALS, Constituency
from impact.champions.queries import current_term
from impact.charts import paper
from impact.commitments.models import Commitment, Target
from impact.downloads import generated_file
from impact.errors import NotFound
from impact.guards import public
from impact.i18n import gettext as _
from impact.indicators.themes import THEMES
from impact.messages import gettext_noop as N_
from impact.progress.queries import superseded_of
from impact.progress.values_shown import unit_of
from impact.progress.verdicts import Standing, limits, verdicts_of
from impact.registry import commitment_page, drawn, ledger, list_page, published_data, queries, titles
from impact.registry.views.room import blueprint, marked, threshold
from impact.security import csp_nonce


@blueprint.get("/commitments")
@public
def commitments() -> ResponseReturnValue:
    """Published commitments, newest first, 25 a page, with filters in the address."""
    return list_page.shown(request.args)


@blueprint.get("/commitments/<public_id>")
@public
def commitment(public_id: str) -> ResponseReturnValue:
    """One commitment: its targets with sentence, status and sum, chart and figures, amendments, history and source."""
    today = clock.today()
    found = queries.commitment_page(public_id)
    standings = verdicts_of(found.targets, today)
    figures = [figure for standing in standings.values() for figure in standing.found.figures]
    years = {figure.report.id: figure.report.window.year for figure in figures if figure.report is not None}
    was_corrected = any(figure.supersedes_id is not None for figure in figures)
    corrected = superseded_of(found.targets) if was_corrected else {}
    queries.load_evidence([*figures, *(figure for rows in corrected.values() for figure in rows)])
    reviews = queries.reviews_of(found, list(years))
    who = found.champion.name_in(i18n.current())
    targets = commitment_page.shown(found, standings, corrected, threshold(), today)
    return render_template(
        "registry/commitment.html",
        commitment=found,
        title=titles.title_of(found),
        said_by_numbers=titles.is_said_by_its_numbers(found),
        champion=found.champion,
        constituency=_(CONSTITUENCY_PLURALS[Constituency(found.champion.constituency)]),
        leader=current_term(found.champion),
        who=who,
        targets=targets,
        styles=commitment_page.styles(targets, csp_nonce()),
        amendments=ledger.entries(
            found, who, {row.public_id for row in found.targets if standings[row.id].found.hiding.counts}
        ),
        events=ledger.history(found, reviews, years, who),
        returned=ledger.times_returned(reviews),
        themes=[_(theme.label) for theme in THEMES if theme.key in found.themes],
        limits=limits(),
        **marked(found.champion),
    )


@blueprint.get("/commitments/<public_id>/target-<int:number>.csv")
@public
def figures_file(public_id: str, number: int) -> ResponseReturnValue:
    """The published figures of one target, as a table for a spreadsheet."""
    _found, target, standing = _one_target(public_id, number)
    name = f"{public_id}-target-{number}.csv"
    return generated_file(published_data.as_csv(target, standing), name, "text/csv; charset=utf-8")


@blueprint.get("/commitments/<public_id>/target-<int:number>.svg")
@public
def chart_file(public_id: str, number: int) -> ResponseReturnValue:
    """The chart of one target as a picture with its numbers; the words are in its title."""
    _found, target, standing = _one_target(public_id, number)
    figures = published_data.figures_of(target, standing)
    title = drawn.chart_title(titles.target_title(target), figures, unit_of(target))
    definition = drawn.chart_of(target, standing, figures, title, clock.today())
    if definition is None:
        raise NotFound(N_("There is no such chart."))
    picture = paper.svg(definition, gutter=False, family="sans-serif")
    return generated_file(picture, f"{public_id}-target-{number}.svg", "image/svg+xml")


def _one_target(public_id: str, number: int) -> tuple[Commitment, Target, Standing]:
    """The target at this place of a public commitment, with how it stands; NotFound otherwise."""
    found = queries.commitment_page(public_id)
    target = published_data.find(found.targets, number)
    if target is None:
        raise NotFound(N_("There is no such target."))
    standing = verdicts_of([target], clock.today())[target.id]
    queries.without_evidence(standing.found.figures)
    return found, target, standing
