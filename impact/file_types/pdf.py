"""PDF: whole from its first line to its last, and without anything that acts. It is never rendered here."""

from __future__ import annotations

import re
import zlib
from typing import IO

from impact.file_types import CannotAccept
from impact.messages import gettext_noop as N_

NOT_PDF = N_("“%(file)s” was not taken: its name ends in .pdf, but it is not a whole PDF file. Save it as PDF again.")
ACTIVE = N_(
    "“%(file)s” was not taken: the PDF holds a script or a command. Print it to PDF, which leaves them out, and send that."
)

_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)(?![A-Za-z0-9])")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
#: "endstream" also ends in "stream".
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
#: Unpacked bytes of one and of all object streams (they hold dictionaries, not pictures).
ONE_STREAM = 4 * 1024 * 1024
ALL_STREAMS = 64 * 1024 * 1024


def look(file: IO[bytes]) -> None:
    """Header, cross-reference and end where they belong; raises CannotAccept."""
    content = file.read()
    tail = content[-2048:]
    # Readers accept some bytes before the header; what may be HTML to a browser is not accepted here.
    if not re.match(rb"(\xef\xbb\xbf)?%PDF-[12]\.\d", content):
        raise CannotAccept(NOT_PDF)
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", tail.rstrip(b"\0 \r\n\t"))
    if found is None or int(found[1]) >= len(content):
        raise CannotAccept(NOT_PDF)
    # A cross-reference table, or a stream object ("12 0 obj"); a linearized file may point at 0.
    at = content[int(found[1]) : int(found[1]) + 32].lstrip()
    if int(found[1]) and not re.match(rb"xref|\d+\s+\d+\s+obj", at):
        raise CannotAccept(NOT_PDF)
    if b"/Root" not in content or not re.search(rb"\d+\s+\d+\s+obj\b", content):
        raise CannotAccept(NOT_PDF)
    _look_for_active(content)


def _refuse_active(dictionaries: bytes) -> None:
    # A name may be written with escapes: /J#53 is /JS.
    if _ACTIVE.search(_NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), dictionaries)):
        raise CannotAccept(ACTIVE)


def _look_for_active(content: bytes) -> None:
    """Walk once from stream to stream: look at what lies between them, and into those that hold dictionaries.

    Packed pictures and fonts are passed over: they hold every short sequence of bytes by chance.
    """
    place = 0
    unpacked = 0
    while begin := _STREAM.search(content, place):
        between = content[place : begin.start()]
        _refuse_active(between)
        end = content.find(b"endstream", begin.end())
        if end < 0:
            raise CannotAccept(NOT_PDF)
        # Since PDF 1.5 dictionaries may be packed themselves.
        if _OBJECT_STREAM.search(between):
            words = _unpack(content[begin.end() : end])
            unpacked += len(words)
            if unpacked > ALL_STREAMS:
                raise CannotAccept(NOT_PDF)
            _refuse_active(words)
        place = end
    _refuse_active(content[place:])


def _unpack(packed: bytes) -> bytes:
    """At most ONE_STREAM bytes; nothing where it is encrypted or packed in another way (nothing is run here)."""
    try:
        return zlib.decompressobj().decompress(packed, ONE_STREAM)
    except zlib.error:
        return b""
