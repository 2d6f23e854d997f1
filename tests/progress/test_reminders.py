"""Reminders of the programme manager: who gets a letter, once a press, and that it is written down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from impact.audit.models import AuditEntry
from impact.champions.models import Membership
from impact.db import db
from impact.errors import InvalidState, NotAllowed
from impact.mail.models import Letter
from impact.progress import operations
from impact.progress.reminders import remind
from tests.progress import makers


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        made = makers.a_world()
        viewer = makers.actor("viewer")
        for person_id, role in [
            (made.coordinator.person_id, "coordinator"),
            (made.coordinator.person_id, "contributor"),
            (viewer.person_id, "viewer"),
        ]:
            db.session.add(Membership(person_id=person_id, champion_id=made.champion.id, role=role, since=makers.NOW))
        db.session.flush()
        yield made


def test_each_writer_gets_one_letter_and_the_trail_names_the_organisations(world: makers.World) -> None:
    window = makers.a_window(world)
    assert remind(window, world.manager) == 1
    (letter,) = db.session.scalars(select(Letter)).all()
    assert letter.to_email == "coordinator@example.org" and letter.subject == "The figures for 2018 are missing"
    assert "were due on 31 March 2019" in letter.text and "Example University" in letter.text
    assert "http://impact.test/en/organisations/example-university/figures" in letter.text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reminded_of_figures")).one()
    assert entry.details == {"organisations": ["example-university"], "letters": 1}


def test_whoever_has_handed_in_is_not_reminded(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    with pytest.raises(InvalidState):
        remind(figure.report.window, world.manager)


def test_only_a_programme_manager_reminds(world: makers.World) -> None:
    with pytest.raises(NotAllowed):
        remind(makers.a_window(world), world.reviewer)
