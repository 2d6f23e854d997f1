"""Making the file of an edition again, and comparing: is it the same, was it another renderer, or was it altered?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from impact.storage import NotStored, storage
from reports import frozen as read_back
from reports import making
from reports.models import HANDOUT, EditionFile
from reports.numerals import LATIN

SAME, ALTERED, ANOTHER_RENDERER, NOTHING = "same", "altered", "another renderer", "nothing to compare"


@dataclass(frozen=True)
class Finding:
    """`why` says where it was found; `parts` are (name, recorded, here) of a renderer that is another one."""

    verdict: str
    why: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()


def compare(file: EditionFile) -> Finding:
    """Render from the row alone and compare with what was recorded and with what is kept."""
    if file.state != "ready" or not file.unsigned_sha256:
        return Finding(NOTHING, "The file was not made yet, or before its bytes were recorded.")
    try:
        plain = again(file)
    except ValueError as fault:
        return Finding(ALTERED, str(fault))
    kept = _kept(file)
    if kept is None or hashlib.sha256(kept).hexdigest() != file.sha256:
        return Finding(ALTERED, "The kept file is not the one that was made, or is not there.")
    if hashlib.sha256(plain).hexdigest() == file.unsigned_sha256:
        # The signature is written behind the pages: they are still there as they were rendered.
        return Finding(SAME) if kept.startswith(plain) else Finding(ALTERED, "The kept file has other pages.")
    parts = _differences(file.engine, making.versions())
    if parts:
        return Finding(ANOTHER_RENDERER, "", parts)
    return Finding(ALTERED, "The same renderer makes other bytes of this edition than were recorded.")


def again(file: EditionFile) -> bytes:
    """The bytes before they are signed, from the row. Raises ValueError where it is not as it was frozen."""
    kept, digest = file.edition.frozen(file.tier)
    snapshot = read_back.load(kept)
    if snapshot.digest() != digest:
        raise ValueError("The snapshot is not the one that was frozen.")
    setting = making.handed_out if file.tier == HANDOUT else making.rendered
    # As they were chosen then: the setting may be another one by now.
    numerals = file.engine.get(making.NUMERALS, LATIN)
    return setting(snapshot, file.language, making.imprint_in(file.edition, numerals))


def _kept(file: EditionFile) -> bytes | None:
    try:
        return storage().get(file.sha256)
    except NotStored:
        return None


def _differences(recorded: dict[str, str], here: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    from reports.engine import differences

    plain = {part: said for part, said in recorded.items() if part != making.NUMERALS}
    return tuple(differences(plain, here))
