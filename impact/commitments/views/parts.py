"""What the doors of this room share: the frame of a champion's page, saving, and the page with both versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.champions.models import Champion
from impact.commitments import operations, queries
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import spec_of
from impact.commitments.workflow import OPEN_STATES
from impact.db import transaction
from impact.errors import InvalidState
from impact.forms import LongTextField, TextField, readable
from impact.i18n import gettext as _
from impact.indicators.sentences import sentence
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may


def champion_page(template: str, champion: Champion, **values: Any) -> str:
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


def saved(champion: Champion, commitment: Commitment, endpoint: str, **values: Any) -> ResponseReturnValue:
    if endpoint == "commitments.show":
        notice(_("The draft is saved."))
    else:
        notice(_("The draft is saved. Something in it has to be put right before it can be submitted."))
    return see_other(endpoint, slug=champion.slug, public_id=commitment.public_id, **values)


def must_be_open(commitment: Commitment) -> None:
    if commitment.state not in OPEN_STATES:
        raise InvalidState(N_("This text is no longer a draft. Ask for it to be returned, or amend it."))


def save_unless_changed(
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


def conflict_page(
    champion: Champion, commitment: Commitment, form: Any, conflict: operations.Conflict
) -> ResponseReturnValue:
    """Both versions of each field, with what else was typed carried along out of sight."""
    rows = [
        {
            "name": name,
            "label": form[name].label.text if name in form else _("Milestones"),
            "mine": plain(mine),
            "theirs": plain(conflict.theirs[name]),
        }
        for name, mine in conflict.mine.items()
    ]
    merged, carried = what_is_merged(form, [row["name"] for row in rows])
    page = champion_page(
        "commitments/conflict.html",
        champion,
        back=(
            url_for("commitments.show", slug=champion.slug, public_id=commitment.public_id),
            commitment.headline or _("Commitment"),
        ),
        rows=rows,
        carried=carried,
        merged=merged,
        seen=commitment.revision,
        both_mine=queries.only_saved_by(commitment, actor().person_id, form.base()),
    )
    return page, 409


def what_is_merged(form: Any, differing: list[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """({field of words: own text, which can be made one of both}, what else was sent and is carried along)."""
    merged = {
        name: readable(form[name].data or "")
        for name in differing
        if name in form and isinstance(form[name], (TextField, LongTextField))
    }
    carried = [
        (readable(name), readable(text))
        for name, text in request.form.items(multi=True)
        if name not in {"csrf_token", "seen_revision", *merged} and not name.startswith("keep-")
    ]
    return merged, carried


def plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(plain(item) for item in value) or "–"
    if isinstance(value, dict):
        return ", ".join(str(item) for item in value.values() if item)
    return str(value) if value not in (None, "") else "–"


def back(champion: Champion, commitment: Commitment, words: str) -> ResponseReturnValue:
    notice(words)
    return see_other("commitments.show", slug=champion.slug, public_id=commitment.public_id)
