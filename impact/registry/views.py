"""Public pages."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from impact.guards import public

blueprint = Blueprint("registry", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What this is, the numbers with their definitions, who is on board."""
    return render_template("registry/home.html")
