"""Importing country figures: look first, then take all of a file or nothing of it.

look(kind, content, file_name, actor) → Look             what the file holds and what it would change
take(given, actor, look_key="") → EconomyImport          the import itself, in the caller's transaction
load_shipped(actor) → int                                the credited excerpt, once
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select, update

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db, flush_or_conflict
from impact.economies.differences import Difference, difference
from impact.economies.models import KINDS, RATIOS, SUBINDEXES, EconomyImport, EconomyRow, EconomyYear
from impact.economies.reading import Entry, entries
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require

MEANWHILE = N_("Somebody imported figures of these years meanwhile. Look again at what would change.")

#: What ships: kind → file beside this one. Credit and licence: NOTICE.md.
SHIPPED = {RATIOS: "ratios_excerpt.csv", SUBINDEXES: "subindexes_excerpt.csv"}
SHIPPED_SOURCE = "World Economic Forum, Global Gender Gap Report"
SHIPPED_LICENCE = "© World Economic Forum; a short excerpt, quoted with credit"


@dataclass(frozen=True)
class Given:
    """A file and what must be known of it."""

    kind: str
    content: bytes
    file_name: str
    source: str
    licence: str
    note: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Look:
    """What a file holds and would change. `key` says which imports it was compared with; hand it to `take`."""

    kind: str
    number_of_rows: int
    countries: int
    difference: Difference
    key: str


def look(kind: str, content: bytes, file_name: str, actor: Actor) -> Look:
    """What would happen; nothing is stored. Raises Invalid for a kind that is none, Refused for a file with faults."""
    require(actor, Action.ECONOMIES_IMPORT)
    _check_kind(kind)
    found = entries(kind, content, file_name)
    years = sorted({entry.year for entry in found})
    current = _current(kind, years)
    return Look(
        kind, len(found), len({entry.iso3 for entry in found}), difference(_known(current), found), _key(current)
    )


def take(given: Given, actor: Actor, look_key: str = "") -> EconomyImport:
    """Import the file: each year in it is read from it from now on; what was imported before stays recorded.

    Raises Invalid (source or licence missing), Refused (faults in the file) and InvalidState (nothing would change, or,
    when the key of a look is given, somebody imported one of these years since).
    """
    require(actor, Action.ECONOMIES_IMPORT)
    _check(given)
    found = entries(given.kind, given.content, given.file_name)
    years = sorted({entry.year for entry in found})
    current = _current(given.kind, years)
    if look_key and look_key != _key(current):
        raise InvalidState(MEANWHILE)
    changes = difference(_known(current), found)
    if changes.is_nothing:
        raise InvalidState(N_("These figures are here already: nothing would change."))
    made = _store(given, found, years, actor)
    record(
        actor,
        "economies_imported",
        made,
        details={
            "kind": given.kind,
            "years": years,
            "source": given.source,
            "licence": given.licence,
            "sha256": given.digest,
            "added": len(changes.added),
            "values_changed": len(changes.changed),
            "removed": len(changes.removed),
        },
    )
    return made


def load_shipped(actor: Actor) -> int:
    """Import the excerpt that ships, each kind unless there is an import of it already; returns the number of rows.

    Figures that an operator imported are never touched, so the loading can be repeated at every start.
    """
    require(actor, Action.ECONOMIES_IMPORT)
    number = 0
    for kind, name in SHIPPED.items():
        if db.session.scalar(select(exists().where(EconomyImport.kind == kind))):
            continue
        content = Path(__file__).with_name(name).read_bytes()
        made = take(Given(kind, content, name, _shipped_source(content), SHIPPED_LICENCE), actor)
        number += made.number_of_rows
    return number


def _shipped_source(content: bytes) -> str:
    years = sorted({row["year"] for row in csv.DictReader(content.decode().splitlines())})
    return f"{SHIPPED_SOURCE} {', '.join(years)}"


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Invalid(N_("Choose what the file holds."), {"kind": (N_("Choose one of the list"), {})})


def _check(given: Given) -> None:
    _check_kind(given.kind)
    problems: dict[str, tuple[str, dict[str, object]]] = {}
    for name, words in (("source", given.source), ("licence", given.licence)):
        if not words.strip():
            problems[name] = (_NEEDED[name], {})
        elif len(words) > 300:
            problems[name] = (N_("Use at most 300 characters"), {})
    if len(given.note) > 2000:
        problems["note"] = (N_("Use at most 2,000 characters"), {})
    if problems:
        raise Invalid(N_("Something about the file has to be put right."), problems)


_NEEDED = {
    "source": N_("Say where the figures come from: publisher, title, edition"),
    "licence": N_("Say under which licence or permission they may be shown"),
}


def _current(kind: str, years: Sequence[int]) -> list[tuple[EconomyYear, list[EconomyRow]]]:
    """The current import of each of these years, with its rows."""
    pairs: dict[int, tuple[EconomyYear, list[EconomyRow]]] = {
        year.year: (year, [])
        for year in db.session.scalars(
            select(EconomyYear)
            .where(EconomyYear.kind == kind, EconomyYear.year.in_(years), EconomyYear.is_current)
            .order_by(EconomyYear.year)
        )
    }
    for row in db.session.scalars(
        select(EconomyRow)
        .join(
            EconomyYear,
            (EconomyYear.import_id == EconomyRow.import_id) & (EconomyYear.year == EconomyRow.year),
        )
        .where(EconomyYear.kind == kind, EconomyYear.year.in_(years), EconomyYear.is_current)
    ):
        pairs[row.year][1].append(row)
    return list(pairs.values())


def _known(current: Sequence[tuple[EconomyYear, list[EconomyRow]]]) -> dict[tuple[int, str], dict[str, str]]:
    return {(row.year, row.iso3): row.values for _year, rows in current for row in rows}


def _key(current: Sequence[tuple[EconomyYear, list[EconomyRow]]]) -> str:
    """Which imports the years are read from now; "none" where there are none, so that a key is never empty."""
    return ",".join(f"{year.year}:{year.import_id}" for year, _rows in current) or "none"


def _store(given: Given, found: Sequence[Entry], years: Sequence[int], actor: Actor) -> EconomyImport:
    made = EconomyImport(
        kind=given.kind,
        source=given.source.strip(),
        licence=given.licence.strip(),
        note=given.note.strip(),
        file_name=given.file_name[:150],
        digest=given.digest,
        number_of_rows=len(found),
        imported_at=clock.now(),
        imported_by_id=actor.person_id,
    )
    db.session.add(made)
    db.session.flush()
    db.session.execute(
        update(EconomyYear)
        .where(EconomyYear.kind == given.kind, EconomyYear.year.in_(years), EconomyYear.is_current)
        .values(is_current=False)
    )
    db.session.add_all(EconomyYear(import_id=made.id, year=year, kind=given.kind, is_current=True) for year in years)
    # Of two who import a year at the same moment, the database lets one be current.
    flush_or_conflict(MEANWHILE)
    db.session.add_all(
        EconomyRow(import_id=made.id, year=entry.year, iso3=entry.iso3, values=dict(entry.values)) for entry in found
    )
    db.session.flush()
    return made
