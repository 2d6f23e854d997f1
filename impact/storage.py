"""Files, named by the SHA-256 of their bytes: on a disk or in an S3 bucket, through one interface.

The server makes every path from a digest, so no name that people give ever reaches the disk; a file
that is there already is not written again, and what a reviewer saw cannot be swapped.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

from impact import clock

if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

log = logging.getLogger("impact.storage")

_SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 256 * 1024
#: Up to this size a file goes to S3 in one request; beyond it in parts.
IN_ONE_REQUEST = 64 * 1024 * 1024
#: A file younger than this may belong to a transaction that is not committed yet: it is no orphan.
TOO_YOUNG = timedelta(days=1)
#: A file found in place is renewed when older than this, so that a sweep running now cannot take it from us.
RENEW_AFTER = TOO_YOUNG / 2


class StorageUnavailable(RuntimeError):
    """The disk or the bucket cannot be read or written now."""


class NotStored(LookupError):
    """There is no file with this digest."""


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    modified: datetime


class Storage:
    """A store of files by their digest. `folder` is its place on a disk, None for a bucket."""

    def __init__(self, store: LocalStore | S3Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def from_url(cls, url: str) -> Storage:
        """file:///folder, or s3://bucket/prefix?endpoint=…&region=… with AWS_ACCESS_KEY_ID and …_SECRET_ACCESS_KEY.

        Raises ValueError for another scheme.
        """
        from obstore.store import LocalStore, S3Store

        parts = urlsplit(url)
        if parts.scheme == "file" and parts.path not in {"", "/"}:
            folder = Path(unquote(parts.path)).resolve()
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(prefix=folder), folder)
        if parts.scheme == "s3" and parts.hostname:
            options = {name: values[0] for name, values in parse_qs(parts.query).items()}
            config: dict[str, Any] = {"region": options.get("region", "us-east-1")}
            if endpoint := options.get("endpoint"):
                config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
            return cls(
                S3Store(
                    parts.netloc,
                    prefix=unquote(parts.path).strip("/") or None,
                    client_options={
                        "allow_http": options.get("endpoint", "").startswith("http://"),
                        "connect_timeout": timedelta(seconds=5),
                        "timeout": timedelta(seconds=60),
                    },
                    retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
                    **config,
                )
            )
        raise ValueError(f"STORAGE_URL must be file:///folder or s3://bucket/…, not {url.partition('?')[0]!r}.")

    def put(self, source: bytes | Path | IO[bytes]) -> str:
        """Keep the bytes and return their SHA-256; nobody ever sees a half-written file. Raises StorageUnavailable."""
        if isinstance(source, bytes):
            return self._put(hashlib.sha256(source).hexdigest(), source, len(source))
        if isinstance(source, Path):
            with source.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            return self._put(sha256, source, source.stat().st_size)
        with tempfile.NamedTemporaryFile() as spool:
            shutil.copyfileobj(source, spool, CHUNK)
            spool.flush()
            return self.put(Path(spool.name))

    def _put(self, sha256: str, source: bytes | Path, size: int) -> str:
        path = _path(sha256)
        try:
            found = self._head(sha256)
            if found is not None and found.size == size and clock.now() - found.modified < RENEW_AFTER:
                return sha256
            # Writing the same bytes again is harmless, and renews the date.
            self._store.put(path, source, use_multipart=size > IN_ONE_REQUEST)
            if self._folder is not None:
                _sync(self._folder / path)
        except Exception as error:
            raise StorageUnavailable(f"A file could not be kept: {_first_line(error)}") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The whole file. Raises NotStored or StorageUnavailable."""
        return b"".join(self.stream(sha256))

    def stream(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to, not including, `end`, in pieces. The first piece is asked for at once.

        Raises NotStored or StorageUnavailable; a range that begins beyond the file gives nothing.
        """
        size = self.size(sha256)
        end = size if end is None else min(end, size)
        if start >= end:
            return iter(())
        try:
            result = self._store.get(_path(sha256), options={"range": (start, end)})
        except FileNotFoundError:
            raise NotStored(sha256) from None
        except Exception as error:
            raise StorageUnavailable(f"A file could not be read: {_first_line(error)}") from error
        return (bytes(piece) for piece in result.stream(min_chunk_size=CHUNK))

    def opened(self, sha256: str) -> BinaryIO | None:
        """The file itself where it lies on a disk, so that a web server can send it unread; None in a bucket.

        Raises NotStored or StorageUnavailable.
        """
        path = _path(sha256)
        if self._folder is None:
            return None
        try:
            return cast(BinaryIO, (self._folder / path).open("rb", buffering=0))
        except FileNotFoundError:
            raise NotStored(sha256) from None
        except OSError as error:
            raise StorageUnavailable(f"A file could not be read: {_first_line(error)}") from error

    def exists(self, sha256: str) -> bool:
        return self._head(sha256) is not None

    def size(self, sha256: str) -> int:
        """Bytes of the file. Raises NotStored."""
        if self._folder is not None:
            try:
                return (self._folder / _path(sha256)).stat().st_size
            except FileNotFoundError:
                raise NotStored(sha256) from None
        found = self._head(sha256)
        if found is None:
            raise NotStored(sha256)
        return found.size

    def delete(self, sha256: str) -> None:
        """Take the file away; nothing happens when it is not there."""
        path = _path(sha256)
        try:
            self._store.delete(path)
        except FileNotFoundError:
            pass
        except Exception as error:
            raise StorageUnavailable(f"A file could not be deleted: {_first_line(error)}") from error

    def all(self) -> Iterator[Stored]:
        """Every file that is kept."""
        for batch in self._store.list():
            for meta in batch:
                sha256 = meta["path"].rpartition("/")[2]
                if _SHA256.fullmatch(sha256) and meta["path"] == _path(sha256):
                    yield Stored(sha256, meta["size"], meta["last_modified"])

    def orphans(self, kept: set[str]) -> list[Stored]:
        """Files that nothing refers to, except those young enough to belong to a transaction still under way."""
        limit = clock.now() - TOO_YOUNG
        return [file for file in self.all() if file.sha256 not in kept and file.modified < limit]

    def left_behind(self) -> list[Path]:
        """On a disk: pieces of files whose writer was killed, more than a day old."""
        if self._folder is None:
            return []
        limit = (clock.now() - TOO_YOUNG).timestamp()
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return [path for path in files if not _SHA256.fullmatch(path.name) and path.stat().st_mtime < limit]

    def _head(self, sha256: str) -> Stored | None:
        path = _path(sha256)
        try:
            meta = self._store.head(path)
        except FileNotFoundError:
            return None
        except Exception as error:
            raise StorageUnavailable(f"A file could not be looked for: {_first_line(error)}") from error
        return Stored(sha256, meta["size"], meta["last_modified"])


def _path(sha256: str) -> str:
    """ab/cd/abcd…; raises NotStored for anything but a digest, so that no other path can be asked for."""
    if not _SHA256.fullmatch(sha256):
        raise NotStored(sha256[:80])
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _sync(path: Path) -> None:
    """Renaming is atomic but not yet durable: a row must not survive a power cut that its file does not."""
    for place in (path, path.parent, path.parent.parent, path.parent.parent.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]


def storage() -> Storage:
    """The application's storage, opened at the first use (after a fork each process opens its own)."""
    extensions = current_app.extensions
    found: Storage | None = extensions.get("storage")
    if found is None or extensions.get("storage_pid") != os.getpid():
        found = extensions["storage"] = Storage.from_url(extensions["settings"].storage_url)
        extensions["storage_pid"] = os.getpid()
    return found
