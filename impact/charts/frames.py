"""The sheets charts are drawn on."""

from __future__ import annotations

from impact.charts.drawing import Frame

WIDE = Frame(744, 400, left=52, right=168, top=20, bottom=34, text=14, dot=5, gap=8)
NARROW = Frame(358, 300, left=40, right=112, top=16, bottom=34, text=14, dot=4.5, gap=6)
TIMELINE = Frame(744, 120, left=12, right=140, top=16, bottom=34, text=14, dot=5, gap=8)
TIMELINE_NARROW = Frame(358, 120, left=10, right=24, top=16, bottom=34, text=14, dot=4.5, gap=6, words=False)
STACK = Frame(744, 0, left=64, right=64, top=0, bottom=0, text=14, dot=5, gap=8)
STACK_NARROW = Frame(358, 0, left=52, right=56, top=0, bottom=0, text=14, dot=5, gap=6)
PARITY = Frame(560, 0, left=2, right=2, top=0, bottom=0, text=14, dot=5, gap=8)
PARITY_NARROW = Frame(328, 0, left=2, right=2, top=0, bottom=0, text=14, dot=5, gap=6)
SMALL = Frame(340, 150, left=8, right=64, top=18, bottom=28, text=14, dot=4, gap=6, words=False)
SMALL_TIMELINE = Frame(340, 92, left=8, right=24, top=10, bottom=28, text=14, dot=4, gap=6, words=False)
SPARK = Frame(176, 64, left=6, right=8, top=8, bottom=8, text=10, dot=3.5, gap=3, words=False)

# On paper the value axis hangs in the gutter left of the main column (122 mm = 345.8 pt); where the main column
# stands at the left edge, as in Arabic, the axis is taken from its width.
PAPER_GUTTER = 34.0
PAPER = Frame(
    345.8 + PAPER_GUTTER, 190, left=PAPER_GUTTER, right=50, top=9, bottom=18, text=7.5, dot=3, gap=4, words=False
)
PAPER_NO_GUTTER = Frame(345.8, 190, left=30, right=50, top=9, bottom=18, text=7.5, dot=3, gap=4, words=False)
PAPER_TIMELINE = Frame(345.8, 66, left=4, right=14, top=8, bottom=18, text=7.5, dot=3, gap=4, words=False)
PAPER_SPARK = Frame(96, 34, left=3, right=5, top=4, bottom=4, text=5, dot=2, gap=2, words=False)
PAPER_STACK = Frame(345.8, 0, left=26, right=32, top=0, bottom=0, text=7.5, dot=3, gap=4, words=False)
PAPER_PARITY = Frame(345.8, 0, left=2, right=2, top=0, bottom=0, text=7.5, dot=3, gap=4, words=False)

# A map is drawn in tenths of a pixel, for a sheet of 960; on paper it fills 166 mm, the width of the page's columns.
MAP = Frame(9600, 4700, left=0, right=0, top=0, bottom=0, text=140, dot=36, gap=0, unit=10)
PAPER_MAP = Frame(9600, 4700, left=0, right=0, top=0, bottom=0, text=140, dot=42, gap=0, unit=20.4)
