"""The letter with which somebody chooses a new password.

Who asks gets the same page after the same work, whether there is such an account or not; the worker looks who it is.
"""

from __future__ import annotations

from sqlalchemy import update

from impact import mail
from impact.accounts.operations import canonical_email, may_be_written_to, new_link
from impact.accounts.queries import person_by_email
from impact.db import db
from impact.jobs import Claimed, ReportProgress, enqueue, handler
from impact.jobs.models import Job

KIND = "accounts.password_letter"


def ask_for_password(email: str) -> None:
    """Note the wish. Nobody learns from it, or from how long it takes, whether there is an account."""
    enqueue(KIND, {"email": canonical_email(email)})


@handler(KIND)
def write(job: Claimed, report_progress: ReportProgress) -> None:
    """A letter to who has an account that is in use; nobody else hears anything, and no address is kept."""
    person = person_by_email(job.payload["email"])
    db.session.execute(update(Job).where(Job.id == job.id).values(payload={}))
    if person is None or not person.is_active or not may_be_written_to("set_password", person.email):
        return
    _link, token = new_link("set_password", person.email)
    mail.send(person.email, person.language, "set_password", {"name": person.name, "token": token}, secret=True)
