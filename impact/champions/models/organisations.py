"""Organisations, how they stand, and who leads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.db import Json, Model
from impact.messages import gettext_noop as N_
from impact.places.countries import by_iso3

if TYPE_CHECKING:
    from impact.champions.models.belonging import Membership
    from impact.champions.models.cohorts import CohortPlace


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
CONSTITUENCY_CHECK = "constituency IN ('government', 'corporation', 'university')"


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
        CheckConstraint(CONSTITUENCY_CHECK, name="constituency"),
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

    @property
    def all_names(self) -> dict[str, str]:
        """{language: name}, English among them; a government called as its country is called so in every language."""
        given = {code: str(name) for code, name in self.names.items() if name}
        return {**self._names_of_country(), **given, "en": self.name}

    def _names_of_country(self) -> Mapping[str, str]:
        if self.constituency != Constituency.GOVERNMENT:
            return {}
        country = by_iso3(self.country)
        return country.names if self.name == country.name("en") else {}

    def name_in(self, language: str) -> str:
        return self.all_names.get(language) or self.name


#: The two that the platform itself opens, the thirty of 2015 and the invented one, are called in the reader's language.
OWN_COHORTS = frozenset({N_("Founding cohort"), N_("Demonstration cohort")})


@dataclass(frozen=True)
class Reason:
    """A message id with its typed values; the doors print it in the reader's language."""

    message: str
    values: Mapping[str, Any]


class StandingChange(Model):
    __tablename__ = "standing_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    from_standing: Mapped[str] = mapped_column(String(20))
    to_standing: Mapped[str] = mapped_column(String(20))
    #: read by the public: somebody's words, or a message id where `reason_values` are its values
    reason: Mapped[str] = mapped_column(Text)
    #: {"cohort": …, "day": "2026-01-31"} for a reason that the platform gives, None for one in somebody's words
    reason_values: Mapped[dict[str, Any] | None] = mapped_column(Json)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def said(self) -> str | Reason:
        """The reason to print: as it was written, or a sentence of the platform's in the reader's language."""
        if self.reason_values is None:
            return self.reason
        return Reason(self.reason, {name: _typed(name, value) for name, value in self.reason_values.items()})


def _typed(name: str, value: Any) -> Any:
    """A kept value as the sentence takes it: a date, a name that is said in the reader's language."""
    if name == "day":
        return date.fromisoformat(value)
    return Reason(value, {}) if value in OWN_COHORTS else value


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
