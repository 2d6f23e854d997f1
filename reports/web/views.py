"""Doors of the HTML editions: each at its own address, with its data beside it, for everybody once it is sealed."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.downloads import data_response
from impact.errors import NotFound
from impact.guards import public
from impact.i18n import OWN_NAMES
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, static_url
from impact.permissions import Action, may
from impact.security import csp_nonce
from reports import frozen, queries
from reports.models import HANDOUT, Edition
from reports.names import LANGUAGES
from reports.web import Around, Link

blueprint = Blueprint("editions", __name__)
SHEETS = ("fonts", "tokens", "edition")


@blueprint.get("/editions/<code>/<lang:lang>")
@public
def page(code: str) -> ResponseReturnValue:
    """The edition as a page; before it is sealed only for those who work on it."""
    language = i18n.current()
    if language not in LANGUAGES:
        raise NotFound(N_("The report is not made in this language yet."))
    edition = _seen(code)
    around, numerals = _around(edition, language), current_app.extensions["settings"].arabic_numerals
    return Response(frozen.page_of(edition, language, around, numerals), mimetype="text/html")


@blueprint.get("/editions/<code>.json")
@public
def data(code: str) -> ResponseReturnValue:
    """The public snapshot: the very bytes whose hash is printed and sealed."""
    edition = queries.public_edition(code)
    return data_response(frozen.read_frozen(edition).dump(), f"{edition.code}.json", "application/json")


@blueprint.get("/editions/<code>/<table>.csv")
@public
def table(code: str, table: str) -> ResponseReturnValue:
    """One of its tables."""
    edition = queries.public_edition(code)
    found = frozen.tables_of(edition).get(table)
    if found is None:
        raise NotFound(N_("There is no such file."))
    return data_response(found(), f"{edition.code}-{table}.csv", "text/csv; charset=utf-8")


def _seen(code: str) -> Edition:
    """A sealed edition that is still offered; any other only for who may read it before the public does."""
    edition = queries.edition_by_code(code)
    if edition.is_sealed:
        return queries.public_edition(code)
    g.is_private = True
    action = Action.REPORT_SEE_CONFIDENTIAL if edition.kind == "champion" else Action.REVIEW_SEE
    if not may(actor(), action, edition.champion_id):
        raise NotFound(N_("There is no such edition."))
    return edition


def _around(edition: Edition, language: str) -> Around:
    site = language if language in i18n.available() else "en"
    newer = next(iter(queries.in_force(edition)), None) if edition.state == "superseded" else None
    return Around(
        styles=tuple(static_url(f"css/{name}.css") for name in SHEETS),
        icon=static_url("icon.svg"),
        nonce=csp_nonce(),
        home=url_for("registry.champion", lang=site, slug=edition.champion.slug)
        if edition.champion
        else url_for("registry.home", lang=site),
        languages=tuple(
            Link(url_for("editions.page", code=edition.code, lang=one), OWN_NAMES[one], one, one == language)
            for one in LANGUAGES
        ),
        files=tuple(_files(edition, site)) if edition.is_sealed else (),
        state=edition.state if edition.is_sealed else "draft",
        newer=_page_of(newer.code, language) if newer else None,
        older=_page_of(edition.replaces, language) if edition.replaces else None,
    )


def _page_of(code: str, language: str) -> Link:
    return Link(url_for("editions.page", code=code, lang=language), code, language)


def _files(edition: Edition, site: str) -> list[Link]:
    """What can be taken along: the pages in every language that is ready, in the order of the languages, and the data."""
    ready = [file for file in edition.files if file.state == "ready" and file.language in LANGUAGES]
    ready.sort(key=lambda file: LANGUAGES.index(file.language))
    files = [
        Link(
            url_for("reports.download", lang=site, code=edition.code, report_language=file.language),
            _("PDF, %(language)s", language=OWN_NAMES[file.language]),
            file.language,
        )
        for file in ready
        if file.tier == "public"
    ]
    files += [
        Link(
            url_for("reports.handout", lang=site, code=edition.code, report_language=file.language),
            _("One page, %(language)s", language=OWN_NAMES[file.language]),
            file.language,
        )
        for file in ready
        if file.tier == HANDOUT
    ]
    files.append(Link(url_for("editions.data", code=edition.code), "JSON"))
    return files + [
        Link(url_for("editions.table", code=edition.code, table=name), f"CSV: {name}")
        for name in frozen.tables_of(edition)
    ]
