"""Taking pledges out of the count by a rule, with a look beforehand; and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.pledges import counting
from impact.pledges.models import Invalidation, Pledge

COLUMNS = {"network": Pledge.network, "domain": Pledge.domain}
MOST_DAYS = 14


@dataclass(frozen=True)
class Rule:
    """All pledges of a network (its keyed hash) or of a provider of mail, made within this time."""

    rule: str
    value: str
    since: datetime
    until: datetime

    def chosen(self) -> tuple[Any, ...]:
        return (
            COLUMNS[self.rule] == self.value,
            Pledge.created_at >= self.since,
            Pledge.created_at <= self.until,
            Pledge.invalid_at.is_(None),
        )


@dataclass(frozen=True)
class Preview:
    """What a rule would take out: pledges in all, those that count, and {country: those that count}."""

    pledges: int
    counted: int
    countries: dict[str, int]


def rule_of(rule: str, value: str, days: int) -> Rule:
    """The rule for the last days up to now. Raises Invalid."""
    if rule not in COLUMNS or not value.strip() or not 1 <= days <= MOST_DAYS:
        raise Invalid(N_("Name a network or a provider of the list, and 1 to 14 days."))
    now = clock.now()
    return Rule(rule, value[:253], now - timedelta(days=days), now)


def preview(rule: Rule, actor: Actor) -> Preview:
    """Nothing is changed by looking."""
    require(actor, Action.PLEDGES_MANAGE)
    pledges = db.session.scalar(select(func.count()).select_from(Pledge).where(*rule.chosen())) or 0
    rows = db.session.execute(
        select(Pledge.country, func.count())
        .where(*rule.chosen(), Pledge.confirmed_at.is_not(None))
        .group_by(Pledge.country)
        .order_by(func.count().desc())
    )
    countries = {row[0]: int(row[1]) for row in rows}
    return Preview(pledges, sum(countries.values()), countries)


def invalidate(rule: Rule, reason: str, actor: Actor) -> Invalidation:
    """They count no more; the counts go down with the next folding. Raises Invalid without a reason."""
    require(actor, Action.PLEDGES_MANAGE)
    if not reason.strip():
        fault = N_("Say why these pledges are taken out of the count")
        raise Invalid(fault, {"reason": (fault, {})})
    made = Invalidation(
        rule=rule.rule,
        value=rule.value,
        since=rule.since,
        until=rule.until,
        reason=reason.strip()[:2000],
        made_at=clock.now(),
        made_by_id=actor.person_id,
    )
    db.session.add(made)
    db.session.flush()
    rows = db.session.execute(
        update(Pledge)
        .where(*rule.chosen())
        .values(invalid_at=clock.now(), invalid_because="rule", invalidation_id=made.id)
        .returning(Pledge.country, Pledge.gender, Pledge.confirmed_at)
        .execution_options(synchronize_session=False)
    ).all()
    made.removed = len(rows)
    for row in rows:
        if row.confirmed_at is not None:
            counting.note(row.country, row.gender, -1)
    details = {"rule": rule.rule, "value": rule.value, "since": rule.since, "until": rule.until, "removed": len(rows)}
    record(actor, "pledges_invalidated", made, reason=made.reason, details=details)
    return made


def undo(made: Invalidation, actor: Actor) -> int:
    """They count again; how many. Raises InvalidState where it was undone before."""
    require(actor, Action.PLEDGES_MANAGE)
    if made.undone_at is not None:
        raise InvalidState(N_("This was undone already."))
    made.undone_at = clock.now()
    rows = db.session.execute(
        update(Pledge)
        .where(Pledge.invalidation_id == made.id)
        .values(invalid_at=None, invalid_because="", invalidation_id=None)
        .returning(Pledge.country, Pledge.gender, Pledge.confirmed_at)
        .execution_options(synchronize_session=False)
    ).all()
    for row in rows:
        if row.confirmed_at is not None:
            counting.note(row.country, row.gender, 1)
    record(actor, "pledges_restored", made, details={"restored": len(rows)})
    return len(rows)
