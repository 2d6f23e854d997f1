"""Charts in the printed report: one SVG with its looks as attributes, since page styles do not reach into it.

Only numbers are written inside the drawing; words stand in the margin column as HTML, because the PDF engine
sets SVG text letter by letter and turns Arabic round.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from impact.charts import frames
from impact.charts.definitions import BarsChart, Chart, MapChart, MilestoneChart, ParityChart, PathChart, Spark
from impact.charts.drawing import Drawing, Frame, Label, n
from impact.charts.layout import draw
from impact.charts.palette import GAPS, PRINT

_P = PRINT
LOOKS = {
    "grid": f'stroke="{_P["grid"]}" stroke-width=".5"',
    "axis": f'stroke="{_P["ink"]}" stroke-width=".75"',
    "year-mark": f'stroke="{_P["soft"]}" stroke-width=".5"',
    "amendment": f'stroke="{_P["ink"]}" stroke-width=".5"',
    "patch": f'fill="{_P["white"]}"',
    "parity": f'fill="{_P["mist"]}"',
    "parity-edge": f'stroke="{_P["soft"]}" stroke-width=".75" stroke-dasharray=".8 2"',
    "forecast-band": f'fill="{_P["band"]}"',
    "forecast": f'stroke="{_P["plum"]}" stroke-width=".9" stroke-dasharray=".9 1.8"',
    "original": f'stroke="{_P["soft"]}" stroke-width=".9" stroke-dasharray="4 2.6"',
    "original-end": f'fill="{_P["white"]}" stroke="{_P["soft"]}" stroke-width="1"',
    "target": f'stroke="{_P["sea"]}" stroke-width="1.3"',
    "target-end": f'fill="{_P["sea"]}"',
    "deliverable-end": f'fill="{_P["white"]}" stroke="{_P["sea"]}" stroke-width="1.3"',
    "milestone": f'stroke="{_P["sea"]}" stroke-width="1.4"',
    "reported": f'stroke="{_P["plum"]}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"',
    "elapsed": f'stroke="{_P["plum"]}" stroke-width="1.8"',
    "reported-dots": f'fill="{_P["plum"]}"',
    "reported-small": f'fill="{_P["plum"]}"',
    "missing": f'stroke="{_P["soft"]}" stroke-width="1.2"',
    "bar-now": f'fill="{_P["plum"]}"',
    "bar-before": f'fill="{_P["bar-two"]}"',
    "bar-gap": f'fill="{_P["stone-light"]}"',
    "benchmark": f'stroke="{_P["sea"]}" stroke-width="1.4"',
    "today": f'stroke="{_P["ink"]}" stroke-width=".6" stroke-dasharray="1.2 1.8"',
    "step-done": f'fill="{_P["plum"]}"',
    "step-late": f'fill="{_P["white"]}" stroke="{_P["bad"]}" stroke-width="1.4"',
    "step-ahead": f'fill="{_P["white"]}" stroke="{_P["soft"]}" stroke-width=".9" stroke-dasharray="1.2 1.2"',
    "women": f'fill="{_P["plum"]}"',
    "men": f'fill="{_P["ochre"]}"',
    "other": f'fill="{_P["sea"]}"',
    "undisclosed": f'fill="{_P["stone"]}"',
    "withheld": f'fill="{_P["rule"]}"',
}
#: A map's strokes are in its own units, twenty to a point.
_EDGE = f'stroke="{_P["map-edge"]}" stroke-width="9" stroke-linejoin="round"'
LOOKS |= {
    "sea": f'fill="{_P["white"]}" stroke="{_P["grid"]}" stroke-width="12"',
    "no-data": f'fill="url(#no-data)" {_EDGE}',
    "apart": f'fill="url(#no-data)" stroke="{_P["map-edge"]}" stroke-width="12" stroke-dasharray="24 24"',
    "hollow": f'fill="{_P["white"]}" {_EDGE}',
    **{f"gap-{i}": f'fill="{colour}" {_EDGE}' for i, colour in enumerate(GAPS)},
    **{f"gap-{i} point": f'fill="{colour}" stroke="{_P["ink"]}" stroke-width="14"' for i, colour in enumerate(GAPS)},
}
#: Only a map says "no data" on paper by a hatch: there it stands beside shades, which one ink may not be mistaken for.
HATCH = Markup(
    '<defs><pattern id="no-data" width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path fill="{}" d="M0 0h60v60H0z"/><path fill="{}" d="M0 0h18v60H0z"/></pattern></defs>'
).format(_P["stone-light"], _P["stone"])
INKS = {
    "target": _P["sea"],
    "milestone": _P["sea"],
    "reported": _P["plum"],
    "bar-value": _P["white"],
    "on-women": _P["white"],
    "on-other": _P["white"],
    "on-men": _P["ink"],
    "on-undisclosed": _P["ink"],
    "year": _P["ink"],
    "total": _P["ink"],
}
ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
# The latest value and the target are read first.
LARGE = {"reported", "target"}
# Direction marks order a line of text; in a drawing they would be glyphs the font does not have.
INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def frame_for(chart: Chart, *, gutter: bool) -> Frame:
    """The paper sheet of a chart; with `gutter` the value axis hangs outside the main column."""
    match chart:
        case PathChart() | BarsChart():
            return frames.PAPER if gutter else frames.PAPER_NO_GUTTER
        case MilestoneChart():
            return frames.PAPER_TIMELINE
        case Spark():
            return frames.PAPER_SPARK
        case ParityChart():
            return frames.PAPER_PARITY
        case MapChart():
            return frames.PAPER_MAP
        case _:
            return frames.PAPER_STACK


def svg(
    chart: Chart,
    *,
    gutter: bool = True,
    family: str = "N",
    title: str = "",
    height: float | None = None,
    words: bool = False,
) -> Markup:
    """Draw a chart for print. `family` is the font of its numbers; `title` its text alternative unless it has one;
    `height` takes the place of the sheet's own; `words` writes the words too, for a picture that stands alone."""
    frame = frame_for(chart, gutter=gutter)
    return render(
        draw(chart, replace(frame, height=height) if height else frame), family=family, title=title, words=words
    )


def render(drawing: Drawing, *, family: str = "N", title: str = "", words: bool = False) -> Markup:
    """One inline SVG with a title, a path a kind, and the numbers."""
    frame = drawing.frame
    shapes = Markup("").join(
        Markup('<path fill="none" {} d="{}"/>').format(Markup(LOOKS[s.role]), s.d)
        if "fill=" not in LOOKS[s.role]
        else Markup('<path {} d="{}"/>').format(Markup(LOOKS[s.role]), s.d)
        for s in drawing.shapes
    )
    numbers = Markup("").join(_text(label, frame) for label in drawing.labels if label.number or words)
    group = Markup('<g font-family="{}" font-size="{}" fill="{}">{}</g>').format(
        family, n(frame.text), _P["soft"], numbers
    )
    hatch = HATCH if any(s.role in {"no-data", "apart"} for s in drawing.shapes) else ""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{5}pt" height="{6}pt" viewBox="0 0 {0} {1}"><title>{2}</title>{7}{3}{4}</svg>'
    ).format(
        n(frame.width),
        n(frame.height),
        drawing.title or title,
        shapes,
        group if numbers else "",
        n(frame.width / frame.unit),
        n(frame.height / frame.unit),
        hatch,
    )


def _text(label: Label, frame: Frame) -> Markup:
    size = frame.text * (1.3 if label.strong and label.role in LARGE else 1)
    looks = f' fill="{INKS[label.role]}"' if label.role in INKS and (label.strong or label.role != "year") else ""
    looks += f' font-size="{n(size)}"' if size != frame.text else ""
    looks += ' font-weight="600"' if label.strong else ""
    return Markup('<text x="{}" y="{}"{}{}>{}</text>').format(
        n(label.x),
        n(label.y + size * 0.35),
        Markup(ANCHORS[label.anchor]),
        Markup(looks),
        label.text.translate(INVISIBLE),
    )
