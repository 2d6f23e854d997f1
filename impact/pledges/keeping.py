"""What is forgotten, and when: by a job of every day that says what it removed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, update

from impact import clock
from impact.db import db
from impact.jobs import every
from impact.logs import log
from impact.mail.delivery import WIPED
from impact.mail.models import Letter
from impact.pledges.models import NetworkKey, Pledge

#: A pledge that nobody confirmed, the key of the networks, and the network and provider of every pledge.
KEPT_FOR = timedelta(days=14)


@every(24 * 3600, "forget_pledges")
def forget() -> dict[str, int]:
    """{what: how many}. What was not counted goes too: it is nobody's pledge."""
    before = clock.now() - KEPT_FOR
    unconfirmed = delete(Pledge).where(Pledge.created_at < before, Pledge.confirmed_at.is_(None))
    networks = (
        update(Pledge)
        .where(Pledge.created_at < before, or_(Pledge.network != "", Pledge.domain != ""))
        .values(network="", domain="")
    )
    # One that was never sent keeps its address to be tried again, but no longer than the pledge waits.
    letters = (
        update(Letter)
        .where(Letter.forgets, Letter.created_at < before, Letter.to_email != "")
        .values(to_email="", text=WIPED, html="")
    )
    old_keys = delete(NetworkKey).where(NetworkKey.made_at < before)
    removed = {
        "unconfirmed pledges": int(db.session.execute(unconfirmed).rowcount),  # type: ignore[attr-defined]
        "networks and providers": int(db.session.execute(networks).rowcount),  # type: ignore[attr-defined]
        "letters that were not sent": int(db.session.execute(letters).rowcount),  # type: ignore[attr-defined]
        "keys of networks": int(db.session.execute(old_keys).rowcount),  # type: ignore[attr-defined]
    }
    log.info("pledges forgotten", extra={"fields": removed})
    return removed
