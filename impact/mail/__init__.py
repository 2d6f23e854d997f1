"""Letters: written into the outbox in the transaction they belong to, sent by a job, kept for ever.

    with transaction():
        send(person.email, person.language, "invitation", {"name": person.name, "token": token})

renders templates/emails/invitation.txt (its first line is the subject) and, where there is one,
invitation.html. Links are made with `address('endpoint', …)` and begin with PUBLIC_URL.
"""

from impact.mail import delivery  # noqa: F401  (registers the job that sends)
from impact.mail.models import Letter
from impact.mail.operations import send
from impact.mail.rendering import public_address

__all__ = ["Letter", "public_address", "send"]
