"""Doors of the commitments room: a champion's people write, send to the leader, sign, return and withdraw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from impact import clock, i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import checks, operations, queries
from impact.commitments.forms import CommitmentForm, ReasonForm, TargetForm, values_of, values_of_target
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import spec_of
from impact.commitments.workflow import COMMITMENT, OPEN_STATES, STATE_LABELS
from impact.db import transaction
from impact.errors import Invalid, InvalidState
from impact.i18n import gettext as _
from impact.indicators.kinds import KINDS
from impact.indicators.queries import for_constituency
from impact.indicators.refusals import refusals
from impact.indicators.sentences import sentence
from impact.indicators.themes import THEMES
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.workflow import available

blueprint = Blueprint("commitments", __name__)

HISTORY: dict[str, str] = {
    "file": N_("Written"),
    "save": N_("Saved"),
    "add_target": N_("Target added"),
    "save_target": N_("Target saved"),
    "remove_target": N_("Target removed"),
    "send_to_leader": N_("Sent to the leader"),
    "sign_off": N_("Signed by the leader and submitted"),
    "return_to_writers": N_("Returned to the writers"),
    "claim": N_("Taken up for review"),
    "release": N_("Put back into the queue"),
    "return": N_("Returned with remarks"),
    "decline": N_("Declined"),
    "recommend": N_("Recommended for approval"),
    "send_back": N_("Sent back to the reviewer"),
    "approve": N_("Approved"),
    "record": N_("Recorded from a public source"),
    "complete": N_("Completed"),
    "expire": N_("Expired"),
    "withdraw": N_("Withdrawn"),
    "start_amendment": N_("Amendment begun"),
    "reaffirmed": N_("Re-affirmed by the new leader"),
    "amended": N_("Amended by the new leader"),
}


def _page(template: str, champion: Champion, **values: Any) -> str:
    return render_template(
        template,
        champion=champion,
        may_write=may(actor(), Action.COMMITMENT_WRITE, champion.id),
        is_demonstration=champion.is_demonstration,
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=champion.name),
        **values,
    )


def sentence_of(target: Target) -> str:
    """The target in words, computed from its numbers; gaps are named."""
    spec = spec_of(target)
    if spec is None or target.indicator is None:
        return _("A target that still lacks its kind or its indicator")
    said = sentence(spec, target.indicator.text("short_what", i18n.current()), gaps=True)
    return i18n.say(said.message, said.values)


@blueprint.get("/organisations/<slug>/commitments")
@of_champion(Action.COMMITMENT_SEE_DRAFT)
def index(champion: Champion) -> ResponseReturnValue:
    return _page("commitments/index.html", champion, commitments=queries.of_champion(champion))


@blueprint.route("/organisations/<slug>/commitments/new", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def new(champion: Champion) -> ResponseReturnValue:
    form = CommitmentForm(data={"base_revision": "0", "language": i18n.current()})
    form.offer_choices()
    if form.sent():
        data, typed = form.read()
        with transaction():
            commitment = operations.file_commitment(champion, actor(), data, typed)
        return _saved(champion, commitment, "commitments.edit" if typed else "commitments.show")
    return _page("commitments/edit.html", champion, form=form, commitment=None)


def _saved(champion: Champion, commitment: Commitment, endpoint: str, **values: Any) -> ResponseReturnValue:
    if endpoint == "commitments.show":
        notice(_("The draft is saved."))
    else:
        notice(_("The draft is saved. Something in it has to be put right before it can be submitted."))
    return see_other(endpoint, slug=champion.slug, public_id=commitment.public_id, **values)


def _open(commitment: Commitment) -> None:
    if commitment.state not in OPEN_STATES:
        raise InvalidState(N_("This text is no longer a draft. Ask for it to be returned, or amend it."))


@blueprint.route("/organisations/<slug>/commitments/<public_id>/edit", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def edit(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    _open(commitment)
    form = CommitmentForm(data=values_of(commitment))
    form.offer_choices()
    if form.sent():
        data, typed = form.read()
        try:
            _save(
                data,
                typed,
                form.base(),
                lambda values, base, kept: operations.save_draft(commitment, values, base, actor(), kept),
            )
        except operations.Conflict as conflict:
            return _conflict_page(champion, commitment, form, conflict)
        return _saved(champion, commitment, "commitments.edit" if typed else "commitments.show")
    if not form.is_submitted():
        form.show_typed(commitment.typed or {})
    return _page("commitments/edit.html", champion, form=form, commitment=commitment)


def _save(
    data: dict[str, Any],
    typed: dict[str, str],
    base: int,
    save: Callable[[Mapping[str, Any], int, Mapping[str, str]], Any],
) -> None:
    """Save; after a choice between two versions, the rest first and then what was chosen, against the text that was seen."""
    chosen = {name: request.form.get(f"keep-{name}") for name in data if request.form.get(f"keep-{name}")}
    seen = request.form.get("seen_revision", "")
    with transaction():
        save({name: value for name, value in data.items() if name not in chosen}, base, typed)
        own = {name: data[name] for name, choice in chosen.items() if choice == "mine"}
        if own:
            save(own, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1, typed)


def _conflict_page(
    champion: Champion, commitment: Commitment, form: Any, conflict: operations.Conflict
) -> ResponseReturnValue:
    """Both versions of each field, with what else was typed carried along out of sight."""
    rows = [
        {
            "name": name,
            "label": form[name].label.text if name in form else _("Milestones"),
            "mine": _plain(mine),
            "theirs": _plain(conflict.theirs[name]),
        }
        for name, mine in conflict.mine.items()
    ]
    carried = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in {"csrf_token", "seen_revision"} and not name.startswith("keep-")
    ]
    page = _page(
        "commitments/conflict.html",
        champion,
        commitment=commitment,
        rows=rows,
        carried=carried,
        seen=commitment.revision,
    )
    return page, 409


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_plain(item) for item in value) or "–"
    if isinstance(value, dict):
        return ", ".join(str(item) for item in value.values() if item)
    return str(value) if value not in (None, "") else "–"


@blueprint.get("/organisations/<slug>/commitments/<public_id>")
@of_champion(Action.COMMITMENT_SEE_DRAFT)
def show(champion: Champion, public_id: str) -> ResponseReturnValue:
    return _show(champion, queries.own(champion, public_id))


def _show(
    champion: Champion,
    commitment: Commitment,
    *,
    problems: Invalid | None = None,
    returning: ReasonForm | None = None,
    withdrawing: ReasonForm | None = None,
) -> ResponseReturnValue:
    found = checks.prechecks(commitment) if commitment.state in {*OPEN_STATES, "awaiting_leader"} else []
    themes = {theme.key: theme.label for theme in THEMES}
    page = _page(
        "commitments/show.html",
        champion,
        commitment=commitment,
        themes=[_(themes[key]) for key in commitment.themes if key in themes],
        targets=[(target, sentence_of(target)) for target in commitment.targets],
        checks=[{"rank": row.rank, "message": i18n.say(row.message, row.values)} for row in found],
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
        history=[
            {
                "when": i18n.date_time(entry.at),
                "iso": entry.at.isoformat(),
                "what": _(
                    "%(what)s, by %(name)s", what=_(HISTORY.get(entry.action, N_("Changed"))), name=entry.actor_name
                ),
                "note": entry.reason,
            }
            for entry in queries.history(commitment)
        ],
        state_labels=STATE_LABELS,
    )
    refused = problems is not None or bool(returning and returning.errors) or bool(withdrawing and withdrawing.errors)
    return page, 422 if refused else 200


def _back(champion: Champion, commitment: Commitment, words: str) -> ResponseReturnValue:
    notice(words)
    return see_other("commitments.show", slug=champion.slug, public_id=commitment.public_id)


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
    return _back(champion, commitment, _("The commitment is with the leader."))


@blueprint.post("/organisations/<slug>/commitments/<public_id>/sign")
@of_champion(Action.COMMITMENT_SIGN_OFF)
def sign(champion: Champion, public_id: str) -> ResponseReturnValue:
    """The leader signs the text with the digest that was shown."""
    commitment = queries.own(champion, public_id)
    with transaction():
        operations.sign_off(commitment, request.form.get("digest", ""), actor())
    return _back(champion, commitment, _("Signed and submitted. UN Women reviews it now."))


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
            return _back(champion, commitment, _("The commitment is back with its writers."))
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
            return _back(champion, commitment, _("The commitment is withdrawn."))
    return _show(champion, queries.own(champion, public_id), withdrawing=form)


@blueprint.route("/organisations/<slug>/commitments/<public_id>/targets/new", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def target_new(champion: Champion, public_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    _open(commitment)
    form = TargetForm(data={"base_revision": str(commitment.revision)})
    form.offer_choices(for_constituency(champion.constituency))
    if form.sent():
        data, typed = form.read()
        try:
            with transaction():
                target = operations.add_target(commitment, actor(), data, typed)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _target_saved(champion, commitment, target)
    return _target_page(champion, commitment, form, None)


def _target_page(
    champion: Champion, commitment: Commitment, form: TargetForm, target: Target | None
) -> ResponseReturnValue:
    page = _page(
        "commitments/target.html",
        champion,
        commitment=commitment,
        form=form,
        target=target,
        sentence=sentence_of(target) if target else "",
        examples={kind.value: _(entry.example) for kind, entry in KINDS.items()},
    )
    return page, 422 if form.is_submitted() and (form.errors or form.form_errors) else 200


def _careless(target: Target) -> list[tuple[str, str]]:
    """(field, sentence) of everything in the target that cannot be; gaps are allowed in a draft."""
    spec = spec_of(target)
    if spec is None:
        return []
    return [
        (checks.COLUMNS.get(problem.field, problem.field), i18n.say(problem.message, problem.values))
        for problem in refusals(spec, clock.today(), complete=False)
        if problem.rank == "error"
    ]


def _target_saved(champion: Champion, commitment: Commitment, target: Target) -> ResponseReturnValue:
    if target.typed or _careless(target):
        return _saved(champion, commitment, "commitments.target_edit", target_id=target.public_id)
    return _saved(champion, commitment, "commitments.show")


@blueprint.route("/organisations/<slug>/commitments/<public_id>/targets/<target_id>", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def target_edit(champion: Champion, public_id: str, target_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    target = queries.own_target(commitment, target_id)
    _open(commitment)
    form = TargetForm(data=values_of_target(target))
    offered = for_constituency(champion.constituency)
    if target.indicator and target.indicator not in offered:
        offered.append(target.indicator)
    form.offer_choices(offered)
    if form.sent():
        data, typed = form.read()
        # A fifth milestone and further ones have no row in the form; they stay.
        if "milestones" in data:
            data["milestones"] += [
                {"on": step.on, "value": step.value, "title": step.title} for step in target.milestones[4:]
            ]
        try:
            _save(
                data,
                typed,
                form.base(),
                lambda values, base, kept: operations.save_target(target, values, base, actor(), kept),
            )
        except operations.Conflict as conflict:
            return _conflict_page(champion, commitment, form, conflict)
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _target_saved(champion, commitment, target)
    elif not form.is_submitted():
        form.show_fully()
        form.show_typed(target.typed or {})
        for name, words in _careless(target):
            if name in form:
                form[name].errors = [*form[name].errors, words]
            else:
                form.form_errors.append(words)
    return _target_page(champion, commitment, form, target)


@blueprint.post("/organisations/<slug>/commitments/<public_id>/targets/<target_id>/remove")
@of_champion(Action.COMMITMENT_WRITE)
def target_remove(champion: Champion, public_id: str, target_id: str) -> ResponseReturnValue:
    commitment = queries.own(champion, public_id)
    with transaction():
        operations.remove_target(queries.own_target(commitment, target_id), actor())
    return _back(champion, commitment, _("The target is removed."))
