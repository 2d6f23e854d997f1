"""The digits of Arabic: 1,234.5% or ١٬٢٣٤٫٥٪, as the setting ARABIC_NUMERALS says. Other languages are left alone.

It is done once, on the finished page, so that no number is forgotten, wherever it came from: a sentence, a table, a
chart, a heading. What is read by machines or goes from left to right stays as it is: addresses, codes, digests and
formulas (class "l" that runs to the right), text in another language, and a number that belongs to a word in Latin letters, as in PDF/A-3a.
"""

from __future__ import annotations

import re

LATIN, ARABIC = "latin", "arabic"
CHOICES = (LATIN, ARABIC)

DIGITS = {ord(latin): arabic for latin, arabic in zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True)}
DECIMAL, THOUSANDS, PER_CENT = "\u066b", "\u066c", "\u066a"
#: Marks of direction that hold "%" to the right of a Latin number: an Arabic sign stands on the left by itself.
LRM = "\u200e"

#: A drawing names its one family, which has no Arabic digits.
IN_CHARTS = (' font-family="N"', ' font-family="N, AN"')

#: One tag, or the text up to the next. Our templates escape ">" in attributes, so a tag ends at the first one.
_PIECE = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^>]*)>|<![^>]*>|([^<]+)")
_LANG = re.compile(r'\slang="([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
#: What is read out or printed of a tag itself.
_SAID = re.compile(r'(\s(?:alt|aria-label|title|data-org|data-sec)=")([^"]*)(")')
#: Classes of what holds the number of a commitment or target, or of evidence.
LABELLED = frozenset({"no", "numeral", "big-numeral"})
_NEVER_CLOSED = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr", "source"})
_NEVER_SAID = frozenset({"style", "script"})
#: An entity; a code or a digest that is held from left to right; a word with Latin letters and the number after it; a number as our Arabic writes it.
_NUMBER = re.compile(
    r"&#?\w+;"
    r"|\u2066[^\u2069]*[A-Za-z][^\u2069]*\u2069|\u2066[0-9a-f]{4}(?: [0-9a-f]{4})+\u2069"
    rf"|\S*[A-Za-zÀ-ÖØ-öø-ɏ][^\s\u0600-\u06ff]*(?:[ \u00a0]\d[\d.,:/×-]*)?"
    r"|(?P<label>الالتزام \d+\.\d+)|(?P<sign>%)"
    rf"|{LRM}?(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(?P<after>\d+))?(?P<per_cent>{LRM}?%{LRM}?)?"
)


def arabic(text: str) -> str:
    """A text of an Arabic page, without tags, its numbers in Arabic digits."""
    return _NUMBER.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    if found["sign"]:
        return PER_CENT
    if found["label"]:
        return _label(found[0])
    whole, after, per_cent = found["whole"], found["after"], found["per_cent"]
    if whole is None:
        return found[0]
    number = whole.replace(",", THOUSANDS) + (DECIMAL + after if after else "")
    return number.translate(DIGITS) + (PER_CENT if per_cent else "")


def _label(text: str) -> str:
    """The number of a target, 1.2: its point is none of a decimal."""
    return text.translate(DIGITS)


def page_in(html: str, chosen: str) -> str:
    """A finished page with the numerals that were chosen; with Latin ones the same page."""
    if chosen == LATIN:
        return html
    parts: list[str] = []
    #: of each open element: whether its text is Arabic, and whether it holds the number of a target
    open_: list[tuple[bool, bool]] = [(False, False)]
    for piece in _PIECE.finditer(html):
        end, name, attributes, text = piece.groups()
        if text is not None:
            is_arabic, is_label = open_[-1]
            parts.append(text if not is_arabic else _label(text) if is_label else arabic(text))
        elif name is None:
            parts.append(piece[0])
        elif end:
            parts.append(piece[0])
            if len(open_) > 1:
                open_.pop()
        else:
            is_arabic = _is_arabic(name, attributes, open_[-1][0])
            parts.append(_SAID.sub(_said, piece[0]).replace(*IN_CHARTS) if is_arabic else piece[0])
            if not attributes.endswith("/") and name not in _NEVER_CLOSED:
                classes = _CLASS.search(attributes)
                open_.append((is_arabic, classes is not None and not LABELLED.isdisjoint(classes[1].split())))
    return "".join(parts)


def _is_arabic(name: str, attributes: str, around: bool) -> bool:
    language, classes = _LANG.search(attributes), _CLASS.search(attributes)
    runs_left_to_right = classes is not None and "l" in classes[1].split() and ' dir="ltr"' in attributes
    if name in _NEVER_SAID or runs_left_to_right:
        return False
    return language[1] == "ar" if language else around


def _said(found: re.Match[str]) -> str:
    return found[1] + arabic(found[2]) + found[3]
