"""From what the kinds of targets and the rule of status give to the typed data of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from impact.indicators import kinds
from impact.indicators.sentences import Sentence as KindSentence
from impact.progress import rules
from reports.target_facts import Verdict
from reports.values import Day, Number, Sentence, Term, Text, Value


def value(given: Any, language: str = "en") -> Value:
    """One value of a sentence. Text that is not a message was written by people, in `language`.

    TypeError for what has no place in a sentence.
    """
    match given:
        case Number() | Day() | Term() | Text() | Sentence():
            return given
        case kinds.Value():
            return Number(given.amount, str(given.unit))
        case kinds.Written():
            return Text(given.language or language, given.text)
        case kinds.Missing():
            return Term(given.label)
        case KindSentence():
            return sentence(given.message, given.values, language)
        case Decimal():
            return Number(given)
        case int():
            return Number(Decimal(given))
        case date():
            return Day(given)
        case str():
            return Text(language, given)
    raise TypeError(f"{type(given).__name__} has no place in a sentence")


def sentence(message: str, values: Mapping[str, Any], language: str = "en", **instead: Value) -> Sentence:
    """A sentence of the kinds or the rule. `instead` puts other values in: `what`, the name in every language."""
    said = {name: value(given, language) for name, given in values.items()}
    return Sentence(message, said | {name: given for name, given in instead.items() if name in said})


def verdict(
    found: rules.Verdict, *, by_milestones: bool = False, steps: tuple[Sentence, ...] = (), language: str = "en"
) -> Verdict:
    """A computed status with its sum."""
    return Verdict(
        status=str(found.status),
        p=found.p,
        e=found.e,
        r=found.r,
        value=found.latest,
        value_on=found.latest_on,
        by_milestones=by_milestones,
        reached_on=found.first_met_on,
        reason=sentence(found.reason, found.values, language) if found.reason else None,
        steps=steps,
        last_known=str(found.last_known),
    )
