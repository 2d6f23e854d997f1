"""What the first page shows beside its numbers: the seats of the cohorts and what anybody can check about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from impact import i18n
from impact.champions.cohort_names import cohort_name
from impact.champions.models import CONSTITUENCY_PLURALS, Champion, Cohort, CohortPlace, Constituency
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.db import db
from impact.i18n import gettext as _
from impact.progress.models import Figure


@dataclass(frozen=True)
class Known:
    """Which facts a champion made public for at least one of its commitments."""

    commitments: int = 0
    targets: int = 0
    starting_points: int = 0
    later_figures: int = 0


@dataclass(frozen=True)
class Seat:
    name: str
    url: str
    target: bool
    starting_point: bool
    later_figure: bool
    found: bool


@dataclass(frozen=True)
class Row:
    heading: str
    taken_words: str
    seats: Sequence[Seat]


@dataclass(frozen=True)
class CohortShown:
    name: str
    url: str
    is_demonstration: bool
    rows: Sequence[Row]

    @property
    def seats(self) -> list[Seat]:
        return [seat for row in self.rows for seat in row.seats]

    def number(self, part: str) -> int:
        """How many seats have this part filled."""
        return sum(1 for seat in self.seats if getattr(seat, part))


def places() -> Sequence[CohortPlace]:
    """Every seat taken now, with its champion and its cohort, in one query."""
    return db.session.scalars(
        select(CohortPlace)
        .where(CohortPlace.left_on.is_(None))
        .options(joinedload(CohortPlace.champion), joinedload(CohortPlace.cohort))
        .join(Cohort, Cohort.id == CohortPlace.cohort_id)
        .join(Champion, Champion.id == CohortPlace.champion_id)
        .order_by(Cohort.is_demonstration, Cohort.pilot_starts, Champion.name)
    ).all()


def known_of(champion_ids: Sequence[int]) -> dict[int, Known]:
    """{champion id: what it made public}, in one query. A target counts when it has a number or a day."""
    later = and_(
        Figure.target_id == Target.id,
        Figure.approved_at.is_not(None),
        Figure.superseded_at.is_(None),
        Figure.value.is_not(None),
    )
    rows = db.session.execute(
        select(
            Commitment.champion_id,
            func.count(func.distinct(Commitment.id)),
            func.count(Target.id).filter(Target.value.is_not(None) | Target.due.is_not(None)),
            func.count(Target.id).filter(Target.baseline_value.is_not(None)),
            func.count(Figure.id),
        )
        .outerjoin(Target, Target.commitment_id == Commitment.id)
        .outerjoin(Figure, later)
        .where(
            Commitment.champion_id.in_(champion_ids),
            Commitment.state.in_(PUBLIC_STATES),
            Commitment.published_at.is_not(None),
        )
        .group_by(Commitment.champion_id)
    )
    return {champion_id: Known(*numbers) for champion_id, *numbers in rows}


def cohorts() -> list[CohortShown]:
    """The seats by cohort and constituency: real cohorts first, the one of made-up organisations last."""
    found = places()
    known = known_of([place.champion_id for place in found])
    by_cohort: dict[int, list[CohortPlace]] = {}
    for place in found:
        by_cohort.setdefault(place.cohort_id, []).append(place)
    return [_shown(rows, known) for rows in by_cohort.values()]


def _shown(rows: Sequence[CohortPlace], known: Mapping[int, Known]) -> CohortShown:
    cohort = rows[0].cohort
    return CohortShown(
        cohort_name(cohort.name),
        url_for("champions.public_cohort", cohort_slug=cohort.slug),
        cohort.is_demonstration,
        [
            Row(
                _(CONSTITUENCY_PLURALS[constituency]),
                _(
                    "%(taken)s of %(seats)s seats",
                    taken=i18n.number(len(own)),
                    seats=i18n.number(cohort.seats_for(constituency)),
                ),
                [_seat(place.champion, known.get(place.champion_id, Known())) for place in own],
            )
            for constituency in Constituency
            for own in [[place for place in rows if place.constituency == constituency]]
            if own or cohort.seats_for(constituency)
        ],
    )


def _seat(champion: Champion, known: Known) -> Seat:
    return Seat(
        name=champion.name_in(i18n.current()),
        url=url_for("registry.champion", slug=champion.slug),
        target=known.targets > 0,
        starting_point=known.starting_points > 0,
        later_figure=known.later_figures > 0,
        found=known.commitments > 0,
    )
