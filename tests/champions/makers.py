"""People, cohorts and applications of these tests, made by the operations; and a browser that signs in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from impact.accounts.models import Person
from impact.accounts.operations import give_staff_role, person_for, set_password
from impact.actor import SYSTEM, Actor, Role
from impact.champions import operations
from impact.champions.models import Application, Champion, Cohort
from impact.champions.operations import Particulars
from impact.champions.queries import actor_for
from impact.db import db, transaction
from impact.jobs import run_waiting
from impact.jobs.registry import HANDLERS

PASSWORD = "seven quiet herons stand"


def particulars(name: str = "Sample University", **changes: Any) -> Particulars:
    values: dict[str, Any] = {
        "constituency": "university",
        "name": name,
        "country": "FRA",
        "sector": "Public university",
        "size": 31_000,
        "website": "https://sample.example/",
        "leader_name": "Lea Sample",
        "leader_office": "Rector",
        "leader_since": date(2024, 9, 1),
        "contact_name": "Noor Example",
        "contact_email": f"noor@{name.lower().replace(' ', '-')}.example",
        "statement": "We want as many women as men among our professors.",
    }
    return Particulars(**{**values, **changes})


def person(email: str, *staff: Role, password: str = "") -> Person:
    with transaction():
        made = person_for(email, email.split("@")[0].title())
        for role in staff:
            give_staff_role(made, role, SYSTEM)
        if password:
            set_password(made, password, SYSTEM)
    return made


def manager(email: str = "manager@unwomen.example") -> Actor:
    return actor_for(person(email, Role.PROGRAMME_MANAGER))


def cohort(name: str = "First cohort", *, seats: int = 10, ends: date = date(2099, 12, 31), **more: Any) -> Cohort:
    with transaction():
        return operations.create_cohort(
            name,
            date(2020, 1, 1),
            ends,
            SYSTEM,
            seats_government=seats,
            seats_corporation=seats,
            seats_university=seats,
            **more,
        )


def confirmed(name: str = "Sample University", **changes: Any) -> Application:
    """An application whose e-mail is confirmed and whose vetting note is written."""
    with transaction():
        _made, token = operations.apply(particulars(name, **changes), language="en", accepts_terms=True)
    with transaction():
        application, _person, _token = operations.confirm(token)
        operations.record_diligence(application, "No findings.", "31,000 people.", "The rector wrote.", SYSTEM)
    return application


def champion(name: str = "Sample University", into: Cohort | None = None, **changes: Any) -> Champion:
    application = confirmed(name, **changes)
    with transaction():
        return operations.admit(application, into or cohort(f"Cohort of {name}"), SYSTEM)


def contact_of(application: Application) -> Actor:
    with transaction():
        found = person_for(application.contact_email, application.contact_name)
    db.session.refresh(found)
    return actor_for(found)


def token_in(answer: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
    assert found, answer.text[:500]
    return found[1]


def post(client: FlaskClient, path: str, data: dict[str, Any] | None = None, page: str = "") -> TestResponse:
    """Send a form the way a browser does: open its page, then send it with the token found there."""
    token = token_in(client.get(page or path))
    return client.post(path, data={**(data or {}), "csrf_token": token})


def sign_in(client: FlaskClient, who: Person) -> None:
    with transaction():
        if who.password_hash is None:
            set_password(who, PASSWORD, SYSTEM)
    answer = post(client, "/en/sign-in", {"email": who.email, "password": PASSWORD})
    assert answer.status_code == 303, answer.text


def run_all_but_sending() -> None:
    """Whatever waits for the worker, without sending letters: the words of some are wiped once they are sent."""
    sending = HANDLERS.pop("mail.send")
    try:
        run_waiting()
    finally:
        HANDLERS["mail.send"] = sending
