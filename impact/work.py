"""Where somebody lands after signing in: the page of what they are there for."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from impact.guards import signed_in
from impact.pages import actor, navigation, own_champion_slug, see_other

blueprint = Blueprint("work", __name__)


@blueprint.get("/work")
@signed_in
def start() -> ResponseReturnValue:
    """The champion's overview for its people, the first item of the navigation for staff."""
    slug = own_champion_slug()
    if slug:
        return see_other("champions.overview", slug=slug)
    return render_template("work/start.html", items=navigation()[:-1], name=actor().name)
