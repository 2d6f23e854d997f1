"""The last step of every page, whatever made it: no letter that no font has, and the numerals that were chosen."""

from __future__ import annotations

from reports import faces, numerals

# Vowel marks and the lengthening stroke spoil the text layer of every Arabic font tried; they stay in the data.
UNPRINTED = dict.fromkeys([*range(0x064B, 0x0653), 0x0640])


def finished(html: str, language: str, chosen: str) -> str:
    """A page for the printer; `chosen` are the numerals of Arabic."""
    return numerals.page_in(faces.printable(html.translate(UNPRINTED), language), chosen)
