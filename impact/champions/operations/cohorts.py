"""Cohorts and their seats: taking one, leaving it, offering it to the next, closing with an evaluation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from impact import clock, mail
from impact.actor import SYSTEM, Actor
from impact.audit.operations import record
from impact.champions.models import (
    Application,
    ApplicationState,
    Champion,
    Cohort,
    CohortPlace,
    CohortState,
    Constituency,
    PlaceOutcome,
    Standing,
    StandingChange,
)
from impact.champions.rules import require_words, slug_from
from impact.champions.workflow import APPLICATION, COHORT, STANDINGS
from impact.db import db, flush_or_conflict
from impact.errors import Full, Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.workflow import move


def create_cohort(
    name: str,
    pilot_starts: date,
    pilot_ends: date,
    actor: Actor,
    *,
    seats_government: int = 10,
    seats_corporation: int = 10,
    seats_university: int = 10,
    slug: str = "",
    is_demonstration: bool = False,
    is_founding: bool = False,
) -> Cohort:
    """Open a cohort. Raises Invalid for a pilot period that does not end after it starts, InvalidState for a name taken."""
    require(actor, Action.COHORT_MANAGE)
    require_words(name=(name, N_("Give the cohort a name")))
    if pilot_ends <= pilot_starts:
        raise Invalid(N_("Check the dates."), {"pilot_ends": (N_("The pilot period must end after it starts"), {})})
    seats = {
        "seats_government": seats_government,
        "seats_corporation": seats_corporation,
        "seats_university": seats_university,
    }
    for field, number in seats.items():
        if not 0 <= number <= 100:
            raise Invalid(N_("Check the seats."), {field: (N_("Give a number of seats from 0 to 100"), {})})
    address = slug or slug_from(name)
    if not address:
        raise Invalid(
            N_("Check the name."), {"name": (N_("Use Latin letters or digits: the address is made of it"), {})}
        )
    if db.session.scalar(select(Cohort.id).where(Cohort.slug == address)):
        raise Invalid(N_("Check the name."), {"name": (N_("There is a cohort of this name. Give another"), {})})
    cohort = Cohort(
        slug=address,
        name=name.strip(),
        pilot_starts=pilot_starts,
        pilot_ends=pilot_ends,
        is_demonstration=is_demonstration,
        is_founding=is_founding,
        **seats,
    )
    db.session.add(cohort)
    flush_or_conflict(N_("There is a cohort of this name. Give another."))
    record(actor, "cohort_created", cohort, details={"name": name, **seats})
    return cohort


def take_seat(
    cohort: Cohort, champion: Champion, *, on: date | None = None, offered_to: Application | None = None
) -> CohortPlace:
    """Give the champion the lowest free seat of its constituency.

    Seats that are offered to somebody else count as taken. The cohort's row is locked, so that two managers take
    their seats one after the other; should two ever want the same seat, the unique index lets only one have it.
    Raises InvalidState when no seat is free or the cohort is closed.
    """
    db.session.flush()
    db.session.refresh(cohort, with_for_update=True)
    if cohort.state != CohortState.OPEN:
        raise InvalidState(N_("This cohort is closed."))
    taken = set(
        db.session.scalars(
            select(CohortPlace.seat).where(
                CohortPlace.cohort_id == cohort.id,
                CohortPlace.constituency == champion.constituency,
                CohortPlace.left_on.is_(None),
            )
        )
    )
    seats = cohort.seats_for(champion.constituency)
    reserved = _offers(cohort, champion.constituency, but=offered_to)
    free = [seat for seat in range(1, seats + 1) if seat not in taken]
    if len(free) - reserved < 1:
        raise Full(
            N_("No seat of this constituency is free in %(cohort)s. Put the application on the waiting list."),
            cohort=cohort.name,
        )
    place = CohortPlace(
        cohort_id=cohort.id,
        champion_id=champion.id,
        constituency=champion.constituency,
        seat=free[0],
        admitted_on=on or clock.today(),
    )
    db.session.add(place)
    flush_or_conflict(N_("Somebody else took this seat at the same moment. Look at the cohort and decide again."))
    return place


def _offers(cohort: Cohort, constituency: str, but: Application | None = None) -> int:
    """How many seats are offered and not yet answered, without the offer to `but`."""
    question = (
        select(func.count())
        .select_from(Application)
        .where(
            Application.cohort_id == cohort.id,
            Application.constituency == constituency,
            Application.state == ApplicationState.OFFERED,
        )
    )
    if but is not None:
        question = question.where(Application.id != but.id)
    return db.session.scalar(question) or 0


def leave_seat(place: CohortPlace, outcome: PlaceOutcome, actor: Actor) -> None:
    """The champion leaves its seat today; where the cohort is open, the next on the waiting list is offered it."""
    if place.left_on is not None:
        return
    place.left_on = max(clock.today(), place.admitted_on)
    place.outcome = outcome.value
    db.session.flush()
    if place.cohort.state == CohortState.OPEN:
        offer_next(place.cohort, place.constituency, actor)


def offer_next(cohort: Cohort, constituency: str, actor: Actor = SYSTEM) -> Application | None:
    """Offer a free seat to whoever waits longest for this cohort, with a letter; None where nobody waits or none is free."""
    db.session.flush()
    db.session.refresh(cohort, with_for_update=True)
    if cohort.state != CohortState.OPEN:
        return None
    taken = db.session.scalar(
        select(func.count())
        .select_from(CohortPlace)
        .where(
            CohortPlace.cohort_id == cohort.id,
            CohortPlace.constituency == constituency,
            CohortPlace.left_on.is_(None),
        )
    )
    if (taken or 0) + _offers(cohort, constituency) >= cohort.seats_for(constituency):
        return None
    application = db.session.scalar(
        select(Application)
        .where(
            Application.cohort_id == cohort.id,
            Application.constituency == constituency,
            Application.state == ApplicationState.WAITING,
        )
        .order_by(Application.waiting_since, Application.id)
        .limit(1)
    )
    if application is None:
        return None
    move(APPLICATION, application, "offer", actor, details={"cohort": cohort.name})
    mail.send(
        application.contact_email,
        application.language,
        "seat_offered",
        {
            "name": application.contact_name,
            "organisation": application.name,
            "cohort": cohort.name,
            "public_id": application.public_id,
        },
    )
    return application


def change_standing(champion: Champion, standing: str, reason: str, actor: Actor) -> StandingChange:
    """Change how the champion stands, with a reason the public reads; who leaves frees the seat."""
    require(actor, Action.STANDING_CHANGE, champion.id)
    require_words(reason=(reason, N_("Give a reason. The public reads it")))
    before = champion.standing
    if standing not in STANDINGS[before]:
        raise InvalidState(
            N_("This standing cannot follow the present one. Open the page again to see where it stands.")
        )
    champion.standing = standing
    change = StandingChange(
        champion_id=champion.id,
        from_standing=before,
        to_standing=standing,
        reason=reason.strip(),
        at=clock.now(),
        by_id=actor.person_id,
    )
    db.session.add(change)
    record(actor, "standing_changed", champion, from_state=before, to_state=standing, reason=reason)
    if standing in (Standing.WITHDRAWN, Standing.COMPLETED):
        for place in champion.places:
            leave_seat(place, PlaceOutcome(standing), actor)
    return change


def close_cohort(
    cohort: Cohort,
    actor: Actor,
    *,
    promised: str,
    reached: str,
    learned: str,
    carried: Collection[Champion] = (),
    next_cohort: Cohort | None = None,
) -> None:
    """Close the cohort when its pilot period has ended, with the published evaluation.

    `carried` champions take a seat in `next_cohort`, the others complete the programme. Whoever still waits goes
    on waiting for the next cohort, where there is one.
    """
    require(actor, Action.COHORT_MANAGE)
    require_words(
        promised=(promised, N_("Say what was promised")),
        reached=(reached, N_("Say what was reached")),
        learned=(learned, N_("Say what was learned")),
    )
    if clock.today() < cohort.pilot_ends:
        raise Invalid(N_("The pilot period has not ended yet. Close the cohort when it has."))
    if next_cohort is not None and (next_cohort.id == cohort.id or next_cohort.state != CohortState.OPEN):
        raise Invalid(N_("Choose an open cohort."), {"next_cohort": (N_("Choose another cohort that is open"), {})})
    if carried and next_cohort is None:
        raise Invalid(
            N_("Choose the next cohort."),
            {"next_cohort": (N_("Choose the cohort into which champions are carried"), {})},
        )
    cohort.promised, cohort.reached, cohort.learned = promised.strip(), reached.strip(), learned.strip()
    cohort.next_cohort_id = next_cohort.id if next_cohort else None
    move(COHORT, cohort, "close", actor)
    carried_ids = {champion.id for champion in carried}
    places = db.session.scalars(
        select(CohortPlace)
        .where(CohortPlace.cohort_id == cohort.id, CohortPlace.left_on.is_(None))
        .order_by(CohortPlace.constituency, CohortPlace.seat)
    ).all()
    unknown = carried_ids - {place.champion_id for place in places}
    if unknown:
        raise Invalid(N_("Only champions with a seat in this cohort can be carried into the next."))
    for place in places:
        if place.champion_id in carried_ids and next_cohort is not None:
            leave_seat(place, PlaceOutcome.CARRIED, actor)
            take_seat(next_cohort, place.champion)
            record(actor, "carried", place.champion, details={"from": cohort.name, "to": next_cohort.name})
        else:
            change_standing(place.champion, Standing.COMPLETED, learned, actor)
    _move_the_waiting(cohort, next_cohort, actor)


def _move_the_waiting(cohort: Cohort, next_cohort: Cohort | None, actor: Actor) -> None:
    waiting = db.session.scalars(
        select(Application).where(
            Application.cohort_id == cohort.id,
            Application.state.in_([ApplicationState.WAITING, ApplicationState.OFFERED]),
        )
    ).all()
    for application in waiting:
        if application.state == ApplicationState.OFFERED:
            move(APPLICATION, application, "lapse", actor)
        application.cohort_id = next_cohort.id if next_cohort else None
    if next_cohort is not None:
        for constituency in Constituency:
            while offer_next(next_cohort, constituency, actor):
                pass
