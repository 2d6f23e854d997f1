"""Champions recorded from public sources: nobody of theirs is made up to have applied, signed or said anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.champions.models import Champion, Cohort, LeaderTerm, Standing, StandingChange
from impact.champions.operations.cohorts import take_seat
from impact.champions.rules import ADMITTED_TO
from impact.db import db, flush_or_conflict
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require


def record_from_public_source(
    cohort: Cohort,
    *,
    slug: str,
    constituency: str,
    name: str,
    names: Mapping[str, str],
    country: str,
    sector: str,
    website: str,
    terms: Iterable[Mapping[str, Any]],
    note: str,
    actor: Actor,
) -> Champion:
    """The champion with a seat in `cohort`, as public sources tell of it; one recorded before is returned as it is.

    Each of `terms` has name, office, since, until (dates or None) and source.
    """
    require(actor, Action.RECORD_PUBLIC_SOURCE)
    present = db.session.scalar(select(Champion).where(Champion.slug == slug, Champion.is_recorded))
    if present is not None:
        return present
    champion = Champion(
        slug=slug,
        constituency=constituency,
        name=name,
        names=dict(names),
        country=country,
        sector=sector,
        size=None,
        website=website,
        standing=Standing.ACTIVE,
        is_founding=cohort.is_founding,
        is_demonstration=False,
        is_recorded=True,
        recorded_note=note,
        created_at=clock.now(),
    )
    db.session.add(champion)
    flush_or_conflict(N_("There is a champion with this address already."))
    place = take_seat(cohort, champion, on=cohort.pilot_starts)
    for term in terms:
        db.session.add(
            LeaderTerm(
                champion_id=champion.id,
                **{key: term[key] for key in ("name", "office", "since", "until", "source")},
            )
        )
    db.session.add(
        StandingChange(
            champion_id=champion.id,
            from_standing=Standing.APPLICANT,
            to_standing=Standing.ACTIVE,
            reason=ADMITTED_TO,
            reason_values={"cohort": cohort.name, "day": cohort.pilot_starts.isoformat()},
            at=clock.now(),
            by_id=actor.person_id,
        )
    )
    record(actor, "recorded_from_public_source", champion, details={"cohort": cohort.name, "seat": place.seat})
    db.session.refresh(champion)
    return champion
