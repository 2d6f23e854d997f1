"""A programme manager invites an organisation to apply."""

from __future__ import annotations

from impact import clock, mail
from impact.accounts.operations import canonical_email, new_link
from impact.actor import Actor
from impact.audit.operations import record
from impact.champions.models import Cohort, Invitation
from impact.champions.rules import require_words
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require


def invitation_of(invitation_id: int | None) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id) if invitation_id else None
    if invitation is None:
        raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
    return invitation


def invite_organisation(
    *,
    constituency: str,
    name: str,
    country: str,
    contact_name: str,
    contact_email: str,
    message: str,
    language: str,
    actor: Actor,
    cohort: Cohort | None = None,
) -> tuple[Invitation, str]:
    """Invite an organisation to apply: (invitation, token of the link that fills the form in)."""
    require(actor, Action.ADMISSION_DECIDE)
    require_words(
        name=(name, N_("Give the official name")),
        contact_name=(contact_name, N_("Give the name of the person you write to")),
        contact_email=(contact_email, N_("Give an e-mail address")),
    )
    assert actor.person_id is not None
    invitation = Invitation(
        constituency=constituency,
        name=name.strip(),
        country=country,
        contact_name=contact_name.strip(),
        contact_email=canonical_email(contact_email),
        message=message.strip(),
        cohort_id=cohort.id if cohort else None,
        invited_at=clock.now(),
        invited_by_id=actor.person_id,
    )
    db.session.add(invitation)
    db.session.flush()
    record(actor, "invited", invitation, details={"name": name})
    _link, token = new_link("invitation", invitation.contact_email, {"invitation": invitation.id}, actor)
    mail.send(
        invitation.contact_email,
        language,
        "champion_invited",
        {
            "name": invitation.contact_name,
            "organisation": invitation.name,
            "message": invitation.message,
            "inviter": actor.name,
            "token": token,
        },
        secret=True,
    )
    return invitation, token
