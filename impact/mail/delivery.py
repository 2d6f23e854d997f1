"""The job that sends a letter."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from flask import current_app

from impact import clock
from impact.db import db
from impact.jobs import Claimed, Finish, Later, Permanent, ReportProgress, handler
from impact.mail.models import Letter
from impact.mail.transport import TIMEOUT, NotNow, Refused, deliver

#: What stays of a letter whose link worked once.
WIPED = "The words of this letter are not kept, because it held a link that works once."


def note_failure(job: Claimed, reason: str, final: bool) -> None:
    """The outbox shows what happened to the letter, and when it was given up."""
    letter = db.session.get_one(Letter, job.payload["letter"])
    letter.attempts += 1
    letter.error = reason
    if final:
        letter.failed_at = clock.now()


@handler("mail.send", slow=True, seconds=90, on_failure=note_failure)
def send_letter(job: Claimed, report_progress: ReportProgress) -> Finish | None:
    """Send the letter, unless it is sent; a crash between sending and noting it sends it again, with its one Message-ID."""
    letter = db.session.get_one(Letter, job.payload["letter"])
    if letter.sent_at is not None:
        return None
    settings = current_app.extensions["settings"]
    message = message_of(letter, settings.mail_from)
    # The mail server may be slow: the database is let go before we speak to it.
    db.session.rollback()
    try:
        deliver(message, settings.mail_url, TIMEOUT)
    except Refused as refused:
        raise Permanent(str(refused)) from refused
    except NotNow as trouble:
        raise Later(str(trouble)) from trouble

    def finish() -> None:
        sent = db.session.get_one(Letter, job.payload["letter"])
        sent.sent_at = clock.now()
        sent.failed_at = None
        sent.attempts += 1
        sent.error = ""
        if sent.is_secret:
            sent.text = WIPED
            sent.html = ""
        if sent.forgets:
            sent.to_email = ""

    return finish


def message_of(letter: Letter, mail_from: str) -> EmailMessage:
    """The letter as a message; EmailMessage refuses a line end in any header by ValueError."""
    message = EmailMessage()
    message["From"] = mail_from
    message["To"] = letter.to_email
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    message["Content-Language"] = letter.language
    # Answering machines do not answer to it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message
