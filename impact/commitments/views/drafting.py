"""What a form does while it is written: it keeps itself, says its sentence, and lists what is still to put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from impact import clock, i18n
from impact.champions.models import Champion
from impact.commitments import checks, operations, working_copies
from impact.commitments.ambition import Ambition, Asked, told
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import spec_of
from impact.db import transaction
from impact.forms import readable
from impact.i18n import gettext as _
from impact.indicators.kinds import Missing, Written
from impact.indicators.sentences import Sentence, sentence
from impact.pages import actor
from impact.permissions import Action, may

#: Fields that say what is done with a form; they are no part of what was typed.
_NOT_TYPED = frozenset({"csrf_token", "autosave", "more", "less", "discard", "restore"})


def wants_autosave() -> bool:
    return "autosave" in request.form


def keep_copy(commitment: Commitment, place: str, data: Any, base: int, target: Target | None) -> ResponseReturnValue:
    """Answer the script: 204 when kept, 409 when a colleague has changed the same fields; it is kept even then."""
    fields = [
        (readable(name), readable(text)) for name, text in request.form.items(multi=True) if name not in _NOT_TYPED
    ]
    collides = operations.collides(commitment, data, base, target)
    with transaction():
        copy = working_copies.keep(commitment, place, fields, actor())
    kept_at = copy.kept_at if copy else clock.now()
    return "", 409 if collides and copy else 204, {"X-Saved-At": f"{kept_at:%H:%M}"}


def copy_of(place: str) -> tuple[MultiDict[str, str] | None, str]:
    """(the fields of the person's own unsaved copy, when it was kept), or (None, "")."""
    copy = working_copies.found(place, actor())
    if copy is None:
        return None, ""
    return MultiDict([(row["name"], row["text"]) for row in copy.fields]), i18n.date_time(copy.kept_at)


def said(target: Target) -> Markup:
    """The sentence of a target, in which what is not given yet is marked."""
    spec = spec_of(target)
    if spec is None or target.indicator is None:
        return escape(_("Choose the indicator and the kind of target: the sentence then writes itself."))
    language = i18n.current()
    what = target.indicator.text("short_what", language) or target.indicator.text("name", language)
    return _marked(sentence(spec, what, gaps=True))


def _marked(part: Any) -> Markup:
    if isinstance(part, Missing):
        return Markup('<span class="still-missing">%s</span>') % _(part.label)
    if isinstance(part, Written):
        return i18n.in_its_language(part.text, part.language or i18n.current())
    if isinstance(part, Sentence):
        pieces = {name: _marked(value) for name, value in part.values.items()}
        return escape(_(part.message)) % pieces
    return escape(i18n.show(part))


def ambition_of(champion: Champion, target: Target) -> Ambition | None:
    """How ambitious the target is as it stands on the page; nothing while it has no pace."""
    return ambitions_of(champion, [target])[0]


def ambitions_of(champion: Champion, targets: Sequence[Target]) -> Sequence[Ambition | None]:
    """The same of several drafted targets, in order; nothing for whoever may not compare."""
    if not may(actor(), Action.BENCHMARK_SEE, champion.id):
        return [None] * len(targets)
    return told(champion, [Asked(target) for target in targets])


def checks_of(target: Target) -> list[dict[str, str]]:
    """The pre-checks of one target, errors first."""
    found = sorted(
        checks.of_target(target, clock.today()),
        key=lambda problem: ("error", "warning", "notice").index(problem.rank),
    )
    return [{"rank": row.rank, "message": i18n.say(row.message, row.values)} for row in found]


def checks_of_text(commitment: Commitment) -> list[dict[str, str]]:
    """The pre-checks of the words and the period, without those of the targets."""
    return [
        {"rank": row.rank, "message": i18n.say(row.message, row.values)}
        for row in checks.prechecks(commitment)
        if not row.field.startswith("target")
    ]


def live_parts(target: Target) -> str:
    """The sentence and the checks, as the script puts them into the page."""
    return render_template("commitments/live.html", sentence=said(target), checks=checks_of(target))
