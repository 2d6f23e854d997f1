"""What an edition froze, of whatever kind it is: read back, as a page, as JSON and as tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from reports import attached
from reports.group import data as group_data
from reports.group import sections as group_sections
from reports.group.page import to_group_page
from reports.group.types import GroupSnapshot
from reports.imprint import Imprint, imprint_of
from reports.models import Edition
from reports.numerals import LATIN
from reports.snapshot_types import Snapshot
from reports.web import Around, to_page


def read_frozen(edition: Edition) -> Snapshot | GroupSnapshot:
    """The public tier. Raises NotFound for a layout that is no longer read."""
    try:
        return load(edition.snapshot)
    except ValueError:
        raise NotFound(N_("There is no such edition.")) from None


def load(frozen: dict[str, Any]) -> Snapshot | GroupSnapshot:
    """The snapshot of either kind. ValueError where the data do not fit."""
    return GroupSnapshot.load(frozen) if frozen.get("is") == "GroupSnapshot" else Snapshot.load(frozen)


def page_of(edition: Edition, language: str, around: Around, numerals: str = LATIN) -> str:
    """The HTML edition; `numerals` are those of Arabic."""
    snapshot = read_frozen(edition)
    said = replace(imprint(edition, snapshot), numerals=numerals)
    if isinstance(snapshot, GroupSnapshot):
        return to_group_page(snapshot, language, around, said)
    return to_page(snapshot, language, around, said)


def imprint(edition: Edition, snapshot: Snapshot | GroupSnapshot) -> Imprint:
    """What is printed of the edition itself, beside what it froze."""
    if isinstance(snapshot, GroupSnapshot):
        return group_sections.imprint_of(snapshot, sealed_at=edition.sealed_at)
    signed = edition.signed_off_at.date() if edition.signed_off_at else None
    return imprint_of(snapshot, sealed_at=edition.sealed_at, signed_off_on=signed)


def tables_of(edition: Edition) -> dict[str, Callable[[], bytes]]:
    """{name: the table as CSV, when it is asked for}."""
    snapshot = read_frozen(edition)
    if isinstance(snapshot, GroupSnapshot):
        group = snapshot
        return {name: lambda table=table: table(group) for name, table in group_data.TABLES.items()}  # type: ignore[misc]
    one = snapshot
    return {name: lambda table=table: table(one) for name, table in attached.TABLES.items()}  # type: ignore[misc]
