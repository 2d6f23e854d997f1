"""The outbox. Nothing is deleted from it: it is the proof of what was said to whom, and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from impact.db import Model
from impact.jobs.models import Job


class Letter(Model):
    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("sent_at IS NULL OR failed_at IS NULL", name="sent_or_failed"),
        CheckConstraint("failed_at IS NULL OR error <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    to_email: Mapped[str] = mapped_column("to", String(254), index=True)
    language: Mapped[str] = mapped_column(String(8))
    template: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    #: the letter holds a link that works once: its words are wiped when it has been sent
    is_secret: Mapped[bool] = mapped_column(default=False)
    #: its address is wiped too when it has been sent: nothing says afterwards to whom it went
    forgets: Mapped[bool] = mapped_column(default=False)
    #: fixed when the letter is written, so that a letter sent twice after a crash is recognised as one
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    #: it was refused for good, or given up after many attempts
    failed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey(Job.id, ondelete="SET NULL"), index=True)
