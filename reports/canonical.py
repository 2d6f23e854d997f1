"""Frozen dataclasses to canonical JSON and back: sorted keys, UTF-8, no spaces, decimals and days as strings.

The same data always give the same bytes, so that their SHA-256 names an edition. Types steer the way back: every
field is annotated, and a union of dataclasses is told apart by the name each one carries under "is".
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from impact import canonical as rfc8785

T = TypeVar("T")
#: In the metadata of a field, which then has a default: snapshots were taken before it was there.
ADDED_LATER = "added later"


def plain(value: Any) -> Any:
    """The value as what JSON knows. TypeError for anything else, floats included: they are never exact."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_unused(field, getattr(value, field.name))
        }
        return named | {"is": type(value).__name__}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a snapshot")


def _is_unused(field: dataclasses.Field[Any], value: Any) -> bool:
    """A field that was added later and says nothing is left out, so that older snapshots keep their digests."""
    return ADDED_LATER in field.metadata and bool(value == field.default)


def dump(value: Any) -> bytes:
    """Canonical JSON (RFC 8785)."""
    return rfc8785.dump(plain(value))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(dump(value)).hexdigest()


def load(kind: type[T], data: bytes | str | dict[str, Any]) -> T:
    """The dataclass again, from its JSON or from what a JSON column gave back. ValueError where it does not fit."""
    raw = data if isinstance(data, dict) else json.loads(data)
    try:
        return typing.cast(T, _read(kind, raw))
    except (KeyError, TypeError, ArithmeticError) as fault:
        raise ValueError(f"this is no {kind.__name__}: {fault}") from fault


@lru_cache(maxsize=128)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, raw: Any) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_one_of(inner, raw)
    if origin is tuple:
        return tuple(_read(inner[0], one) for one in raw)
    if origin is dict:
        return {key: _read(inner[1], one) for key, one in raw.items()}
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(typing.cast(type, kind), raw)
    if kind is Decimal:
        return Decimal(raw)
    if kind in (date, datetime):
        return kind.fromisoformat(raw)
    if kind in (str, int, bool) and type(raw) is kind:
        return raw
    raise TypeError(f"{raw!r} where {kind} belongs")


def _read_one_of(choices: tuple[Any, ...], raw: Any) -> Any:
    if raw is None and type(None) in choices:
        return None
    rest = [choice for choice in choices if choice is not type(None)]
    if isinstance(raw, dict):
        for choice in rest:
            if getattr(choice, "__name__", "") == raw.get("is"):
                return _read(choice, raw)
    for choice in rest:
        if not dataclasses.is_dataclass(choice):
            try:
                return _read(choice, raw)
            except (TypeError, ValueError):
                continue
    raise TypeError(f"{raw!r} is none of {choices}")


def _read_dataclass(kind: type, raw: dict[str, Any]) -> Any:
    if raw["is"] != kind.__name__:
        raise TypeError(f"{raw['is']} where {kind.__name__} belongs")
    names = {field.name for field in dataclasses.fields(kind)}
    unknown = raw.keys() - names - {"is"}
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    # A field added later has a default: snapshots taken before it can still be read.
    return kind(**{name: _read(_hints(kind)[name], raw[name]) for name in names if name in raw})
