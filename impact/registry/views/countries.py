"""Public pages of countries: what the gap index says, what limits it, who promised something about it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.cells import safe
from impact.champions.models import CONSTITUENCY_LABELS, Constituency
from impact.commitments.models import Commitment
from impact.downloads import generated_file
from impact.economies import queries as economies
from impact.economies.queries import Result
from impact.guards import public
from impact.i18n import gettext as _
from impact.indicators.gap_index import SUBINDEXES
from impact.places.countries import Country, by_iso3
from impact.registry import country_page, country_queries
from impact.registry.shown import Line, lines
from impact.registry.views.room import blueprint
from impact.security import csp_nonce

CSV_HEADS = (
    "iso3", "country", "year", *SUBINDEXES, "overall", "rank", "published_overall", "published_rank",
    "indicators_used", "basis", "source", "licence",
)  # fmt: skip


def year_asked(known: Sequence[int], usual: int | None) -> int | None:
    """The edition in the address when there is one; whatever else stands there is not asked for."""
    asked = request.args.get("year", "")[:4]
    return int(asked) if asked in {str(year) for year in known} else usual


def shown_year(history: Sequence[Result]) -> int | None:
    """The edition asked for; otherwise the newest with an overall score, or the newest there is."""
    known = [one.year for one in history]
    scored = [one.year for one in history if one.overall is not None]
    return year_asked(known, max(scored or known, default=None))


@blueprint.get("/countries")
@public
def countries() -> ResponseReturnValue:
    """Every country of an edition, the best first. At most the countries of the world: one page holds them."""
    known = economies.countries_in()
    year = year_asked(list(known), economies.usual_year(known))
    found = list(economies.results(year).values()) if year is not None else []
    return render_template(
        "registry/countries.html",
        year=year,
        years=[(str(one), _("%(year)s: %(number)s countries", year=str(one), number=i18n.number(number))) for one, number in known.items()],
        rows=[_row(one) for one in found],
        some_without_ratios=any(one.used is None for one in found),
        sources=country_page.source_lines(economies.sources(one.import_id for one in found).values()),
    )  # fmt: skip


def _row(one: Result) -> dict[str, object]:
    return {
        "url": url_for("registry.country", code=one.iso3, year=one.year),
        "country": by_iso3(one.iso3).name(i18n.current()),
        "rank": i18n.number(one.rank) if one.rank is not None else _("no rank"),
        "overall": country_page.score_words(one.overall),
        "areas": [country_page.score_words(one.subindexes.get(area)) for area in SUBINDEXES],
        "printed": i18n.number(one.published_rank) if one.published_rank is not None else "",
    }


@blueprint.get("/countries.csv")
@public
def countries_file() -> ResponseReturnValue:
    """The same figures, unrounded, with source and licence in every row."""
    known = economies.countries_in()
    year = year_asked(list(known), economies.usual_year(known))
    found = list(economies.results(year).values()) if year is not None else []
    imports = economies.sources(one.import_id for one in found)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_HEADS)
    for one in found:
        origin = imports[one.import_id]
        numbers = [*(one.subindexes.get(area) for area in SUBINDEXES), one.overall]
        writer.writerow(
            [
                one.iso3, safe(by_iso3(one.iso3).name(i18n.current())), one.year,
                *("" if value is None else f"{value:.6f}" for value in numbers),
                "" if one.rank is None else one.rank,
                "" if one.published_overall is None else one.published_overall,
                "" if one.published_rank is None else one.published_rank,
                "" if one.used is None else one.used,
                one.basis, safe(origin.source), safe(origin.licence),
            ]
        )  # fmt: skip
    name = f"countries-{year}.csv" if year else "countries.csv"
    return generated_file(text.getvalue(), name, "text/csv; charset=utf-8")


@blueprint.get("/countries/<code>")
@public
def country(code: str) -> ResponseReturnValue:
    """One country: bars against parity, subindexes over the years, what limits the score, who is on board."""
    found = by_iso3(code)
    if code != found.iso3:
        return redirect(url_for("registry.country", code=found.iso3), 301)
    history = economies.history(found.iso3)
    year = shown_year(history)
    result = economies.results(year)[found.iso3] if year is not None else None
    areas = country_page.areas(result, history) if result else []
    origins = economies.sources(one.import_id for one in history)
    return render_template(
        "registry/country.html",
        country=found,
        name=found.name(i18n.current()),
        year=year,
        years=country_page.year_links(history, found.iso3, year or 0),
        result=result,
        facts=country_page.facts(result) if result else [],
        areas=areas,
        styles=country_page.styles(areas, csp_nonce()),
        limits=country_page.limits(result) if result else None,
        sources=country_page.source_lines(origins.values()),
        population=_population(found),
        **_on_board(found),
    )


def _population(found: Country) -> str:
    newest = economies.populations(9999, [found.iso3]).get(found.iso3)
    if newest is None:
        return ""
    return _("%(number)s people (%(year)s)", number=i18n.number(newest.people), year=str(newest.year))


def _on_board(found: Country) -> dict[str, object]:
    champions = country_queries.champions_of(found.iso3)
    commitments = country_queries.commitments_on_the_index(found.iso3)
    most = country_queries.MOST
    return {
        "champions": [
            {
                "url": url_for("registry.champion", slug=one.slug),
                "name": one.name_in(i18n.current()),
                "kind": _(CONSTITUENCY_LABELS[Constituency(one.constituency)]),
                "is_demonstration": one.is_demonstration,
            }
            for one in champions[:most]
        ],
        "more_champions": len(champions) > most,
        "commitments": _lines(commitments[:most]),
        "more_commitments": len(commitments) > most,
    }


def _lines(commitments: Sequence[Commitment]) -> list[Line]:
    """The usual line of a commitment, with what of the index it works on beside who promised it."""
    found = []
    for commitment, line in zip(commitments, lines(commitments), strict=True):
        what = [country_page.part_name(key) for key in country_queries.addressed_by(commitment)]
        made_up = [_("Demonstration: made up")] if commitment.champion.is_demonstration else []
        found.append(replace(line, who=" · ".join([line.who, *what, *made_up])))
    return found
