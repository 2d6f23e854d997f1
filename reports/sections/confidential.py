"""The annex of the confidential edition: every headcount, the pay behind pay figures, evidence that is not public."""

from __future__ import annotations

from typing import Any

from reports import told
from reports.contents import Numbered, numbered
from reports.drawn import PARTS
from reports.snapshot_types import Snapshot
from reports.words import Words

#: Indicators of pay by what their codes hold: their counted and whole are amounts, not people.
PAY = ("PAY", "GRI 405-2", "8.5.1")


def is_pay(item: Numbered) -> bool:
    indicator = item.target.indicator
    return indicator.unit == "money" or any(sign in indicator.code for sign in PAY)


def rows(item: Numbered, w: Words) -> list[dict[str, Any]]:
    """Each figure with what stands behind it, nothing withheld."""
    unit, found = item.target.indicator.unit, []
    for figure in item.target.figures:
        both = (figure.numerator, figure.denominator)
        if not figure.parts and both == (None, None):
            continue
        found.append(
            {
                "day": w.day(figure.on),
                "counted": [w.number(one) if one is not None else "" for one in both],
                "parts": [w.count(figure.parts[name]) if name in figure.parts else "" for name in PARTS],
                "value": w.value(figure.value, unit) if figure.value is not None else "",
            }
        )
    return found


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    counted = [(item, rows(item, w)) for item in numbered(snapshot)]
    hidden = [
        (item, [(piece.title, piece.address, told.evidence(piece, w)) for piece in pieces])
        for item in numbered(snapshot)
        if (pieces := [piece for piece in item.target.evidence if not piece.is_public])
    ]
    return {
        "people": [(item, lines) for item, lines in counted if lines and not is_pay(item)],
        "pay": [(item, lines) for item, lines in counted if lines and is_pay(item)],
        "hidden": hidden,
    }
