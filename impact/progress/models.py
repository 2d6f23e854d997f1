"""Reporting windows, yearly reports, figures, evidence, overrides of a status."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.champions.models import Champion, Cohort
from impact.commitments.models import Target
from impact.db import HasPublicId, Model

Number = Numeric(20, 6)

REPORT_STATES = ("draft", "submitted", "in_review", "returned", "recommended", "approved")


class ReportingWindow(Model):
    """A year's reporting of a cohort. Lateness is computed from these days, never stored."""

    __tablename__ = "reporting_window"
    __table_args__ = (
        UniqueConstraint("cohort_id", "year"),
        CheckConstraint("period_ends > period_starts", name="period"),
        CheckConstraint("due_on >= opens_on", name="due"),
        CheckConstraint("grace_days >= 0", name="grace"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    #: the year the figures are about, as printed
    year: Mapped[int]
    period_starts: Mapped[date]
    period_ends: Mapped[date]
    opens_on: Mapped[date]
    due_on: Mapped[date]
    grace_days: Mapped[int] = mapped_column(default=90)

    cohort: Mapped[Cohort] = relationship()

    champion_id: ClassVar[int | None] = None


class ProgressReport(Model, HasPublicId):
    """A champion's figures for one window: the unit that is submitted and reviewed."""

    __tablename__ = "progress_report"
    __table_args__ = (
        UniqueConstraint("champion_id", "window_id", "correction"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'in_review', 'returned', 'recommended', 'approved')", name="state"
        ),
        CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL AND approved_by_id IS NOT NULL)", name="approved"
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR recommended_by_id IS NULL OR approved_by_id <> recommended_by_id",
            name="second_person",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("reporting_window.id"), index=True)
    #: 0 for the report of the year, 1, 2, … for corrections after approval
    correction: Mapped[int] = mapped_column(default=0)
    correction_reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="draft")
    #: the leader's statement on the year, for the annual report
    statement: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    #: the first submission ever: what lateness is computed from
    first_submitted_at: Mapped[datetime | None]
    recommended_at: Mapped[datetime | None]
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    champion: Mapped[Champion] = relationship()
    window: Mapped[ReportingWindow] = relationship()
    figures: Mapped[list[Figure]] = relationship(back_populates="report", order_by="Figure.id")


class Figure(Model, HasPublicId):
    """What a champion answers for one target and one period: a value, a delivery, or "not measured, because…".

    `approved_at` decides whether the public sees it. A correction is a new row that supersedes the old one.
    """

    __tablename__ = "figure"
    __table_args__ = (
        CheckConstraint("denominator IS NULL OR denominator > 0", name="denominator"),
        # A figure of a report becomes public with it; a recorded one names its source.
        CheckConstraint("report_id IS NOT NULL OR recorded_source <> ''", name="recorded"),
        CheckConstraint(
            "approved_at IS NULL OR value IS NOT NULL OR not_measured <> '' OR delivered IS NOT NULL", name="answered"
        ),
        UniqueConstraint("report_id", "target_id"),
        Index("ix_figure_target", "target_id", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    #: the reference date; the last day of the period unless the champion says otherwise
    on: Mapped[date | None]
    on_is_year: Mapped[bool] = mapped_column(default=False)
    value: Mapped[Decimal | None] = mapped_column(Number)
    numerator: Mapped[Decimal | None] = mapped_column(Number)
    denominator: Mapped[Decimal | None] = mapped_column(Number)
    #: of a deliverable: whether it is delivered
    delivered: Mapped[bool | None]
    #: {"women": n, "men": n, "other": n, "undisclosed": n} of those in the denominator, null where not given
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: why the parts do not add up to the total, where they do not
    parts_note: Mapped[str] = mapped_column(Text, default="")
    not_measured: Mapped[str] = mapped_column(Text, default="")
    known_by: Mapped[date | None]
    method_change: Mapped[str] = mapped_column(Text, default="")
    #: the changed definition is bridged: old and new can be compared
    method_bridged: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(Text, default="")
    narrative: Mapped[str] = mapped_column(Text, default="")
    worked: Mapped[str] = mapped_column(Text, default="")
    obstacles: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: of a deliverable: {id of a step: the day on which it was done, or null}, where this figure says something new
    steps: Mapped[dict[str, Any]] = mapped_column(default=dict)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("figure.id"))
    superseded_at: Mapped[datetime | None]
    recorded_source: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    report: Mapped[ProgressReport | None] = relationship(back_populates="figures")
    target: Mapped[Target] = relationship()
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id")


class Evidence(Model, HasPublicId):
    """A file or a link. A file is named by the SHA-256 of its bytes, so it cannot be swapped after review."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(url <> '') <> (sha256 <> '')", name="file_or_link"),
        CheckConstraint("figure_id IS NOT NULL OR commitment_id IS NOT NULL", name="belongs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    figure_id: Mapped[int | None] = mapped_column(ForeignKey("figure.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    is_public: Mapped[bool] = mapped_column(default=False)
    url: Mapped[str] = mapped_column(String(500), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    content_type: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]


class StatusOverride(Model):
    """A reviewer's other status, with a reason: always shown beside the computed one, never instead of it."""

    __tablename__ = "status_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class CalendarLetter(Model):
    """That the calendar wrote to an organisation about something: each occasion happens once."""

    __tablename__ = "calendar_letter"
    __table_args__ = (UniqueConstraint("champion_id", "occasion", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"))
    #: opened, due_soon, in_grace, late of a window; ending, expiring of a commitment
    occasion: Mapped[str] = mapped_column(String(20))
    #: "window:12" or "commitment:7"
    about: Mapped[str] = mapped_column(String(40))
    written_at: Mapped[datetime]
