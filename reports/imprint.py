"""What is printed of an edition beside its snapshot: the hash that names it, and what happened to it afterwards.

A snapshot is frozen before it is signed off and sealed, so neither can stand in it. Both are facts of the edition's
row, and with them and the snapshot the same file comes out at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from reports.numerals import LATIN
from reports.snapshot_types import Snapshot


@dataclass(frozen=True)
class Imprint:
    """`digest` is that of the public JSON in both tiers; `at` is the time that the file gives as its own."""

    digest: str
    at: datetime
    verification: str = ""
    sealed_on: date | None = None
    signed_off_on: date | None = None
    tier: str = "public"
    #: of Arabic (reports/numerals.py)
    numerals: str = LATIN

    @property
    def is_sealed(self) -> bool:
        """What is set without a seal, to be looked at, must not be taken for one that has it."""
        return self.sealed_on is not None

    @property
    def is_confidential(self) -> bool:
        return self.tier == "confidential"

    @property
    def short(self) -> str:
        """The first sixteen digits in groups of four: what the cover prints."""
        return " ".join(self.digest[i : i + 4] for i in range(0, 16, 4))

    @property
    def shortest(self) -> str:
        """The first eight: what stands at the foot of a page."""
        return f"{self.digest[:4]} {self.digest[4:8]}"


def imprint_of(
    snapshot: Snapshot,
    *,
    digest: str = "",
    sealed_at: datetime | None = None,
    signed_off_on: date | None = None,
) -> Imprint:
    """Of a public snapshot; of a confidential one with the `digest` of the public one."""
    said = snapshot.statement.signed_off_on if snapshot.statement else None
    return Imprint(
        digest=digest or snapshot.digest(),
        at=sealed_at or snapshot.edition.taken_at,
        verification=snapshot.edition.verification or verification_beside(snapshot),
        sealed_on=sealed_at.date() if sealed_at else None,
        signed_off_on=signed_off_on or said,
        tier=snapshot.tier,
    )


def verification_beside(snapshot: Snapshot) -> str:
    """Where an edition is checked that was frozen before the address was: on the site where it is read."""
    site = urlsplit(snapshot.edition.address)
    return f"{site.scheme}://{site.netloc}/verify/{snapshot.edition.code}" if site.netloc else ""
