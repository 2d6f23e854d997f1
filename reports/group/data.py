"""The data that go with a group's report: its snapshot as canonical JSON, and its tables as CSV, for who counts again."""

from __future__ import annotations

from collections.abc import Callable

from reports.attached import Attached, sheet
from reports.group.types import GroupSnapshot
from reports.words import Words


def attached_to(snapshot: GroupSnapshot, w: Words) -> tuple[Attached, ...]:
    """The snapshot and its tables, described in the language of the report."""
    code = snapshot.edition.code or "edition"
    descriptions = {
        "members": w.gettext("The organisations, one in a row"),
        "targets": w.gettext("The targets with their latest figure and status"),
        "spreads": w.gettext("The common figures and how the organisations lie"),
        "countries": w.gettext("The gap index of the countries"),
    }
    return (
        Attached(
            f"{code}.json",
            w.gettext("Everything this report says, as data: its hash is printed on the cover"),
            "Source",
            snapshot.dump(),
        ),
        *(
            Attached(f"{code}-{name}.csv", descriptions[name], "Data", table(snapshot))
            for name, table in TABLES.items()
        ),
    )


def members(snapshot: GroupSnapshot) -> bytes:
    heads = ("organisation", "constituency", "country", "report", "targets", "demonstration", "recorded", "address")
    return sheet(
        heads,
        (
            (
                one.name,
                one.constituency,
                one.country,
                one.report,
                len(one.stands),
                one.is_demonstration,
                one.is_recorded,
                one.address,
            )
            for one in snapshot.members
        ),
    )


def targets(snapshot: GroupSnapshot) -> bytes:
    heads = (
        "organisation", "commitment", "language", "indicator", "kind", "unit", "value", "value_on", "status",
        "set_by_reviewer", "demonstration",
    )  # fmt: skip
    return sheet(
        heads,
        (
            (
                one.name,
                stand.headline,
                stand.headline.language,
                stand.code,
                stand.kind,
                stand.unit,
                stand.value,
                stand.value_on,
                stand.status,
                stand.override,
                one.is_demonstration,
            )
            for one in snapshot.members
            for stand in one.stands
        ),
    )


def spreads(snapshot: GroupSnapshot) -> bytes:
    heads = (
        "indicator", "unit", "organisations", "lowest", "lower_quartile", "median", "upper_quartile", "highest"
    )  # fmt: skip
    return sheet(
        heads,
        (
            (one.code, one.unit, one.organisations, one.lowest, one.lower, one.median, one.upper, one.highest)
            for one in snapshot.spreads
        ),
    )


def countries(snapshot: GroupSnapshot) -> bytes:
    heads = ("country", "edition", "economic", "education", "health", "political", "overall", "source")
    return sheet(
        heads,
        (
            (
                one.iso3,
                snapshot.index_year,
                one.economic,
                one.education,
                one.health,
                one.political,
                one.overall,
                snapshot.index_source,
            )
            for one in snapshot.countries
        ),
    )


TABLES: dict[str, Callable[[GroupSnapshot], bytes]] = {
    "members": members,
    "targets": targets,
    "spreads": spreads,
    "countries": countries,
}
