"""Champions, cohorts and seats, applications, leader terms, memberships."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.accounts.models import Person
from impact.db import HasPublicId, Json, Model
from impact.messages import gettext_noop as N_


class Constituency(StrEnum):
    GOVERNMENT = "government"
    CORPORATION = "corporation"
    UNIVERSITY = "university"


CONSTITUENCY_LABELS = {
    Constituency.GOVERNMENT: N_("Government"),
    Constituency.CORPORATION: N_("Corporation"),
    Constituency.UNIVERSITY: N_("University"),
}
CONSTITUENCY_PLURALS = {
    Constituency.GOVERNMENT: N_("Governments"),
    Constituency.CORPORATION: N_("Corporations"),
    Constituency.UNIVERSITY: N_("Universities"),
}
_CONSTITUENCY_CHECK = "constituency IN ('government', 'corporation', 'university')"


class Standing(StrEnum):
    APPLICANT = "applicant"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"


STANDING_LABELS = {
    Standing.APPLICANT: N_("Applicant"),
    Standing.ACTIVE: N_("Active"),
    Standing.SUSPENDED: N_("Suspended"),
    Standing.WITHDRAWN: N_("Withdrawn"),
    Standing.COMPLETED: N_("Completed"),
}


class Champion(Model):
    """An organisation. A promise belongs to it, not to the person who leads it for a while."""

    __tablename__ = "champion"
    __table_args__ = (
        CheckConstraint(_CONSTITUENCY_CHECK, name="constituency"),
        CheckConstraint("standing IN ('applicant', 'active', 'suspended', 'withdrawn', 'completed')", name="standing"),
        CheckConstraint("size IS NULL OR size > 0", name="size"),
        Index("ix_champion_listed", "standing", "constituency", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    constituency: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    #: the official name in other languages, where the champion gave one: {"fr": …, "ar": …}
    names: Mapped[dict[str, Any]] = mapped_column(default=dict)
    country: Mapped[str] = mapped_column(String(3))
    #: sector (corporations), kind (universities, governments), in words
    sector: Mapped[str] = mapped_column(String(120), default="")
    #: people: employees, students and staff, or inhabitants
    size: Mapped[int | None]
    website: Mapped[str] = mapped_column(String(300), default="")
    standing: Mapped[str] = mapped_column(String(20), default=Standing.APPLICANT)
    is_founding: Mapped[bool] = mapped_column(default=False)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    #: recorded from public sources: nobody of the organisation uses the platform, it has no duty to report
    is_recorded: Mapped[bool] = mapped_column(default=False)
    recorded_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    terms: Mapped[list[LeaderTerm]] = relationship(back_populates="champion", order_by="LeaderTerm.since")
    places: Mapped[list[CohortPlace]] = relationship(back_populates="champion", order_by="CohortPlace.admitted_on")
    memberships: Mapped[list[Membership]] = relationship(back_populates="champion")

    def name_in(self, language: str) -> str:
        return str(self.names.get(language) or self.name)


class StandingChange(Model):
    __tablename__ = "standing_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    from_standing: Mapped[str] = mapped_column(String(20))
    to_standing: Mapped[str] = mapped_column(String(20))
    #: read by the public
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


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
        CheckConstraint(_CONSTITUENCY_CHECK, name="constituency"),
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


class ApplicationState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    RECEIVED = "received"
    QUESTION_ASKED = "question_asked"
    WAITING = "waiting"
    OFFERED = "offered"
    ADMITTED = "admitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


APPLICATION_STATE_LABELS = {
    ApplicationState.UNCONFIRMED: N_("E-mail not confirmed"),
    ApplicationState.RECEIVED: N_("Being vetted"),
    ApplicationState.QUESTION_ASKED: N_("Question to the applicant"),
    ApplicationState.WAITING: N_("On the waiting list"),
    ApplicationState.OFFERED: N_("Seat offered"),
    ApplicationState.ADMITTED: N_("Admitted"),
    ApplicationState.DECLINED: N_("Declined"),
    ApplicationState.WITHDRAWN: N_("Withdrawn"),
}


class Application(Model, HasPublicId):
    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(_CONSTITUENCY_CHECK, name="constituency"),
        CheckConstraint(
            "state IN ('unconfirmed', 'received', 'question_asked', 'waiting', 'offered', 'admitted', 'declined', 'withdrawn')",
            name="state",
        ),
        CheckConstraint("state <> 'admitted' OR champion_id IS NOT NULL", name="admitted"),
        CheckConstraint("state <> 'declined' OR decision_reason <> ''", name="declined"),
        CheckConstraint("state = 'unconfirmed' OR confirmed_at IS NOT NULL OR state = 'withdrawn'", name="confirmed"),
        Index("ix_application_queue", "state", "constituency", "confirmed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default=ApplicationState.UNCONFIRMED)
    constituency: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(3))
    sector: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    website: Mapped[str] = mapped_column(String(300))
    leader_name: Mapped[str] = mapped_column(String(200))
    leader_office: Mapped[str] = mapped_column(String(200))
    leader_since: Mapped[date]
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_office: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), index=True)
    #: in the leader's words
    statement: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    #: which edition of the terms was accepted
    terms_edition: Mapped[str] = mapped_column(String(20))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    #: due diligence, seen by staff only
    diligence_ethics: Mapped[str] = mapped_column(Text, default="")
    diligence_reach: Mapped[str] = mapped_column(Text, default="")
    diligence_will: Mapped[str] = mapped_column(Text, default="")
    diligence_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    diligence_at: Mapped[datetime | None]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    waiting_since: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: read by the applicant
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    champion_id: Mapped[int | None] = mapped_column(ForeignKey("champion.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    messages: Mapped[list[ApplicationMessage]] = relationship(order_by="ApplicationMessage.id")
    champion: Mapped[Champion | None] = relationship()
    cohort: Mapped[Cohort | None] = relationship()


class ApplicationMessage(Model):
    """A question of the programme or an answer of the applicant: the conversation is part of the record."""

    __tablename__ = "application_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    from_staff: Mapped[bool]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Invitation(Model):
    """A programme manager invites an organisation; the link (a OneTimeLink) fills the form in."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(_CONSTITUENCY_CHECK, name="constituency"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    constituency: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(3))
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_email: Mapped[str] = mapped_column(String(254))
    message: Mapped[str] = mapped_column(Text, default="")
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    champion_id: ClassVar[int | None] = None


class LeaderTerm(Model):
    """A person leads for a time; a gap or an overlap is allowed only where the organisation says so."""

    __tablename__ = "leader_term"
    __table_args__ = (CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(200))
    #: unknown for leaders recorded from public sources
    since: Mapped[date | None]
    until: Mapped[date | None]
    statement: Mapped[str] = mapped_column(Text, default="")
    statement_language: Mapped[str] = mapped_column(String(8), default="en")
    #: {"fr": …, "ar": …}: translations that the champion supplied
    statements: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    #: the account of this leader or their delegate
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(300), default="")

    champion: Mapped[Champion] = relationship(back_populates="terms")


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
