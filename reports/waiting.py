"""What of the annual reports waits for a champion's people: to draw up, to send, to sign off."""

from __future__ import annotations

from collections.abc import Sequence

from impact.actor import Actor
from impact.champions import waiting
from impact.champions.models import Champion
from impact.champions.waiting import Task
from impact.messages import gettext_noop as N_
from impact.permissions import Action, may
from reports import queries

_RETURNED = N_("Answer why the annual report %(year)s was returned, and send it again")
_DRAFT = N_("Read the annual report %(year)s and send it to the leader")
_SIGN = N_("Sign off the annual report %(year)s, or return it")
_CORRECT = N_("Draw up a correction of the annual report %(year)s: its figures were corrected since")
_BEGIN = N_("Draw up the annual report %(year)s: its figures are approved")


def tasks_for(champion: Champion, actor: Actor) -> Sequence[Task]:
    """The leader's for leaders, the coordinator's for those who draw editions up; three queries."""
    makes = may(actor, Action.REPORT_MAKE, champion.id)
    signs = may(actor, Action.REPORT_SIGN_OFF, champion.id)
    if not makes:
        return []
    found: list[Task] = []
    for edition in queries.editions_under_way(champion):
        message = ""
        if edition.state == "with_leader" and signs:
            message = _SIGN
        elif edition.state == "draft" and not signs:
            message = _RETURNED if edition.returned_because else _DRAFT
        if message:
            address = {"slug": champion.slug, "code": edition.code}
            found.append(Task(message, "reports.edition", {"year": str(edition.year)}, address))
    for edition in [] if signs else queries.corrected_since(champion):
        address = {"slug": champion.slug, "code": edition.code}
        found.append(Task(_CORRECT, "reports.edition", {"year": str(edition.year)}, address))
    year = None if signs else queries.year_without_edition(champion)
    if year is not None:
        found.append(Task(_BEGIN, "reports.index", {"year": str(year)}, {"slug": champion.slug}))
    return found


def register() -> None:
    if tasks_for not in waiting.ASKED:
        waiting.ASKED.append(tasks_for)
