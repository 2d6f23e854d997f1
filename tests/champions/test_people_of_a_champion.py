"""Who works for a champion, and whom it is led by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from impact import clock
from impact.accounts.models import Person
from impact.actor import SYSTEM, Role
from impact.champions import operations
from impact.champions.models import Champion
from impact.champions.operations.people import open_invitations
from impact.champions.queries import actor_for, current_term, members_of
from impact.db import db, transaction
from impact.errors import Invalid, NotAllowed, NotFound
from impact.permissions import Action, may
from tests.champions.makers import PASSWORD, champion, manager, person


def roles_in(made: Champion) -> dict[str, list[str]]:
    return {who.email: sorted(role.value for role in roles) for who, roles in members_of(made)}


def coordinator_of(made: Champion) -> Person:
    return made.memberships[0].person


def test_a_link_makes_an_account_and_a_role_once(app: Flask) -> None:
    made = champion()
    with transaction():
        token = operations.invite_member(
            made, "Kai@Example.org", "Kai", Role.CONTRIBUTOR, actor_for(coordinator_of(made)), language="fr"
        )
    assert [link.email for link in open_invitations(made)] == ["kai@example.org"]
    with pytest.raises(Invalid), transaction():
        operations.join(token, "short")
    with transaction():
        kai, _champion = operations.join(token, PASSWORD)
    assert (kai.language, roles_in(made)["kai@example.org"]) == ("fr", ["contributor"])
    with pytest.raises(NotFound):
        operations.join(token, PASSWORD)


def test_a_link_that_is_too_old_or_cancelled_lets_nobody_in(app: Flask) -> None:
    made = champion()
    actor = actor_for(coordinator_of(made))
    with transaction():
        old = operations.invite_member(made, "kai@example.org", "Kai", Role.VIEWER, actor)
    with time_machine.travel(clock.now() + timedelta(days=14, seconds=1)), pytest.raises(NotFound):
        operations.join(old, PASSWORD)
    with transaction():
        operations.cancel_invitations(made, "kai@example.org", actor)
    with pytest.raises(NotFound):
        operations.join(old, PASSWORD)


def test_the_last_coordinator_stays(app: Flask) -> None:
    made = champion()
    noor = coordinator_of(made)
    with pytest.raises(Invalid), transaction():
        operations.end_membership(made, noor, actor_for(noor))
    with pytest.raises(Invalid), transaction():
        operations.change_roles(made, noor, [Role.VIEWER], actor_for(noor))
    assert roles_in(made)[noor.email] == ["coordinator"]
    second = person("kai@example.org")
    with transaction():
        operations.add_member(made, second, Role.COORDINATOR, actor_for(noor))
        operations.end_membership(made, noor, actor_for(noor))
    assert list(roles_in(made)) == ["kai@example.org"]


def test_a_removed_member_keeps_the_tie_and_loses_the_rights(app: Flask) -> None:
    made, kai = champion(), person("kai@example.org")
    with transaction():
        operations.add_member(made, kai, Role.CONTRIBUTOR, SYSTEM)
    assert may(actor_for(kai), Action.COMMITMENT_WRITE, made.id)
    with transaction():
        operations.end_membership(made, kai, actor_for(coordinator_of(made)))
    after = actor_for(kai)
    assert not may(after, Action.CHAMPION_SEE, made.id)
    assert made.id in after.ties


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER, Role.LEADER])
def test_only_coordinators_and_managers_manage_people(app: Flask, role: Role) -> None:
    made, kai = champion(), person("kai@example.org")
    with transaction():
        operations.add_member(made, kai, role, SYSTEM)
    actor = actor_for(kai)
    for refused in (
        lambda: operations.invite_member(made, "x@example.org", "X", Role.VIEWER, actor),
        lambda: operations.add_member(made, kai, Role.COORDINATOR, actor),
        lambda: operations.change_roles(made, kai, [Role.COORDINATOR], actor),
        lambda: operations.end_membership(made, coordinator_of(made), actor),
        lambda: operations.start_term(made, "X", "Y", date(2026, 1, 1), actor),
    ):
        with pytest.raises(NotAllowed), transaction():
            refused()
    with transaction():
        operations.invite_member(made, "x@example.org", "X", Role.VIEWER, manager())


def test_a_coordinator_of_one_champion_is_nobody_in_another(app: Flask) -> None:
    mine, other = champion("Sample University"), champion("Other University")
    with pytest.raises(NotAllowed):
        operations.invite_member(other, "x@example.org", "X", Role.VIEWER, actor_for(coordinator_of(mine)))


def test_staff_roles_cannot_be_given_inside_a_champion(app: Flask) -> None:
    made = champion()
    with pytest.raises(Invalid):
        operations.invite_member(made, "x@example.org", "X", Role.APPROVER, actor_for(coordinator_of(made)))


def test_a_new_leader_ends_the_former_term_and_its_right_to_sign_off(app: Flask) -> None:
    made, former, following = champion(), person("lea@example.org"), person("max@example.org")
    actor = actor_for(coordinator_of(made))
    with transaction():
        operations.add_member(made, former, Role.LEADER, actor)
    assert made.terms[0].person_id == former.id
    with transaction():
        term = operations.start_term(made, "Max Sample", "Rector", date(2026, 3, 1), actor, following)
    db.session.refresh(made)
    assert [(t.name, t.since, t.until) for t in made.terms] == [
        ("Lea Sample", date(2024, 9, 1), date(2026, 2, 28)),
        ("Max Sample", date(2026, 3, 1), None),
    ]
    assert current_term(made) is term and term.person_id == following.id
    assert "lea@example.org" not in roles_in(made)
    assert roles_in(made)["max@example.org"] == ["leader"]


def test_a_term_cannot_begin_before_the_former_one_or_in_the_future(app: Flask) -> None:
    made = champion()
    actor = actor_for(coordinator_of(made))
    for since in (date(2024, 9, 1), clock.today() + timedelta(days=1)):
        with pytest.raises(Invalid) as refusal:
            operations.start_term(made, "Max Sample", "Rector", since, actor)
        assert list(refusal.value.problems) == ["since"]
        db.session.rollback()


def test_a_declared_tie_takes_the_right_to_judge(app: Flask) -> None:
    made, reviewer = champion(), person("rita@unwomen.example", Role.REVIEWER)
    assert may(actor_for(reviewer), Action.REVIEW_DECIDE, made.id)
    with transaction():
        operations.declare_conflict(reviewer, made, "My brother teaches there.")
    assert not may(actor_for(reviewer), Action.REVIEW_DECIDE, made.id)
    with pytest.raises(NotAllowed):
        operations.declare_conflict(person("kai@example.org"), made, "None.")
