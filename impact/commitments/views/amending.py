"""Amending what is published: begin, write the new values, give the reason."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.commitments import amendments, proposals, queries
from impact.commitments.content import as_json
from impact.commitments.forms import ReasonForm
from impact.commitments.labels import LABELS, OF_TARGET, readable
from impact.commitments.models import Amendment, Target
from impact.commitments.specs import sentence_for
from impact.commitments.views.amendment_forms import (
    AmendedTargetForm,
    AmendedTextForm,
    AmendmentReasonForm,
    text_values_of,
    values_of,
)
from impact.commitments.views.parts import champion_page
from impact.commitments.views.room import blueprint
from impact.commitments.workflow import AMENDMENT, OPEN_STATES
from impact.db import transaction
from impact.errors import Invalid, InvalidState
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.workflow import available

PATH = "/organisations/<slug>/commitments/<public_id>/amendments"
ONE = f"{PATH}/<amendment_id>"


def _address(champion: Champion, amendment: Amendment) -> dict[str, str]:
    return {
        "slug": champion.slug,
        "public_id": amendment.commitment.public_id,
        "amendment_id": amendment.public_id,
    }


def back_to_amendment(champion: Champion, amendment: Amendment, words: str) -> ResponseReturnValue:
    notice(words)
    return see_other("commitments.amendment", **_address(champion, amendment))


def said(target: Target) -> str:
    """The target in words, in the reader's language."""
    found = sentence_for(target, gaps=True)
    return i18n.say(found.message, found.values) if found else target.scope


def comparison(amendment: Amendment) -> list[dict[str, Any]]:
    """The rows of the table of old and new, in finished words."""
    rows = []
    for line in proposals.lines_of(amendment):
        label = _(line.label)
        if line.number:
            label = i18n.say(OF_TARGET, {"number": line.number, "field": label})
        rows.append({"field": label, "old": i18n.show(line.before), "new": i18n.show(line.after), "changed": True})
    return rows


@blueprint.post(f"{PATH}/start")
@of_champion(Action.COMMITMENT_WRITE)
def amendment_start(champion: Champion, public_id: str) -> ResponseReturnValue:
    """Begins one, or goes to the one that is under way."""
    commitment = queries.own(champion, public_id)
    under_way = queries.open_amendment(commitment)
    if under_way is not None:
        return back_to_amendment(champion, under_way, i18n.say(amendments.UNDER_WAY))
    with transaction():
        amendment = amendments.start_amendment(commitment, actor())
    return see_other("commitments.amendment", **_address(champion, amendment))


@blueprint.get(ONE)
@of_champion(Action.COMMITMENT_SEE_DRAFT)
def amendment(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    """Old and new side by side, the checks, and what the reader may do with it now."""
    commitment = queries.own(champion, public_id)
    return amendment_page(champion, queries.amendment_of(commitment, amendment_id))


def amendment_page(
    champion: Champion,
    amendment: Amendment,
    *,
    reason: AmendmentReasonForm | None = None,
    returning: ReasonForm | None = None,
    withdrawing: ReasonForm | None = None,
    problems: Invalid | None = None,
) -> ResponseReturnValue:
    is_open = amendment.state in OPEN_STATES
    if reason is None:
        reason = AmendmentReasonForm(formdata=None, data={"reason_code": amendment.reason_code, "note": amendment.note})
        reason.offer_choices()
        if problems is not None:
            mine = {name: words for name, words in problems.problems.items() if name in reason}
            if mine:
                reason.show_problems(Invalid(problems.message, mine))
    found = proposals.prechecks(amendment) if is_open or amendment.state == "awaiting_leader" else []
    if is_open:
        found = [*proposals.missing(amendment), *found]
    answers = proposals.answers_to(amendment)
    address = _address(champion, amendment)
    page = champion_page(
        "commitments/amendment.html",
        champion,
        commitment=amendment.commitment,
        amendment=amendment,
        address=address,
        rows=comparison(amendment),
        parts=_parts(amendment),
        reason_words=_(proposals.REASON_LABELS[amendment.reason_code]) if amendment.reason_code else "",
        reason=reason,
        checks=[{"rank": row.rank, "message": i18n.say(row.message, row.values)} for row in found],
        warnings=[
            (row.field, i18n.say(row.message, row.values), answers.get(row.field, ""))
            for row in found
            if row.rank == "warning"
        ],
        refused=[i18n.say(*words) for words in problems.problems.values()] if problems else [],
        actions=available(AMENDMENT, amendment, actor()),
        is_open=is_open,
        digest=proposals.present_digest(amendment),
        returning=returning or ReasonForm(formdata=None, prefix="return-"),
        withdrawing=withdrawing or ReasonForm(formdata=None, prefix="withdraw-"),
    )
    bad = problems is not None or any(form and form.errors for form in (reason, returning, withdrawing))
    return page, 422 if bad else 200


def _parts(amendment: Amendment) -> list[tuple[str, str, str]]:
    """(address, what it is called, its sentence as asked for) of everything that can be amended."""
    targets = sorted(amendment.commitment.targets, key=lambda row: row.position)
    return [
        (target.public_id, _("Target %(number)s", number=target.position), said(proposals.proposed(amendment, target)))
        for target in targets
    ]


def _must_be_open(amendment: Amendment) -> None:
    if amendment.state not in OPEN_STATES:
        raise InvalidState(N_("This amendment is no longer a draft."))


@blueprint.route(f"{ONE}/targets/<target_id>", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def amendment_target(champion: Champion, public_id: str, amendment_id: str, target_id: str) -> ResponseReturnValue:
    """The new values of one target, beside those in force."""
    commitment = queries.own(champion, public_id)
    amendment = queries.amendment_of(commitment, amendment_id)
    target = queries.own_target(commitment, target_id)
    _must_be_open(amendment)
    wanted = proposals.proposed(amendment, target)
    seen = {"seen": proposals.digest_of_part(amendment, target_id)}
    form = AmendedTargetForm(data=values_of(wanted) | seen).of(target)
    if form.sent():
        data, typed = form.read()
        _whole(data, target, wanted, len(form.steps()))
        answer = _saved(champion, amendment, target_id, form, data, typed)
        if answer is not None:
            return answer
    elif not form.is_submitted():
        form.show_fully()
        form.show_typed(wanted.typed)
        # One empty row for a further step; the next one comes after saving.
        form.rows.data = str(len(form.shown_steps()) + 1)
        _show_checks(form, amendment, target_id)
    form.name_the_counts(target.indicator)
    page = champion_page(
        "commitments/amendment_target.html",
        champion,
        commitment=commitment,
        amendment=amendment,
        address=_address(champion, amendment),
        form=form,
        target=target,
        in_force=said(target),
        sentence=said(wanted),
    )
    return page, 422 if form.is_submitted() and (form.errors or form.form_errors) else 200


def _whole(data: dict[str, Any], target: Target, wanted: Target, rows: int) -> None:
    """What the form has no box for: further milestones stay; a day that is given is more than a year."""
    if "milestones" in data:
        data["milestones"] += [
            {"on": step.on, "value": step.value, "title": step.title} for step in wanted.milestones[rows:]
        ]
    for name, flag in (("due", "due_is_year"), ("baseline_date", "baseline_is_year")):
        if name in data:
            data[flag] = bool(getattr(target, flag)) and data[name] == getattr(target, name)


def _saved(
    champion: Champion, amendment: Amendment, part: str, form: Any, data: dict[str, Any], typed: dict[str, str]
) -> ResponseReturnValue | None:
    """The answer after saving; None where the form has to be shown again with what was typed."""
    try:
        with transaction():
            amendments.propose(amendment, part, data, actor(), typed, form.seen.data or "")
    except amendments.ChangedMeanwhile as refusal:
        form.form_errors += [i18n.say(refusal.message, refusal.values), *_as_saved(amendment, part, form, data)]
        # Saving once more, with both seen, puts this in the place of the colleague's.
        form.seen.data = proposals.digest_of_part(amendment, part)
        return None
    except Invalid as refusal:
        form.show_problems(refusal)
        return None
    wrong = typed or _errors_of(amendment, part)
    if not wrong:
        return back_to_amendment(champion, amendment, _("The new values are saved."))
    notice(_("The new values are saved. Something in them has to be put right before they can be sent."))
    endpoint = "commitments.amendment_target" if part else "commitments.amendment_text"
    return see_other(endpoint, **_address(champion, amendment), **({"target_id": part} if part else {}))


def _as_saved(amendment: Amendment, part: str, form: Any, data: dict[str, Any]) -> list[str]:
    """What a colleague saved of each field that is typed otherwise here, so that both can be made one."""
    commitment = amendment.commitment
    if part:
        thing: Any = proposals.proposed(amendment, queries.own_target(commitment, part))
    else:
        thing = proposals.text_as(commitment, proposals.asked_for(amendment).get("", {}))
    told = []
    for name, mine in data.items():
        if name not in form or as_json(mine or None) == as_json(getattr(thing, name) or None):
            continue
        saved = i18n.show(readable(thing, name)) if name in LABELS else ""
        told.append(_("%(field)s, as your colleague saved it: %(value)s", field=form[name].label.text,
                      value=saved or _("nothing")))  # fmt: skip
    return told


def _errors_of(amendment: Amendment, part: str) -> list[tuple[str, str]]:
    """(field, sentence) of every error in one part."""
    prefix = f"target:{part}:" if part else ""
    return [
        (row.field.removeprefix(prefix), i18n.say(row.message, row.values))
        for row in proposals.prechecks(amendment)
        if row.rank == "error" and row.field.startswith(prefix or tuple(proposals.AMENDABLE_OF_COMMITMENT))
    ]


def _show_checks(form: Any, amendment: Amendment, part: str) -> None:
    typed = (amendment.typed or {}).get(part, {})
    for name, words in _errors_of(amendment, part):
        if name in typed:
            continue
        if name in form:
            form[name].errors = [*form[name].errors, words]
        else:
            form.form_errors.append(words)


@blueprint.route(f"{ONE}/text", methods=["GET", "POST"])
@of_champion(Action.COMMITMENT_WRITE)
def amendment_text(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    """The commitment's own words and its end."""
    commitment = queries.own(champion, public_id)
    amendment = queries.amendment_of(commitment, amendment_id)
    _must_be_open(amendment)
    wanted = proposals.text_as(commitment, proposals.asked_for(amendment).get("", {}))
    form = AmendedTextForm(data=text_values_of(wanted) | {"seen": proposals.digest_of_part(amendment, "")})
    if form.sent():
        data, typed = form.read()
        answer = _saved(champion, amendment, "", form, data, typed)
        if answer is not None:
            return answer
    elif not form.is_submitted():
        form.show_typed((amendment.typed or {}).get("", {}))
        _show_checks(form, amendment, "")
    page = champion_page(
        "commitments/amendment_text.html",
        champion,
        commitment=commitment,
        amendment=amendment,
        address=_address(champion, amendment),
        form=form,
    )
    return page, 422 if form.is_submitted() and (form.errors or form.form_errors) else 200


@blueprint.post(f"{ONE}/reason")
@of_champion(Action.COMMITMENT_WRITE)
def amendment_reason(champion: Champion, public_id: str, amendment_id: str) -> ResponseReturnValue:
    amendment = queries.amendment_of(queries.own(champion, public_id), amendment_id)
    form = AmendmentReasonForm()
    form.offer_choices()
    if form.taken():
        try:
            with transaction():
                amendments.give_reason(amendment, form.reason_code.data or "", form.note.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return back_to_amendment(champion, amendment, _("The reason is saved."))
    return amendment_page(champion, as_stored(champion, public_id, amendment_id), reason=form)


def as_stored(champion: Champion, public_id: str, amendment_id: str) -> Amendment:
    """The amendment as it is stored, after something was refused."""
    return queries.amendment_of(queries.own(champion, public_id), amendment_id)
