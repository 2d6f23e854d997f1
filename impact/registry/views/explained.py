"""Pages that explain: how it works, how status is worked out, privacy, accessibility."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from impact.guards import public
from impact.indicators.kinds import KINDS
from impact.progress.verdicts import limits
from impact.registry.outlook import forecast_numbers
from impact.registry.views.room import blueprint, threshold


@blueprint.get("/how-it-works")
@public
def how_it_works() -> ResponseReturnValue:
    return render_template("registry/how_it_works.html")


@blueprint.get("/how-status-is-worked-out")
@public
def status_rule() -> ResponseReturnValue:
    """The public rule with its limits, so that anybody can redo a sum."""
    return render_template(
        "registry/status_rule.html",
        limits=limits(),
        kinds=list(KINDS.items()),
        threshold=threshold(),
        **forecast_numbers(),
    )


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about people, in the numbers of this very installation."""
    settings = current_app.extensions["settings"]
    return render_template(
        "registry/privacy.html",
        idle_minutes=settings.session_idle_minutes,
        hours=settings.session_hours,
        threshold=settings.suppression_threshold,
        contact=settings.contact_email,
    )


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What was done and checked, and what is missing."""
    return render_template("registry/accessibility.html", contact=current_app.extensions["settings"].contact_email)
