"""Applications, the conversation about them, and invitations to apply."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.champions.models.cohorts import Cohort
from impact.champions.models.organisations import CONSTITUENCY_CHECK, Champion
from impact.db import HasPublicId, Model
from impact.messages import gettext_noop as N_


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
        CheckConstraint(CONSTITUENCY_CHECK, name="constituency"),
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
    #: when a second letter asked to confirm the address; there is no third
    reminded_at: Mapped[datetime | None]
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
    __table_args__ = (CheckConstraint(CONSTITUENCY_CHECK, name="constituency"),)

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
