"""Doors of the reports of many organisations: the list for everybody, and the steps of the programme's people."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from impact.db import transaction
from impact.guards import public, staff_may
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from reports.group import operations, queries
from reports.group.names import NAMES
from reports.models import Edition
from reports.offered import Offered, offered
from reports.views.room import MARKS, blueprint
from reports.views.room import TURNS_OF_MANY as TURNS


@dataclass(frozen=True)
class Row:
    """One report of one year: its newest edition, and the one in force where that is another."""

    constituency: str
    name: str
    newest: Edition | None
    in_force: Edition | None
    #: the files of the one that is in force
    files: Offered | None


@blueprint.get("/impact-reports")
@public
def many() -> ResponseReturnValue:
    """What is sealed, for everybody; for the staff also what is on its way."""
    is_staff = may(actor(), Action.REVIEW_SEE)
    g.is_private = is_staff
    editions = queries.editions_of_many(sealed_only=not is_staff)
    years = queries.reported_years()
    found: dict[tuple[int, str], list[Edition]] = {}
    for edition in editions:
        found.setdefault((edition.year, edition.constituency), []).append(edition)
    return render_template(
        "reports/many.html",
        years=[(year, [_row(name, found.get((year, name), [])) for name in NAMES]) for year in years]
        if is_staff
        else [
            (year, [_row(name, found[year, name]) for name in NAMES if (year, name) in found])
            for year in years
            if any(key[0] == year for key in found)
        ],
        marks=MARKS,
        is_demonstration=bool(editions) and queries.holds_invented(),
        demonstration_sentence=_("Some organisations in these reports are made up, and marked there."),
        turns=TURNS,
        is_staff=is_staff,
        may_draw_up=may(actor(), Action.WINDOW_MANAGE),
        may_approve=may(actor(), Action.APPROVE),
        me=actor().person_id,
    )


def _row(constituency: str, editions: list[Edition]) -> Row:
    newest = editions[0] if editions else None
    in_force = next((edition for edition in editions if edition.state == "sealed"), None)
    return Row(
        constituency,
        _(NAMES[constituency]),
        newest,
        in_force if in_force is not newest else None,
        offered(in_force) if in_force else None,
    )


@blueprint.post("/impact-reports/<int:year>/<constituency>/draw-up")
@staff_may(Action.WINDOW_MANAGE)
def draw_up_many(year: int, constituency: str) -> ResponseReturnValue:
    """A draft of the year as it is published now; `all` for the whole year."""
    with transaction():
        code = operations.draw_up_group(
            "" if constituency == "all" else constituency, year, actor(), request.form.get("reason", "")
        ).code
    notice(_("%(code)s is drawn up. Read it, then recommend it.", code=code))
    return see_other("reports.many")


@blueprint.post("/impact-reports/<code>/recommend")
@staff_may(Action.WINDOW_MANAGE)
def recommend_many(code: str) -> ResponseReturnValue:
    with transaction():
        operations.recommend(queries.edition_of_many(code), actor())
    notice(_("%(code)s waits for its approval by a second person.", code=code))
    return see_other("reports.many")


@blueprint.post("/impact-reports/<code>/send-back")
@staff_may(Action.APPROVE)
def send_back_many(code: str) -> ResponseReturnValue:
    with transaction():
        operations.send_back(queries.edition_of_many(code), request.form.get("reason", ""), actor())
    notice(_("%(code)s is a draft again.", code=code))
    return see_other("reports.many")


@blueprint.post("/impact-reports/<code>/approve")
@staff_may(Action.APPROVE)
def approve_many(code: str) -> ResponseReturnValue:
    with transaction():
        operations.approve(queries.edition_of_many(code), actor())
    notice(_("%(code)s is sealed and public. Its files are being made.", code=code))
    return see_other("reports.many")
