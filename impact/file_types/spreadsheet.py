"""XLSX: a ZIP of XML, which can hide bombs, entities and macros; checked part by part before a reader opens it."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from impact.file_types import CannotAccept
from impact.messages import gettext_noop as N_

NOT_XLSX = N_(
    "“%(file)s” was not taken: its name ends in .xlsx, but it is not a whole Excel workbook. Save it as .xlsx again."
)
TOO_LARGE = N_(
    "“%(file)s” was not taken: the workbook is too large inside. Keep to what shows the figure "
    "(at most %(cells)s cells), or give a link instead."
)
MACROS = N_(
    "“%(file)s” was not taken: the workbook holds macros, embedded files or links to other files. "
    "Save a copy with values only, as .xlsx."
)

ENTRIES = 1000
#: bytes when unpacked, of one part and of all
ONE_PART = 64 * 1024 * 1024
ALL_PARTS = 128 * 1024 * 1024
#: A part that unpacks to more than this many times its size is a bomb; small parts may be very regular.
RATIO = 100
SMALL = 1024 * 1024
CELLS = 500_000
#: A reader lays out every cell between the first and the last, so far-off cells cost as much as full ones.
AREA = 5_000_000
CHUNK = 256 * 1024

_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_FORBIDDEN = ("vbaproject", "externallinks/", "embeddings/", "activex/", "macrosheets/", "oleobject", "ctrlprops/")


def look(file: IO[bytes]) -> None:
    """Raises CannotAccept unless it is a workbook that is safe to open, and opens."""
    if file.read(4) != b"PK\x03\x04":
        raise CannotAccept(NOT_XLSX)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _look_at_entries(archive)
            for entry in archive.infolist():
                _look_at_part(archive, entry)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        expat.ExpatError,
    ):
        raise CannotAccept(NOT_XLSX) from None
    file.seek(0)
    _open(file)


def _look_at_entries(archive: zipfile.ZipFile) -> None:
    """What the directory says is checked before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > ALL_PARTS:
        raise CannotAccept(TOO_LARGE, cells=CELLS)
    for entry in entries:
        if entry.file_size > ONE_PART or (entry.file_size > SMALL and entry.file_size > RATIO * entry.compress_size):
            raise CannotAccept(TOO_LARGE, cells=CELLS)
        if (
            entry.flag_bits & 1
            or entry.filename.startswith("/")
            or ".." in posixpath.normpath(entry.filename).split("/")
        ):
            raise CannotAccept(NOT_XLSX)
    if len(set(names)) != len(names) or not {"[Content_Types].xml", "xl/workbook.xml"} <= set(names):
        raise CannotAccept(NOT_XLSX)
    if any(word in name.lower() for name in names for word in _FORBIDDEN):
        raise CannotAccept(MACROS)


def _look_at_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack a part once (a size that lies ends as BadZipFile) and look at its XML."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = entry.filename.lower().startswith("xl/worksheets/") and entry.filename.lower().endswith(".xml")
    counter = _Cells() if is_sheet else None
    before = b""
    with archive.open(entry) as part:
        while piece := part.read(CHUNK):
            # The word may lie across two pieces.
            seen = before + piece
            if is_xml and any(word in seen for word in _DOCTYPE):
                raise CannotAccept(NOT_XLSX)
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in seen:
                raise CannotAccept(MACROS)
            before = piece[-32:]
            if counter:
                counter.feed(piece)
    if counter:
        counter.feed(b"", final=True)


class _Cells:
    """Counts a sheet's cells and the area they span, without keeping any."""

    def __init__(self) -> None:
        self._cells = 0
        self._row = 0
        self._column = 0
        self._last_column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start

    def feed(self, piece: bytes, final: bool = False) -> None:
        self._parser.Parse(piece, final)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif local == "c":
            self._cells += 1
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            if "r" in attributes:
                self._row = max(self._row, int(attributes["r"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0))
            self._last_column = max(self._last_column, self._column)
        if self._cells > CELLS or self._row * self._last_column > AREA:
            raise CannotAccept(TOO_LARGE, cells=CELLS)


def _column(reference: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number


def _open(file: IO[bytes]) -> None:
    """The reader that imports use has to open it. Sheets are not laid out: each was parsed above."""
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            if not workbook.sheet_names:
                raise CannotAccept(NOT_XLSX)
    except (CalamineError, ZipError, OSError, ValueError):
        raise CannotAccept(NOT_XLSX) from None
    except BaseException as error:
        # A panic inside the reader is not an Exception; anything else of that kind is not ours to take.
        if type(error).__name__ != "PanicException":
            raise
        raise CannotAccept(NOT_XLSX) from None
