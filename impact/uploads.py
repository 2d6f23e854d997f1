"""Files that people give: read with a limit, looked into, kept under their digest, and handed out as downloads.

An allow-list, and proof by parsing: what a file says it is has to be what it is. Nothing of it is
ever shown inside a page; `file_response` hands it out as an attachment that no browser runs.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from flask import current_app

from impact.errors import Invalid
from impact.file_types import CannotAccept, images, pdf, spreadsheet, text
from impact.messages import gettext_noop as N_
from impact.storage import Storage, storage

CHUNK = 64 * 1024
#: Above this a file is spooled to disk instead of memory.
IN_MEMORY = 1024 * 1024
LONGEST_NAME = 150


@dataclass(frozen=True)
class Kind:
    content_type: str
    look: Callable[[IO[bytes]], None]


#: Extension → what it has to be. The only place that says what may be uploaded.
ALLOWED: dict[str, Kind] = {
    "pdf": Kind("application/pdf", pdf.look),
    "png": Kind("image/png", images.look_at_png),
    "jpg": Kind("image/jpeg", images.look_at_jpeg),
    "jpeg": Kind("image/jpeg", images.look_at_jpeg),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spreadsheet.look),
    "csv": Kind("text/csv", text.look),
    "txt": Kind("text/plain", text.look),
}
#: For the `accept` attribute of a file field and for the sentence beside it.
ACCEPT = ",".join(f".{extension}" for extension in ALLOWED)


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed. `file` is open at its beginning and vanishes when closed; keep it with `keep`."""

    sha256: str
    size: int
    content_type: str
    file_name: str
    file: IO[bytes] = field(repr=False, compare=False)
    #: no virus scanner has seen it: pages that offer it say so
    is_scanned: bool = False


def check_upload(stream: IO[bytes], filename: str, *, max_bytes: int | None = None) -> CheckedFile:
    """Read at most `max_bytes` (UPLOAD_MAX_MB by default) and look into the file.

    Raises Invalid with a sentence that names the file, the rule and the way out.
    """
    name = safe_name(filename)
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if extension not in ALLOWED:
        raise Invalid(
            N_("“%(file)s” was not taken: only PDF, PNG, JPEG, XLSX, CSV and TXT files are. Save it as one of them."),
            file=name,
        )
    limit = current_app.extensions["settings"].upload_max_mb * 1024 * 1024 if max_bytes is None else max_bytes
    kind = ALLOWED[extension]
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (handed to the caller)
    try:
        sha256, size = _read(stream, file, limit, name)
        file.seek(0)
        try:
            kind.look(file)
        except CannotAccept as why:
            raise Invalid(why.message, file=name, **why.values) from None
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return CheckedFile(sha256, size, kind.content_type, name, file)


def _read(stream: IO[bytes], file: IO[bytes], limit: int, name: str) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > limit:
            raise Invalid(
                N_(
                    "“%(file)s” was not taken: it is larger than %(limit)s MB. Make it smaller, or give a link instead."
                ),
                file=name,
                limit=max(1, limit // (1024 * 1024)),
            )
        digest.update(piece)
        file.write(piece)
    if not size:
        raise Invalid(N_("“%(file)s” was not taken: it is empty. Choose the file again."), file=name)
    return digest.hexdigest(), size


def keep(checked: CheckedFile, store: Storage | None = None) -> str:
    """Put the checked file into storage and close it; returns its SHA-256. Raises StorageUnavailable."""
    with checked.file:
        return (store or storage()).put(checked.file)


#: What could end a header, turn the reading direction, or hide in a name.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(filename: str) -> str:
    """The last part of the given name, for showing and for the download's header; never for a path of ours."""
    name = unicodedata.normalize("NFC", filename or "").replace("\\", "/").rpartition("/")[2]
    # A joiner (Cf) shapes letters in Persian and Hindi; it neither hides nor turns anything.
    name = "".join(letter for letter in name if letter in "\u200c\u200d" or unicodedata.category(letter) not in _UNSEEN)
    name = " ".join(re.sub(r'[<>:"|?*%]', "_", name).split()).lstrip(". ")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    stem, dot, extension = name.rpartition(".")
    if dot and len(name) > LONGEST_NAME:
        extension = extension[:10]
        name = f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"
    return name[:LONGEST_NAME] or "file"
