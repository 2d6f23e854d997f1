"""What may be done to champions, cohorts, applications and the people of a champion."""

from impact.champions.operations.admission import accept_offer, admit
from impact.champions.operations.applying import Particulars, answer, apply, confirm, remind_unconfirmed, withdraw
from impact.champions.operations.cohorts import (
    change_standing,
    close_cohort,
    create_cohort,
    leave_seat,
    offer_next,
    take_seat,
)
from impact.champions.operations.inviting import invite_organisation
from impact.champions.operations.leaders import change_particulars, change_statement, start_term
from impact.champions.operations.people import (
    add_member,
    cancel_invitations,
    change_roles,
    declare_conflict,
    end_membership,
    invite_member,
    join,
)
from impact.champions.operations.recording import record_from_public_source
from impact.champions.operations.vetting import ask, decline, put_on_waiting_list, record_diligence

__all__ = [
    "Particulars", "accept_offer", "add_member", "admit", "answer", "apply", "ask", "cancel_invitations", "change_particulars",
    "change_roles", "change_standing", "change_statement", "close_cohort", "confirm", "create_cohort", "declare_conflict",
    "decline", "end_membership", "invite_member", "invite_organisation", "join", "leave_seat", "offer_next",
    "put_on_waiting_list", "remind_unconfirmed", "record_diligence", "record_from_public_source", "start_term", "take_seat", "withdraw",
]  # fmt: skip
