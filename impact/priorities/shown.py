"""A page of the list of countries, put into words: each row with who is on board and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from impact import i18n
from impact.champions.models import CONSTITUENCY_LABELS, Constituency
from impact.i18n import gettext as _
from impact.priorities import queries, wording
from impact.priorities.ranking import AddressedBy, Row
from impact.registry.titles import title_of


@dataclass(frozen=True)
class ShownRow:
    """`champions` and `commitments` are the first few, as (address, words) and, of a champion, its constituency; `more_…` how many there are besides."""

    place: int
    title: str
    country: str
    country_url: str
    percent: str
    width: float
    sentences: tuple[str, ...]
    coverage: str
    is_open: bool
    champions: Sequence[tuple[str, str, str]]
    more_champions: int
    commitments: Sequence[tuple[str, Any]]
    more_commitments: int


def rows(page: Sequence[tuple[int, Row]], links: Sequence[queries.Link]) -> list[ShownRow]:
    """In a fixed number of queries, whatever the page holds."""
    found = [row for _number, row in page]
    # Said once above the list where nobody's population is known.
    has_people = any(row.economy.people for row in found)
    on_board = queries.champions_on_board(row.economy.iso3 for row in found)
    addressing = queries.commitments_addressing(found, links)
    listed = {key: numbers[: queries.LISTED_COMMITMENTS] for key, numbers in addressing.items()}
    commitments = queries.commitments_by_id(number for numbers in listed.values() for number in numbers)
    language = i18n.current()
    result = []
    for place, row in page:
        champions = on_board.get(row.economy.iso3, [])
        promises = [commitments[number] for number in listed.get(row.key, [])]
        result.append(
            ShownRow(
                place=place,
                title=wording.what(row.gap),
                country=wording.country_name(row.economy.iso3),
                country_url=url_for("registry.country", code=row.economy.iso3),
                percent=wording.open_percent(row.gap),
                width=round(row.gap.severity * 100, 1),
                sentences=_sentences(row, has_people),
                coverage=wording.coverage_sentence(row, len(champions)),
                is_open=row.addressed_by == AddressedBy.NOBODY,
                champions=[
                    (
                        url_for("registry.champion", slug=one.slug),
                        one.name_in(language),
                        _(CONSTITUENCY_LABELS[Constituency(one.constituency)]),
                    )
                    for one in champions[: queries.LISTED_CHAMPIONS]
                ],
                more_champions=max(0, len(champions) - queries.LISTED_CHAMPIONS),
                commitments=[
                    (url_for("registry.commitment", public_id=one.public_id), title_of(one)) for one in promises
                ],
                more_commitments=max(0, len(addressing.get(row.key, [])) - queries.LISTED_COMMITMENTS),
            )
        )
    return result


def _sentences(row: Row, has_people: bool) -> tuple[str, ...]:
    said = (wording.sum_sentence(row),)
    return (*said, wording.people_sentence(row.economy)) if has_people else said
