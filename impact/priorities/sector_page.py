"""The list of sectors and fields: median gaps of organisations, five at least, and who could act there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from impact import i18n
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.indicators.gap_links import ADDRESSES
from impact.indicators.organisation_gaps import LEAST, OTHERS, GroupGap, medians
from impact.priorities import queries
from impact.priorities.queries import Sector
from impact.priorities.ranking import PAGE


@dataclass(frozen=True)
class Found:
    """What is known of a constituency: rows with at least five organisations, and how many indicators have fewer."""

    rows: Sequence[GroupGap]
    sectors: Mapping[str, Sector]
    #: names of the indicators by code, in the reader's language
    names: Mapping[str, str]
    promises: Mapping[tuple[str, str], int]
    too_few: int


@dataclass(frozen=True)
class ShownSector:
    place: int
    title: str
    sector: str
    percent: str
    width: int
    sentence: str
    champions: Sequence[tuple[str, str, str]]
    more_champions: int
    coverage: str


def found(constituency: str, area: str, threshold: int) -> Found:
    """The rows of one constituency, the widest gap first; an area keeps the indicators that belong to it."""
    figures, promises = queries.published_gaps(constituency, threshold)
    wanted = [one for one in figures if not area or area in ADDRESSES.get(one.indicator, ())]
    rows = medians(wanted)
    language = i18n.current()
    codes = {one.indicator for one in wanted}
    names = {code: row.text("name", language) for code, row in queries.names_of(codes).items()}
    return Found(rows, queries.sectors(constituency), names, promises, len(codes - {row.indicator for row in rows}))


def key_of(row: GroupGap) -> str:
    return f"{row.indicator}.{row.group}"


def page_of(everything: Found, after: str) -> tuple[list[tuple[int, GroupGap]], str]:
    """As ranking.page_of, for sectors."""
    rows = everything.rows
    start = next((place for place, row in enumerate(rows, start=1) if key_of(row) == after), 0)
    page = list(enumerate(rows[start : start + PAGE], start=start + 1))
    return page, key_of(page[-1][1]) if page and start + PAGE < len(rows) else ""


def shown(page: Sequence[tuple[int, GroupGap]], everything: Found) -> list[ShownSector]:
    return [_shown(place, row, everything) for place, row in page]


def _shown(place: int, row: GroupGap, everything: Found) -> ShownSector:
    sector = everything.sectors.get(row.group)
    champions = sector.on_board if sector and row.group != OTHERS else ()
    return ShownSector(
        place=place,
        title=everything.names[row.indicator],
        sector=(sector.label if sector and row.group != OTHERS else "") or _("Sectors with fewer than five, together"),
        percent=i18n.percent(row.percent),
        width=row.percent,
        sentence=_sentence(row),
        champions=[
            (url_for("registry.champion", slug=one.slug), one.name_in(i18n.current()), "")
            for one in champions[: queries.LISTED_CHAMPIONS]
        ],
        more_champions=max(0, len(champions) - queries.LISTED_CHAMPIONS),
        coverage=_coverage(row, everything.promises),
    )


def _sentence(row: GroupGap) -> str:
    values: dict[str, Any] = {"percent": i18n.percent(row.percent), "number": i18n.number(row.organisations)}
    return _(
        "Half of the %(number)s organisations that published a figure have %(percent)s of the gap or more still open, half have that or less.",
        **values,
    )


def _coverage(row: GroupGap, promises: Mapping[tuple[str, str], int]) -> str:
    if row.group == OTHERS:
        return _("Commitments are counted by sector, from %(number)s organisations on.", number=i18n.number(LEAST))
    number = promises.get((row.indicator, row.group), 0)
    if not number:
        return _("Nobody addresses it: no commitment of this sector in force is set against it.")
    return ngettext(
        "%(num)s published commitment in force addresses it.",
        "%(num)s published commitments in force address it.",
        number,
    )
