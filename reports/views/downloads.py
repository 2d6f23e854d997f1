"""The files of sealed editions: the public tier for everybody, the confidential one for those who may open it."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.downloads import file_response
from impact.guards import public
from impact.permissions import Action
from reports import queries
from reports.models import HANDOUT
from reports.names import file_name
from reports.views.room import blueprint


@blueprint.get("/editions/<code>/<report_language>.pdf")
@public
def download(code: str, report_language: str) -> ResponseReturnValue:
    """The PDF, for anybody. The address never means another file, so a cache may keep it for ever."""
    file = queries.ready_file(queries.public_edition(code), report_language)
    return file_response(file.sha256, file_name(file), "application/pdf", public=True, for_ever=True)


@blueprint.get("/editions/<code>/one-page/<report_language>.pdf")
@public
def handout(code: str, report_language: str) -> ResponseReturnValue:
    """The year on one page, for anybody."""
    file = queries.ready_file(queries.public_edition(code), report_language, HANDOUT)
    return file_response(file.sha256, file_name(file), "application/pdf", public=True, for_ever=True)


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
