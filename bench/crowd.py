"""A database for measuring only: as many published commitments as asked for, by plain inserts.

Twenty-five commitments a champion, each with a target, an approved figure and a window behind it. Nothing here
went through the operations, so it is never loaded beside anything else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from config import Settings
from impact.actor import SYSTEM
from impact.app import create_app
from impact.champions.models import Champion
from impact.commitments.models import Commitment, Target
from impact.db import db, transaction
from impact.indicators.models import Indicator
from impact.indicators.operations import load_catalogue
from impact.progress.models import Figure

PER_CHAMPION = 25
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
SECRET = "a secret of the bench, long enough to be one"


def settings(folder: Path, **changes: Any) -> Settings:
    return Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'bench.sqlite'}",
        storage_url=f"file://{folder / 'files'}",
        mail_url=f"file://{folder / 'mail'}",
        secret_key=SECRET,
        log_level="WARNING",
        **changes,
    )


def make(folder: Path, commitments: int) -> Flask:
    """An application over a new database with so many published commitments; its page cache is off."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(settings(folder, page_cache_mb=0))
    with app.app_context():
        upgrade()
        with transaction():
            load_catalogue(SYSTEM)
        with transaction():
            _fill(commitments)
        db.session.remove()
    return app


def _fill(number: int) -> None:
    champions = max(1, number // PER_CHAMPION)
    shares = [row.id for row in db.session.query(Indicator).filter_by(unit="percent", direction="up").limit(8)] or [
        row.id for row in db.session.query(Indicator).limit(8)
    ]
    db.session.execute(
        insert(Champion),
        [
            {
                "id": index + 1,
                "slug": f"champion-{index + 1}",
                "constituency": ("government", "corporation", "university")[index % 3],
                "name": f"Measured organisation {index + 1}",
                "country": "FRA",
                "standing": "active",
                "names": {},
                "created_at": BEGAN,
            }
            for index in range(champions)
        ],
    )
    db.session.execute(insert(Commitment), [_commitment(index, champions) for index in range(number)])
    db.session.execute(
        insert(Target), [_target(index, shares[index // champions % len(shares)]) for index in range(number)]
    )
    db.session.execute(insert(Figure), [_figure(index) for index in range(number)])


def _commitment(index: int, champions: int) -> dict[str, Any]:
    at = BEGAN + timedelta(minutes=index)
    return {
        "id": index + 1,
        "public_id": f"c{index + 1}",
        "champion_id": index % champions + 1,
        "state": "published",
        "headline": f"Raise the share of women among the senior staff of division {index + 1}",
        "why": "Because half of those who could lead are women.",
        "starts_on": date(2020, 1, 1),
        "ends_on": date(2029, 12, 31),
        "themes": [],
        "typed": {},
        "warning_answers": {},
        "created_at": at,
        "published_at": at,
        "is_recorded": True,
        "recorded_source": "https://measured.example",
    }


def _target(index: int, indicator: int) -> dict[str, Any]:
    return {
        "id": index + 1,
        "public_id": f"t{index + 1}",
        "commitment_id": index + 1,
        "position": 1,
        "indicator_id": indicator,
        "scope": "all senior staff",
        "kind": "level",
        "baseline_value": Decimal(20),
        "baseline_date": date(2019, 12, 31),
        "baseline_source": "Staff records",
        "value": Decimal(40),
        "due": date(2029, 12, 31),
        "typed": {},
    }


def _figure(index: int) -> dict[str, Any]:
    return {
        "public_id": f"f{index + 1}",
        "target_id": index + 1,
        "on": date(2024, 12, 31),
        "value": Decimal(22 + index % 12),
        "parts": {},
        "typed": {},
        "entered_at": BEGAN,
        "approved_at": BEGAN,
        "recorded_source": "https://measured.example",
    }
