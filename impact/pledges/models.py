"""Pledges, the changes that were not counted yet, the counts, and what staff took out of the count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from impact.accounts.models import Person
from impact.db import HasPublicId, Model
from impact.messages import gettext_noop as N_

#: "" where the person did not say.
GENDERS = ("", "woman", "man", "other")
GENDER_LABELS = {
    "woman": N_("Woman"),
    "man": N_("Man"),
    "other": N_("I describe it myself"),
    "": N_("I would rather not say"),
}
#: The same where people are counted.
COUNTED_GENDERS = {
    "woman": N_("Women and girls"),
    "man": N_("Men and boys"),
    "other": N_("Self-described"),
    "": N_("Not given"),
}
AGES = ("", "under_16", "16_24", "25_39", "40_59", "60_up")
AGE_LABELS = {
    "": N_("I would rather not say"),
    "under_16": N_("Under %(age)s"),
    "16_24": N_("%(age)s to 24"),
    "25_39": N_("25 to 39"),
    "40_59": N_("40 to 59"),
    "60_up": N_("60 or older"),
}


class Pledge(Model, HasPublicId):
    """One mailbox's pledge. It counts while it is confirmed and not invalid; withdrawn, the row is gone.

    The address itself is kept (sealed, see keys) only for who wants letters. `network` and `domain` are kept for
    fourteen days, to see bursts.
    """

    __tablename__ = "pledge"
    __table_args__ = (
        CheckConstraint("gender IN ('', 'woman', 'man', 'other')", name="gender"),
        CheckConstraint("gender = 'other' OR self_described = ''", name="self_described"),
        CheckConstraint("(invalid_at IS NULL) = (invalid_because = '')", name="invalid"),
        CheckConstraint("email = '' OR wants_letters", name="email_by_consent"),
        Index("ix_pledge_network", "network", "created_at"),
        Index("ix_pledge_domain", "domain", "created_at"),
        Index("ix_pledge_country", "country", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: keyed hash of the canonical address
    address_key: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Text, default="")
    #: sealed too; never public
    name: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    #: ISO 3166 alpha-3; "" is unknown
    country: Mapped[str] = mapped_column(String(3), default="")
    gender: Mapped[str] = mapped_column(String(8), default="")
    #: sealed, in the person's own words
    self_described: Mapped[str] = mapped_column(Text, default="")
    age: Mapped[str] = mapped_column(String(8), default="")
    wants_letters: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    invalid_at: Mapped[datetime | None]
    invalid_because: Mapped[str] = mapped_column(String(20), default="")
    invalidation_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_invalidation.id"), index=True)
    network: Mapped[str] = mapped_column(String(16), default="")
    domain: Mapped[str] = mapped_column(String(253), default="")
    letters_sent: Mapped[int] = mapped_column(default=0)
    last_letter_at: Mapped[datetime | None]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class PledgeChange(Model):
    """A pledge that came or went, written in its own transaction and counted by the job: writers never wait for a counter."""

    __tablename__ = "pledge_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(3))
    gender: Mapped[str] = mapped_column(String(8))
    #: +1 or -1; more where a rule took several out
    change: Mapped[int]


class PledgeCount(Model):
    """How many count, by country and gender; `flask pledges recount` proves it."""

    __tablename__ = "pledge_count"

    country: Mapped[str] = mapped_column(String(3), primary_key=True)
    gender: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class NetworkKey(Model):
    """The key under which networks are kept; made anew each week and thrown away after fourteen days."""

    __tablename__ = "pledge_network_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    key: Mapped[bytes] = mapped_column(LargeBinary)


class Invalidation(Model):
    """What staff took out of the count by a rule. Undone, the pledges count again."""

    __tablename__ = "pledge_invalidation"
    __table_args__ = (CheckConstraint("rule IN ('network', 'domain')", name="rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(253))
    since: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    removed: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None]
