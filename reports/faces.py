"""The fonts of the printed report: which files a text needs, and what is printed where none of them has a letter.

Only these files are used: a letter that they lack would be taken from whatever the machine has, or leave a hole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "assets" / "fonts"

#: (family of the style sheet, weight) → file. Latin, Greek and Cyrillic are in every report.
ALWAYS = {
    ("S", 400): "SourceSerif4-Regular.ttf",
    ("S", 600): "SourceSerif4-Semibold.ttf",
    ("D", 300): "SourceSerif4Display-Light.ttf",
    ("D", 400): "SourceSerif4Display-Regular.ttf",
    ("N", 400): "SourceSans3-Regular.ttf",
    ("N", 600): "SourceSans3-Semibold.ttf",
}
#: Scripts whose files are added where the text has a letter of theirs.
ADDED = {
    "arabic": {("AN", 400): "NotoNaskhArabic-Regular.ttf", ("AN", 600): "NotoNaskhArabic-Bold.ttf"},
    "chinese": {
        ("CS", 400): "NotoSerifSC-Regular.ttf",
        ("CS", 600): "NotoSerifSC-SemiBold.ttf",
        ("CN", 400): "NotoSansSC-Regular.ttf",
        ("CN", 600): "NotoSansSC-SemiBold.ttf",
    },
}
#: The families after the Latin one, which comes first so that figures look alike in every language.
FOLLOWING = {
    "arabic": {"SERIF": "AN", "SANS": "AN", "DISPLAY": "AN"},
    "chinese": {"SERIF": "CS", "SANS": "CN", "DISPLAY": "CS"},
}
LETTERS = {
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "chinese": re.compile(
        "[\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
    ),
}
OF_LANGUAGE = {"ar": frozenset({"arabic"}), "zh": frozenset({"chinese"})}
#: White space, direction marks, joiners and variation selectors: they have no glyph and need none.
WITHOUT_GLYPH = frozenset(
    [
        0x7F,
        0xAD,
        0x61C,
        0xFEFF,
        *range(0x20),
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)
#: Stands for each letter of a script that no font here has.
NO_LETTER = "\u25c6"
#: As many letters in a row are named by their numbers: a rare ideograph of a name can be looked up.
MOST_NAMED = 2


#: The two names of an Arabic month, whoever wrote them: no line ends at the stroke between them.
ONE_WORD = re.compile("(?<=[\u0621-\u064a])/(?=[\u0621-\u064a])")
JOINER = "\u2060"


def scripts(text: str, language: str) -> frozenset[str]:
    """What must be added to the files that are always there."""
    found = {script for script, letters in LETTERS.items() if letters.search(text)}
    return OF_LANGUAGE.get(language, frozenset()) | found


def files(added: frozenset[str]) -> dict[tuple[str, int], str]:
    """(family, weight) → file, for the style sheet."""
    result = dict(ALWAYS)
    for script in sorted(added):
        result |= ADDED[script]
    return result


def families(added: frozenset[str]) -> dict[str, str]:
    """Name in the style sheet → its list of families."""
    following = [FOLLOWING[script] for script in sorted(added)]
    return {
        name: ", ".join([first, *(one[name] for one in following)])
        for name, first in (("SERIF", "S"), ("SANS", "N"), ("DISPLAY", "D"))
    }


@lru_cache(maxsize=32)
def has(file: str) -> frozenset[int]:
    """The letters of a file."""
    with TTFont(FOLDER / file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=4)
def covered(added: frozenset[str]) -> frozenset[int]:
    """The letters that are there in whatever family and weight they are set."""
    always = frozenset.intersection(*(has(file) for file in ALWAYS.values()))
    more = [frozenset.intersection(*(has(file) for file in ADDED[script].values())) for script in added]
    return always.union(*more, WITHOUT_GLYPH)


def printable(text: str, language: str) -> str:
    """The text with a sign in place of each letter that no font here has: [U+20BB7], or a lozenge for each of many."""
    text = ONE_WORD.sub(f"/{JOINER}", text)
    lacking = {letter for letter in set(text) if ord(letter) not in covered(scripts(text, language))}
    if not lacking:
        return text

    def instead(run: re.Match[str]) -> str:
        letters = run[0]
        return (
            "".join(f"[U+{ord(one):04X}]" for one in letters)
            if len(letters) <= MOST_NAMED
            else NO_LETTER * len(letters)
        )

    return re.sub("[" + "".join(re.escape(one) for one in sorted(lacking)) + "]+", instead, text)
