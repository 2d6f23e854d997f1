"""What the sentences of a report are made from, typed, so that one snapshot gives the report in every language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Text:
    """The same words in one language or several: code of the language to text, the one it was written in first."""

    language: str
    text: str
    others: dict[str, str] = field(default_factory=dict)

    def best(self, language: str) -> tuple[str, str]:
        """(language, text) for a reader: in their language where there is one, else as it was written."""
        return (language, self.others[language]) if language in self.others else (self.language, self.text)


@dataclass(frozen=True)
class Number:
    """A number in a sentence with its unit, one of the units of the indicator catalogue ("percent", "count", …)."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Day:
    """A day in a sentence, of which sometimes only the year is known."""

    on: date
    only_year: bool = False


@dataclass(frozen=True)
class Term:
    """A word of the platform in a sentence: a message id, translated when it is printed."""

    message: str


@dataclass(frozen=True)
class Sentence:
    """A message id with named placeholders, and the typed values they take, another sentence among them."""

    message: str
    values: dict[str, Number | Day | Term | Text | Sentence] = field(default_factory=dict)


Value = Number | Day | Term | Text | Sentence
