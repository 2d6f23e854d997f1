"""What a snapshot holds, on the pages of people: printed in the reader's language with the words of the report."""

from __future__ import annotations

from dataclasses import dataclass

from reports.values import Sentence, Text
from reports.words import Words


@dataclass(frozen=True)
class Said:
    """A text or sentence of a snapshot, where a page prints typed values."""

    value: Text | Sentence

    def in_language(self, language: str) -> str:
        return Words(language).show(self.value)

    def written_in(self, language: str) -> str:
        """The language in which a reader of this one gets it: that of who wrote it, where nobody said it in theirs."""
        return self.value.best(language)[0] if isinstance(self.value, Text) else language
