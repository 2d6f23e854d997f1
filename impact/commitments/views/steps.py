"""One commitment as its people see it, and the steps it can take."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import checks, endings, operations, queries
from impact.commitments.forms import ReasonForm
from impact.commitments.models import Commitment
from impact.commitments.views import drafting
from impact.commitments.views.parts import (
    back,
    champion_page,
)
from impact.commitments.views.reading import AT_THE_DESK, ended_reason, history_of, show_submitted
from impact.commitments.views.room import blueprint
from impact.commitments.workflow import COMMITMENT, OPEN_STATES, STATE_LABELS
from impact.db import transaction
from impact.errors import Invalid
from impact.i18n import gettext as _
from impact.indicators.themes import THEMES
from impact.pages import actor
from impact.permissions import Action, may, require_sight
from impact.workflow import available


@blueprint.get("/organisations/<slug>/commitments/<public_id>")
@of_champion(Action.CHAMPION_SEE)
def show(champion: Champion, public_id: str) -> ResponseReturnValue:
    """Its own people see it as it stands; the staff see what was submitted, and nothing before that."""
    commitment = queries.own(champion, public_id)
    if may(actor(), Action.COMMITMENT_SEE_DRAFT, champion.id):
        return _show(champion, commitment)
    require_sight(actor(), Action.REVIEW_SEE, champion.id)
    return show_submitted(champion, commitment)


def _show(
    champion: Champion,
    commitment: Commitment,
    *,
    problems: Invalid | None = None,
    returning: ReasonForm | None = None,
    withdrawing: ReasonForm | None = None,
) -> ResponseReturnValue:
    is_drafted = commitment.state in {*OPEN_STATES, "awaiting_leader"}
    found = checks.prechecks(commitment) if is_drafted else []
    ambitions = drafting.ambitions_of(champion, commitment.targets) if is_drafted else [None] * len(commitment.targets)
    themes = {theme.key: theme.label for theme in THEMES}
    page = champion_page(
        "commitments/show.html",
        champion,
        commitment=commitment,
        themes=[_(themes[key]) for key in commitment.themes if key in themes],
        targets=[
            (target, drafting.said(target), ambition)
            for target, ambition in zip(commitment.targets, ambitions, strict=True)
        ],
        checks=[_check(champion, commitment, row) for row in found],
        ended_reason=ended_reason(commitment),
        expires_on=endings.expires_on(commitment),
        has_errors=any(row.rank == "error" for row in found),
        warnings=[
            (row.field, i18n.say(row.message, row.values), (commitment.warning_answers or {}).get(row.field, ""))
            for row in found
            if row.rank == "warning"
        ],
        refused=problems is not None,
        actions=available(COMMITMENT, commitment, actor()),
        is_open=commitment.state in OPEN_STATES,
        digest=operations.present_digest(commitment),
        returning=returning or ReasonForm(formdata=None, prefix="return-"),
        withdrawing=withdrawing or ReasonForm(formdata=None, prefix="withdraw-"),
        history=history_of(commitment, AT_THE_DESK),
        state_labels=STATE_LABELS,
    )
    refused = problems is not None or bool(returning and returning.errors) or bool(withdrawing and withdrawing.errors)
    return page, 422 if refused else 200


def _check(champion: Champion, commitment: Commitment, problem: checks.Problem) -> dict[str, str]:
    """A check in words, with the way to the box where it is put right."""
    address: dict[str, Any] = {"slug": champion.slug, "public_id": commitment.public_id}
    open_to_me = commitment.state in OPEN_STATES and may(actor(), Action.COMMITMENT_WRITE, champion.id)
    url = ""
    if open_to_me and problem.field.startswith("target:"):
        _target, target_id, name = problem.field.split(":", 2)
        url = url_for("commitments.target_edit", target_id=target_id, _anchor=name, **address)
    elif open_to_me and problem.field == "targets":
        url = url_for("commitments.target_new", **address)
    elif open_to_me:
        url = url_for("commitments.edit", _anchor=problem.field, **address)
    return {
        "rank": problem.rank,
        "message": i18n.say(problem.message, problem.values),
        "url": url,
        "link_words": _("Put it right"),
    }


@blueprint.post("/organisations/<slug>/commitments/<public_id>/send")
@of_champion(Action.COMMITMENT_WRITE)
def send(champion: Champion, public_id: str) -> ResponseReturnValue:
    """To the leader, with an answer to each warning."""
    commitment = queries.own(champion, public_id)
    answers = {
        name.removeprefix("answer-"): text.strip()[:2000]
        for name, text in request.form.items()
        if name.startswith("answer-")
    }
    known = {problem.field for problem in checks.prechecks(commitment) if problem.rank == "warning"}
    try:
        with transaction():
            operations.send_to_leader(
                commitment, actor(), {name: text for name, text in answers.items() if name in known}
            )
    except Invalid as refusal:
        # Answers are kept in the form, though nothing was sent.
        commitment = queries.own(champion, public_id)
        return _show(champion, commitment, problems=refusal)
    return back(champion, commitment, _("The commitment is with the leader."))


@blueprint.post("/organisations/<slug>/commitments/<public_id>/sign")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def sign(champion: Champion, public_id: str) -> ResponseReturnValue:
    """The leader signs the text with the digest that was shown."""
    commitment = queries.own(champion, public_id)
    with transaction():
        operations.sign_off(commitment, request.form.get("digest", ""), actor())
    return back(champion, commitment, _("Signed and submitted. UN Women reviews it now."))


@blueprint.post("/organisations/<slug>/commitments/<public_id>/return")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def give_back(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    form = ReasonForm(prefix="return-")
    if form.taken():
        try:
            with transaction():
                operations.return_to_writers(commitment, form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return back(champion, commitment, _("The commitment is back with its writers."))
    return _show(champion, queries.own(champion, public_id), returning=form)


@blueprint.post("/organisations/<slug>/commitments/<public_id>/withdraw")
@of_champion(Action.COMMITMENT_WITHDRAW)
def withdraw(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    form = ReasonForm(prefix="withdraw-")
    if form.taken():
        try:
            with transaction():
                operations.end(commitment, "withdraw", form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return back(champion, commitment, _("The commitment is withdrawn."))
    return _show(champion, queries.own(champion, public_id), withdrawing=form)
