"""The catalogue. A row is never deleted: it is retired, and stays readable for the targets that use it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from impact.db import Model


class Indicator(Model):
    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint(
            "direction IN ('up', 'up_to_cap', 'down', 'parity', 'at_least_40', 'ratio_to_1', 'index_to_1',"
            " 'signed_gap', 'level', 'yes_no', 'contextual')",
            name="direction",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    #: {"en": …, "fr": …, "ar": …}, like every text of the catalogue that has languages
    name: Mapped[dict[str, Any]]
    #: a noun phrase for computed sentences: "the share of women among full professors"
    short_what: Mapped[dict[str, Any]]
    #: which constituencies use it: ["university", …]
    constituencies: Mapped[list[str]]
    theme: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(20))
    cap: Mapped[Decimal | None] = mapped_column(Numeric(12, 6))
    public_office: Mapped[bool] = mapped_column(default=False)
    #: a cumulative count makes sense
    counts: Mapped[bool] = mapped_column(default=False)
    #: {} where the indicator has no counts behind it
    numerator: Mapped[dict[str, Any]]
    denominator: Mapped[dict[str, Any]]
    disaggregation: Mapped[list[str]]
    definition: Mapped[dict[str, Any]]
    formula: Mapped[str] = mapped_column(Text, default="")
    source_framework: Mapped[str] = mapped_column(String(200), default="")
    source_edition: Mapped[str] = mapped_column(String(120), default="")
    source_url: Mapped[str] = mapped_column(String(300), default="")
    #: "V" read in a source, "M" from memory, "V/M" framework read and formula from memory
    verified: Mapped[str] = mapped_column(String(3), default="M")
    note: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
    retired_reason: Mapped[str] = mapped_column(Text, default="")

    champion_id: ClassVar[int | None] = None

    def text(self, attribute: str, language: str) -> str:
        """The text in this language, in English where there is none."""
        values: dict[str, Any] = getattr(self, attribute) or {}
        return str(values.get(language) or values.get("en") or "")

    @property
    def has_counts(self) -> bool:
        """Whether a value is given as numerator and denominator."""
        return bool(self.numerator.get("en") and self.denominator.get("en"))
