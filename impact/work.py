"""Where somebody lands after signing in: the page of what they are there for."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from impact.champions.queries import applications_of
from impact.guards import signed_in
from impact.pages import actor, navigation, own_champion_slug, see_other

blueprint = Blueprint("work", __name__)


@blueprint.get("/work")
@signed_in
def start() -> ResponseReturnValue:
    """The champion's overview for its people, one's application for applicants, a list of doors for staff."""
    slug = own_champion_slug()
    if slug:
        return see_other("champions.overview", slug=slug)
    mine = applications_of(current_user.person.email)
    if mine and not actor().staff:
        return see_other("champions.own_application", public_id=mine[0].public_id)
    return render_template("work/start.html", items=navigation()[:-1], name=actor().name, applications=mine)
