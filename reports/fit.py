"""What a spread has room for: how tall its chart may be, how many rows its table may have, how its text is set.

A page is worked out from lengths of text before it is laid out, a little on the safe side: laying it out twice to
find its height would double what a report costs. Where the guess was wrong the renderer notices and asks for squeezed pages. All lengths are points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil

PAGE = 686.0
#: Kept free at the foot, for lines that run longer than their letters say.
SPARE = 12.0
#: Kept free on a page that was found too full when it was laid out.
SPARE_WHEN_SQUEEZED = 80.0
LOWEST_CHART, TALLEST_CHART, BARE_CHART = 140.0, 236.0, 160.0
#: Height that a chart keeps before more text is put under the table.
GOOD_CHART = 176.0
TIMELINE = 66.0
FEWEST_ROWS = 6
#: Letters of a title from which it is set smaller.
LONG_TITLE = 72


@dataclass(frozen=True)
class Setting:
    """Leadings and letters a line of a script, as in the style sheet."""

    title: tuple[float, int]
    title_long: tuple[float, int]
    sentence: tuple[float, int]
    note: tuple[float, int]
    key: tuple[float, int]
    row: float
    gap: float
    prose: tuple[float, int]
    tight: tuple[float, int]
    lines: tuple[float, int]
    tight_lines: tuple[float, int]


LATIN = Setting(
    title=(31.5, 33),
    title_long=(25.0, 39),
    sentence=(19.25, 55),
    note=(10.5, 84),
    key=(10.5, 19),
    row=14.5,
    gap=19.0,
    prose=(14.0, 72),
    tight=(12.25, 80),
    lines=(14.0, 88),
    tight_lines=(12.25, 92),
)
ARABIC = Setting(
    title=(35.0, 36),
    title_long=(28.0, 46),
    sentence=(24.5, 64),
    note=(12.25, 90),
    key=(13.25, 21),
    row=17.5,
    # Arabic lines stand higher in every block above and below the chart: counted here once.
    gap=60.0,
    prose=(21.0, 76),
    tight=(17.5, 84),
    lines=(17.5, 84),
    tight_lines=(15.5, 88),
)
RUSSIAN = replace(
    LATIN,
    title=(31.5, 32),
    title_long=(25.0, 37),
    sentence=(19.25, 49),
    note=(10.5, 75),
    key=(10.5, 17),
    prose=(14.0, 64),
    tight=(12.25, 71),
    lines=(14.0, 78),
    tight_lines=(12.25, 82),
)
CHINESE = replace(
    LATIN,
    title=(31.5, 31),
    title_long=(26.0, 38),
    sentence=(21.0, 55),
    gap=30.0,
    prose=(17.5, 68),
    tight=(14.0, 76),
)
SETTINGS = {"ar": ARABIC, "ru": RUSSIAN, "zh": CHINESE}
#: Ideographs are as wide as two letters.
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class LeftPage:
    """What stands on it. `key` are the lines of the margin beside the chart; `is_bare`: no figure is drawn."""

    title: str
    kicker: str
    sentence: str
    rule: str
    notes: tuple[str, ...]
    key: tuple[str, ...]
    caption: str
    rows: int
    table_notes: tuple[str, ...]
    #: what may stand under the table, if there is room
    more: tuple[str, ...] = ()
    language: str = "en"
    has_line: bool = True
    is_bare: bool = False
    spare: float = SPARE

    @property
    def is_long_title(self) -> bool:
        return width(self.title) > LONG_TITLE


@dataclass(frozen=True)
class Room:
    """`chart` is None where the chart has a height of its own."""

    chart: float | None
    rows: int
    takes_more: bool = False


@dataclass(frozen=True)
class RightPage:
    """What stands on it: bars of who is counted, texts under side heads, and lists of small lines."""

    bars: int
    texts: tuple[str, ...]
    lists: tuple[tuple[str, ...], ...]
    language: str = "en"


def height(text: str, setting: tuple[float, int]) -> float:
    leading, letters = setting
    return leading * max(1, ceil(width(text) / letters))


def width(text: str) -> int:
    """In letters of the Latin alphabet."""
    return len(text) + len(WIDE.findall(text))


def above(page: LeftPage, s: Setting) -> float:
    """Title, sentence and sum."""
    title = height(page.title, s.title_long if page.is_long_title else s.title)
    kicker = height(page.kicker, (14.0, 72)) if page.kicker else 0.0
    head = max(56.0, kicker + title + height(page.sentence, s.sentence) + s.gap)
    notes = sum(5.0 + height(note, s.note) for note in page.notes)
    sums = max(14.0 + 3 * 22.0 + notes, 42.0 + height(page.rule, (s.key[0], 26)) + 12.0)
    return head + 6.5 + sums + 14.0


def beside(page: LeftPage, s: Setting) -> float:
    """The margin beside the chart."""
    return sum(3.5 + height(line, s.key) for line in page.key) + 12.0


def below(page: LeftPage, s: Setting) -> float:
    """The table without its rows."""
    notes = sum(5.0 + height(note, s.note) for note in page.table_notes)
    return 3.5 + height(page.caption, (15.5, 88)) + 23.0 + notes


def block(text: str, setting: tuple[float, int], padding: float = 20.5) -> float:
    """A text under a side head, paragraph by paragraph."""
    paragraphs = [part for part in text.split("\n\n") if part.strip()] or [""]
    return padding + sum(height(part, setting) + 7.0 for part in paragraphs) - 7.0


def room(page: LeftPage) -> Room:
    """The tallest chart that leaves the table its rows, and the rows that the lowest leaves."""
    s = SETTINGS.get(page.language, LATIN)
    words = above(page, s) + below(page, s) + page.spare
    more = sum(block(text, s.tight) for text in page.more)
    lowest = 0.0 if not page.key[1] else LOWEST_CHART if page.has_line else TIMELINE
    rows = max(FEWEST_ROWS, int((PAGE - words - plot(lowest, page, s)) / s.row))
    taken = words + min(rows, page.rows) * s.row
    good = BARE_CHART if page.is_bare else GOOD_CHART
    takes_more = bool(page.more) and taken + plot(good if page.has_line and lowest else lowest, page, s) + more <= PAGE
    if not page.has_line or not lowest:
        return Room(None, rows, takes_more)
    if page.is_bare:
        return Room(BARE_CHART, rows, takes_more)
    left = PAGE - taken - 14.0 - (more if takes_more else 0.0)
    return Room(min(max(left, lowest), TALLEST_CHART), rows, takes_more)


def plot(chart: float, page: LeftPage, s: Setting) -> float:
    """The chart with its margin, of which the taller counts."""
    return max(chart + 14.0, beside(page, s) + 6.5) if chart else 0.0


def is_tight(page: RightPage) -> bool:
    """Whether the page keeps its text only when that is set smaller."""
    s = SETTINGS.get(page.language, LATIN)
    bars = max(66.0, 20.0 * page.bars) + 24.0 if page.bars else 0.0
    texts = sum(block(text, s.prose) for text in page.texts)
    lists = sum(20.5 + sum(height(line, s.lines) for line in lines or ("",)) for lines in page.lists)
    return bars + texts + lists > PAGE - SPARE
