"""Imports and their rows. Nothing is overwritten: which import a year is read from is a row of its own.

So a superseded import stays readable as it was, and going back is importing the old file again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.accounts.models import Person
from impact.db import Model
from impact.messages import gettext_noop as N_

RATIOS, SUBINDEXES, POPULATIONS = "ratios", "subindexes", "populations"
KINDS = (RATIOS, SUBINDEXES, POPULATIONS)
KIND_LABELS = {
    RATIOS: N_("Ratios of the fourteen indicators"),
    SUBINDEXES: N_("The four subindexes"),
    POPULATIONS: N_("Populations"),
}


class EconomyImport(Model):
    """One file that was imported: what, from where, under which licence, when, by whom."""

    __tablename__ = "economy_import"
    __table_args__ = (CheckConstraint("kind IN ('ratios', 'subindexes', 'populations')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(300))
    licence: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(150))
    #: SHA-256 of the file as it was given; the file itself is not kept, its rows are
    digest: Mapped[str] = mapped_column(String(64))
    number_of_rows: Mapped[int]
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    imported_by: Mapped[Person | None] = relationship()
    years: Mapped[list[EconomyYear]] = relationship(order_by="EconomyYear.year")

    champion_id: ClassVar[int | None] = None


class EconomyYear(Model):
    """The years that an import holds; `is_current` for the one import of a kind that a year is read from."""

    __tablename__ = "economy_year"
    __table_args__ = (
        Index(
            "uq_economy_year_current",
            "kind",
            "year",
            unique=True,
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("economy_import.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    is_current: Mapped[bool]


class EconomyRow(Model):
    """One country in one year of an import.

    `values` maps names to decimals as text, exactly as they stood in the file: the fourteen keys of the index (ratios)
    or the four subindexes, each with `published_overall` and `published_rank` where the source prints them; or
    `population` and `women`. What is missing has no key: there is nothing that could be taken for a zero.
    """

    __tablename__ = "economy_row"
    __table_args__ = (Index("ix_economy_row_iso3", "iso3"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("economy_import.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    iso3: Mapped[str] = mapped_column(String(3), primary_key=True)
    values: Mapped[dict[str, Any]]
