"""What people wrote, made fit to be printed: nothing that turns the text around it, nothing that no page can hold.

Markup needs no care here, because every template escapes. Characters do: signs that control a terminal, turn lines
around or stand for no letter at all are left out of what is printed. They stay in the data, and so do their hashes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from reports.snapshot_types import Snapshot
from reports.values import Text

#: Fields that are printed in paragraphs, over as many pages as they need.
PROSE = frozenset(
    {
        "text", "why", "actions", "narrative", "worked", "obstacles", "next_steps", "note", "reason", "not_measured",
        "method_change", "method_notes", "definition", "formula",
    }
)  # fmt: skip
#: The most letters of a text in paragraphs, of one on a line, and of all that people wrote for one report.
LONGEST_PROSE, LONGEST_LINE, LONGEST_REPORT = 200_000, 2_000, 600_000

_LEFT_OUT = (
    # Signs for terminals; tabs and ends of lines are spaces.
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F),
    # Embedding, overriding and isolating of directions: our own are put in afterwards, in pairs.
    (0x202A, 0x202E), (0x2066, 0x206F),
    # A mark of byte order, notes between lines, what stands for no letter, letters that tag.
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFDD0, 0xFDEF), (0xD800, 0xDFFF), (0xE0000, 0xE0FFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)  # fmt: skip
_CLEANED: dict[int, str | None] = {
    **{number: None for first, last in _LEFT_OUT for number in range(first, last + 1)},
    # Separators of lines and paragraphs end a line here as they do there.
    0x2028: "\n",
    0x2029: "\n\n",
}


#: A word as long as no word is, outside scripts that are written without spaces: the engine tries each letter of it for
#: the end of a line, and then each letter of the rest.
_ENDLESS = re.compile("[^\\s\u200b\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]{300,}")
#: Accents that somebody piled on one letter until they cover the lines above.
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_PIECE = re.compile(".{40}", re.S)
BREAK = "\u200b"


class CannotBePrinted(ValueError):
    """A text is longer than a page can hold; the message says which, and how long it may be."""


def harmless(snapshot: Snapshot) -> Snapshot:
    """The same snapshot as it can be printed. Raises CannotBePrinted."""
    must_fit(snapshot)
    cleaned: Snapshot = _cleaned(snapshot)
    return cleaned


def must_fit(snapshot: Snapshot) -> None:
    """Raises CannotBePrinted for the first text that is too long."""
    total = 0
    for field, text in texts(snapshot):
        most = LONGEST_PROSE if field in PROSE else LONGEST_LINE
        total += len(text)
        if len(text) > most:
            raise CannotBePrinted(f"A text is too long to be printed: {field} has {len(text):,} of at most {most:,}.")
    if total > LONGEST_REPORT:
        raise CannotBePrinted(f"A text is too long to be printed: all have {total:,} of at most {LONGEST_REPORT:,}.")


def texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """(field it stands in, text) of every text in a snapshot, each language of it."""
    if isinstance(value, Text):
        yield from ((field, text) for text in (value.text, *value.others.values()))
    elif isinstance(value, str):
        yield field, value
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from texts(getattr(value, one.name), field if one.name in {"values", "others"} else one.name)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item, field)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, field)


def clean(text: str) -> str:
    """The text without what is left out, and with places to break in a word that fills a page."""
    kept = text if text.isascii() and text.isprintable() else text.translate(_CLEANED)
    kept = _PILED.sub(r"\1", kept)
    return _ENDLESS.sub(lambda found: _PIECE.sub(rf"\g<0>{BREAK}", found[0]), kept) if len(kept) >= 300 else kept


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {one.name: _cleaned(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **named)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return value
