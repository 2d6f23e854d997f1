"""The last door before paper that everybody may have: what is confidential does not pass it, whoever hands it over."""

from __future__ import annotations

from reports.contents import numbered
from reports.snapshot_types import Snapshot


class NotPublic(ValueError):
    """Something in a snapshot may not be printed in the public edition; the message says what."""


def must_be_public(snapshot: Snapshot) -> None:
    """Raises NotPublic for a snapshot of the confidential tier, and for one that only says that it is public."""
    if snapshot.tier != "public":
        raise NotPublic(f"The snapshot is of the {snapshot.tier} tier.")
    small = range(1, snapshot.settings.threshold)
    for item in numbered(snapshot):
        target = item.target
        if any(part in small for figure in target.figures for part in figure.parts.values()):
            raise NotPublic(f"A group under the threshold is counted in target {item.number}.")
        if any(piece.address and not piece.is_public for piece in target.evidence):
            raise NotPublic(f"Evidence of target {item.number} that is confidential has an address.")


def must_be_confidential(snapshot: Snapshot, public_digest: str) -> None:
    """The other way round: the confidential edition bears the hash of the public one, and is no copy of it."""
    if snapshot.tier != "confidential" or public_digest == snapshot.digest():
        raise ValueError("This is not the confidential snapshot of an edition with its public digest.")
