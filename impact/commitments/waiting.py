"""What of this room waits for a champion's people: commitments to write, to sign, to re-affirm, and amendments."""

from __future__ import annotations

from collections.abc import Sequence

from impact.actor import Actor
from impact.champions import waiting
from impact.champions.models import Champion
from impact.champions.waiting import Task
from impact.commitments import queries
from impact.messages import gettext_noop as N_
from impact.permissions import Action, may

_SIGN = N_("Sign “%(headline)s”, or return it")
_WRITE = {
    "draft": N_("Finish “%(headline)s”"),
    "returned": N_("Answer the remarks on “%(headline)s”, and send it again"),
}


def tasks_for(champion: Champion, actor: Actor) -> Sequence[Task]:
    """The leader's tasks for leaders, the writers' for writers."""
    found: list[Task] = []
    signs = may(actor, Action.COMMITMENT_SIGN_OFF, champion.id)
    if signs:
        found += [
            Task(
                N_("Re-affirm or amend: “%(headline)s”"),
                "commitments.reaffirmations_page",
                {"headline": row.commitment.headline},
                {"slug": champion.slug},
            )
            for row in queries.open_reaffirmations(champion)
        ]
    writes = may(actor, Action.COMMITMENT_WRITE, champion.id)
    for commitment in queries.commitments_under_way(champion):
        message = _SIGN if commitment.state == "awaiting_leader" and signs else None
        if writes:
            message = _WRITE.get(commitment.state, message)
        if message:
            address = {"slug": champion.slug, "public_id": commitment.public_id}
            found.append(Task(message, "commitments.show", {"headline": commitment.headline}, address))
    for amendment in queries.amendments_under_way(champion):
        message = None
        if amendment.state == "awaiting_leader" and signs:
            message = N_("Sign the amendment of “%(headline)s”, or return it")
        elif amendment.state in {"draft", "returned"} and writes:
            message = N_("Finish the amendment of “%(headline)s”")
        if message:
            address = {
                "slug": champion.slug,
                "public_id": amendment.commitment.public_id,
                "amendment_id": amendment.public_id,
            }
            headline = {"headline": amendment.commitment.headline}
            found.append(Task(message, "commitments.amendment", headline, address))
    return found


def register() -> None:
    if tasks_for not in waiting.ASKED:
        waiting.ASKED.append(tasks_for)
