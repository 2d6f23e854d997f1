"""Public pages. They read, set no cookie and open no session."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.models import CONSTITUENCY_LABELS, CONSTITUENCY_PLURALS, STANDING_LABELS, Champion, Constituency
from impact.champions.queries import current_term
from impact.guards import public
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS, Kind
from impact.indicators.queries import all_indicators, indicator_by_slug
from impact.indicators.themes import THEMES
from impact.places.countries import by_iso3
from impact.progress.queries import superseded_of
from impact.progress.verdicts import limits, verdicts_of
from impact.registry import commitment_page, ledger, queries, titles
from impact.registry.shown import lines
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
        counts=queries.counts(),
        groups=queries.champions_by_constituency(),
        plurals=CONSTITUENCY_PLURALS,
    )


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
    return render_template(
        "registry/champion.html",
        champion=found,
        country=by_iso3(found.country).name(i18n.current()),
        constituency=_(CONSTITUENCY_LABELS[Constituency(found.constituency)]),
        standing=_(STANDING_LABELS[found.standing]),  # type: ignore[index]
        changes=queries.standing_reasons(found),
        items=lines(queries.commitments_of(found)),
        annual_reports=annual_reports_of(found),
        **_marked(found),
    )


@blueprint.get("/commitments")
@public
def commitments() -> ResponseReturnValue:
    """Published commitments, newest first, 25 a page, with filters in the address."""
    wanted = {
        "constituency": _known(request.args.get("constituency"), {item.value for item in Constituency}),
        "theme": _known(request.args.get("theme"), {theme.key for theme in THEMES}),
        "kind": _known(request.args.get("kind"), {kind.value for kind in Kind}),
    }
    rows, following = queries.commitments_page(**wanted, after=request.args.get("after", "")[:16])
    return render_template(
        "registry/commitments.html",
        items=lines(rows),
        following=following,
        wanted={name: value for name, value in wanted.items() if value},
        is_later_page="after" in request.args,
        choices={
            "constituency": [(item.value, _(CONSTITUENCY_PLURALS[item])) for item in Constituency],
            "theme": [(theme.key, _(theme.label)) for theme in THEMES],
            "kind": [(kind.value, _(KINDS[kind].label)) for kind in Kind],
        },
    )


def _known(value: str | None, allowed: set[str]) -> str:
    """A filter that is one of its values, or none: whatever else somebody writes into an address is not asked for."""
    return value if value in allowed else ""


@blueprint.get("/commitments/<public_id>")
@public
def commitment(public_id: str) -> ResponseReturnValue:
    """One commitment: its targets with sentence, status and sum, chart and figures, amendments, history and source."""
    today = clock.today()
    found = queries.commitment_page(public_id)
    standings = verdicts_of(found.targets, today)
    figures = [figure for standing in standings.values() for figure in standing.found.figures]
    years = {figure.report.id: figure.report.window.year for figure in figures if figure.report is not None}
    corrected = superseded_of(found.targets) if years else {}
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


@blueprint.get("/indicators")
@public
def indicators() -> ResponseReturnValue:
    """The catalogue by theme; a constituency narrows it."""
    constituency = _known(request.args.get("constituency"), {item.value for item in Constituency})
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
        "registry/indicator.html", indicator=found, items=lines(queries.targets_of_indicator(found.id))
    )


@blueprint.get("/how-it-works")
@public
def how_it_works() -> ResponseReturnValue:
    return render_template("registry/how_it_works.html")


@blueprint.get("/how-status-is-worked-out")
@public
def status_rule() -> ResponseReturnValue:
    """The public rule with its limits, so that anybody can redo a sum."""
    return render_template("registry/status_rule.html", limits=limits(), kinds=list(KINDS.items()))
