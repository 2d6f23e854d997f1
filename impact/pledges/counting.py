"""The counts: changes are folded in by one job, and a recount proves them against the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update

from impact.db import db
from impact.jobs import every
from impact.pledges.models import Pledge, PledgeChange, PledgeCount

#: Any number: the key of PostgreSQL's advisory lock under which counts change, one writer at a time.
_COUNT_LOCK = 10_10_11
#: As many changes are folded in one transaction.
AT_ONCE = 20_000

Cell = tuple[str, str]


def note(country: str, gender: str, change: int) -> None:
    """In the transaction of the change itself: kept with it or not at all."""
    db.session.execute(insert(PledgeChange).values(country=country, gender=gender, change=change))


@every(15, "fold_pledges")
def fold() -> int:
    """Add what came and went to the counts; how many changes there were."""
    _one_at_a_time()
    rows = db.session.execute(
        select(PledgeChange.id, PledgeChange.country, PledgeChange.gender, PledgeChange.change)
        .order_by(PledgeChange.id)
        .limit(AT_ONCE)
    ).all()
    if not rows:
        return 0
    changes: Counter[Cell] = Counter()
    for row in rows:
        changes[row.country, row.gender] += row.change
    _add(changes)
    # By their numbers, not "up to": a change with a lower number may be committed later than one with a higher.
    ids = [row.id for row in rows]
    for begin in range(0, len(ids), 500):
        db.session.execute(delete(PledgeChange).where(PledgeChange.id.in_(ids[begin : begin + 500])))
    return len(rows)


def _add(changes: Counter[Cell]) -> None:
    for (country, gender), change in sorted(changes.items()):
        if not change:
            continue
        here = (PledgeCount.country == country, PledgeCount.gender == gender)
        found = db.session.execute(update(PledgeCount).where(*here).values(count=PledgeCount.count + change))
        if not found.rowcount:  # type: ignore[attr-defined]
            db.session.execute(insert(PledgeCount).values(country=country, gender=gender, count=change))


def _one_at_a_time() -> None:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _COUNT_LOCK})


@dataclass(frozen=True)
class Recount:
    """What the rows say beside what was counted; `differences` are (country, gender, counted, rows)."""

    rows: int
    counted: int
    waiting: int
    differences: tuple[tuple[str, str, int, int], ...]


def counting() -> tuple[ColumnElement[bool], ...]:
    """The condition under which a pledge counts."""
    return Pledge.confirmed_at.is_not(None), Pledge.invalid_at.is_(None)


def recount(*, mend: bool = True) -> Recount:
    """Count the rows and put the counts right; the changes that wait are in the rows already, so they go.

    At the beginning of a transaction: on PostgreSQL everything is read as of one moment, so that a pledge that is
    confirmed meanwhile is in neither the rows nor the changes that go.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    _one_at_a_time()
    waiting = db.session.scalar(select(func.coalesce(func.sum(PledgeChange.change), 0))) or 0
    rows: dict[Cell, int] = {
        (country, gender): count
        for country, gender, count in db.session.execute(
            select(Pledge.country, Pledge.gender, func.count())
            .where(*counting())
            .group_by(Pledge.country, Pledge.gender)
        )
    }
    counted: Counter[Cell] = Counter()
    for country, gender, count in db.session.execute(
        select(PledgeCount.country, PledgeCount.gender, PledgeCount.count)
    ):
        counted[country, gender] += count
    for country, gender, change in db.session.execute(
        select(PledgeChange.country, PledgeChange.gender, func.sum(PledgeChange.change)).group_by(
            PledgeChange.country, PledgeChange.gender
        )
    ):
        counted[country, gender] += change
    differences = tuple(
        (country, gender, counted[country, gender], rows.get((country, gender), 0))
        for country, gender in sorted({*rows, *counted})
        if counted[country, gender] != rows.get((country, gender), 0)
    )
    if mend:
        db.session.execute(delete(PledgeChange))
        db.session.execute(delete(PledgeCount))
        if rows:
            db.session.execute(
                insert(PledgeCount),
                [{"country": country, "gender": gender, "count": count} for (country, gender), count in rows.items()],
            )
    return Recount(sum(rows.values()), counted.total(), int(waiting), differences)
