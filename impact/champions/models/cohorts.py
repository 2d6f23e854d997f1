"""Cohorts and their seats."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.champions.models.organisations import CONSTITUENCY_CHECK, Champion
from impact.db import Model


class CohortState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Cohort(Model):
    __tablename__ = "cohort"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed')", name="state"),
        CheckConstraint("pilot_ends > pilot_starts", name="pilot"),
        CheckConstraint("seats_government >= 0 AND seats_corporation >= 0 AND seats_university >= 0", name="seats"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    pilot_starts: Mapped[date]
    pilot_ends: Mapped[date]
    seats_government: Mapped[int] = mapped_column(default=10)
    seats_corporation: Mapped[int] = mapped_column(default=10)
    seats_university: Mapped[int] = mapped_column(default=10)
    state: Mapped[str] = mapped_column(String(20), default=CohortState.OPEN)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    is_founding: Mapped[bool] = mapped_column(default=False)
    #: the published evaluation at the end of the pilot period
    promised: Mapped[str] = mapped_column(Text, default="")
    reached: Mapped[str] = mapped_column(Text, default="")
    learned: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    next_cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    champion_id: ClassVar[int | None] = None

    def seats_for(self, constituency: str) -> int:
        return int(getattr(self, f"seats_{constituency}"))


class PlaceOutcome(StrEnum):
    CARRIED = "carried"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class CohortPlace(Model):
    """A seat that is or was taken. The unique index makes a second taker of the same seat impossible."""

    __tablename__ = "cohort_place"
    __table_args__ = (
        CheckConstraint(CONSTITUENCY_CHECK, name="constituency"),
        CheckConstraint("seat > 0", name="seat"),
        CheckConstraint("(left_on IS NULL) = (outcome IS NULL)", name="outcome"),
        Index(
            "uq_cohort_place_taken_seat",
            "cohort_id",
            "constituency",
            "seat",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
        Index(
            "uq_cohort_place_one_seat_each",
            "cohort_id",
            "champion_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    constituency: Mapped[str] = mapped_column(String(20))
    seat: Mapped[int]
    admitted_on: Mapped[date]
    left_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(20))

    cohort: Mapped[Cohort] = relationship()
    champion: Mapped[Champion] = relationship(back_populates="places")
