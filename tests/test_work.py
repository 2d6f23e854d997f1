"""Where somebody lands after signing in."""

from __future__ import annotations

import pytest
from flask import Flask

from impact import work
from impact.actor import Actor, Role
from impact.champions import waiting
from impact.champions.models import Champion, Membership
from impact.champions.waiting import Task
from impact.db import db
from tests.reviews import filing


def _in_two(monkeypatch: pytest.MonkeyPatch) -> Actor:
    first, second = filing.champion("sample-group"), filing.champion("example-bank")
    person = filing.member(first, "Lea", Role.COORDINATOR)
    db.session.add(
        Membership(person_id=person.person_id, champion_id=second.id, role="coordinator", since=filing.SINCE)
    )
    db.session.commit()

    def asked(champion: Champion, actor: Actor) -> list[Task]:
        if champion.slug != "example-bank":
            return []
        return [Task("Sign it", "champions.people", {}, {"slug": champion.slug})]

    monkeypatch.setattr(waiting, "ASKED", [asked])
    return person


def test_who_belongs_to_several_organisations_sees_each_with_what_waits_in_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = filing.signed_in(app, _in_two(monkeypatch))
    answer = client.get("/en/work")
    assert answer.status_code == 200
    bank, group = answer.text.index("Example Bank</bdi>"), answer.text.index("Sample Group</bdi>")
    assert bank < answer.text.index('<a href="/en/organisations/example-bank/people">Sign it</a>') < group
    assert answer.text.index("Nothing waits for you here.") > group
    assert '<a href="/en/work" aria-current="page">Your work</a>' in answer.text


def test_who_belongs_to_one_goes_straight_to_it(app: Flask) -> None:
    client = filing.signed_in(app, filing.member(filing.champion(), "Lea", Role.COORDINATOR))
    assert client.get("/en/work").location.endswith("/en/organisations/sample-group/")


def test_a_door_of_the_staff_says_how_much_waits_behind_it_up_to_a_bound(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = filing.champion()
    writer, reviewer = filing.member(sample, "Lea", Role.COORDINATOR), filing.staff("Noor", Role.REVIEWER)
    client = filing.signed_in(app, reviewer)
    assert "Nothing is waiting" in client.get("/en/work").text
    for headline in ("A third of deans", "Half of deans"):
        filing.submit(sample, writer, headline)
    assert "2 are waiting" in client.get("/en/work").text
    monkeypatch.setattr(work, "MOST_COUNTED", 1)
    assert "More than 1 are waiting" in client.get("/en/work").text
