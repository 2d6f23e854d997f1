"""Canonical JSON as RFC 8785 has it: the same data always give the same bytes, whoever writes them.

Keys stand in the order of their UTF-16 code units, strings are escaped as ECMAScript does, nothing is indented. Numbers
are whole and exact in every reader of JSON; what has a fraction is written as a string.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

#: Beyond this a reader that keeps numbers as doubles no longer tells neighbours apart.
LARGEST = 2**53 - 1


def dump(value: Any) -> bytes:
    """The bytes. TypeError for what JSON does not know and for fractions, ValueError for a number or text that is not safe."""
    return _text(value).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(dump(value)).hexdigest()


def _text(value: Any) -> str:
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is not exact in every reader of JSON")
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, dict):
        # Big-endian UTF-16 sorts by code unit.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_text(key)}:{_text(value[key])}" for key in keys) + "}"
    raise TypeError(f"{type(value).__name__} has no place in canonical JSON")
