"""Load the demonstration data through the operations; repeating it doubles nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.accounts import passwords
from impact.accounts.models import Person
from impact.accounts.operations import give_staff_role, person_for
from impact.actor import SYSTEM, Actor, Role
from impact.champions import operations as champions
from impact.champions.models import Champion, Cohort
from impact.champions.operations import Particulars
from impact.champions.queries import actor_for
from impact.commitments.amendments import record_amendment
from impact.commitments.models import Target
from impact.commitments.operations import record_from_public_source
from impact.db import db
from impact.demo import annual_reports, stage
from impact.demo.founding import Baseline, FoundingTarget, founding_champions
from impact.demo.people import ORGANISATIONS, PASSWORD, STAFF, DemoOrganisation, DemoPerson
from impact.demo.story import tell
from impact.economies.operations import load_shipped
from impact.indicators.operations import load_catalogue
from impact.progress.operations import record_figure


def load_all() -> None:
    """Catalogue, country figures, staff, founding cohort with its thirty seats, demonstration cohort with three invented champions."""
    load_catalogue(SYSTEM)
    load_shipped(SYSTEM)
    for person in STAFF:
        give_staff_role(_person(person), person.role, SYSTEM)
    _founding_cohort()
    _demonstration_cohort()


def _person(wanted: DemoPerson) -> Person:
    person = person_for(wanted.email, wanted.name, is_demonstration=True)
    if person.password_hash is None:
        person.password_hash = _hash()
    return person


_hashes: list[str] = []


def _hash() -> str:
    # One hash for all: twenty of them would cost a second of every first start, for a password that is printed.
    if not _hashes:
        _hashes.append(passwords.hashed(PASSWORD))
    return _hashes[0]


def _cohort(slug: str) -> Cohort | None:
    return db.session.scalar(select(Cohort).where(Cohort.slug == slug))


def _founding_cohort() -> None:
    cohort = _cohort("founding") or champions.create_cohort(
        "Founding cohort", date(2015, 1, 1), date(2015, 12, 31), SYSTEM, slug="founding", is_founding=True
    )
    known = set(db.session.scalars(select(Champion.slug)))
    for champion in founding_champions():
        if champion.slug in known:
            continue
        recorded = champions.record_from_public_source(
            cohort,
            slug=champion.slug,
            constituency=champion.constituency,
            name=champion.names["en"],
            names=champion.names,
            country=champion.country,
            sector=champion.sector,
            website=champion.website,
            terms=[
                {
                    "name": term.name,
                    "office": term.office,
                    "since": term.since.on,
                    "until": term.until.on,
                    "source": term.source,
                }
                for term in champion.terms
            ],
            note=champion.note,
            actor=SYSTEM,
        )
        for commitment in champion.commitments:
            made = record_from_public_source(
                recorded,
                headline=commitment.headline,
                why=commitment.context,
                themes=commitment.themes,
                targets=[_target(target) for target in commitment.targets],
                source=commitment.source,
                recorded_on=clock.today(),
                second_hand=commitment.second_hand,
                actor=SYSTEM,
            )
            for target, published in zip(made.targets, commitment.targets, strict=True):
                _later(target, published)


def _later(target: Target, published: FoundingTarget) -> None:
    """What later public texts say: figures, and changes of the target (dated by their recording: no day was read)."""
    for change in published.amendments:
        record_amendment(
            target.commitment,
            changes={(target.public_id, change.field): date.fromisoformat(change.new)},
            reason_code=change.reason_code,
            note=change.note,
            source=change.source,
            effective_on=change.on.on or clock.today(),
            actor=SYSTEM,
        )
    for figure in published.figures:
        if figure.on.on is not None:
            record_figure(target, figure.on.on, figure.value, None, None, figure.source, figure.on.is_year, SYSTEM)


def _target(target: FoundingTarget) -> dict[str, Any]:
    """The columns of a target as far as a public source gives them; what is unknown stays empty."""
    baseline = target.baseline
    return {
        "indicator": target.indicator,
        "scope": target.scope,
        "kind": target.kind,
        "inner_kind": target.inner_kind,
        "value": target.value,
        "value_denominator": target.value_denominator,
        "due": target.due.on,
        "due_is_year": target.due.is_year,
        "method": target.method,
        "baseline_value": _value(baseline) if baseline else None,
        "baseline_numerator": baseline.numerator if baseline else None,
        "baseline_denominator": baseline.denominator if baseline else None,
        "baseline_date": baseline.on.on if baseline else None,
        "baseline_is_year": baseline.on.is_year if baseline else False,
        "baseline_source": baseline.source if baseline else "",
        "condition_words": target.condition.words if target.condition else "",
        "condition_operator": target.condition.operator if target.condition else "",
        "condition_threshold": target.condition.threshold if target.condition else None,
        "milestones": [
            {"on": milestone.on.on, "value": milestone.value, "title": ""} for milestone in target.milestones
        ],
    }


def _value(baseline: Baseline) -> Decimal | None:
    """The published value; where only the two counts were published, the share that they give."""
    if baseline.value is not None:
        return baseline.value
    if baseline.numerator is None or not baseline.denominator:
        return None
    return round(100 * baseline.numerator / baseline.denominator, 6)


def _demonstration_cohort() -> None:
    first = stage.first_year()
    begins = date(first, 1, 1)
    with clock.as_of(begins):
        cohort = _cohort("demonstration") or champions.create_cohort(
            "Demonstration cohort",
            begins,
            date(first + 5, 12, 31),
            SYSTEM,
            slug="demonstration",
            is_demonstration=True,
        )
        known = set(db.session.scalars(select(Champion.slug)))
        for organisation in ORGANISATIONS:
            if organisation.slug not in known:
                _admit(organisation, cohort)
    tell(cohort)
    for organisation in ORGANISATIONS:
        champion = db.session.scalars(select(Champion).where(Champion.slug == organisation.slug)).one()
        domain = _coordinator(organisation).email.partition("@")[2].removesuffix(".example")
        annual_reports.publish(stage.troupe(champion, domain))
    annual_reports.publish_many(_manager(), stage.who("approver@demo.example"))


def _coordinator(organisation: DemoOrganisation) -> DemoPerson:
    return next(person for person in organisation.people if person.role == Role.COORDINATOR)


def _admit(organisation: DemoOrganisation, cohort: Cohort) -> None:
    """The whole way in: application, confirmation, due diligence, admission, people."""
    manager = _manager()
    first = _coordinator(organisation)
    _application, token = champions.apply(
        Particulars(
            constituency=organisation.constituency,
            name=organisation.name,
            country=organisation.country,
            sector=organisation.sector,
            size=organisation.size,
            website=f"https://{organisation.slug}.example.org",
            leader_name=organisation.leader,
            leader_office=organisation.office,
            leader_since=cohort.pilot_starts,
            contact_name=first.name,
            contact_email=first.email,
            statement=organisation.statement,
        ),
        language="en",
        accepts_terms=True,
        is_demonstration=True,
    )
    application, _contact, _password_token = champions.confirm(token)
    champions.record_diligence(
        application,
        "Demonstration: no finding.",
        "Demonstration: large enough to be followed.",
        "Demonstration: the leader signs in person.",
        manager,
    )
    champion = champions.admit(application, cohort, manager, slug=organisation.slug)
    for wanted in organisation.people:
        person = _person(wanted)
        if wanted.role != Role.COORDINATOR:
            champions.add_member(champion, person, wanted.role, SYSTEM)


def _manager() -> Actor:
    person = person_for("manager@demo.example", "Mina Sample", is_demonstration=True)
    db.session.refresh(person)
    return actor_for(person)
