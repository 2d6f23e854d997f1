"""The list of seals and the checkpoints as files that anybody can check without us (docs/check-it-yourself.md)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from impact.seals.chain import content
from impact.seals.models import Checkpoint, Seal
from impact.seals.queries import statement_of

HEADS = ("n", "at", "kind", "code", "fact", "value", "previous", "hash")
#: What a spreadsheet would read as the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def seals_as_json(seals: Iterable[Seal], following: str | None) -> str:
    """`next` is the address of the rest, or null. Each seal is what was hashed, and the hash."""
    rows = [{**content(seal), "hash": seal.hash} for seal in seals]
    return json.dumps({"seals": rows, "next": following}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def seals_as_csv(seals: Iterable[Seal]) -> str:
    """One line for each fact of each seal, in UTF-8 with a mark at its beginning, as spreadsheets expect."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(HEADS)
    for seal in seals:
        told = content(seal)
        facts: Mapping[str, Any] = told["facts"]
        for name, value in sorted(facts.items()) or [("", "")]:
            row = [told["n"], told["at"], told["kind"], told["code"], name, value, told["previous"], seal.hash]
            writer.writerow([_cell(cell) for cell in row])
    return "\ufeff" + sheet.getvalue()


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def checkpoints_as_json(points: Iterable[Checkpoint], following: str | None) -> str:
    """`signed` is the very text that `signature` (base64) is of."""
    rows = [{"signed": statement_of(point), "signature": point.signature} for point in points]
    return json.dumps({"checkpoints": rows, "next": following}, ensure_ascii=False, indent=1) + "\n"
