"""A pledge in a few words, and its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from impact.db import db, transaction
from impact.jobs import run_waiting
from impact.mail import Letter
from impact.pledges import operations
from impact.pledges.models import Pledge

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
HOME = "203.0.113.7"

TakePledge = Callable[..., Pledge | None]


@pytest.fixture
def now() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def pledged(app: Flask, now: time_machine.Coordinates) -> TakePledge:
    """Somebody pledges from a network; the letter is sent. Gives the row of the mailbox."""

    def take(email: str = "ana@example.org", network: str = HOME, **given: Any) -> Pledge | None:
        with transaction():
            operations.take(operations.Given(email=email, language="en", **given), network)
        run_waiting()
        db.session.expire_all()
        return db.session.scalar(select(Pledge).where(Pledge.address_key == operations.keys.of_address(email)).limit(1))

    return take


def letters(template: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.template == template).order_by(Letter.id)))
