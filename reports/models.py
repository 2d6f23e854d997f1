"""Editions of annual reports and the files made from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.champions.models import Champion
from impact.db import HasPublicId, Model
from impact.progress.models import ReportingWindow


class Edition(Model, HasPublicId):
    """A frozen snapshot of a champion's year. A later one has the next number; older ones stay."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("champion_id", "window_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("reporting_window.id"))
    number: Mapped[int]
    snapshot: Mapped[dict[str, Any]]
    #: SHA-256 of the snapshot as canonical JSON
    sha256: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    champion: Mapped[Champion] = relationship()
    window: Mapped[ReportingWindow] = relationship()
    files: Mapped[list[EditionFile]] = relationship(back_populates="edition", order_by="EditionFile.language")


class EditionFile(Model):
    __tablename__ = "edition_file"
    __table_args__ = (
        UniqueConstraint("edition_id", "language"),
        CheckConstraint("state IN ('waiting', 'ready', 'failed')", name="state"),
        CheckConstraint("(state = 'ready') = (sha256 <> '')", name="ready"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    #: why it failed, in words for the person who asked for it
    failure: Mapped[str] = mapped_column(String(300), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int | None]
    pages: Mapped[int | None]
    made_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    edition: Mapped[Edition] = relationship(back_populates="files")

    @property
    def champion_id(self) -> int:
        return self.edition.champion_id
