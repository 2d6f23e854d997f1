"""The list of seals: each attack on the database is found by `flask audit verify`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from impact import canonical
from impact.audit.chain import entry_hash
from impact.audit.models import AuditEntry
from impact.audit.seals import troubles
from impact.db import db, transaction
from impact.jobs import run_waiting
from impact.seals.chain import BEGINNING, seal_hash
from impact.seals.models import Checkpoint, Seal
from impact.seals.queries import statement_of
from tests.seals.makers import a_checkpoint, attacked, seals, without_triggers


def found() -> list[str]:
    db.session.expire_all()
    return list(troubles())


def test_canonical_json_sorts_by_utf16_and_writes_nothing_that_is_not_exact() -> None:
    assert canonical.dump({"b": [1, True, None], "a": "é\n\x1f€"}) == '{"a":"é\\n\\u001f€","b":[1,true,null]}'.encode()
    # U+1D11E is written with surrogates, so it comes before U+FB33 (the example of RFC 8785).
    assert canonical.dump({"\ufb33": 1, "\U0001d11e": 2}) == '{"\U0001d11e":2,"\ufb33":1}'.encode()
    for value in (0.5, {1, 2}, b"x"):
        with pytest.raises(TypeError):
            canonical.dump(value)
    with pytest.raises(ValueError, match="not exact"):
        canonical.dump(2**53)


def test_a_seal_follows_from_the_one_before_and_can_be_hashed_by_hand(app: Flask) -> None:
    seals(2)
    first, second = db.session.scalars(select(Seal).order_by(Seal.n)).all()
    assert (first.n, first.previous, second.n, second.previous) == (1, BEGINNING, 2, first.hash)
    at = second.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    by_hand = (
        f'{{"at":"{at}","code":"example-university-2025-2","facts":{{"note":"é","sha256":"{2:064x}"}},'
        f'"kind":"edition","n":2,"previous":"{first.hash}"}}'
    )
    assert second.hash == hashlib.sha256(by_hand.encode()).hexdigest()
    assert found() == []


def test_a_seal_that_is_undone_leaves_nothing(app: Flask) -> None:
    def fail() -> None:
        with transaction():
            from impact.actor import SYSTEM
            from impact.seals.operations import append

            append("edition", "x-2025-1", {}, SYSTEM)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert db.session.scalar(select(Seal)) is None
    assert found() == []


@pytest.mark.parametrize("table", ["seal", "checkpoint"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET n = 9 WHERE n = 1", "DELETE FROM {} WHERE n = 1"])
def test_the_database_refuses_to_alter_a_seal_or_a_checkpoint(app: Flask, table: str, statement: str) -> None:
    seals(1)
    a_checkpoint()
    with pytest.raises(DBAPIError, match="may only grow"):
        db.session.execute(text(statement.format(table)))
    db.session.rollback()


def test_a_checkpoint_follows_each_seal_and_nothing_is_signed_twice(app: Flask) -> None:
    seals(2)
    run_waiting()
    (point,) = db.session.scalars(select(Checkpoint)).all()
    assert (point.n, point.seals, point.previous) == (1, 2, BEGINNING)
    run_waiting()
    from impact.seals.operations import ask

    with transaction():
        ask()
    run_waiting()
    assert len(db.session.scalars(select(Checkpoint)).all()) == 1
    seals(1, first=3)
    run_waiting()
    second = db.session.scalars(select(Checkpoint).order_by(Checkpoint.n)).all()[1]
    assert second.previous == hashlib.sha256(statement_of(point).encode()).hexdigest()
    assert found() == []


#: What is done by SQL after four seals and a checkpoint → what the look says of it.
ATTACKS = {
    "a fact is changed": ('UPDATE seal SET facts = \'{"sha256": "f"}\' WHERE n = 2', "Seal 2 was altered."),
    "a code is changed": ("UPDATE seal SET code = 'other-2025-1' WHERE n = 4", "Seal 4 was altered."),
    "a time is changed": ("UPDATE seal SET at = '2020-01-01 00:00:00' WHERE n = 1", "Seal 1 was altered."),
    "two are swapped": (
        "UPDATE seal SET n = CASE n WHEN 2 THEN -3 ELSE -2 END WHERE n IN (2, 3); UPDATE seal SET n = -n WHERE n < 0",
        "Seal 2 does not follow from the seal before it.",
    ),
    "one is taken from the middle": ("DELETE FROM seal WHERE n = 2", "Seal 2 is missing."),
    "the last is taken away": ("DELETE FROM seal WHERE n = 4", "Checkpoint 1 counts 4 seals, and seal 4 is gone."),
    "all are taken away": ("DELETE FROM seal", "Checkpoint 1 counts 4 seals, and seal 4 is gone."),
    "a checkpoint is changed": ("UPDATE checkpoint SET seals = 3", "Checkpoint 1 does not bear our signature."),
    "a checkpoint is taken away": (
        "DELETE FROM checkpoint",
        "Checkpoint 1 was published (it counts 4 seals and 4 entries) and is gone.",
    ),
    "the trail loses its end": (
        "DELETE FROM audit_entry WHERE id >= 4",
        "Checkpoint 1 counts 4 entries of the audit trail, and entry 4 is gone.",
    ),
}


@pytest.mark.parametrize("statements, told", ATTACKS.values(), ids=ATTACKS)
def test_whoever_changes_the_list_past_the_platform_is_found_out(app: Flask, statements: str, told: str) -> None:
    seals(4)
    a_checkpoint()
    with attacked():
        for statement in statements.split(";"):
            db.session.execute(text(statement))
    assert told in found()
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert done.exit_code == 1 and told in done.output


def rewrite_seals(first: int) -> None:
    """Every sum done anew from one seal on, as somebody would who knows the rule."""
    previous = db.session.get(Seal, first - 1)
    before = previous.hash if previous else BEGINNING
    for seal in db.session.scalars(select(Seal).where(Seal.n >= first).order_by(Seal.n)):
        if seal.n == first:
            seal.facts = {"sha256": "e" * 64}
        seal.previous = before
        before = seal.hash = seal_hash(seal)
        for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "seal")):
            if entry.subject_id == seal.n:
                entry.details = {**entry.details, "hash": seal.hash}
    db.session.flush()
    rewrite_trail(1)


def rewrite_trail(first: int, reason: str = "") -> None:
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    before = BEGINNING
    for entry in entries:
        if entry.id >= first:
            entry.reason = reason if entry.id == first and reason else entry.reason
            entry.previous_hash = before
            entry.hash = entry_hash(entry)
        before = entry.hash


def test_a_list_that_was_written_anew_with_right_sums_is_found_by_the_signature(app: Flask) -> None:
    seals(4)
    a_checkpoint()
    with attacked():
        rewrite_seals(3)
    assert found() == [
        "Seal 4 is not the one of checkpoint 1.",
        "Entry 4 of the audit trail is not the one of checkpoint 1.",
    ]


def test_an_audit_trail_that_was_written_anew_with_right_sums_is_found_by_the_signature(app: Flask) -> None:
    seals(3)
    a_checkpoint()
    with attacked():
        rewrite_trail(2, reason="nobody ever said so")
    assert found() == ["Entry 3 of the audit trail is not the one of checkpoint 1."]


def test_a_checkpoint_written_anew_for_a_rewritten_list_lacks_the_signature(app: Flask) -> None:
    seals(4)
    a_checkpoint()
    with attacked():
        rewrite_seals(3)
        point = db.session.get(Checkpoint, 1)
        last, entry = db.session.get(Seal, 4), db.session.get(AuditEntry, 4)
        assert point and last and entry
        point.seals_head, point.audit_head = last.hash, entry.hash
    assert "Checkpoint 1 does not bear our signature." in found()


def test_a_tail_taken_away_with_its_checkpoints_is_found_by_any_copy(app: Flask, tmp_path: Path) -> None:
    """Seals 3 and 4, their entries, the checkpoints that count them and their entries: all gone, no gap left."""
    seals(2)
    a_checkpoint()
    seals(2, first=3)
    a_checkpoint()
    published = tmp_path / "kept.json"
    published.write_bytes(app.test_client().get("/en/seals/checkpoints.json").data)
    with attacked():
        db.session.execute(text("DELETE FROM seal WHERE n > 2"))
        db.session.execute(text("DELETE FROM checkpoint WHERE n > 1"))
        db.session.execute(text("DELETE FROM audit_entry WHERE id > 3"))
    told = "Checkpoint 2 was published (it counts 4 seals and 5 entries) and is gone."
    assert found() == [told]
    copies = app.extensions["settings"].instance / "checkpoints.jsonl"
    copies.unlink()
    # Without the copy beside the database nothing here can know; what a reader kept does.
    assert found() == []
    done = app.test_cli_runner().invoke(args=["seals", "compare", str(published)])
    assert done.exit_code == 1 and told in done.output


def test_a_seal_and_its_entry_belong_together(app: Flask) -> None:
    seals(2)
    without_triggers()
    with transaction():
        db.session.execute(text("DELETE FROM seal WHERE n = 2"))
    assert found() == ["Seal 2 was put on the list in entry 2 and is gone."]


def test_a_whole_list_is_said_to_be_whole(app: Flask, tmp_path: Path) -> None:
    seals(3)
    done = app.test_cli_runner().invoke(args=["seals", "checkpoint"])
    assert done.output == "Checkpoint 1: 3 seals, 3 entries of the audit trail.\n"
    again = app.test_cli_runner().invoke(args=["seals", "checkpoint"])
    assert again.output == "Nothing was added since the last checkpoint.\n"
    assert found() == []
    kept = tmp_path / "kept.json"
    kept.write_bytes(app.test_client().get("/en/seals/checkpoints.json").data)
    seals(1, first=4)
    app.test_cli_runner().invoke(args=["seals", "checkpoint"])
    compared = app.test_cli_runner().invoke(args=["seals", "compare", str(kept)])
    assert compared.output == "All 1 checkpoints of the file are as they were published.\n"
    kept.write_text(json.dumps({"checkpoints": [{"signed": "{}", "signature": "AA=="}]}))
    forged = app.test_cli_runner().invoke(args=["seals", "compare", str(kept)])
    assert forged.exit_code == 1 and "no checkpoint that bears our signature" in forged.output
