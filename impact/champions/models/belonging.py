"""Who belongs to a champion, and which ties members of staff declared."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.accounts.models import Person
from impact.champions.models.organisations import Champion
from impact.db import Model


class Membership(Model):
    """What a person is in a champion. Ended rows stay: they are the ties that bar a reviewer later."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('viewer', 'contributor', 'coordinator', 'leader')", name="role"),
        Index(
            "uq_membership_active",
            "person_id",
            "champion_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    champion: Mapped[Champion] = relationship(back_populates="memberships")


class ConflictOfInterest(Model):
    """A member of staff declares a tie: they decide nothing about that champion from then on."""

    __tablename__ = "conflict_of_interest"
    __table_args__ = (UniqueConstraint("person_id", "champion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"))
    #: kept for the administrator; not shown to the champion
    reason: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime]

    champion: Mapped[Champion] = relationship()
    person: Mapped[Person] = relationship()
