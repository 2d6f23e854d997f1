"""Questions to the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from impact.db import db
from impact.errors import NotFound
from impact.mail.models import Letter
from impact.messages import gettext_noop as N_

PAGE = 25
STATES = {
    "waiting": Letter.sent_at.is_(None) & Letter.failed_at.is_(None),
    "failed": Letter.failed_at.is_not(None),
    "sent": Letter.sent_at.is_not(None),
}


def letters_page(state: str = "", before: int | None = None) -> tuple[Sequence[Letter], int | None]:
    """At most 25 letters, the newest first, older than letter `before`; and the key of the next page."""
    query = select(Letter).order_by(Letter.id.desc()).limit(PAGE + 1)
    if state in STATES:
        query = query.where(STATES[state])
    if before is not None:
        query = query.where(Letter.id < before)
    found = db.session.scalars(query).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def letter_by_id(letter_id: int) -> Letter:
    letter = db.session.get(Letter, letter_id)
    if letter is None:
        raise NotFound(N_("There is no such letter."))
    return letter
