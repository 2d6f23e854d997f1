"""Writing a commitment: the list of a champion's own, a new one, its text."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import operations, queries
from impact.commitments.forms import CommitmentForm, values_of
from impact.commitments.views.parts import (
    champion_page,
    conflict_page,
    must_be_open,
    save_unless_changed,
    saved,
)
from impact.commitments.views.room import blueprint
from impact.db import transaction
from impact.pages import actor
from impact.permissions import Action


@blueprint.get("/organisations/<slug>/commitments")
@of_champion(Action.COMMITMENT_SEE_DRAFT)
def index(champion: Champion) -> ResponseReturnValue:
    return champion_page("commitments/index.html", champion, commitments=queries.of_champion(champion))


@blueprint.route("/organisations/<slug>/commitments/new", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def new(champion: Champion) -> ResponseReturnValue:
    form = CommitmentForm(data={"base_revision": "0", "language": i18n.current()})
    form.offer_choices()
    if form.sent():
        data, typed = form.read()
        with transaction():
            commitment = operations.file_commitment(champion, actor(), data, typed)
        return saved(champion, commitment, "commitments.edit" if typed else "commitments.show")
    return champion_page("commitments/edit.html", champion, form=form, commitment=None)


@blueprint.route("/organisations/<slug>/commitments/<public_id>/edit", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def edit(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    must_be_open(commitment)
    form = CommitmentForm(data=values_of(commitment))
    form.offer_choices()
    if form.sent():
        data, typed = form.read()
        try:
            save_unless_changed(
                data,
                typed,
                form.base(),
                lambda values, base, kept: operations.save_draft(commitment, values, base, actor(), kept),
            )
        except operations.Conflict as conflict:
            return conflict_page(champion, commitment, form, conflict)
        return saved(champion, commitment, "commitments.edit" if typed else "commitments.show")
    if not form.is_submitted():
        form.show_typed(commitment.typed or {})
    return champion_page("commitments/edit.html", champion, form=form, commitment=commitment)
