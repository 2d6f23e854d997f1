"""Public pages. They read, set no cookie and open no session."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.models import CONSTITUENCY_PLURALS, STANDING_LABELS, Champion, Constituency
from impact.champions.queries import current_term
from impact.charts import paper
from impact.commitments.models import Commitment, Target
from impact.downloads import generated_file
from impact.errors import NotFound
from impact.guards import public
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS
from impact.indicators.queries import all_indicators, indicator_by_slug
from impact.indicators.themes import THEMES
from impact.messages import gettext_noop as N_
from impact.places.countries import by_iso3
from impact.progress.queries import superseded_of
from impact.progress.verdicts import Standing, limits, verdicts_of
from impact.registry import (
    champion_page,
    commitment_page,
    drawn,
    front,
    ledger,
    list_page,
    published_data,
    queries,
    titles,
)
from impact.registry.figures_shown import unit_of
from impact.registry.outlook import forecast_numbers
from impact.registry.shown import target_lines
from impact.security import csp_nonce
from reports.queries import annual_reports_of

blueprint = Blueprint("registry", __name__)


def _marked(champion: Champion) -> dict[str, object]:
    """What a page about a made-up organisation must say."""
    return {
        "is_demonstration": champion.is_demonstration,
        "demonstration_sentence": _("%(name)s and every figure on this page are made up.", name=champion.name),
    }


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What this is, the numbers with their definitions, who is on board."""
    return render_template(
        "registry/home.html",
        cohorts=front.cohorts(),
        numbers=_numbers(queries.counts()),
        latest=[
            {
                "title": titles.title_of(row),
                "url": url_for("registry.commitment", public_id=row.public_id),
                "who": row.champion.name_in(i18n.current()),
                "is_demonstration": row.champion.is_demonstration,
            }
            for row in queries.latest()
        ],
    )


def _numbers(counts: queries.Counts) -> list[dict[str, object]]:
    """The numbers of the first page, each with its definition."""
    return [
        {
            "figure": sum(counts.champions.values()),
            "words": _("champions"),
            "definition": _("Organisations with a seat in a cohort, now or before. Made-up ones are not counted."),
        },
        {
            "figure": counts.commitments,
            "words": _("published commitments"),
            "definition": _("Approved by a second person, or recorded from a public source that the page names."),
        },
        {
            "figure": counts.targets,
            "words": _("targets"),
            "definition": _(
                "Measurable parts of these commitments, each with a kind that decides how it is worked out."
            ),
        },
        {
            "figure": counts.with_baseline,
            "of": counts.targets,
            "words": _("targets with a starting point"),
            "definition": _("The others say “cannot say” until their starting point is measured and published."),
        },
    ]


@blueprint.get("/champions")
@public
def champions() -> ResponseReturnValue:
    """Every champion, by constituency."""
    return render_template(
        "registry/champions.html",
        groups=queries.champions_by_constituency(),
        plurals=CONSTITUENCY_PLURALS,
        standings=STANDING_LABELS,
        cohorts=queries.cohorts(),
        country=lambda code: by_iso3(code).name(i18n.current()),
    )


@blueprint.get("/champions/<slug>")
@public
def champion(slug: str) -> ResponseReturnValue:
    """One champion: particulars, leaders with their terms, commitments, standing with its reasons."""
    found = queries.champion_page(slug)
    commitments = queries.commitments_of(found)
    today = clock.today()
    standings = verdicts_of([target for row in commitments for target in row.targets], today)
    queries.without_evidence([figure for standing in standings.values() for figure in standing.found.figures])
    cards = champion_page.cards(commitments, standings, today)
    return render_template(
        "registry/champion.html",
        champion=found,
        since=champion_page.since(found),
        particulars=champion_page.particulars(found),
        standing=_(STANDING_LABELS[found.standing]),  # type: ignore[index]
        changes=queries.standing_reasons(found),
        cards=cards,
        styles=champion_page.styles(cards, csp_nonce()),
        tally=champion_page.tally(commitments, standings),
        leader=current_term(found),
        terms=sorted(found.terms, key=lambda term: (term.since is not None, term.since or date.min), reverse=True),
        annual_reports=annual_reports_of(found),
        **_marked(found),
    )


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
    targets = commitment_page.shown(found, standings, corrected, _threshold(), today)
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
        **_marked(found.champion),
    )


def _threshold() -> int:
    return int(current_app.extensions["settings"].suppression_threshold)


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


@blueprint.get("/indicators")
@public
def indicators() -> ResponseReturnValue:
    """The catalogue by theme; a constituency narrows it."""
    constituency = list_page.known(request.args.get("constituency"), {item.value for item in Constituency})
    rows = [row for row in all_indicators() if not constituency or constituency in row.constituencies]
    return render_template(
        "registry/indicators.html",
        themes=[(theme, [row for row in rows if row.theme == theme.key]) for theme in THEMES],
        constituency=constituency,
        choices=[(item.value, _(CONSTITUENCY_PLURALS[item])) for item in Constituency],
        number=len(rows),
    )


@blueprint.get("/indicators/<slug>")
@public
def indicator(slug: str) -> ResponseReturnValue:
    """One indicator: definition, formula, source, and the commitments set against it."""
    found = indicator_by_slug(slug)
    return render_template(
        "registry/indicator.html", indicator=found, items=target_lines(queries.targets_of_indicator(found.id), found.id)
    )


@blueprint.get("/how-it-works")
@public
def how_it_works() -> ResponseReturnValue:
    return render_template("registry/how_it_works.html")


@blueprint.get("/how-status-is-worked-out")
@public
def status_rule() -> ResponseReturnValue:
    """The public rule with its limits, so that anybody can redo a sum."""
    return render_template(
        "registry/status_rule.html",
        limits=limits(),
        kinds=list(KINDS.items()),
        threshold=_threshold(),
        **forecast_numbers(),
    )


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about people, in the numbers of this very installation."""
    settings = current_app.extensions["settings"]
    return render_template(
        "registry/privacy.html",
        idle_minutes=settings.session_idle_minutes,
        hours=settings.session_hours,
        threshold=settings.suppression_threshold,
        contact=settings.contact_email,
    )


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What was done and checked, and what is missing."""
    return render_template("registry/accessibility.html", contact=current_app.extensions["settings"].contact_email)
