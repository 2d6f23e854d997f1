"""Who acts: a plain value that the doors hand down, so that a verb runs the same from a page, a job or a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from impact.messages import gettext_noop as N_


class Role(StrEnum):
    """What somebody is. The first four belong to one champion, the next four to UN Women's staff."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    PROGRAMME_MANAGER = "programme_manager"
    ADMINISTRATOR = "administrator"


CHAMPION_ROLES = (Role.COORDINATOR, Role.CONTRIBUTOR, Role.VIEWER, Role.LEADER)
STAFF_ROLES = (Role.REVIEWER, Role.APPROVER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)

ROLE_LABELS = {
    Role.VIEWER: N_("Viewer"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.LEADER: N_("Leader"),
    Role.REVIEWER: N_("Reviewer"),
    Role.APPROVER: N_("Approver"),
    Role.PROGRAMME_MANAGER: N_("Programme manager"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


@dataclass(frozen=True)
class Actor:
    """A person (or the system, or nobody) with what they are at this moment.

    `memberships` holds (champion id, role); `ties` the champions on which this person may not
    decide: those they belong to or once belonged to, and declared conflicts of interest.
    """

    person_id: int | None = None
    name: str = ""
    staff: frozenset[Role] = field(default_factory=frozenset)
    memberships: frozenset[tuple[int, Role]] = field(default_factory=frozenset)
    ties: frozenset[int] = field(default_factory=frozenset)
    #: (slug, name) of the champions this person belongs to, by name: for the navigation
    champions: tuple[tuple[str, str], ...] = ()
    is_system: bool = False

    def roles_for(self, champion_id: int | None) -> frozenset[Role]:
        """The roles that count for this champion (or only those of the staff, for None)."""
        own = frozenset(role for champion, role in self.memberships if champion == champion_id)
        return self.staff | own

    @property
    def champion_ids(self) -> frozenset[int]:
        return frozenset(champion for champion, _ in self.memberships)

    @property
    def is_anonymous(self) -> bool:
        return self.person_id is None and not self.is_system


#: Somebody who is not signed in.
ANYONE = Actor()
#: The platform itself: jobs, the calendar, the loading of data.
SYSTEM = Actor(name="system", is_system=True)
