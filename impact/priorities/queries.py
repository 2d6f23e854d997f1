"""Who is on board in a country or a sector, and which published commitments in force work on a gap.

What is made up counts nowhere here: an invented promise addresses no country's real gap.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.commitments.queries import published
from impact.db import db
from impact.indicators.gap_links import ADDRESSES, codes_for
from impact.indicators.models import Indicator
from impact.indicators.organisation_gaps import Published, open_part
from impact.priorities.ranking import Row
from impact.progress.queries import figures_of, hiding_of, public_value

#: A promise in force: neither kept and closed, nor run out, nor taken back.
IN_FORCE = "published"
ON_BOARD = "active"
#: Of one row no more than this many are listed by name; the rest is counted.
LISTED_COMMITMENTS = 3
LISTED_CHAMPIONS = 4
_MOST_LINKS = 1000
_WITH_MILESTONES = selectinload(Commitment.targets).options(
    joinedload(Target.indicator), selectinload(Target.milestones)
)


def _in_force() -> Select[int]:
    return (
        select(Commitment.id)
        .join(Champion, Champion.id == Commitment.champion_id)
        .where(
            Commitment.state == IN_FORCE,
            Commitment.published_at.is_not(None),
            Champion.is_demonstration.is_(False),
        )
    )


def links() -> list[tuple[str, str, frozenset[str]]]:
    """(country, constituency, what it moves) of every kind of commitment in force; one query, no row twice."""
    rows = db.session.execute(
        _in_force()
        .join(Target, Target.commitment_id == Commitment.id)
        .join(Indicator, Indicator.id == Target.indicator_id)
        .where(Indicator.code.in_(sorted(ADDRESSES)))
        .with_only_columns(Champion.country, Champion.constituency, Indicator.code)
        .distinct()
    ).all()
    return [(country, constituency, ADDRESSES[code]) for country, constituency, code in rows]


def on_board_by_country() -> Counter[str]:
    """{country: champions on board}; one query."""
    rows = db.session.execute(
        select(Champion.country, func.count())
        .where(Champion.standing == ON_BOARD, Champion.is_demonstration.is_(False))
        .group_by(Champion.country)
    ).all()
    return Counter(dict(rows))


def champions_on_board(countries: Iterable[str]) -> dict[str, list[Champion]]:
    """{country: its champions on board, governments first}; one query."""
    found: dict[str, list[Champion]] = defaultdict(list)
    wanted = sorted(set(countries))
    for champion in db.session.scalars(
        select(Champion)
        .where(Champion.country.in_(wanted), Champion.standing == ON_BOARD, Champion.is_demonstration.is_(False))
        .order_by(Champion.constituency != "government", Champion.name)
        .limit(_MOST_LINKS)
    ):
        found[champion.country].append(champion)
    return found


def commitments_addressing(rows: Sequence[Row]) -> dict[str, list[int]]:
    """{key of a row: ids of the commitments in force that address it, the government's first}; one query."""
    wanted = {row.key: codes_for(row.gap.key) for row in rows}
    codes = set().union(*wanted.values())
    if not codes:
        return {}
    found = db.session.execute(
        _in_force()
        .join(Target, Target.commitment_id == Commitment.id)
        .join(Indicator, Indicator.id == Target.indicator_id)
        .where(Champion.country.in_({row.economy.iso3 for row in rows}), Indicator.code.in_(codes))
        .with_only_columns(Champion.country, Indicator.code, Commitment.id)
        .order_by(Champion.constituency != "government", Commitment.published_at.desc(), Commitment.id.desc())
        .limit(_MOST_LINKS)
    ).all()
    return {
        row.key: list(
            dict.fromkeys(
                number for country, code, number in found if country == row.economy.iso3 and code in wanted[row.key]
            )
        )
        for row in rows
    }


def commitments_by_id(numbers: Iterable[int]) -> Mapping[int, Commitment]:
    """These published commitments, with all that their titles take."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    return {
        row.id: row
        for row in db.session.scalars(published().options(_WITH_MILESTONES).where(Commitment.id.in_(wanted)))
    }


@dataclass(frozen=True)
class Sector:
    """The organisations of one sector or field: how many are on board, some of them, and their promises on an indicator."""

    label: str
    on_board: tuple[Champion, ...]


def sector_key(words: str) -> str:
    """Sectors are typed by hand: spaces and capitals make no other sector."""
    return " ".join(words.split()).casefold()


def sectors(constituency: str) -> dict[str, Sector]:
    """{key of a sector: its organisations on board}, labelled as most of them write it; one query."""
    members: dict[str, list[Champion]] = defaultdict(list)
    for champion in db.session.scalars(
        select(Champion)
        .where(
            Champion.constituency == constituency,
            Champion.standing == ON_BOARD,
            Champion.is_demonstration.is_(False),
        )
        .order_by(Champion.name)
    ):
        members[sector_key(champion.sector)].append(champion)
    return {
        key: Sector(Counter(one.sector for one in found).most_common(1)[0][0], tuple(found))
        for key, found in members.items()
    }


def published_gaps(constituency: str, threshold: int) -> tuple[list[Published], Counter[tuple[str, str]]]:
    """(each organisation's newest public figure on each indicator, as the part of the gap that is open;
    {(indicator, sector): commitments in force}). Three queries.

    A figure is the latest that was approved, or the starting point where there is none yet; values are those that the
    public sees, rounded where counts are withheld.
    """
    targets = db.session.scalars(
        select(Target)
        .join(Commitment, Commitment.id == Target.commitment_id)
        .join(Champion, Champion.id == Commitment.champion_id)
        .where(
            Champion.constituency == constituency,
            Champion.standing == ON_BOARD,
            Champion.is_demonstration.is_(False),
            Commitment.state.in_(PUBLIC_STATES),
            Commitment.published_at.is_not(None),
            Target.indicator_id.is_not(None),
        )
        .options(joinedload(Target.indicator), joinedload(Target.commitment).joinedload(Commitment.champion))
        .order_by(Target.id)
    ).all()
    figures = figures_of(targets, evidence=False)
    hidden = hiding_of(targets, threshold)
    dated: list[tuple[date, int, Published]] = []
    promises: dict[tuple[str, str], set[int]] = defaultdict(set)
    for target in targets:
        champion, indicator = target.commitment.champion, target.indicator
        assert indicator is not None  # asked for
        group = sector_key(champion.sector)
        if target.commitment.state == IN_FORCE:
            promises[indicator.code, group].add(target.commitment_id)
        known: list[tuple[date | None, Decimal | None]] = [(target.baseline_date, target.baseline_value)]
        known += [(figure.on, figure.value) for figure in figures[target.id]]
        for on, value in known:
            shown = public_value(value, target, hidden[target.id])
            part = None if shown is None else open_part(indicator.direction, indicator.unit, shown, indicator.cap)
            if part is not None:
                made = Published(indicator.code, group, champion.id, part)
                dated.append((on or date.min, -target.id, made))
    newest_first = [one for _day, _order, one in sorted(dated, key=lambda row: row[:2], reverse=True)]
    return newest_first, Counter({place: len(numbers) for place, numbers in promises.items()})


def names_of(codes: Iterable[str]) -> Mapping[str, Indicator]:
    """{code: its row in the catalogue}; one query."""
    return {
        row.code: row for row in db.session.scalars(select(Indicator).where(Indicator.code.in_(sorted(set(codes)))))
    }
