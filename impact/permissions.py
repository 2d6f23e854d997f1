"""What each may do: one table, printed on the help page and tested literally, cell by cell.

Deny by default: an action that a role is not listed for is refused. Roles of a champion count for
that champion alone. Whoever has a tie to a champion never decides about it, whatever their role.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from impact.actor import Actor, Role
from impact.errors import NotAllowed, NotFound
from impact.messages import gettext_noop as N_


class Action(StrEnum):
    """Everything that is guarded, written room:verb."""

    CHAMPION_SEE = "champion:see"
    CHAMPION_EDIT = "champion:edit"
    CHAMPION_PEOPLE = "champion:people"
    COMMITMENT_SEE_DRAFT = "commitment:see_draft"
    COMMITMENT_WRITE = "commitment:write"
    COMMITMENT_SIGN_OFF = "commitment:sign_off"
    COMMITMENT_WITHDRAW = "commitment:withdraw"
    PROGRESS_WRITE = "progress:write"
    PROGRESS_SUBMIT = "progress:submit"
    EVIDENCE_SEE_CONFIDENTIAL = "evidence:see_confidential"
    BENCHMARK_SEE = "progress:see_benchmark"
    REPORT_MAKE = "report:make"
    REPORT_SIGN_OFF = "report:sign_off"
    REPORT_SEE_CONFIDENTIAL = "report:see_confidential"
    REVIEW_SEE = "review:see"
    REVIEW_DECIDE = "review:decide"
    APPROVE = "review:approve"
    STATUS_OVERRIDE = "progress:override_status"
    ADMISSION_DECIDE = "admission:decide"
    COHORT_MANAGE = "cohort:manage"
    STANDING_CHANGE = "champion:change_standing"
    RECORD_PUBLIC_SOURCE = "commitment:record_public_source"
    WINDOW_MANAGE = "progress:manage_windows"
    INDICATOR_MANAGE = "indicator:manage"
    ECONOMIES_IMPORT = "economies:import"
    PRIORITIES_SEE = "priorities:see"
    PLEDGES_MANAGE = "pledges:manage"
    STAFF_MANAGE = "accounts:manage_staff"
    AUDIT_SEE = "audit:see"


_INSIDERS = frozenset({Role.VIEWER, Role.CONTRIBUTOR, Role.COORDINATOR, Role.LEADER})
_WRITERS = frozenset({Role.CONTRIBUTOR, Role.COORDINATOR})
_EXPERTS = frozenset({Role.REVIEWER, Role.APPROVER})
_STAFF = frozenset({Role.REVIEWER, Role.APPROVER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})

MAY: dict[Action, frozenset[Role]] = {
    Action.CHAMPION_SEE: _INSIDERS | _STAFF,
    Action.CHAMPION_EDIT: frozenset({Role.COORDINATOR, Role.PROGRAMME_MANAGER}),
    Action.CHAMPION_PEOPLE: frozenset({Role.COORDINATOR, Role.PROGRAMME_MANAGER}),
    Action.COMMITMENT_SEE_DRAFT: _INSIDERS,
    Action.COMMITMENT_WRITE: _WRITERS,
    Action.COMMITMENT_SIGN_OFF: frozenset({Role.LEADER}),
    Action.COMMITMENT_WITHDRAW: frozenset({Role.COORDINATOR, Role.LEADER}),
    Action.PROGRESS_WRITE: _WRITERS,
    Action.PROGRESS_SUBMIT: frozenset({Role.COORDINATOR}),
    Action.EVIDENCE_SEE_CONFIDENTIAL: _INSIDERS | _EXPERTS,
    Action.BENCHMARK_SEE: _INSIDERS | _EXPERTS,
    Action.REPORT_MAKE: frozenset({Role.COORDINATOR, Role.LEADER, Role.PROGRAMME_MANAGER}),
    Action.REPORT_SIGN_OFF: frozenset({Role.LEADER}),
    Action.REPORT_SEE_CONFIDENTIAL: _INSIDERS | _EXPERTS,
    Action.REVIEW_SEE: _STAFF,
    Action.REVIEW_DECIDE: frozenset({Role.REVIEWER}),
    Action.APPROVE: frozenset({Role.APPROVER}),
    Action.STATUS_OVERRIDE: frozenset({Role.REVIEWER}),
    Action.ADMISSION_DECIDE: frozenset({Role.PROGRAMME_MANAGER}),
    Action.COHORT_MANAGE: frozenset({Role.PROGRAMME_MANAGER}),
    Action.STANDING_CHANGE: frozenset({Role.PROGRAMME_MANAGER}),
    Action.RECORD_PUBLIC_SOURCE: frozenset({Role.PROGRAMME_MANAGER}),
    Action.WINDOW_MANAGE: frozenset({Role.PROGRAMME_MANAGER}),
    Action.INDICATOR_MANAGE: frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
    Action.ECONOMIES_IMPORT: frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
    Action.PRIORITIES_SEE: frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
    Action.PLEDGES_MANAGE: frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
    Action.STAFF_MANAGE: frozenset({Role.ADMINISTRATOR}),
    Action.AUDIT_SEE: frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
}

ACTION_LABELS: dict[Action, str] = {
    Action.CHAMPION_SEE: N_("See a champion's own pages"),
    Action.CHAMPION_EDIT: N_("Change a champion's particulars and leader terms"),
    Action.CHAMPION_PEOPLE: N_("Invite and remove a champion's people"),
    Action.COMMITMENT_SEE_DRAFT: N_("Read drafts"),
    Action.COMMITMENT_WRITE: N_("Write commitments and amendments"),
    Action.COMMITMENT_SIGN_OFF: N_("Sign off for the organisation, or return to the writers"),
    Action.COMMITMENT_WITHDRAW: N_("Withdraw a commitment, with a public reason"),
    Action.PROGRESS_WRITE: N_("Enter figures and evidence"),
    Action.PROGRESS_SUBMIT: N_("Submit the year's figures"),
    Action.EVIDENCE_SEE_CONFIDENTIAL: N_("Open confidential evidence"),
    Action.BENCHMARK_SEE: N_("See how a champion's pace compares with that of others, without names"),
    Action.REPORT_MAKE: N_("Draw up the annual report and send it to the leader"),
    Action.REPORT_SIGN_OFF: N_("Sign off an edition of the annual report, or return it"),
    Action.REPORT_SEE_CONFIDENTIAL: N_("Download the confidential part of an edition"),
    Action.REVIEW_SEE: N_("See the review desk"),
    Action.REVIEW_DECIDE: N_("Claim, return, decline or recommend"),
    Action.APPROVE: N_("Approve what somebody else recommended"),
    Action.STATUS_OVERRIDE: N_("Set another status beside the computed one, with a reason"),
    Action.ADMISSION_DECIDE: N_("Vet applications and admit champions"),
    Action.COHORT_MANAGE: N_("Open and close cohorts"),
    Action.STANDING_CHANGE: N_("Change a champion's standing, with a public reason"),
    Action.RECORD_PUBLIC_SOURCE: N_("Record a commitment from a public source"),
    Action.WINDOW_MANAGE: N_("Open reporting windows"),
    Action.INDICATOR_MANAGE: N_("Add and retire indicators"),
    Action.ECONOMIES_IMPORT: N_("Import country figures of the gender gap index, and populations"),
    Action.PRIORITIES_SEE: N_("See where change is hardest, and who could make it"),
    Action.PLEDGES_MANAGE: N_("Look for bursts of pledges, take them out of the count, and put them back"),
    Action.STAFF_MANAGE: N_("Give and take staff roles"),
    Action.AUDIT_SEE: N_("Read the audit trail"),
}

#: Actions that judge a champion: nobody with a tie to it may take them.
JUDGING = frozenset(
    {
        Action.REVIEW_DECIDE,
        Action.APPROVE,
        Action.STATUS_OVERRIDE,
        Action.ADMISSION_DECIDE,
        Action.STANDING_CHANGE,
    }
)


#: What experts see because they judge: a tie takes it from them, and leaves it to the organisation's own people.
SEEN_TO_JUDGE = frozenset({Action.EVIDENCE_SEE_CONFIDENTIAL, Action.BENCHMARK_SEE, Action.REPORT_SEE_CONFIDENTIAL})


def may(actor: Actor, action: Action, champion_id: int | None = None) -> bool:
    """Whether the actor may take the action (on this champion, where it concerns one)."""
    if actor.is_system:
        return True
    roles = actor.roles_for(champion_id)
    if champion_id in actor.ties:
        if action in JUDGING:
            return False
        if action in SEEN_TO_JUDGE:
            roles -= _STAFF
    return bool(roles & MAY[action])


def require(
    actor: Actor,
    action: Action,
    champion_id: int | None = None,
    *,
    unless: Iterable[tuple[bool, str]] = (),
) -> None:
    """Raise NotAllowed unless the actor may; each (condition, message id) of `unless` refuses when true."""
    if not may(actor, action, champion_id):
        if action in JUDGING and champion_id in actor.ties:
            raise NotAllowed(N_("You have a tie to this organisation, so somebody else must decide."))
        raise NotAllowed(N_("Your role does not allow this. The page about roles says who may."))
    for condition, message in unless:
        if condition:
            raise NotAllowed(message)


def require_sight(actor: Actor, action: Action, champion_id: int | None = None) -> None:
    """Raise NotFound unless the actor may see: what one may not see does not exist for one."""
    if not may(actor, action, champion_id):
        raise NotFound(N_("There is no such page, or you may not see it."))
