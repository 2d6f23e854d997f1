"""The one way onto the list of seals, and how a checkpoint is made: in the transaction of whoever calls."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from impact import clock
from impact.actor import SYSTEM, Actor
from impact.audit.models import AuditEntry
from impact.audit.operations import one_writer_at_a_time, plain, record
from impact.db import after_commit, db
from impact.jobs import Claimed, Finish, Later, ReportProgress, before_work, enqueue, every, handler
from impact.logs import log
from impact.seals import certificate, queries, signing
from impact.seals.chain import BEGINNING, seal_hash, statement, statement_hash
from impact.seals.models import Checkpoint, Seal

KIND = "seals.checkpoint"
#: A copy of every checkpoint beside the database, one a line: it outlives what is taken out of the tables.
COPIES = "checkpoints.jsonl"


def append(kind: str, code: str, facts: Mapping[str, Any], actor: Actor) -> Seal:
    """Put one line on the public list, for ever: `facts` are read by everybody. A checkpoint follows soon.

    The caller has asked whether the actor may seal. Facts are texts, whole numbers, yes and no, and lists of them.
    """
    one_writer_at_a_time()
    last = queries.last_seal()
    seal = Seal(
        n=last.n + 1 if last else 1,
        kind=kind,
        code=code,
        facts=plain(facts),
        at=clock.now(),
        previous=last.hash if last else BEGINNING,
    )
    seal.hash = seal_hash(seal)
    db.session.add(seal)
    # The trail holds the hash too: a seal that is taken away leaves an entry about nothing.
    record(actor, "seal_appended", seal, details={"code": code, "kind": kind, "hash": seal.hash})
    enqueue(KIND, unique_key=KIND)
    return seal


@dataclass(frozen=True)
class _Prepared:
    """A checkpoint that is signed and not kept yet."""

    n: int
    seals: int
    seals_head: str
    audit_entries: int
    audit_head: str
    at: datetime
    previous: str
    certificate: str
    signature: str


def checkpoint() -> Checkpoint | None:
    """Sign how long both chains are and how they end; None where nothing was added since the last checkpoint."""
    prepared = _prepare()
    return _keep(prepared) if prepared else None


def _prepare() -> _Prepared | None:
    last, seal, entry = queries.last_checkpoint(), queries.last_seal(), queries.last_entry()
    if entry is None or (last is not None and _is_about(entry, last)):
        return None
    words: dict[str, Any] = {
        "at": clock.now(),
        "seals": seal.n if seal else 0,
        "seals_head": seal.hash if seal else BEGINNING,
        "audit_entries": entry.id,
        "audit_head": entry.hash,
        "previous": statement_hash(queries.statement_of(last)) if last else BEGINNING,
        "certificate": certificate.fingerprint(certificate.current()),
    }
    number = last.n + 1 if last else 1
    signed = statement(number=number, **words)
    signature = base64.b64encode(signing.sign_words(signed.encode())).decode()
    return _Prepared(n=number, signature=signature, **words)


def _is_about(entry: AuditEntry, last: Checkpoint) -> bool:
    return (entry.subject_kind, entry.subject_id) == (Checkpoint.__tablename__, last.n)


def _keep(prepared: _Prepared) -> Checkpoint:
    made = Checkpoint(**vars(prepared))
    db.session.add(made)
    signed = queries.statement_of(made)
    record(SYSTEM, "checkpoint_signed", made, details={"seals": made.seals, "hash": statement_hash(signed)})
    line = json.dumps({"signed": signed, "signature": made.signature})
    path = certificate.settings().instance / COPIES
    after_commit(lambda: _copy(path, line))
    return made


def _copy(path: Path, line: str) -> None:
    """Added to the end in one write, so that two processes never mix their lines."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as fault:
        # The checkpoint itself is kept and published; only this copy is missing.
        log.warning("checkpoint not copied", exc_info=fault)


@before_work
def make_ready() -> None:
    """Load what signs in the worker's parent: each process that signs would take over a second for it."""
    signing.load()


@every(24 * 3600, "sign_a_checkpoint")
def ask() -> None:
    """Every day, for the audit trail, which grows also while nothing is sealed."""
    enqueue(KIND, unique_key=KIND)


@handler(KIND, slow=True, seconds=120)
def sign_a_checkpoint(job: Claimed, report_progress: ReportProgress) -> Finish | None:
    """Signing may ask a token and take its time, so it holds no transaction; what it signed is still a beginning of both chains."""
    prepared = _prepare()
    if prepared is None:
        return None

    def finish() -> None:
        last = queries.last_checkpoint()
        if (last.n if last else 0) != prepared.n - 1:
            raise Later("Another checkpoint was signed meanwhile.")
        _keep(prepared)

    return finish
