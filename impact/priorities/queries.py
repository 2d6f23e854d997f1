"""Who is on board in a country or a sector, and which published commitments in force work on a gap.

What is made up counts nowhere here: an invented promise addresses no country's real gap.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion
from impact.commitments.models import PUBLIC_STATES, Commitment, Target
from impact.commitments.queries import published
from impact.db import db
from impact.indicators.gap_links import ADDRESSES
from impact.indicators.models import Indicator
from impact.indicators.organisation_gaps import Published, open_part
from impact.priorities.ranking import AddressedBy, Row, who_addresses
from impact.progress.queries import figures_of, hiding_of, public_value

#: A promise in force: neither kept and closed, nor run out, nor taken back.
IN_FORCE = "published"
ON_BOARD = "active"
#: Of one row no more than this many are listed by name; the rest is counted.
LISTED_COMMITMENTS = 3
LISTED_CHAMPIONS = 4
_MOST_CHAMPIONS = 1000
_WITH_MILESTONES = selectinload(Commitment.targets).options(joinedload(Target.indicator), joinedload(Target.milestones))


@dataclass(frozen=True)
class Link:
    """A commitment in force with a target on something that belongs to the index."""

    country: str
    constituency: str
    code: str
    commitment_id: int

    @property
    def moves(self) -> frozenset[str]:
        """The indicators and areas that it addresses."""
        return ADDRESSES[self.code]


def links() -> list[Link]:
    """Every link of a real organisation, the governments' first, then the newest.

    One query of four columns answers for the whole list and for each of its pages; it grows with the targets in force,
    of which a programme has thousands, not millions.
    """
    rows = db.session.execute(
        select(Champion.country, Champion.constituency, Indicator.code, Commitment.id)
        .join(Commitment, Commitment.champion_id == Champion.id)
        .join(Target, Target.commitment_id == Commitment.id)
        .join(Indicator, Indicator.id == Target.indicator_id)
        .where(
            Commitment.state == IN_FORCE,
            Commitment.published_at.is_not(None),
            Champion.is_demonstration.is_(False),
            Indicator.code.in_(sorted(ADDRESSES)),
        )
        .order_by(Champion.constituency != "government", Commitment.published_at.desc(), Commitment.id.desc())
    ).all()
    return [Link(*row) for row in rows]


def coverage_of(found: Iterable[Link]) -> dict[tuple[str, str], AddressedBy]:
    """{(country, indicator or area): who addresses it}."""
    return who_addresses((one.country, one.constituency, one.moves) for one in found)


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
        .limit(_MOST_CHAMPIONS)
    ):
        found[champion.country].append(champion)
    return found


def commitments_addressing(rows: Iterable[Row], found: Sequence[Link]) -> dict[str, list[int]]:
    """{key of a row: ids of the commitments in force that address it, in the order of the links}."""
    in_country: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        in_country[link.country].append(link)
    return {
        row.key: list(
            dict.fromkeys(link.commitment_id for link in in_country[row.economy.iso3] if row.gap.key in link.moves)
        )
        for row in rows
    }


def commitments_by_id(numbers: Iterable[int]) -> Mapping[int, Commitment]:
    """These published commitments, with all that their titles take."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    found = db.session.scalars(published().options(_WITH_MILESTONES).where(Commitment.id.in_(wanted)))
    return {row.id: row for row in found}


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
