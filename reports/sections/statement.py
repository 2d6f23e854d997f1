"""The leader's words: the first line large, then the letter, then who signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reports.contents import statement_title
from reports.snapshot_types import Snapshot
from reports.values import Text
from reports.words import Words

LONGEST_QUOTE = 160
#: From this many letters on the letter is set a size smaller, so that it keeps to its page.
LONG_LETTER = 2200


def split(text: Text) -> tuple[Text | None, Text | None]:
    """The first paragraph as a quote, when it is short enough to be one, and the rest as the letter, if there is more."""

    def halves(words: str) -> tuple[str, str]:
        first, _, rest = words.replace("\r", "").strip().partition("\n\n")
        return (first, rest) if rest.strip() and len(first) <= LONGEST_QUOTE else ("", words)

    parts = {language: halves(words) for language, words in {**text.others, text.language: text.text}.items()}
    if all("\n\n" not in words.strip() and len(words) <= LONGEST_QUOTE for words in (text.text, *text.others.values())):
        # A statement of one short paragraph is a quote and no letter.
        return text, None
    quote, letter = parts[text.language]
    others = {language: parts[language] for language in text.others}
    rest = replace(text, text=letter, others={language: pair[1] for language, pair in others.items()})
    if not quote or not all(pair[0] for pair in others.values()):
        return None, text
    return replace(text, text=quote, others={language: pair[0] for language, pair in others.items()}), rest


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    quote, letter = split(snapshot.statement.text) if snapshot.statement else (None, None)
    return {
        "title": statement_title(snapshot, w),
        "quote": quote,
        "letter": letter,
        "is_long": len(w.plain(letter)) > LONG_LETTER,
        "changes": [w.say(c) for c in snapshot.edition.changes],
    }
