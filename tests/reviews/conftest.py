"""A champion with its people, and staff of every kind."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from impact.actor import Actor, Role
from impact.champions.models import Champion
from impact.reviews import subjects
from tests.reviews import filing


@dataclass
class Cast:
    champion: Champion
    writer: Actor
    viewer: Actor
    noor: Actor
    ada: Actor
    both: Actor


@pytest.fixture
def cast(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """`noor` reviews, `ada` approves, `both` may do either; `writer` coordinates the champion."""
    monkeypatch.setattr(subjects, "_KINDS", dict(subjects._KINDS))
    filing.register_the_kind()
    of = filing.champion()
    return Cast(
        champion=of,
        writer=filing.member(of, "Lea", Role.COORDINATOR),
        viewer=filing.member(of, "Vera", Role.VIEWER),
        noor=filing.staff("Noor", Role.REVIEWER),
        ada=filing.staff("Ada", Role.APPROVER),
        both=filing.staff("Bo", Role.REVIEWER, Role.APPROVER),
    )
