"""Commitments, targets, milestones, revisions and amendments.

What stands in the columns is what is in force (or, before publication, the draft). Every save adds a
revision: the whole text as canonical JSON with its digest, so that a leader signs that very text, a
reviewer sees what changed, and two people who saved at once can be merged field by field.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.champions.models import Champion, LeaderTerm
from impact.db import HasPublicId, Model
from impact.indicators.models import Indicator

#: Precise enough for rates and counts, wide enough for money.
Figure = Numeric(20, 6)

COMMITMENT_STATES = (
    "draft",
    "awaiting_leader",
    "submitted",
    "in_review",
    "returned",
    "recommended",
    "published",
    "completed",
    "expired",
    "withdrawn",
    "declined",
)
AMENDMENT_STATES = (
    "draft",
    "awaiting_leader",
    "submitted",
    "in_review",
    "returned",
    "recommended",
    "approved",
    "withdrawn",
    "declined",
)
KINDS = (
    "level",
    "multiply",
    "relative",
    "points",
    "cumulative",
    "zero",
    "ratio",
    "parity",
    "signed_gap",
    "deliverable",
    "conditional",
)
#: Amendments that nobody works on any more.
ENDED_STATES = ("approved", "withdrawn", "declined")
PUBLIC_STATES = ("published", "completed", "expired", "withdrawn")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Commitment(Model, HasPublicId):
    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint(_one_of("state", COMMITMENT_STATES), name="state"),
        # Published (and whatever follows) exactly when a second person approved it, or it was recorded.
        # A draft may be withdrawn before it ever was published, hence the two-sided rule without 'withdrawn'.
        CheckConstraint(
            "state NOT IN ('published', 'completed', 'expired')"
            " OR (published_at IS NOT NULL AND (is_recorded OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL)))",
            name="published",
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR recommended_by_id IS NULL OR approved_by_id <> recommended_by_id",
            name="second_person",
        ),
        CheckConstraint(
            "state IN ('draft', 'awaiting_leader', 'submitted', 'in_review', 'returned', 'recommended', 'declined', 'withdrawn')"
            " OR published_at IS NOT NULL",
            name="published_at",
        ),
        CheckConstraint("NOT is_recorded OR recorded_source <> ''", name="recorded"),
        # The public list is read in this order, whatever the state; a page of it never sorts the rest.
        Index(
            "ix_commitment_newest",
            "published_at",
            "id",
            sqlite_where=text("published_at IS NOT NULL"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="draft")
    #: the language in which the champion writes it
    language: Mapped[str] = mapped_column(String(8), default="en")
    headline: Mapped[str] = mapped_column(String(200), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    actions: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[str] = mapped_column(String(300), default="")
    themes: Mapped[list[str]] = mapped_column(default=list)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    #: {field: text} of what was typed and could not be read yet; shown again in the form
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: answers to the warnings of the pre-checks: {warning code: answer}
    warning_answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: the number of the newest revision, and of the one that was first published
    revision: Mapped[int] = mapped_column(default=0)
    first_published_revision: Mapped[int | None]
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_digest: Mapped[str] = mapped_column(String(64), default="")
    submitted_at: Mapped[datetime | None]
    recommended_at: Mapped[datetime | None]
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: read by the public when withdrawn, completed or expired; by the champion when declined
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    is_recorded: Mapped[bool] = mapped_column(default=False)
    recorded_source: Mapped[str] = mapped_column(Text, default="")
    recorded_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_second_hand: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    champion: Mapped[Champion] = relationship()
    targets: Mapped[list[Target]] = relationship(
        back_populates="commitment", order_by="Target.position", cascade="all, delete-orphan"
    )
    amendments: Mapped[list[Amendment]] = relationship(back_populates="commitment", order_by="Amendment.number")

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.state in PUBLIC_STATES


class Target(Model, HasPublicId):
    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("kind IS NULL OR " + _one_of("kind", KINDS), name="kind"),
        CheckConstraint("inner_kind IS NULL OR kind = 'conditional'", name="inner_kind"),
        CheckConstraint("condition_operator IN ('', 'below', 'above')", name="condition_operator"),
        CheckConstraint("baseline_denominator IS NULL OR baseline_denominator > 0", name="baseline_denominator"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    #: who or what is counted: "full professors, permanent staff"
    scope: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str | None] = mapped_column(String(20))
    baseline_value: Mapped[Decimal | None] = mapped_column(Figure)
    baseline_numerator: Mapped[Decimal | None] = mapped_column(Figure)
    baseline_denominator: Mapped[Decimal | None] = mapped_column(Figure)
    baseline_date: Mapped[date | None]
    baseline_source: Mapped[str] = mapped_column(Text, default="")
    #: "to be measured by" this date, where there is no baseline yet
    baseline_due: Mapped[date | None]
    #: as given: 30 for 30 %, 3 for treble, −5 for −5 %; nothing for zero and parity
    value: Mapped[Decimal | None] = mapped_column(Figure)
    #: for a ratio of two counts: of how many (1,680 institutions)
    value_denominator: Mapped[Decimal | None] = mapped_column(Figure)
    due: Mapped[date | None]
    #: only the year is known (recorded from a public source); `due` is then its last day
    due_is_year: Mapped[bool] = mapped_column(default=False)
    baseline_is_year: Mapped[bool] = mapped_column(default=False)
    method: Mapped[str] = mapped_column(Text, default="")
    inner_kind: Mapped[str | None] = mapped_column(String(20))
    condition_words: Mapped[str] = mapped_column(String(300), default="")
    condition_operator: Mapped[str] = mapped_column(String(8), default="")
    condition_threshold: Mapped[Decimal | None] = mapped_column(Figure)
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)

    commitment: Mapped[Commitment] = relationship(back_populates="targets")
    indicator: Mapped[Indicator | None] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="target", order_by="Milestone.on", cascade="all, delete-orphan"
    )
    condition_figures: Mapped[list[ConditionFigure]] = relationship(
        order_by="ConditionFigure.on", cascade="all, delete-orphan"
    )

    #: of a copy outside the database, which belongs to no commitment
    copied_language = ""

    @property
    def written_in(self) -> str:
        """The language of its words."""
        return self.commitment.language if self.commitment is not None else self.copied_language

    @property
    def conditions_in_force(self) -> list[ConditionFigure]:
        """The figures of the condition without those that were struck out."""
        return [figure for figure in self.condition_figures if figure.struck_at is None]


class Milestone(Model):
    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    on: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Figure)
    #: of a deliverable: what is to be done by then
    title: Mapped[str] = mapped_column(String(200), default="")
    done_on: Mapped[date | None]

    target: Mapped[Target] = relationship(back_populates="milestones")


class ConditionFigure(Model):
    """A figure that decides whether a conditional target's condition is met."""

    __tablename__ = "condition_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Figure)
    source: Mapped[str] = mapped_column(Text, default="")
    #: a wrong one is struck out, stays readable, and decides nothing
    struck_at: Mapped[datetime | None]
    struck_reason: Mapped[str] = mapped_column(Text, default="")


class Revision(Model):
    """The whole text of a commitment at one save."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("commitment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    #: SHA-256 of the content as canonical JSON
    digest: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_by_name: Mapped[str] = mapped_column(String(200), default="")


_ENDED = "state NOT IN ('approved', 'withdrawn', 'declined')"


class Amendment(Model, HasPublicId):
    """A numbered change of what was published; old and new stay side by side for ever."""

    __tablename__ = "amendment"
    __table_args__ = (
        CheckConstraint(_one_of("state", AMENDMENT_STATES), name="state"),
        CheckConstraint(
            "reason_code IN ('', 'baseline_corrected', 'method_changed', 'scope_changed', 'date_moved', 'target_raised',"
            " 'target_lowered', 'new_leader', 'outside_event', 'other')",
            name="reason_code",
        ),
        CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL AND approved_by_id IS NOT NULL) OR is_recorded",
            name="approved",
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR recommended_by_id IS NULL OR approved_by_id <> recommended_by_id",
            name="second_person",
        ),
        CheckConstraint("(number IS NOT NULL) = (state = 'approved')", name="number"),
        UniqueConstraint("commitment_id", "number"),
        # One at a time: of two people who begin an amendment at once, one is told.
        Index(
            "ix_amendment_open",
            "commitment_id",
            unique=True,
            sqlite_where=text(_ENDED),
            postgresql_where=text(_ENDED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    #: given at approval: 1, 2, …
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default="draft")
    #: [{"target": public id, "field": …, "old": …, "new": …}], values as JSON text
    changes: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    reason_code: Mapped[str] = mapped_column(String(30), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    #: {target's public id, or "" for the text: {field: what was typed and could not be read yet}}
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: answers to the warnings of the pre-checks: {field: answer}
    warning_answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: of the very changes that the leader signed
    signed_digest: Mapped[str] = mapped_column(String(64), default="")
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    recommended_at: Mapped[datetime | None]
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    effective_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    is_recorded: Mapped[bool] = mapped_column(default=False)
    recorded_source: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    commitment: Mapped[Commitment] = relationship(back_populates="amendments")

    @property
    def champion_id(self) -> int:
        return self.commitment.champion_id


class Reaffirmation(Model):
    """The task of a new leader: re-affirm or amend each commitment."""

    __tablename__ = "reaffirmation"
    __table_args__ = (
        UniqueConstraint("term_id", "commitment_id"),
        CheckConstraint("outcome IN ('', 'reaffirmed', 'amended')", name="outcome"),
        CheckConstraint("(outcome = '') = (done_at IS NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("leader_term.id"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    term: Mapped[LeaderTerm] = relationship()
    commitment: Mapped[Commitment] = relationship()
