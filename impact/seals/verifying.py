"""What is wrong with the list of seals or with a checkpoint, in words: part of `flask audit verify` and of the nightly look.

The chain shows what was changed, moved or taken from its middle. Whoever rewrites a chain from some entry on and does
every sum anew is found by the checkpoints, which are signed with a key that is not in the database; whoever takes away
the newest checkpoints too, by the copies of them, of which one is kept beside the database and the others by readers.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from impact.audit.seals import register_look
from impact.db import db
from impact.seals import certificate, queries
from impact.seals.chain import BEGINNING, seal_hash, statement_hash
from impact.seals.models import Checkpoint, Seal
from impact.seals.operations import COPIES

_STEP = 500


def troubles() -> Iterator[str]:
    yield from _of_the_chain()
    yield from _of_what_the_trail_tells()
    yield from _of_the_checkpoints()
    path = certificate.settings().instance / COPIES
    if path.exists():
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            yield from _of_copies([_parsed(line)], f"line {number} of {path.name}")


def _of_the_chain() -> Iterator[str]:
    """The first seal that does not fit; what follows cannot be told."""
    previous, expected = BEGINNING, 1
    while found := queries.seals_after(expected - 1, _STEP):
        for seal in found:
            if seal.n != expected:
                yield f"Seal {expected} is missing."
                return
            if seal.previous != previous:
                yield f"Seal {seal.n} does not follow from the seal before it."
                return
            if seal_hash(seal) != seal.hash:
                yield f"Seal {seal.n} was altered."
                return
            previous, expected = seal.hash, expected + 1


def _of_what_the_trail_tells() -> Iterator[str]:
    """Each seal has its entry in the audit trail and each such entry its seal."""
    last, told = 0, 0
    while rows := queries.seals_told_of(last):
        for entry, number, digest in rows:
            told += 1
            seal = db.session.get(Seal, number)
            if seal is None:
                yield f"Seal {number} was put on the list in entry {entry} and is gone."
            elif seal.hash != digest:
                yield f"Seal {number} is not the one of entry {entry}."
        last = rows[-1][0]
    newest = queries.last_seal()
    if newest is not None and newest.n > told:
        yield f"There are {newest.n} seals, and the audit trail tells of {told}."


def _of_the_checkpoints() -> Iterator[str]:
    keys = certificate.known()
    previous, expected = BEGINNING, 1
    for point, seal, entry in queries.checkpoints_in_order():
        if point.n != expected:
            yield f"Checkpoint {expected} is missing."
        elif point.previous != previous:
            yield f"Checkpoint {point.n} does not follow from the checkpoint before it."
        key = keys.get(point.certificate)
        signed = queries.statement_of(point)
        if key is None:
            yield (
                f"Checkpoint {point.n} is signed with a certificate that is not known here ({point.certificate}): "
                "add it to EARLIER_CERTIFICATES_FILE if it was ours."
            )
        elif not certificate.is_signed_by(key, signed.encode(), _decoded(point.signature)):
            yield f"Checkpoint {point.n} does not bear our signature."
        yield from _of_ends(point, seal, entry)
        previous, expected = statement_hash(signed), point.n + 1


def _of_ends(point: Checkpoint, seal: str | None, entry: str | None) -> Iterator[str]:
    if point.seals and seal is None:
        yield f"Checkpoint {point.n} counts {point.seals} seals, and seal {point.seals} is gone."
    elif point.seals and seal != point.seals_head:
        yield f"Seal {point.seals} is not the one of checkpoint {point.n}."
    if entry is None:
        yield f"Checkpoint {point.n} counts {point.audit_entries} entries of the audit trail, and entry {point.audit_entries} is gone."
    elif entry != point.audit_head:
        yield f"Entry {point.audit_entries} of the audit trail is not the one of checkpoint {point.n}."


def differences(published: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What of checkpoints that somebody kept (as /seals/checkpoints.json gives them) is not here any more."""
    for number, copy in enumerate(published, start=1):
        yield from _of_copies([copy], f"checkpoint {number} of the file")


def _of_copies(copies: Iterable[Mapping[str, Any]], place: str) -> Iterator[str]:
    keys = certificate.known()
    for copy in copies:
        signed, signature = str(copy.get("signed", "")), str(copy.get("signature", ""))
        told = _parsed(signed)
        key, number = keys.get(str(told.get("certificate"))), told.get("checkpoint")
        if key is None or not certificate.is_signed_by(key, signed.encode(), _decoded(signature)):
            yield f"In {place} there is no checkpoint that bears our signature."
            continue
        point = db.session.get(Checkpoint, number)
        if point is None:
            yield f"Checkpoint {number} was published (it counts {told.get('seals')} seals and {told.get('audit_entries')} entries) and is gone."
        elif queries.statement_of(point) != signed:
            yield f"Checkpoint {number} is not the one that was published."


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except binascii.Error:
        return b""


register_look("seals", troubles)
