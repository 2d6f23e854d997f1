"""The lists as files for a spreadsheet: codes, plain numbers, and each row's sentence in the reader's language."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from impact.cells import safe
from impact.indicators.organisation_gaps import GroupGap
from impact.priorities import wording
from impact.priorities.queries import Sector
from impact.priorities.ranking import Economy, Row

GAP_HEADS = (
    "place", "iso3", "country", "edition", "area", "indicator", "score", "highest", "open_percent", "women_and_girls",
    "is_estimate", "champions_on_board", "addressed_by", "sentence",
)  # fmt: skip
SECTOR_HEADS = ("place", "sector", "indicator", "name", "open_percent_median", "organisations", "commitments_in_force")
MAP_HEADS = ("iso3", "country", "edition", "area", "score", "highest", "open_percent", "women_and_girls", "is_estimate")


def gaps_csv(rows: Sequence[Row], on_board: Counter[str]) -> str:
    """Every row of the list, not only a page of it."""
    return _sheet(
        GAP_HEADS,
        (
            [
                place, row.economy.iso3, wording.country_name(row.economy.iso3), row.economy.year, row.gap.area,
                row.gap.indicator, *_numbers(row.economy, row.gap.score, row.gap.highest, row.gap.severity),
                on_board[row.economy.iso3], row.addressed_by.value,
                wording.whole_sentence(row, on_board[row.economy.iso3]),
            ]
            for place, row in enumerate(rows, start=1)
        ),
    )  # fmt: skip


def sectors_csv(
    rows: Sequence[GroupGap],
    labels: Mapping[str, Sector],
    names: Mapping[str, str],
    promises: Mapping[tuple[str, str], int],
) -> str:
    """Medians by sector; an empty sector is all those together that are too few alone, whose promises are not counted."""
    return _sheet(
        SECTOR_HEADS,
        (
            [
                place, labels[row.group].label if row.group in labels else "", row.indicator, names[row.indicator],
                row.percent, row.organisations, promises.get((row.indicator, row.group), 0) if row.group else "",
            ]
            for place, row in enumerate(rows, start=1)
        ),
    )  # fmt: skip


def map_csv(economies: Iterable[Economy], area: str) -> str:
    """What the map shows."""
    found = [(economy, gap) for economy in economies if (gap := economy.gap(area))]
    return _sheet(
        MAP_HEADS,
        (
            [
                economy.iso3, wording.country_name(economy.iso3), economy.year, area,
                *_numbers(economy, gap.score, gap.highest, gap.severity),
            ]
            for economy, gap in found
        ),
    )  # fmt: skip


def _numbers(economy: Economy, score: float, highest: float, severity: float) -> list[object]:
    people = economy.people
    return [
        f"{score:.6f}",
        f"{highest:.6f}",
        f"{severity * 100:.1f}",
        people.number if people else "",
        ("yes" if people.is_estimate else "no") if people else "",
    ]


def _sheet(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """UTF-8 with a mark at its beginning, as spreadsheets expect; no cell of words is read as a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + sheet.getvalue()
