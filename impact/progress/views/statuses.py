"""Another status beside the computed one, set by a reviewer with a reason."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.db import transaction
from impact.errors import Invalid
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, require
from impact.progress import operations, queries
from impact.progress.forms import OverrideForm
from impact.progress.operations.reports import name_of
from impact.progress.verdicts import limits, verdict_of
from impact.progress.views.room import blueprint, demonstration


@blueprint.route("/programme/targets/<public_id>/status", methods=["GET", "POST"])
@staff_may(Action.STATUS_OVERRIDE)
def override(public_id: str) -> ResponseReturnValue:
    """The computed status with its sum, and the other one: both are printed, never only the other."""
    target = queries.target_by_public_id(public_id)
    # Staff in general may; whoever has a tie to this champion may not.
    require(actor(), Action.STATUS_OVERRIDE, target.commitment.champion_id)
    standing = verdict_of(target, clock.today())
    form = OverrideForm(data={"status": standing.override, "reason": standing.found.override_reason})
    if form.taken():
        try:
            with transaction():
                operations.override_status(target, form.status.data or "", form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("It is printed beside the computed status from now on."))
            return see_other("progress.override", public_id=public_id)
    body = render_template(
        "progress/override.html",
        target=target,
        name=name_of(target),
        standing=standing,
        reason=i18n.say(standing.verdict.reason, standing.verdict.values) if standing.verdict.reason else "",
        limits=limits(),
        form=form,
        **demonstration(target.commitment.champion),
    )
    return body, 422 if form.errors or form.form_errors else 200
