"""What of an edition waits for whom, on the overview of an organisation."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from impact.actor import Actor, Role
from reports import operations
from reports.waiting import tasks_for
from tests.progress import makers as progress_makers
from tests.reports import makers


def told(year: makers.Year, actor: Actor) -> list[str]:
    return [task.message % task.values for task in tasks_for(year.world.champion, actor)]


def test_each_step_waits_for_the_one_whose_turn_it_is(year: makers.Year) -> None:
    coordinator, leader = year.world.coordinator, makers.the_leader(year)
    viewer = progress_makers.actor("viewer", champion=year.world.champion, role=Role.VIEWER)
    assert told(year, coordinator) == ["Draw up the annual report 2018: its figures are approved"]
    edition = makers.a_draft(year)
    assert told(year, coordinator) == ["Read the annual report 2018 and send it to the leader"]
    assert told(year, leader) == []
    operations.send_to_leader(edition, coordinator)
    assert told(year, coordinator) == []
    assert told(year, leader) == ["Sign off the annual report 2018, or return it"]
    operations.return_to_writers(edition, "Say more.", leader)
    assert told(year, coordinator) == ["Answer why the annual report 2018 was returned, and send it again"]
    makers.a_draft(year)
    operations.send_to_leader(edition, coordinator)
    operations.sign_off(edition, edition.sha256, leader)
    for actor in (coordinator, leader, viewer):
        assert told(year, actor) == []


def test_a_sealed_edition_whose_figures_were_corrected_waits_for_a_correction(year: makers.Year) -> None:
    coordinator, leader = year.world.coordinator, makers.the_leader(year)
    makers.an_edition(year)
    assert told(year, coordinator) == []
    with time_machine.travel(makers.TAKEN + timedelta(days=9), tick=False):
        makers.correct(year, 121)
        assert told(year, coordinator) == [
            "Draw up a correction of the annual report 2018: its figures were corrected since"
        ]
        assert told(year, leader) == []
        makers.a_draft(year, "A count was wrong.")
        assert told(year, coordinator) == ["Read the annual report 2018 and send it to the leader"]
