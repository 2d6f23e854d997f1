"""Writing a commitment: the list of a champion's own, a new one, its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import operations, queries, working_copies
from impact.commitments.forms import CommitmentForm, values_of
from impact.commitments.models import Commitment
from impact.commitments.views import drafting
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
    return champion_page("commitments/edit.html", champion, form=form, commitment=None, kept_at="", checks=None)


@blueprint.route("/organisations/<slug>/commitments/<public_id>/edit", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def edit(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    must_be_open(commitment)
    place = f"commitment:{commitment.public_id}"
    form = CommitmentForm(data=values_of(commitment))
    form.offer_choices()
    if "discard" in request.form and form.sent():
        with transaction():
            working_copies.forget(place, actor())
        return redirect(request.path, 303)
    if form.sent():
        return _save(champion, commitment, form, place)
    kept_at = ""
    if not form.is_submitted():
        kept, kept_at = drafting.copy_of(place)
        if kept is not None:
            form = CommitmentForm(formdata=kept)
            form.offer_choices()
        else:
            form.show_typed(commitment.typed or {})
    return champion_page(
        "commitments/edit.html",
        champion,
        form=form,
        commitment=commitment,
        kept_at=kept_at,
        checks=drafting.checks_of_text(commitment),
    )


def _save(champion: Champion, commitment: Commitment, form: CommitmentForm, place: str) -> ResponseReturnValue:
    data, typed = form.read()
    if drafting.wants_autosave():
        return drafting.keep_copy(commitment, place, data, form.base(), None)

    def save(values: Mapping[str, Any], base: int, kept: Mapping[str, str]) -> None:
        operations.save_draft(commitment, values, base, actor(), kept)
        working_copies.forget(place, actor())

    try:
        save_unless_changed(data, typed, form.base(), save)
    except operations.Conflict as conflict:
        return conflict_page(champion, commitment, form, conflict)
    return saved(champion, commitment, "commitments.edit" if typed else "commitments.show")
