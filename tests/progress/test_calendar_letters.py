"""Letters of the calendar: when a window opens, is soon due, due and late, and before a commitment ends: each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from impact.audit.models import AuditEntry
from impact.champions.models import Membership
from impact.db import db
from impact.jobs.registry import CALENDAR
from impact.mail.models import Letter
from impact.progress import operations
from impact.progress.calendar_letters import tell_of_endings, tell_of_windows
from tests.progress import makers


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    """The window of 2018: open from 1 January 2019, due on 31 March, 30 days of grace. The commitment ends with 2020."""
    with time_machine.travel(makers.NOW, tick=False):
        made = makers.a_world()
        contributor = makers.actor("contributor")
        for person_id, role in [(made.coordinator.person_id, "coordinator"), (contributor.person_id, "contributor")]:
            db.session.add(Membership(person_id=person_id, champion_id=made.champion.id, role=role, since=makers.NOW))
        db.session.flush()
        yield made


def subjects() -> list[str]:
    return list(db.session.scalars(select(Letter.subject).order_by(Letter.id)))


@pytest.mark.parametrize(
    ("today", "subject"),
    [
        (date(2019, 1, 1), "Reporting on 2018 is open"),
        (date(2019, 3, 16), "Reporting on 2018 is open"),
        (date(2019, 3, 17), "The figures for 2018 are missing"),
        (date(2019, 4, 1), "The figures for 2018 are missing"),
        (date(2019, 5, 1), "The figures for 2018 are missing"),
        (date(2019, 6, 29), "The figures for 2018 are missing"),
    ],
)
def test_each_occasion_is_told_once_to_the_coordinator(world: makers.World, today: date, subject: str) -> None:
    makers.a_window(world)
    assert tell_of_windows(today) == 1
    assert tell_of_windows(today) == 0
    (letter,) = db.session.scalars(select(Letter)).all()
    assert (letter.subject, letter.to_email) == (subject, "coordinator@example.org")


@pytest.mark.parametrize("today", [date(2018, 12, 31), date(2019, 6, 30)])
def test_nothing_is_told_before_the_window_opens_and_two_months_after_it_is_late(
    world: makers.World, today: date
) -> None:
    makers.a_window(world)
    assert tell_of_windows(today) == 0


def test_a_year_without_an_answer_brings_four_letters(world: makers.World) -> None:
    makers.a_window(world)
    days = [date(2019, month, day) for month in range(1, 9) for day in (1, 15, 28)]
    assert sum(tell_of_windows(day) for day in days) == 4
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reminded_of_figures")).first()
    assert entry is not None
    assert entry.details == {"occasion": "opened", "organisations": ["example-university"], "letters": 1}


def test_whoever_handed_in_hears_nothing_more(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    assert tell_of_windows(date(2019, 5, 10)) == 0


def test_a_suspended_organisation_hears_nothing(world: makers.World) -> None:
    makers.a_window(world)
    world.champion.standing = "suspended"
    assert tell_of_windows(date(2019, 1, 1)) == 0


def test_a_commitment_is_told_of_before_it_ends_and_before_it_expires_once_each(world: makers.World) -> None:
    assert tell_of_endings(date(2020, 10, 31)) == 0
    assert tell_of_endings(date(2020, 11, 1)) == 1
    assert tell_of_endings(date(2020, 12, 31)) == 0
    assert tell_of_endings(date(2021, 5, 29)) == 0
    assert tell_of_endings(date(2021, 5, 30)) == 1
    assert tell_of_endings(date(2021, 6, 10)) == 0
    assert subjects() == ["A commitment ends on 31 December 2020", "A commitment expires on 29 June 2021"]


def test_the_calendar_knows_of_it() -> None:
    assert CALENDAR["calendar.calendar_letters"].seconds == 86400
