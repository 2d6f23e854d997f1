"""CSV and plain text: letters and line ends, in an encoding that says what they are."""

from __future__ import annotations

import re
from typing import IO

from impact.file_types import CannotAccept
from impact.messages import gettext_noop as N_

NOT_UTF8 = N_("“%(file)s” was not taken: it is not UTF-8 text. Save it again and choose “UTF-8” as the encoding.")
NOT_TEXT = N_(
    "“%(file)s” was not taken: it holds characters that are not text. Save it again as plain text in UTF-8, or send a PDF."
)
TOO_WIDE = N_("“%(file)s” was not taken: a line is longer than %(limit)s characters. Check that it is the right file.")

LONGEST_LINE = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def look(file: IO[bytes]) -> None:
    """UTF-8, or UTF-16 that says so by its first two bytes; raises CannotAccept."""
    content = file.read()
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        raise CannotAccept(NOT_UTF8) from None
    if _CONTROL.search(words):
        raise CannotAccept(NOT_TEXT)
    if max(map(len, words.splitlines()), default=0) > LONGEST_LINE:
        raise CannotAccept(TOO_WIDE, limit=LONGEST_LINE)
