"""One application for the tests of a file: they only ask, or change what no other test of the file looks at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from impact.accounts.models import Person
from impact.accounts.operations import give_staff_role, new_link, open_session, person_for, set_password
from impact.actor import SYSTEM, Role
from impact.app import create_app
from impact.champions import operations as champions
from impact.champions.models import Champion
from impact.db import db, transaction
from tests.browsing import Browser
from tests.champions import makers
from tests.conftest import settings_for
from tests.progress.makers import a_figure, a_world

PASSWORD = makers.PASSWORD
STAFF = (Role.REVIEWER, Role.APPROVER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)
MEMBERS = (Role.COORDINATOR, Role.CONTRIBUTOR, Role.VIEWER, Role.LEADER)


#: What an address takes that is none of a few words.
OTHERWISE = {"area": "health"}


@dataclass
class Site:
    app: Flask
    #: a value for each name that an address may hold
    values: dict[str, str]
    people: dict[Role, int]

    def anonymous(self) -> Any:
        return self.app.test_client()

    def signed_in(self, role: Role) -> Any:
        """A browser of its own with a session of its own."""
        client = self.app.test_client()
        with transaction():
            token = open_session(db.session.get_one(Person, self.people[role]))
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client

    def email(self, role: Role) -> str:
        return db.session.get_one(Person, self.people[role]).email

    def champion(self) -> Champion:
        return db.session.query(Champion).filter_by(slug=self.values["slug"]).one()

    def link(self, purpose: str, email: str = "link@example.org", **payload: Any) -> str:
        with transaction():
            return new_link(purpose, email, payload)[1]

    def address(self, endpoint: str) -> str:
        rule = next(self.app.url_map.iter_rules(endpoint))
        with self.app.test_request_context():
            return self.app.url_for(
                endpoint, **{name: self.values.get(name, OTHERWISE.get(name, "1")) for name in rule.arguments}
            )


@pytest.fixture(scope="module")
def site(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Everybody, one champion with a published commitment and a year that is open; on SQLite whatever the second is."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(migrated, folder / "test.sqlite")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'test.sqlite'}"))
    app.testing = True
    app.test_client_class = Browser
    with app.app_context():
        with transaction():
            site = _made(app)
        yield site
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


def _made(app: Flask) -> Site:
    world = a_world()
    figure = a_figure(world)
    people: dict[Role, int] = {}
    for role in STAFF:
        person = person_for(f"{role.value}@site.example", role.value.title())
        give_staff_role(person, role, SYSTEM)
        people[role] = person.id
    for role in MEMBERS:
        person = person_for(f"{role.value}@site.example", role.value.title())
        champions.add_member(world.champion, person, role, SYSTEM)
        people[role] = person.id
    for number in people.values():
        set_password(db.session.get_one(Person, number), PASSWORD, SYSTEM)
    assert world.target.indicator is not None
    values = {
        "lang": "en",
        "slug": world.champion.slug,
        "champion_slug": world.champion.slug,
        "cohort_slug": world.cohort.slug,
        "public_id": world.commitment.public_id,
        "target_id": world.target.public_id,
        "target_public_id": world.target.public_id,
        "figure": figure.public_id,
        "year": "2018",
        "language": "en",
        "report_language": "en",
        "constituency": "university",
        "role": "reviewer",
        "word": "no",
        "step": "complete",
        "token": "no-such-token",
    }
    return Site(app, values, people)
