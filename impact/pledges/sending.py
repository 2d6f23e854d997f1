"""The job behind a pledge: looks whether it is genuine, and sends the letter with its lasting link."""

from __future__ import annotations

from datetime import timedelta

from impact import clock
from impact.db import db
from impact.jobs import Claimed, ReportProgress, enqueue, handler
from impact.logs import log
from impact.mail import send
from impact.pledges import keys, suspicion
from impact.pledges.models import Pledge
from impact.pledges.operations import SEND

#: To one mailbox in all, and the time between two: nobody is flooded by strangers who type their address.
MOST_LETTERS = 5
APART = timedelta(minutes=10)
SLOWED_FOR = timedelta(minutes=10)


@handler(SEND)
def send_letter(job: Claimed, report_progress: ReportProgress) -> None:
    pledge = db.session.get(Pledge, int(job.payload.get("pledge") or 0))
    to_email = keys.opened(str(job.payload.get("to", "")))
    if pledge is None or not to_email or pledge.invalid_at is not None:
        return
    if not pledge.is_confirmed and not pledge.letters_sent:
        reason = suspicion.reason_against(pledge, is_bot=bool(job.payload.get("is_bot")))
        if reason:
            pledge.invalid_at, pledge.invalid_because = clock.now(), reason
            log.info("pledge not counted", extra={"fields": {"why": reason}})
            return
        if suspicion.is_slowed(pledge.country):
            enqueue(SEND, job.payload, run_after=clock.now() + SLOWED_FOR)
            return
    now = clock.now()
    if pledge.letters_sent >= MOST_LETTERS or (pledge.last_letter_at and now - pledge.last_letter_at < APART):
        return
    pledge.letters_sent += 1
    pledge.last_letter_at = now
    template = "pledge_link" if pledge.is_confirmed else "pledge_confirm"
    context = {"name": keys.opened(pledge.name), "key": keys.link(pledge.public_id)}
    send(to_email, pledge.language, template, context, secret=True, forget=True)
