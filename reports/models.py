"""Editions of annual reports and the files made from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.accounts.models import Person
from impact.champions.models import Champion
from impact.db import HasPublicId, Model
from impact.progress.models import ReportingWindow

#: What everybody may read, and what only the organisation's own people and those who judge it may.
TIERS = ("public", "confidential")
#: Of a champion's year on one page, made from the public tier.
HANDOUT = "handout"


class Edition(Model, HasPublicId):
    """A year, frozen. A later edition has the next number; older ones stay.

    `kind`: of one champion's year; of a year of all governments, corporations or universities ("constituency"); of a
    whole year ("global"). Once sealed, the two snapshots and their digests never change.
    """

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("champion_id", "window_id", "number"),
        CheckConstraint("kind IN ('champion', 'constituency', 'global')", name="kind"),
        CheckConstraint("(kind = 'champion') = (champion_id IS NOT NULL AND window_id IS NOT NULL)", name="champion"),
        CheckConstraint("(kind = 'constituency') = (constituency <> '')", name="constituency"),
        CheckConstraint(
            "state IN ('draft', 'with_leader', 'submitted', 'in_review', 'recommended', 'sealed', 'superseded')",
            name="state",
        ),
        CheckConstraint("(state IN ('sealed', 'superseded')) = (sealed_at IS NOT NULL)", name="sealed"),
        CheckConstraint("(state = 'superseded') = (superseded_at IS NOT NULL)", name="superseded"),
        # Those taken before there were two tiers were published without a leader's signature.
        CheckConstraint(
            "state IN ('draft', 'with_leader') OR kind <> 'champion' OR confidential_sha256 = ''"
            " OR signed_off_at IS NOT NULL",
            name="signed_off",
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR recommended_by_id IS NULL OR approved_by_id <> recommended_by_id",
            name="second_person",
        ),
        CheckConstraint("number = 1 OR reason <> '' OR confidential_sha256 = ''", name="correction"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default="champion")
    champion_id: Mapped[int | None] = mapped_column(ForeignKey("champion.id"), index=True)
    window_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_window.id"))
    year: Mapped[int] = mapped_column(index=True)
    #: of kind "constituency"; "" for the others
    constituency: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[int]
    #: what is printed: example-university-2025-1
    code: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="draft")
    #: the public tier
    snapshot: Mapped[dict[str, Any]]
    #: SHA-256 of the snapshot as canonical JSON
    sha256: Mapped[str] = mapped_column(String(64))
    #: the confidential tier; {} and "" where there is none
    confidential: Mapped[dict[str, Any]] = mapped_column(default=dict)
    confidential_sha256: Mapped[str] = mapped_column(String(64), default="")
    #: of a correction: why there is one
    reason: Mapped[str] = mapped_column(Text, default="")
    #: why it came back last, from the leader or the reviewer; "" once it is drawn up anew
    returned_because: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recommended_at: Mapped[datetime | None]
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: with the approval of the second person
    sealed_at: Mapped[datetime | None] = mapped_column(index=True)
    superseded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    champion: Mapped[Champion | None] = relationship()
    recommended_by: Mapped[Person | None] = relationship(foreign_keys=[recommended_by_id])
    window: Mapped[ReportingWindow | None] = relationship()
    files: Mapped[list[EditionFile]] = relationship(
        back_populates="edition", order_by="EditionFile.tier.desc(), EditionFile.language"
    )

    @property
    def is_sealed(self) -> bool:
        """Sealed once; a newer edition may have taken its place."""
        return self.sealed_at is not None

    @property
    def replaces(self) -> str:
        """The number of the edition whose place it takes; "" of the first of its year."""
        return str(self.snapshot.get("edition", {}).get("replaces", ""))

    def frozen(self, tier: str) -> tuple[dict[str, Any], str]:
        """(snapshot, its digest) of a tier."""
        if tier == "confidential":
            return self.confidential, self.confidential_sha256
        return self.snapshot, self.sha256


class EditionFile(Model):
    """The PDF of an edition in a language, of one of its two tiers."""

    __tablename__ = "edition_file"
    __table_args__ = (
        UniqueConstraint("edition_id", "language", "tier"),
        CheckConstraint("tier IN ('public', 'confidential', 'handout')", name="tier"),
        CheckConstraint("state IN ('waiting', 'ready', 'failed')", name="state"),
        CheckConstraint("(state = 'ready') = (sha256 <> '')", name="ready"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    language: Mapped[str] = mapped_column(String(8))
    tier: Mapped[str] = mapped_column(String(12), default="public")
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    #: why it failed, in words for the person who asked for it
    failure: Mapped[str] = mapped_column(String(300), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    #: of the bytes before they were signed: the same again from the same snapshot and engine
    unsigned_sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    #: {name of a part: version} of what set the pages
    engine: Mapped[dict[str, Any]] = mapped_column(default=dict)
    size: Mapped[int | None]
    pages: Mapped[int | None]
    made_at: Mapped[datetime | None]
    #: who gets a letter when it is there; nobody for those made with the sealing
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    edition: Mapped[Edition] = relationship(back_populates="files")

    @property
    def champion_id(self) -> int | None:
        return self.edition.champion_id
