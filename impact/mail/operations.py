"""Writing a letter into the outbox."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.jobs import enqueue
from impact.jobs.models import Job
from impact.jobs.operations import retry
from impact.mail.models import Letter
from impact.mail.rendering import render
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require

#: One address and nothing else: no display name, no list, no space or line end that could begin another header.
_ONE_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,189}")
#: With the waits of impact/jobs/runner.py a mail server may be away for about half a day.
ATTEMPTS = 20


def send(
    to_email: str,
    language: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    secret: bool = False,
    forget: bool = False,
    champion_id: int | None = None,
) -> Letter:
    """Write a letter and the job that sends it, in the present transaction: both are kept or neither.

    `secret` says that the letter holds a link that works once: its words are wiped once it is sent;
    `forget` that its address is wiped as well. Raises Invalid for what is not a single address.
    """
    if not _ONE_ADDRESS.fullmatch(to_email) or len(to_email) > 254:
        raise Invalid(N_("%(address)s is not an e-mail address."), address=to_email[:100])
    words = render(language, template, context or {})
    host = urlsplit(current_app.extensions["settings"].public_url).hostname or "localhost"
    letter = Letter(
        to_email=to_email,
        language=language,
        template=template,
        subject=words.subject[:300],
        text=words.text,
        html=words.html,
        is_secret=secret,
        forgets=forget,
        message_id=f"<{secrets.token_hex(16)}@{host}>",
        created_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    job = enqueue("mail.send", {"letter": letter.id}, max_attempts=ATTEMPTS, champion_id=champion_id)
    letter.job_id = job.id
    return letter


def send_again(letter: Letter, actor: Actor) -> None:
    """Let a letter that was given up be tried anew. Raises NotAllowed, InvalidState when it did not fail or its job is gone."""
    require(actor, Action.STAFF_MANAGE)
    job = db.session.get(Job, letter.job_id) if letter.job_id else None
    if letter.failed_at is None or job is None:
        raise InvalidState(N_("Only a letter that failed can be sent again."))
    retry(job, actor)
    letter.failed_at = None
    record(actor, "letter_sent_again", letter)
