"""Which words were taken out and which were put in, between two texts."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s+|[^\s]+")
#: Beyond this many pieces the comparison would be slow, and a reader would rather see the whole.
_MOST = 4000

Pieces = list[tuple[str, str]]


def marked(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Two lists of (kind, text): of the old side "same" or "out", of the new side "same" or "in"."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) > _MOST or len(new) > _MOST:
        return [("out", before)], [("in", after)]
    left: Pieces = []
    right: Pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a != b:
            left.append(("same" if tag == "equal" else "out", "".join(old[a:b])))
        if c != d:
            right.append(("same" if tag == "equal" else "in", "".join(new[c:d])))
    return left, right
