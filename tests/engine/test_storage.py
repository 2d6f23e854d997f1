"""Files by their digest, on a disk and in a real bucket."""

import hashlib
import io
import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Column, String, Table

from impact import clock
from impact.db import db
from impact.storage import NotStored, Storage, StorageUnavailable, storage
from impact.storage_sweep import storage_cli, sweep

WORDS = "المساواة".encode() * 1000
DIGEST = hashlib.sha256(WORDS).hexdigest()
NOWHERE = "0" * 64


@pytest.fixture(params=["disk", "bucket", "bucket with a prefix"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "disk":
        return Storage.from_url(f"file://{tmp_path / 'the files'}")
    url: str = request.getfixturevalue("s3_url")
    return Storage.from_url(url if request.param == "bucket" else url.replace("?", "/evidence/files?"))


@pytest.mark.parametrize("form", ["bytes", "path", "stream"])
def test_what_is_put_is_there_under_its_digest(store: Storage, form: str, tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_bytes(WORDS)
    sources: dict[str, Any] = {"bytes": WORDS, "path": path, "stream": io.BytesIO(WORDS)}
    assert not store.exists(DIGEST)
    assert store.put(sources[form]) == DIGEST
    assert store.exists(DIGEST)
    assert store.size(DIGEST) == len(WORDS)
    assert store.get(DIGEST) == WORDS
    assert [file.sha256 for file in store.all()] == [DIGEST]


def test_the_same_bytes_are_kept_once_and_an_empty_file_is_a_file(store: Storage) -> None:
    assert store.put(WORDS) == store.put(WORDS)
    empty = store.put(b"")
    assert store.get(empty) == b""
    assert len(list(store.all())) == 2


@pytest.mark.parametrize(
    "start, end, expected",
    [
        (0, 4, WORDS[:4]),
        (10, 30, WORDS[10:30]),
        (15_990, None, WORDS[15_990:]),
        (15_990, 99_999, WORDS[15_990:]),
        (16_000, None, b""),
        (99_999, None, b""),
        (5, 5, b""),
    ],
)
def test_a_part_of_a_file_can_be_read(store: Storage, start: int, end: int | None, expected: bytes) -> None:
    store.put(WORDS)
    assert b"".join(store.stream(DIGEST, start, end)) == expected


def test_a_large_file_comes_in_pieces(store: Storage) -> None:
    large = os.urandom(6 * 1024 * 1024)
    pieces = list(store.stream(store.put(large)))
    assert len(pieces) > 1
    assert b"".join(pieces) == large


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: Storage) -> None:
    store.put(WORDS)
    store.delete(DIGEST)
    store.delete(DIGEST)
    assert not store.exists(DIGEST)
    with pytest.raises(NotStored):
        store.get(DIGEST)
    with pytest.raises(NotStored):
        store.size(DIGEST)


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        "",
        "a" * 63,
        "A" * 64,
        f"../{DIGEST}",
        f"{DIGEST}\n",
        f"{DIGEST[:60]}/../",
        "%2e%2e",
    ],
)
def test_nothing_but_a_digest_is_a_path(store: Storage, path: str) -> None:
    for ask in (
        store.get,
        store.size,
        store.opened,
        store.exists,
        store.delete,
        lambda sha256: list(store.stream(sha256)),
    ):
        with pytest.raises(NotStored):
            ask(path)


@pytest.mark.parametrize("url", ["", "/var/files", "file://", "file:///", "http://x/y", "s3://", "ftp://x/y"])
def test_another_address_is_refused_with_its_setting(url: str) -> None:
    with pytest.raises(ValueError, match="STORAGE_URL"):
        Storage.from_url(url)


def test_a_dead_bucket_is_said_to_be_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "y")
    dead = Storage.from_url("s3://bucket?endpoint=http://127.0.0.1:1&region=x")
    with pytest.raises(StorageUnavailable):
        dead.put(b"x")
    with pytest.raises(StorageUnavailable):
        dead.get(NOWHERE)


def test_a_disk_that_takes_nothing_is_said_to_be_unavailable(tmp_path: Path) -> None:
    store = Storage.from_url(f"file://{tmp_path / 'files'}")
    # A file where a folder must be refuses even the administrator, which a mode would not.
    (tmp_path / "files" / DIGEST[:2]).write_text("in the way")
    with pytest.raises(StorageUnavailable):
        store.put(WORDS)


def test_a_kept_file_is_not_executable(tmp_path: Path) -> None:
    store = Storage.from_url(f"file://{tmp_path / 'files'}")
    store.put(b"#!/bin/sh\n")
    (file,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    assert not file.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def test_files_that_nothing_refers_to_are_orphans_after_a_day(store: Storage) -> None:
    store.put(WORDS)
    other = store.put(b"another")
    assert store.orphans(set()) == []
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        assert [file.sha256 for file in store.orphans({DIGEST})] == [other]


def test_a_file_that_is_given_again_is_young_again(tmp_path: Path) -> None:
    store = Storage.from_url(f"file://{tmp_path / 'files'}")
    store.put(WORDS)
    (file,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    os.utime(file, (1_600_000_000, 1_600_000_000))
    assert len(store.orphans(set())) == 1
    store.put(WORDS)
    assert store.orphans(set()) == []


def test_the_sweep_finds_files_without_a_row_and_rows_without_a_file(engine_app: Flask, tmp_path: Path) -> None:
    engine_app.cli.add_command(storage_cli)
    store = storage()
    assert storage() is store
    papers = Table("papers", db.metadata, Column("sha256", String(64)))
    try:
        with db.engine.begin() as connection:
            papers.create(connection)
            connection.execute(papers.insert(), [{"sha256": store.put(WORDS)}, {"sha256": NOWHERE}, {"sha256": ""}])
        orphan = store.put(b"nobody's")
        piece = tmp_path / "files" / f"{DIGEST}#1"
        piece.write_bytes(b"half")
        os.utime(piece, (1_600_000_000, 1_600_000_000))
        for file in (tmp_path / "files").rglob(orphan):
            os.utime(file, (1_600_000_000, 1_600_000_000))
        swept = sweep(store)
        assert [file.sha256 for file in swept.orphans] == [orphan]
        assert swept.left_behind == [piece]
        assert swept.missing == [("papers", NOWHERE)]
        db.session.rollback()
        result = engine_app.test_cli_runner().invoke(args=["storage", "sweep", "--delete"])
        assert result.exit_code == 1
        assert "2 deleted, 1 missing." in result.output
        assert not store.exists(orphan)
        assert store.exists(DIGEST)
        assert not piece.exists()
    finally:
        db.session.rollback()
        papers.drop(db.engine)
        db.metadata.remove(papers)
