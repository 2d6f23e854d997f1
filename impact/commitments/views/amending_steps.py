"""The steps of an amendment: to the leader, signed, returned, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from impact.actor import Actor
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import amendments, proposals, queries
from impact.commitments.forms import ReasonForm
from impact.commitments.models import Amendment
from impact.commitments.views.amending import ONE, amendment_page, as_stored, back_to_amendment
from impact.commitments.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.pages import actor
from impact.permissions import Action


@blueprint.post(f"{ONE}/send")
@of_champion(Action.COMMITMENT_WRITE)
def amendment_send(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    """To the leader, with an answer to each warning."""
    amendment = queries.amendment_of(queries.own(champion, public_id), amendment_id)
    known = {row.field for row in proposals.prechecks(amendment) if row.rank == "warning"}
    answers = {
        name.removeprefix("answer-"): text.strip()[:2000]
        for name, text in request.form.items()
        if name.removeprefix("answer-") in known
    }
    try:
        with transaction():
            amendments.send_amendment(amendment, actor(), answers)
    except Invalid as refusal:
        return amendment_page(champion, as_stored(champion, public_id, amendment_id), problems=refusal)
    return back_to_amendment(champion, amendment, _("The amendment is with the leader."))


@blueprint.post(f"{ONE}/sign")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def amendment_sign(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    """The leader signs the changes with the digest that was shown."""
    amendment = queries.amendment_of(queries.own(champion, public_id), amendment_id)
    with transaction():
        amendments.sign_amendment(amendment, request.form.get("digest", ""), actor())
    return back_to_amendment(champion, amendment, _("Signed and submitted. UN Women reviews it now."))


@blueprint.post(f"{ONE}/return")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def amendment_return(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    amendment = as_stored(champion, public_id, amendment_id)
    form = ReasonForm(prefix="return-")
    if _done(form, amendment, amendments.return_amendment):
        return back_to_amendment(champion, amendment, _("The amendment is back with its writers."))
    return amendment_page(champion, as_stored(champion, public_id, amendment_id), returning=form)


@blueprint.post(f"{ONE}/withdraw")
@of_champion(Action.COMMITMENT_WRITE)
def amendment_withdraw(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    amendment = as_stored(champion, public_id, amendment_id)
    form = ReasonForm(prefix="withdraw-")
    if _done(form, amendment, amendments.withdraw_amendment):
        return back_to_amendment(
            champion, amendment, _("The amendment is withdrawn. Nothing of the commitment changes.")
        )
    return amendment_page(champion, as_stored(champion, public_id, amendment_id), withdrawing=form)


def _done(form: ReasonForm, amendment: Amendment, step: Callable[[Amendment, str, Actor], object]) -> bool:
    """Take the step with the reason that was given; what is refused stands beside its box."""
    if not form.taken():
        return False
    try:
        with transaction():
            step(amendment, form.reason.data or "", actor())
    except Invalid as refusal:
        form.show_problems(refusal)
        return False
    return True
