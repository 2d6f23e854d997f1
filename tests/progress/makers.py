"""An organisation with a published commitment, a window, and the people who act in the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from impact.accounts.models import Person
from impact.accounts.operations import person_for
from impact.actor import Actor, Role
from impact.champions.models import Champion, Cohort, CohortPlace
from impact.commitments.models import Commitment, Target
from impact.db import db
from impact.indicators.models import Indicator
from impact.progress import operations
from impact.progress.models import Figure, ProgressReport, ReportingWindow
from impact.reviews import operations as reviews
from impact.reviews.criteria import OF_A_YEAR
from impact.reviews.models import Review

#: The day on which the tests of this room take place.
NOW = datetime(2019, 5, 10, 9, 0, tzinfo=UTC)


@dataclass
class World:
    champion: Champion
    cohort: Cohort
    commitment: Commitment
    target: Target
    coordinator: Actor
    reviewer: Actor
    approver: Actor
    manager: Actor


def actor(name: str, *staff: Role, champion: Champion | None = None, role: Role | None = None) -> Actor:
    person: Person = person_for(f"{name}@example.org", name.title())
    memberships = frozenset({(champion.id, role)}) if champion and role else frozenset()
    ties = frozenset({champion.id}) if champion and role else frozenset()
    return Actor(person.id, person.name, frozenset(staff), memberships, ties)


def an_indicator(code: str = "UNI-PROF", **changes: Any) -> Indicator:
    values: dict[str, Any] = {
        "code": code,
        "slug": code.lower(),
        "name": {"en": "Women among full professors"},
        "short_what": {"en": "the share of women among full professors"},
        "constituencies": ["university"],
        "theme": "leadership",
        "unit": "percent",
        "direction": "parity",
        "numerator": {"en": "Women"},
        "denominator": {"en": "All full professors"},
        "disaggregation": [],
        "definition": {"en": "Heads."},
        "added_at": NOW,
        **changes,
    }
    indicator = Indicator(**values)
    db.session.add(indicator)
    db.session.flush()
    return indicator


def a_champion(name: str = "Example University", **changes: Any) -> Champion:
    champion = Champion(
        slug=name.lower().replace(" ", "-"),
        constituency="university",
        name=name,
        country="FRA",
        standing="active",
        created_at=NOW,
        **changes,
    )
    db.session.add(champion)
    db.session.flush()
    return champion


def a_target(commitment: Commitment, indicator: Indicator, **changes: Any) -> Target:
    values: dict[str, Any] = {
        "scope": "full professors, permanent staff",
        "kind": "level",
        "baseline_value": Decimal(19),
        "baseline_numerator": Decimal(76),
        "baseline_denominator": Decimal(400),
        "baseline_date": date(2015, 4, 30),
        "baseline_source": "Staff records",
        "value": Decimal(30),
        "due": date(2020, 12, 31),
        **changes,
    }
    target = Target(indicator=indicator, **values)
    commitment.targets.append(target)
    db.session.flush()
    return target


def a_world(recorded: bool = False) -> World:
    champion = a_champion(is_recorded=recorded)
    cohort = Cohort(slug="first", name="First cohort", pilot_starts=date(2015, 1, 1), pilot_ends=date(2020, 12, 31))
    db.session.add(cohort)
    db.session.flush()
    db.session.add(
        CohortPlace(cohort=cohort, champion=champion, constituency="university", seat=1, admitted_on=date(2015, 1, 1))
    )
    approver = actor("approver", Role.APPROVER)
    commitment = Commitment(
        champion=champion,
        state="published",
        headline="Raise the share of women among full professors",
        starts_on=date(2015, 5, 1),
        ends_on=date(2020, 12, 31),
        created_at=NOW,
        published_at=NOW,
        approved_at=NOW,
        approved_by_id=approver.person_id,
        is_recorded=recorded,
        recorded_source="https://example.org/report" if recorded else "",
    )
    db.session.add(commitment)
    target = a_target(commitment, an_indicator())
    return World(
        champion,
        cohort,
        commitment,
        target,
        actor("coordinator", champion=champion, role=Role.COORDINATOR),
        actor("reviewer", Role.REVIEWER),
        approver,
        actor("manager", Role.PROGRAMME_MANAGER),
    )


def a_window(world: World, year: int = 2018) -> ReportingWindow:
    """The calendar year, open from 1 January after it, due on 31 March, with 30 days of grace."""
    return operations.open_window(
        world.cohort,
        year,
        date(year, 1, 1),
        date(year, 12, 31),
        date(year + 1, 1, 1),
        date(year + 1, 3, 31),
        30,
        world.manager,
    )


def a_figure(world: World, year: int = 2018) -> Figure:
    report = operations.open_report(world.champion, a_window(world, year), world.coordinator)
    return report.figures[0]


def review_of(report: ProgressReport) -> Review:
    review = db.session.scalar(
        select(Review)
        .where(Review.subject_kind == "progress_report", Review.subject_id == report.id)
        .order_by(Review.round.desc())
        .limit(1)
    )
    assert review is not None
    return review


def recommended(report: ProgressReport, world: World, by: Actor | None = None) -> Review:
    """Handed in, claimed, scored and recommended."""
    reviewer = by or world.reviewer
    operations.submit_report(report, world.coordinator)
    review = review_of(report)
    reviews.claim(review, reviewer)
    reviews.score(review, dict.fromkeys(OF_A_YEAR, 2), reviewer)
    reviews.recommend(review, "The counts fit the records.", reviewer)
    return review


def approved(report: ProgressReport, world: World) -> ProgressReport:
    """Through review and second look."""
    reviews.approve(recommended(report, world), "Agreed.", world.approver)
    return report


COUNTS = {"numerator": Decimal(101), "denominator": Decimal(419), "source": "Staff records, 2018"}
