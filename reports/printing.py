"""The bytes of an edition's file before they are signed: from its row alone, so that they can be made again."""

from __future__ import annotations

from datetime import datetime

from reports.group.sections import imprint_of as imprint_of_group
from reports.group.types import GroupSnapshot
from reports.imprint import Imprint, imprint_of
from reports.models import Edition
from reports.snapshot_types import Snapshot


class NotAsFrozen(ValueError):
    """The snapshot in the row is not the one whose digest stands beside it."""


def frozen(edition: Edition, tier: str) -> Snapshot | GroupSnapshot:
    """The snapshot of a tier. Raises NotAsFrozen."""
    data, digest = edition.frozen(tier)
    try:
        kind: type[Snapshot] | type[GroupSnapshot] = Snapshot if edition.kind == "champion" else GroupSnapshot
        snapshot = kind.load(data)
    except ValueError as fault:
        raise NotAsFrozen("The snapshot cannot be read.") from fault
    if snapshot.digest() != digest:
        raise NotAsFrozen("The snapshot is not the one that was frozen.")
    return snapshot


def imprint(edition: Edition, snapshot: Snapshot | GroupSnapshot) -> Imprint:
    """What is printed of the edition: the public digest in both tiers."""
    if isinstance(snapshot, GroupSnapshot):
        return imprint_of_group(snapshot, sealed_at=edition.sealed_at)
    signed: datetime | None = edition.signed_off_at
    return imprint_of(
        snapshot,
        digest=edition.sha256,
        sealed_at=edition.sealed_at,
        signed_off_on=signed.date() if signed else None,
    )


def unsigned(snapshot: Snapshot | GroupSnapshot, language: str, printed: Imprint) -> bytes:
    """The PDF. The engine is heavy: only a process that sets pages loads it, never one that serves them."""
    from reports import render
    from reports.group.pdf import to_group_pdf

    if isinstance(snapshot, GroupSnapshot):
        return to_group_pdf(snapshot, language, printed)
    if printed.is_confidential:
        return render.to_confidential_pdf(snapshot, language, printed)
    return render.to_pdf(snapshot, language, printed)


def engine() -> dict[str, str]:
    """What set the pages, part by part."""
    from reports.engine import engine as parts

    return parts()
