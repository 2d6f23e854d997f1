"""Letters that the calendar writes to coordinators: a year's figures are asked for, soon due, due, late; a commitment
comes to its end, or to the day on which it expires.

Each occasion once for each organisation. A day on which no worker ran loses nothing: the letter of the present occasion
is written on the next, and one whose time has gone by is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from impact import clock
from impact.actor import SYSTEM
from impact.audit.operations import record
from impact.champions.models import Champion, Standing
from impact.commitments.endings import GRACE
from impact.commitments.models import Commitment
from impact.db import db
from impact.jobs.registry import every
from impact.mail import send
from impact.progress.models import CalendarLetter, ReportingWindow
from impact.progress.queries import Lateness, standings_in
from impact.progress.reminders import about_figures, writers_of

#: Days before the due date on which it is "soon".
SOON = timedelta(days=14)
#: Nobody is told of a lateness that is this old: whoever has not answered by then has had the other letters.
LATE_FOR = timedelta(days=60)
#: Days before its end, and before it expires, on which a commitment's organisation hears of it.
BEFORE_END = timedelta(days=60)
BEFORE_EXPIRY = timedelta(days=30)
_TEMPLATES = {
    "opened": "figures_open",
    "due_soon": "figures_due",
    "in_grace": "figures_due",
    "late": "figures_due",
}


@every(24 * 3600, "calendar_letters")
def write_letters() -> None:
    """What is to be told today."""
    tell_of_windows(clock.today())
    tell_of_endings(clock.today())


def occasion_of(window: ReportingWindow, lateness: Lateness, today: date) -> str:
    """opened, due_soon, in_grace or late; "" where there is nothing to say."""
    if lateness.state == "open":
        return "due_soon" if today >= window.due_on - SOON else "opened"
    if lateness.state == "in_grace":
        return "in_grace"
    return "late" if lateness.is_late and lateness.days_late <= LATE_FOR.days else ""


def tell_of_windows(today: date) -> int:
    """A letter to each coordinator for each window and occasion, naming all their organisations; how many letters."""
    windows = db.session.scalars(
        select(ReportingWindow)
        .where(ReportingWindow.opens_on <= today, ReportingWindow.due_on >= today - timedelta(days=366) - LATE_FOR)
        .order_by(ReportingWindow.due_on, ReportingWindow.id)
    ).all()
    told = _told(f"window:{window.id}" for window in windows)
    letters = 0
    for window, rows in standings_in(windows, today):
        by_occasion: dict[str, list[Champion]] = {}
        for row in rows:
            occasion = occasion_of(window, row.lateness, today)
            key = (row.champion.id, occasion, f"window:{window.id}")
            if occasion and row.champion.standing == Standing.ACTIVE and key not in told:
                by_occasion.setdefault(occasion, []).append(row.champion)
        for occasion, champions in by_occasion.items():
            letters += _tell_of_window(window, occasion, champions)
    return letters


def _tell_of_window(window: ReportingWindow, occasion: str, champions: Sequence[Champion]) -> int:
    people = writers_of([champion.id for champion in champions], ("coordinator",))
    for person, champion_ids in people:
        about = [champion for champion in champions if champion.id in champion_ids]
        send(person.email, person.language, _TEMPLATES[occasion], about_figures(person, about, window))
    _note(champions, occasion, f"window:{window.id}")
    slugs = [champion.slug for champion in champions]
    details = {"occasion": occasion, "organisations": slugs, "letters": len(people)}
    record(SYSTEM, "reminded_of_figures", window, details=details)
    return len(people)


def tell_of_endings(today: date) -> int:
    """A letter before a commitment's period is over, and one before it expires; how many letters."""
    commitments = db.session.scalars(
        select(Commitment)
        .join(Champion, Champion.id == Commitment.champion_id)
        .where(
            Commitment.state == "published",
            Commitment.is_recorded.is_(False),
            Champion.standing == Standing.ACTIVE,
            Commitment.ends_on.between(today - GRACE, today + BEFORE_END),
        )
        .order_by(Commitment.id)
    ).all()
    told = _told(f"commitment:{commitment.id}" for commitment in commitments)
    letters = 0
    for commitment in commitments:
        assert commitment.ends_on is not None
        occasion = ""
        if today <= commitment.ends_on:
            occasion = "ending"
        elif today >= commitment.ends_on + GRACE - BEFORE_EXPIRY:
            occasion = "expiring"
        if occasion and (commitment.champion_id, occasion, f"commitment:{commitment.id}") not in told:
            letters += _tell_of_ending(commitment, occasion)
    return letters


def _tell_of_ending(commitment: Commitment, occasion: str) -> int:
    people = writers_of([commitment.champion_id], ("coordinator",))
    assert commitment.ends_on is not None
    for person, _champion_ids in people:
        context = {
            "name": person.name,
            "is_over": occasion == "expiring",
            "headline": commitment.headline,
            "ends_on": commitment.ends_on,
            "expires_on": commitment.ends_on + GRACE,
            "slug": commitment.champion.slug,
            "public_id": commitment.public_id,
        }
        send(person.email, person.language, "commitment_ending", context)
    _note([commitment.champion], occasion, f"commitment:{commitment.id}")
    record(SYSTEM, "reminded_of_end", commitment, details={"occasion": occasion, "letters": len(people)})
    return len(people)


def _told(about: Iterable[str]) -> set[tuple[int, str, str]]:
    rows = db.session.scalars(select(CalendarLetter).where(CalendarLetter.about.in_(list(about))))
    return {(row.champion_id, row.occasion, row.about) for row in rows}


def _note(champions: Iterable[Champion], occasion: str, about: str) -> None:
    """The constraint of the table, not this room's care, keeps a second worker from writing the same letters."""
    now = clock.now()
    for champion in champions:
        db.session.add(CalendarLetter(champion_id=champion.id, occasion=occasion, about=about, written_at=now))
    db.session.flush()
