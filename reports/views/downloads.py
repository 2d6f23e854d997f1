"""The files of sealed editions: the public tier for everybody, the confidential one for those who may open it.

A public file that is not there yet has a page instead, where anybody may ask for it and sees how far it is.
"""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from impact import page_cache
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import transaction
from impact.downloads import file_response
from impact.errors import NotFound
from impact.guards import public
from impact.i18n import gettext as _
from impact.limits import limiter
from impact.messages import gettext_noop as N_
from impact.pages import actor, see_other
from impact.permissions import Action
from reports import queries
from reports.asking import FOR_READERS, ask_as_reader, tiers_in
from reports.models import HANDOUT, Edition
from reports.names import LANGUAGES, file_name
from reports.views.room import blueprint, row_of
from reports.views.verifying import title_of


@blueprint.get("/editions/<code>/<report_language>.pdf")
@public
def download(code: str, report_language: str) -> ResponseReturnValue:
    """The PDF, for anybody. The address never means another file, so a cache may keep it for ever."""
    return _for_readers(code, "public", report_language)


@blueprint.get("/editions/<code>/one-page/<report_language>.pdf")
@public
def handout(code: str, report_language: str) -> ResponseReturnValue:
    """The year on one page, for anybody."""
    return _for_readers(code, HANDOUT, report_language)


def _for_readers(code: str, tier: str, language: str) -> ResponseReturnValue:
    found = page_cache.remembered("edition file", f"{code} {tier} {language}", lambda: _offered(code, tier, language))
    if found is None:
        response = redirect(url_for("reports.file", code=code, tier=tier, report_language=language), 303)
        # Tomorrow the same address is the file.
        response.headers["Cache-Control"] = "no-store"
        return response
    sha256, name = found.split(" ", 1)
    return file_response(sha256, name, "application/pdf", public=True, for_ever=True)


def _offered(code: str, tier: str, language: str) -> str | None:
    """Digest and name of the file that anybody may take; None while it is not ready. Raises NotFound, and Withdrawn."""
    file = queries.file_of(_with_file(code, tier, language), language, tier)
    return f"{file.sha256} {file_name(file)}" if file is not None and file.state == "ready" else None


def _with_file(code: str, tier: str, language: str) -> Edition:
    """The edition, where anybody may read it and it has such a file. Raises NotFound, and Withdrawn."""
    edition = queries.public_edition(code)
    if language not in LANGUAGES or tier not in FOR_READERS or tier not in tiers_in(edition):
        raise NotFound(N_("There is no such file."))
    return edition


@blueprint.get("/editions/<code>/files/<tier>/<report_language>")
@public
def file(code: str, tier: str, report_language: str) -> ResponseReturnValue:
    """How far a file is that anybody may read: to be asked for, on its way, ready."""
    g.is_private = True
    edition = _with_file(code, tier, report_language)
    found = queries.file_of(edition, report_language, tier)
    champion = edition.champion
    return render_template(
        "reports/file.html",
        row=row_of(edition, report_language, tier, found, queries.jobs_of([found] if found else [])),
        edition=edition,
        title=title_of(edition),
        is_demonstration=bool(champion and champion.is_demonstration),
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=champion.name)
        if champion
        else "",
    )


@blueprint.post("/editions/<code>/files/<tier>/<report_language>")
@public
@limiter.limit("20/minute")
def ask_for(code: str, tier: str, report_language: str) -> ResponseReturnValue:
    """Have it made. Asked for again, it is the same file."""
    with transaction():
        ask_as_reader(_with_file(code, tier, report_language), report_language, tier, actor())
    return see_other("reports.file", code=code, tier=tier, report_language=report_language)


@blueprint.get("/organisations/<slug>/editions/<code>/confidential/<report_language>.pdf")
@of_champion(Action.REPORT_SEE_CONFIDENTIAL, see=Action.REPORT_SEE_CONFIDENTIAL)
def download_confidential(champion: Champion, code: str, report_language: str) -> ResponseReturnValue:
    """With every headcount: for the organisation's own people and those who judge it; kept by no cache."""
    file = queries.ready_file(queries.edition_of(champion, code), report_language, "confidential")
    return file_response(file.sha256, file_name(file), "application/pdf")


@blueprint.get("/annual-reports/<public_id>/<report_language>")
@public
def moved(public_id: str, report_language: str) -> ResponseReturnValue:
    """The address that older letters and pages gave."""
    edition = queries.public_edition(queries.code_of(public_id))
    return redirect(url_for("reports.download", code=edition.code, report_language=report_language), 301)
