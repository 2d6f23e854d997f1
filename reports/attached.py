"""The data that go with a report: the snapshot it was set from, and its tables, for who wants to count again.

The JSON is the very text whose hash the cover prints. The tables are the same in every language: codes, plain numbers,
days as 2026-07-31, and what people wrote as they wrote it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.cells import safe
from reports.contents import Numbered, numbered
from reports.drawn import PARTS
from reports.snapshot_types import Snapshot
from reports.target_facts import FigureFacts, Verdict
from reports.values import Text
from reports.words import Words

Cell = str | int | Decimal | date | bool | Text | None


@dataclass(frozen=True)
class Attached:
    """A file in the file. `relationship`: Source, what the report is made from; Data, what a table shows."""

    name: str
    description: str
    relationship: str
    content: bytes


def attached(snapshot: Snapshot, w: Words) -> tuple[Attached, ...]:
    """The snapshot as canonical JSON and its four tables as CSV, described in the language of the report."""
    code = snapshot.edition.code or "edition"
    if snapshot.tier == "confidential":
        code += "-confidential"
        whole = w.gettext("Everything this report says, as data. Confidential.")
    else:
        whole = w.gettext("Everything this report says, as data: its hash is printed on the cover")
    descriptions = {
        "commitments": w.gettext("The commitments of this report, one in a row"),
        "targets": w.gettext("The targets: starting point, value to reach and day"),
        "figures": w.gettext("The figures of all targets, year by year"),
        "status": w.gettext("The status of each target with its sum"),
    }
    return (
        Attached(
            f"{code}.json",
            whole,
            "Source",
            snapshot.dump(),
        ),
        *(
            Attached(f"{code}-{name}.csv", descriptions[name], "Data", table(snapshot))
            for name, table in TABLES.items()
        ),
    )


def commitments(snapshot: Snapshot) -> bytes:
    heads = ("commitment", "headline", "language", "responsible", "published_on", "recorded_source", "address")
    return sheet(
        heads,
        (
            (
                one.number,
                one.headline,
                one.headline.language,
                one.responsible,
                one.published_on,
                one.recorded_source,
                one.address,
            )
            for one in snapshot.commitments
        ),
    )


def targets(snapshot: Snapshot) -> bytes:
    heads = (
        "target", "commitment", "indicator", "indicator_name", "kind", "unit", "direction", "start_value", "start_on",
        "start_is_year", "start_source", "target_value", "target_on", "target_is_year", "original_value", "original_on",
        "amendments", "scope",
    )  # fmt: skip

    def row(item: Numbered) -> tuple[Cell, ...]:
        one, base, first = item.target, item.target.baseline, item.target.original
        return (
            item.number,
            item.commitment.number,
            one.indicator.code,
            one.indicator.name,
            one.kind,
            one.indicator.unit,
            one.indicator.direction,
            base.value if base else None,
            base.on if base else None,
            base.only_year if base else None,
            base.source if base else None,
            one.value,
            one.on,
            one.only_year,
            first.value if first else None,
            first.on if first else None,
            len(one.amendments),
            one.scope,
        )

    return sheet(heads, map(row, numbered(snapshot)))


def figures(snapshot: Snapshot) -> bytes:
    heads = (
        "target", "indicator", "year", "on", "value", "unit", "numerator", "denominator", *PARTS, "expected",
        "delivered", "not_measured", "known_by",
    )  # fmt: skip

    def row(item: Numbered, one: FigureFacts) -> tuple[Cell, ...]:
        indicator = item.target.indicator
        return (
            item.number,
            indicator.code,
            one.year,
            one.on,
            one.value,
            indicator.unit,
            one.numerator,
            one.denominator,
            *(one.parts.get(name) for name in PARTS),
            one.expected,
            one.delivered,
            one.not_measured,
            one.known_by,
        )

    return sheet(heads, (row(item, one) for item in numbered(snapshot) for one in item.target.figures))


def statuses(snapshot: Snapshot) -> bytes:
    heads = (
        "target", "indicator", "status", "distance_covered", "expected_by_now", "ratio", "figure", "figure_on",
        "by_milestones", "reached_on", "set_by_reviewer", "reviewer_reason", "status_of_original_target",
    )  # fmt: skip

    def row(item: Numbered) -> tuple[Cell, ...]:
        one: Verdict = item.target.verdict
        override, before = item.target.override, item.target.original_verdict
        return (
            item.number,
            item.target.indicator.code,
            one.status,
            one.p,
            one.e,
            one.r,
            one.value,
            one.value_on,
            one.by_milestones,
            one.reached_on,
            override.status if override else None,
            override.reason if override else None,
            before.status if before else None,
        )

    return sheet(heads, map(row, numbered(snapshot)))


TABLES: dict[str, Callable[[Snapshot], bytes]] = {
    "commitments": commitments,
    "targets": targets,
    "figures": figures,
    "status": statuses,
}


def sheet(heads: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """UTF-8 with a mark at its beginning, as spreadsheets expect."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(heads)
    writer.writerows([_said(cell) for cell in row] for row in rows)
    return ("\ufeff" + sheet.getvalue()).encode()


def _said(cell: Cell) -> str:
    match cell:
        case None | False:
            return ""
        case True:
            return "yes"
        case int():
            return str(cell)
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
        case Text():
            return safe(cell.text)
    return safe(cell)
