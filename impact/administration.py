"""Doors for administrators: the audit trail as history, the jobs, the outbox of letters."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.audit import queries as audit
from impact.audit.models import AuditEntry
from impact.audit.verifying import last_look
from impact.audit.words import ACTIONS, DETAILS, KINDS, STATES
from impact.champions.queries import names_by_id
from impact.db import transaction
from impact.forms import cleaned
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.jobs import queries as jobs_of
from impact.jobs.models import JobState
from impact.jobs.operations import retry
from impact.mail import queries as mail_of
from impact.mail.operations import send_again
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action

blueprint = Blueprint("administration", __name__)

JOB_STATES = {
    JobState.FAILED: N_("Failed"),
    JobState.WAITING: N_("Waiting"),
    JobState.RUNNING: N_("Running"),
    JobState.DONE: N_("Done"),
}
LETTER_STATES = {"failed": N_("Failed"), "waiting": N_("Waiting"), "sent": N_("Sent")}


def _day(name: str) -> date | None:
    """A date of the filter; whatever is none is not asked for."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _before() -> int | None:
    text = request.args.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _known(name: str, allowed: Any) -> str:
    value = request.args.get(name, "")
    return value if value in allowed else ""


@blueprint.get("/programme/history")
@staff_may(Action.AUDIT_SEE)
def history() -> ResponseReturnValue:
    """Who did what to which, when and why: the newest first, with filters; nothing here can be changed."""
    who, kind, action = cleaned(request.args.get("who"))[:100], _known("kind", KINDS), _known("action", ACTIONS)
    first, last = _day("first"), _day("last")
    found, following = audit.entries_page(
        who=who,
        kind=kind,
        action=action,
        since=datetime.combine(first, time(), UTC) if first else None,
        until=datetime.combine(last + timedelta(days=1), time(), UTC) if last else None,
        before=_before(),
    )
    used: dict[str, Any] = {
        name: value
        for name, value in {
            "who": who,
            "kind": kind,
            "action": action,
            "first": first.isoformat() if first else "",
            "last": last.isoformat() if last else "",
        }.items()
        if value
    }
    names = names_by_id({entry.champion_id for entry in found if entry.champion_id})
    return render_template(
        "administration/history.html",
        entries=[_shown(entry, names) for entry in found],
        used=used,
        kinds=sorted(((key, _(label)) for key, label in KINDS.items()), key=lambda pair: pair[1]),
        actions=sorted(((key, _(label)) for key, label in ACTIONS.items()), key=lambda pair: pair[1]),
        look=last_look(),
        next_url=url_for("administration.history", before=following, **used) if following else None,
        first_url=url_for("administration.history", **used) if _before() else None,
    )


def _shown(entry: AuditEntry, names: dict[int, str]) -> dict[str, Any]:
    label = KINDS.get(entry.subject_kind)
    return {
        "entry": entry,
        "when": i18n.date_time(entry.at),
        "what": _(ACTIONS[entry.action]) if entry.action in ACTIONS else entry.action.replace("_", " "),
        "kind": _(label) if label else entry.subject_kind.replace("_", " "),
        "move": _move(entry),
        "champion": names.get(entry.champion_id or 0, ""),
        "details": [
            (_named(name), _plain(value)) for name, value in entry.details.items() if value not in ("", {}, [])
        ],
    }


def _named(detail: str) -> str:
    return _(DETAILS[detail]) if detail in DETAILS else detail.replace("_", " ")


def _move(entry: AuditEntry) -> str:
    """From which state to which, or nothing."""
    before, after = (
        _(STATES[state]) if state in STATES else state.replace("_", " ") for state in (entry.from_state, entry.to_state)
    )
    if before and after:
        return _("from “%(before)s” to “%(after)s”", before=before, after=after)
    return _("to “%(after)s”", after=after) if after else ""


def _plain(value: Any) -> str:
    """A detail in one line: lists and changes written out."""
    if isinstance(value, dict):
        if set(value) == {"from", "to"}:
            return _("“%(old)s” became “%(new)s”", old=_plain(value["from"]), new=_plain(value["to"]))
        return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(inner) for inner in value)
    return i18n.show(value) if not isinstance(value, str) else value


@blueprint.get("/administration/jobs")
@staff_may(Action.STAFF_MANAGE)
def jobs() -> ResponseReturnValue:
    """What is done in the background, the newest first; what failed says why and can be tried again."""
    state = _known("state", set(JOB_STATES))
    found, following = jobs_of.jobs_page(state, _before())
    return render_template(
        "administration/jobs.html",
        jobs=found,
        state=state,
        states=JOB_STATES,
        failed=jobs_of.number_failed(),
        next_url=url_for("administration.jobs", before=following, state=state) if following else None,
        first_url=url_for("administration.jobs", state=state) if _before() else None,
    )


@blueprint.post("/administration/jobs/<int:job_id>/retry")
@staff_may(Action.STAFF_MANAGE)
def retry_job(job_id: int) -> ResponseReturnValue:
    with transaction():
        retry(jobs_of.job_by_id(job_id), actor())
    notice(_("The job is tried again."))
    return see_other("administration.jobs")


@blueprint.get("/administration/letters")
@staff_may(Action.STAFF_MANAGE)
def letters() -> ResponseReturnValue:
    """The outbox: to whom, about what, sent or why not. The words of letters are not shown: some hold links that work once."""
    state = _known("state", LETTER_STATES)
    found, following = mail_of.letters_page(state, _before())
    return render_template(
        "administration/letters.html",
        letters=found,
        state=state,
        states=LETTER_STATES,
        next_url=url_for("administration.letters", before=following, state=state) if following else None,
        first_url=url_for("administration.letters", state=state) if _before() else None,
    )


@blueprint.post("/administration/letters/<int:letter_id>/send-again")
@staff_may(Action.STAFF_MANAGE)
def send_letter_again(letter_id: int) -> ResponseReturnValue:
    with transaction():
        send_again(mail_of.letter_by_id(letter_id), actor())
    notice(_("The letter is sent again."))
    return see_other("administration.letters")
