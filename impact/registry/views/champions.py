"""Who is on board, and one champion."""

from __future__ import annotations

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.models import CONSTITUENCY_PLURALS, STANDING_LABELS, Standing
from impact.champions.queries import current_term
from impact.guards import public
from impact.i18n import gettext as _
from impact.places.countries import by_iso3
from impact.progress.verdicts import verdicts_of
from impact.registry import champion_page, queries
from impact.registry.views.room import blueprint, marked
from impact.security import csp_nonce
from reports.offered import annual_reports_of


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
        standing=_(STANDING_LABELS[Standing(found.standing)]),
        changes=queries.standing_reasons(found),
        cards=cards,
        styles=champion_page.styles(cards, csp_nonce()),
        tally=champion_page.tally(commitments, standings),
        leader=current_term(found),
        terms=sorted(found.terms, key=lambda term: (term.since is not None, term.since or date.min), reverse=True),
        annual_reports=annual_reports_of(found),
        **marked(found),
    )
