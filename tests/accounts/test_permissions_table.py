"""The table of what each role may do, cell by cell: changing who may do what must be done here too."""

import pytest

from impact.actor import ANYONE, Actor, Role
from impact.permissions import JUDGING, Action, may

#: viewer, contributor, coordinator, leader, reviewer, approver, programme manager, administrator
TABLE = {
    "champion:see":                    "y y y y y y y y",
    "champion:edit":                   "n n y n n n y n",
    "champion:people":                 "n n y n n n y n",
    "commitment:see_draft":            "y y y y n n n n",
    "commitment:write":                "n y y n n n n n",
    "commitment:sign_off":             "n n n y n n n n",
    "commitment:withdraw":             "n n y y n n n n",
    "progress:write":                  "n y y n n n n n",
    "progress:submit":                 "n n y n n n n n",
    "evidence:see_confidential":       "y y y y y y n n",
    "progress:see_benchmark":          "y y y y y y n n",
    "report:make":                     "n n y y n n y n",
    "report:sign_off":                 "n n n y n n n n",
    "report:see_confidential":         "y y y y y y n n",
    "review:see":                      "n n n n y y y y",
    "review:decide":                   "n n n n y n n n",
    "review:approve":                  "n n n n n y n n",
    "progress:override_status":        "n n n n y n n n",
    "admission:decide":                "n n n n n n y n",
    "cohort:manage":                   "n n n n n n y n",
    "champion:change_standing":        "n n n n n n y n",
    "commitment:record_public_source": "n n n n n n y n",
    "progress:manage_windows":         "n n n n n n y n",
    "indicator:manage":                "n n n n n n y y",
    "economies:import":                "n n n n n n y y",
    "priorities:see":                  "n n n n n n y y",
    "pledges:manage":                  "n n n n n n y y",
    "accounts:manage_staff":           "n n n n n n n y",
    "audit:see":                       "n n n n n n y y",
}  # fmt: skip
ORDER = (Role.VIEWER, Role.CONTRIBUTOR, Role.COORDINATOR, Role.LEADER, Role.REVIEWER, Role.APPROVER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)  # fmt: skip
CELLS = [
    (action, role, word == "y") for action, row in TABLE.items() for role, word in zip(ORDER, row.split(), strict=True)
]
STAFF = set(ORDER[4:])


def someone(role: Role, champion: int = 1, ties: frozenset[int] = frozenset()) -> Actor:
    if role in STAFF:
        return Actor(7, "Someone", staff=frozenset({role}), ties=ties)
    return Actor(7, "Someone", memberships=frozenset({(champion, role)}), ties=frozenset({champion}))


def test_the_table_names_every_action() -> None:
    assert set(TABLE) == {action.value for action in Action}


@pytest.mark.parametrize("action, role, allowed", CELLS)
def test_a_role_may_exactly_what_the_table_says(action: str, role: Role, allowed: bool) -> None:
    assert may(someone(role), Action(action), 1) is allowed


@pytest.mark.parametrize("action", list(TABLE))
def test_nobody_in_particular_may_nothing(action: str) -> None:
    assert not may(ANYONE, Action(action), 1)
    assert not may(ANYONE, Action(action), None)


@pytest.mark.parametrize("action, role, allowed", [cell for cell in CELLS if cell[1] not in STAFF])
def test_a_role_of_one_champion_counts_for_no_other(action: str, role: Role, allowed: bool) -> None:
    assert not may(someone(role, champion=2), Action(action), 1)


@pytest.mark.parametrize("action", sorted(JUDGING))
def test_a_tie_bars_from_judging_whatever_the_role(action: Action) -> None:
    everything = Actor(7, "Someone", staff=frozenset(STAFF), ties=frozenset({1}))
    assert not may(everything, action, 1)
    assert may(everything, action, 2)


def test_a_tie_takes_from_an_expert_what_only_judging_opens_and_leaves_it_to_the_organisation() -> None:
    action = Action.EVIDENCE_SEE_CONFIDENTIAL
    expert = Actor(7, "Someone", staff=frozenset({Role.REVIEWER}), ties=frozenset({1}))
    assert not may(expert, action, 1)
    assert may(expert, action, 2)
    insider = Actor(7, "Someone", memberships=frozenset({(1, Role.VIEWER)}), ties=frozenset({1}))
    assert may(insider, action, 1)
