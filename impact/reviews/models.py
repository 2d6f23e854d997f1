"""One review for each submission of a thing (a commitment, an amendment, a year's figures).

The thing is named by kind and id: rooms after this one register what they hand in (`subjects.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.accounts.models import Person
from impact.champions.models import Champion
from impact.db import HasPublicId, Model


class Review(Model, HasPublicId):
    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "round"),
        CheckConstraint("verdict IN ('', 'returned', 'recommended', 'declined', 'called_back')", name="verdict"),
        CheckConstraint("(verdict = '') = (verdict_at IS NULL)", name="verdict_at"),
        CheckConstraint("decision IN ('', 'approved', 'sent_back')", name="decision"),
        CheckConstraint("(decision = '') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("decision = '' OR verdict = 'recommended'", name="decision_after_verdict"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> verdict_by_id", name="second_person"),
        CheckConstraint("(claimed_by_id IS NULL) = (claim_expires_at IS NULL)", name="claim"),
        Index("ix_review_waiting", "verdict", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    #: 1 for the first submission
    round: Mapped[int]
    #: the revision that was submitted, where the thing has revisions
    revision: Mapped[int | None]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    claim_expires_at: Mapped[datetime | None]
    #: {"specific": 0–3, "measurable": …, "ambitious": …, "feasible": …, "timely": …}
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: {"<person id>": {"verdict": …, "reason": …, "field": …, "text": …}}: typed and not sent; emptied by the verdict
    drafts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    verdict: Mapped[str] = mapped_column(String(20), default="")
    verdict_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verdict_at: Mapped[datetime | None]
    verdict_reason: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(String(20), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    champion: Mapped[Champion] = relationship()
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    claimed_by: Mapped[Person | None] = relationship(foreign_keys=[claimed_by_id])
    verdict_by: Mapped[Person | None] = relationship(foreign_keys=[verdict_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    remarks: Mapped[list[Remark]] = relationship(back_populates="review", order_by="Remark.id")


class Remark(Model, HasPublicId):
    """A remark on one field. The champion answers it; the reviewer settles it."""

    __tablename__ = "remark"
    __table_args__ = (CheckConstraint("answered_at IS NULL OR answer <> ''", name="answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    #: "headline", "target:<public id>:value", "figure:<public id>:narrative", …; "" for the whole
    field: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    review: Mapped[Review] = relationship(back_populates="remarks")
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
