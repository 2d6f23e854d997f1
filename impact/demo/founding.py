"""Read the thirty founding champions and what they promised in public (`founding.json`). Pure.

Only what a source gives is in the file: a date that was not read is None, a baseline of None is "to be measured", and
a promise without a figure is a deliverable. Numbers are Decimal, in the unit of the indicator; 30 is 30 %.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

FOUNDING_FILE = Path(__file__).with_name("founding.json")


@dataclass(frozen=True)
class KnownDate:
    """A date as far as it is known. `precision` is day, month, year or unknown; `on` the last day of what is known."""

    on: date | None
    precision: str

    @property
    def is_year(self) -> bool:
        """Whether only the year may be printed."""
        return self.precision == "year"


@dataclass(frozen=True)
class Term:
    """A leader's time as champion."""

    name: str
    office: str
    since: KnownDate
    until: KnownDate
    source: str


@dataclass(frozen=True)
class Baseline:
    """Where a target starts: a value, or numerator and denominator."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    on: KnownDate
    source: str
    note: str


@dataclass(frozen=True)
class PublishedFigure:
    """A later figure of a target. `at_least`: the source says "more than"."""

    value: Decimal
    at_least: bool
    on: KnownDate
    source: str
    second_hand: bool


@dataclass(frozen=True)
class Result:
    """A published figure that belongs to no target: a result, or a starting point named beside a promise."""

    indicator: str
    scope: str
    value: Decimal
    at_least: bool
    on: KnownDate
    source: str
    second_hand: bool
    note: str


@dataclass(frozen=True)
class MilestoneValue:
    on: KnownDate
    value: Decimal


@dataclass(frozen=True)
class PublishedChange:
    """A change that a later text made; `old` and `new` as they are stored in the target."""

    field: str
    old: str
    new: str
    precision: str
    reason_code: str
    on: KnownDate
    note: str
    source: str


@dataclass(frozen=True)
class Condition:
    """What makes a conditional target due: the indicator's figure `below` or `above` the threshold."""

    words: str
    indicator: str
    operator: str
    threshold: Decimal


@dataclass(frozen=True)
class FoundingTarget:
    """One target. `kind` and `inner_kind` are two of the eleven kinds, `indicator` a code of the catalogue."""

    indicator: str
    scope: str
    kind: str
    #: as given: 30 for 30 %, 3 for treble, −5 for −5 %; None for parity and deliverables
    value: Decimal | None
    #: of a ratio: of how many
    value_denominator: Decimal | None
    #: of money: the ISO code
    currency: str
    inner_kind: str | None
    condition: Condition | None
    baseline: Baseline | None
    due: KnownDate
    method: str
    milestones: tuple[MilestoneValue, ...]
    figures: tuple[PublishedFigure, ...]
    amendments: tuple[PublishedChange, ...]


@dataclass(frozen=True)
class FoundingCommitment:
    """One published promise, in our own short words."""

    slug: str
    headline: str
    themes: tuple[str, ...]
    context: str
    source: str
    #: the original was not read
    second_hand: bool
    targets: tuple[FoundingTarget, ...]


@dataclass(frozen=True)
class FoundingChampion:
    """One of the thirty. `country` is the headquarters' for companies, a three-letter code."""

    slug: str
    constituency: str
    country: str
    names: Mapping[str, str]
    sector: str
    website: str
    note: str
    sources: tuple[str, ...]
    terms: tuple[Term, ...]
    commitments: tuple[FoundingCommitment, ...]
    results: tuple[Result, ...]


@lru_cache(maxsize=1)
def founding_champions() -> tuple[FoundingChampion, ...]:
    """The thirty, in the order of the file: governments, corporations, universities."""
    content = json.loads(FOUNDING_FILE.read_text(encoding="utf-8"))
    return tuple(_champion(entry) for entry in content["champions"])


@lru_cache(maxsize=1)
def notes() -> tuple[str, ...]:
    """What a reader of the data should know, sentence by sentence."""
    return tuple(json.loads(FOUNDING_FILE.read_text(encoding="utf-8"))["note"])


def _champion(entry: Mapping[str, Any]) -> FoundingChampion:
    return FoundingChampion(
        **_plain(entry, "slug", "constituency", "country", "names", "sector", "website", "note"),
        sources=tuple(entry["sources"]),
        terms=tuple(
            Term(
                **_plain(term, "name", "office", "source"),
                since=_date(term, "since"),
                until=_date(term, "until"),
            )
            for term in entry["terms"]
        ),
        commitments=tuple(
            FoundingCommitment(
                **_plain(commitment, "slug", "headline", "context", "source", "second_hand"),
                themes=tuple(commitment["themes"]),
                targets=tuple(_target(target) for target in commitment["targets"]),
            )
            for commitment in entry["commitments"]
        ),
        results=tuple(
            Result(
                **_plain(result, "indicator", "scope", "at_least", "source", "second_hand", "note"),
                value=Decimal(result["value"]),
                on=_date(result, "on"),
            )
            for result in entry["results"]
        ),
    )


def _target(entry: Mapping[str, Any]) -> FoundingTarget:
    baseline, condition = entry["baseline"], entry["condition"]
    return FoundingTarget(
        **_plain(entry, "indicator", "scope", "kind", "currency", "inner_kind", "method"),
        value=_number(entry["value"]),
        value_denominator=_number(entry["value_denominator"]),
        condition=condition
        and Condition(
            **_plain(condition, "words", "indicator", "operator"),
            threshold=Decimal(condition["threshold"]),
        ),
        baseline=baseline
        and Baseline(
            value=_number(baseline["value"]),
            numerator=_number(baseline["numerator"]),
            denominator=_number(baseline["denominator"]),
            on=_date(baseline, "on"),
            **_plain(baseline, "source", "note"),
        ),
        due=_date(entry, "due"),
        milestones=tuple(
            MilestoneValue(_date(milestone, "on"), Decimal(milestone["value"])) for milestone in entry["milestones"]
        ),
        figures=tuple(
            PublishedFigure(
                value=Decimal(figure["value"]),
                on=_date(figure, "on"),
                **_plain(figure, "at_least", "source", "second_hand"),
            )
            for figure in entry["figures"]
        ),
        amendments=tuple(
            PublishedChange(
                **_plain(change, "field", "old", "new", "precision", "reason_code", "note", "source"),
                on=_date(change, "on"),
            )
            for change in entry["amendments"]
        ),
    )


def _plain(entry: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: entry[key] for key in keys}


def _date(entry: Mapping[str, Any], key: str) -> KnownDate:
    text = entry[key]
    return KnownDate(date.fromisoformat(text) if text else None, entry[f"{key}_precision"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
