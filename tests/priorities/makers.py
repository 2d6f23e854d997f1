"""Champions and promises of these tests, made up; the gaps are those of the excerpt that ships."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from impact.accounts.operations import person_for
from impact.actor import SYSTEM
from impact.champions.models import Champion
from impact.commitments.models import Commitment, Target
from impact.db import db, transaction
from impact.indicators.models import Indicator
from impact.indicators.operations import load_catalogue
from impact.progress.models import Figure
from tests.progress.makers import NOW


def a_catalogue() -> None:
    with transaction():
        load_catalogue(SYSTEM)


def an_organisation(name: str, country: str = "JPN", constituency: str = "government", **changes: Any) -> Champion:
    values: dict[str, Any] = {"standing": "active", "sector": "", **changes}
    champion = Champion(
        slug=name.lower().replace(" ", "-"), name=name, country=country, constituency=constituency, created_at=NOW,
        **values,
    )  # fmt: skip
    with transaction():
        db.session.add(champion)
    return champion


def a_promise(champion: Champion, code: str, value: str | None = None, **changes: Any) -> Commitment:
    """A commitment with one target on an indicator; `value` is its published starting point."""
    with transaction():
        approver = person_for("approver@example.org", "Approver")
        values: dict[str, Any] = {
            "state": "published",
            "published_at": NOW,
            "approved_at": NOW,
            "approved_by_id": approver.id,
            **changes,
        }
        commitment = Commitment(champion=champion, headline=f"A promise of {champion.name}", created_at=NOW, **values)
        commitment.targets.append(
            Target(
                indicator=db.session.scalars(select(Indicator).where(Indicator.code == code)).one(),
                kind="level",
                baseline_value=None if value is None else Decimal(value),
                baseline_date=date(2018, 12, 31),
                value=Decimal(40),
                due=date(2020, 12, 31),
            )
        )
        db.session.add(commitment)
    return commitment


def a_figure(promise: Commitment, value: str, counted: int, whole: int) -> None:
    """An approved figure of a year later than the starting point."""
    with transaction():
        db.session.add(
            Figure(
                target=promise.targets[0],
                on=date(2019, 12, 31),
                value=Decimal(value),
                numerator=Decimal(counted),
                denominator=Decimal(whole),
                recorded_source="A public report",
                entered_at=NOW,
                approved_at=NOW,
            )
        )
