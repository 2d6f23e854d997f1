"""The style sheet of a language: print.css with its direction, families, colours, marks and key icons filled in."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from impact.charts import marks
from impact.charts.palette import PRINT
from reports import faces
from reports.numerals import ARABIC as ARABIC_DIGITS
from reports.numerals import LATIN

HERE = Path(__file__).parent
ASSETS = "assets:/fonts/"


def _icon(shapes: str, width: int = 24) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="10.5pt" viewBox="0 0 {width} 10.5">{shapes}</svg>'


def _address(svg: str) -> str:
    return f'url("data:image/svg+xml,{quote(svg)}")'


def _line(colour: str, width: float, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M0 5.2H24" stroke="{PRINT[colour]}" stroke-width="{width}"{dashed}/>'


def _square(colour: str, *, open_: bool = False, x: float = 19) -> str:
    look = f'fill="{PRINT["white"]}" stroke="{PRINT[colour]}"' if open_ else f'fill="{PRINT[colour]}"'
    return f'<path {look} d="M{x} 2.2h6v6h-6Z"/>'


def _circle(fill: str, stroke: str = "", dash: str = "") -> str:
    edge = f' stroke="{PRINT[stroke]}" stroke-width="1.3"' if stroke else ""
    edge += f' stroke-dasharray="{dash}"' if dash else ""
    return f'<circle cx="12" cy="5.2" r="3.4" fill="{PRINT[fill]}"{edge}/>'


def key_drawings() -> dict[str, str]:
    """Class of a key's line to its drawing: the same strokes and ends as in the charts. Icons do not turn."""
    ink, soft, sea, plum = PRINT["ink"], PRINT["soft"], PRINT["sea"], PRINT["plum"]
    band = f'<path fill="{PRINT["band"]}" d="M0 0H24V10H0Z"/>'
    box = '<path fill="{}" d="M0 .7h9v9h-9Z"/>'
    return {
        "k-reported": _icon(_line("plum", 1.8) + f'<circle cx="12" cy="5.2" r="3" fill="{plum}"/>'),
        "k-target": _icon(_line("sea", 1.3) + _square("sea", x=18)),
        "k-milestone": _icon(f'<path d="M12 .5V10" stroke="{sea}" stroke-width="1.4"/>'),
        "k-original": _icon(_line("soft", 0.9, "4 2.6") + _square("soft", open_=True, x=17.5)),
        "k-parity": _icon(
            f'<path fill="{PRINT["mist"]}" d="M0 0H24V10H0Z"/>'
            + f'<path d="M0 .5H24" stroke="{soft}" stroke-width=".75" stroke-dasharray=".8 2"/>'
        ),
        "k-forecast": _icon(band + _line("plum", 0.9, ".9 1.8")),
        "k-missing": _icon(f'<path d="M9 2.2l6 6M15 2.2l-6 6" stroke="{soft}" stroke-width="1.2"/>'),
        "k-amendment": _icon(f'<path d="M12 1V10M4 10H20" stroke="{ink}" stroke-width=".6"/>'),
        "k-bars": _icon(f'<path fill="{plum}" d="M4 0H20V5H4Z"/><path fill="{PRINT["bar-two"]}" d="M4 5H20V10H4Z"/>'),
        "k-step-done": _icon(_circle("plum")),
        "k-step-late": _icon(_circle("white", "bad")),
        "k-step-ahead": _icon(_circle("white", "soft", "1.2 1.2")),
        "k-deliver": _icon(_square("sea", open_=True, x=9)),
        "k-women": _icon(box.format(plum), 9),
        "k-men": _icon(box.format(PRINT["ochre"]), 9),
        "k-rest": _icon(box.format(PRINT["rule"]), 9),
    }


def key_icons() -> dict[str, str]:
    """Class of a key's line to its icon, as an address."""
    return {name: _address(svg) for name, svg in key_drawings().items()}


def mark_icons(*, rtl: bool) -> dict[str, str]:
    """Class of a status to its mark."""
    icons = {}
    for status in marks.MARKS:
        inside = marks.shapes(status, ink=PRINT[marks.INKS[status]], ground=PRINT["white"], rtl=rtl)
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18">{inside}</svg>'
        icons[f"mark-{status}"] = _address(svg)
    return icons


#: A line that hangs out of its cell to the right is measured as if it did not: numbers of the annex stand inside.
ARABIC = """
html { line-height: 21pt; font-size: 10.5pt; letter-spacing: 0 }
h1 { font-size: 27pt; line-height: 42pt; letter-spacing: 0 } h1.lesser, .promise-title { font-size: 21pt; line-height: 35pt } .title-long { font-size: 17pt; line-height: 28pt }
.quote { font-size: 20pt; line-height: 42pt; letter-spacing: 0 } .cover-name h1 { font-size: 30pt; line-height: 49pt; letter-spacing: 0 } .cover-name .name-long { font-size: 24pt; line-height: 35pt } .cover-name .name-longer { font-size: 16pt; line-height: 24.5pt } .cover-name .name-longest { font-size: 12pt; line-height: 19pt }
.cover-name { top: 191mm }
.lead { font-size: 12pt; line-height: 24.5pt } .sentence { font-size: 12pt; line-height: 24.5pt; margin-bottom: 10.5pt }
.letter { font-size: 11pt; line-height: 22.75pt } .letter.letter-long { font-size: 10pt; line-height: 17.5pt } .prose p + p { margin-top: 3.5pt }
.note, .key-column li, .key-list li { font-size: 8pt; line-height: 12.25pt } .small-prose, .lines, .amendment, .contact { line-height: 17.5pt }
.headline-words { line-height: 17.5pt } .gap-head { line-height: 28pt } .key-label, .caption-head { line-height: 14pt }
.glance tbody th, .glance tbody td { line-height: 16pt; padding-top: 4pt; padding-bottom: 4pt } .keys { margin-top: 17.5pt; padding-bottom: 14pt } .toc { margin: 14pt 0 28pt } .toc li { line-height: 16pt; padding: 4.5pt 0 5pt } .terms { line-height: 13pt } .b { padding-bottom: 10.5pt }
.glance tbody .now { line-height: 24.5pt } .status { line-height: 28pt; background-position-y: 8pt }
.big-numeral, .headline-figure, .key-figure { letter-spacing: 0 }
.tight .prose, .tight .prose p { font-size: 9.5pt; line-height: 17.5pt } .tight .lines, .tight .amendment { line-height: 15.5pt }
thead th { line-height: 11pt } .rules { line-height: 13.5pt } .figures { line-height: 13pt } .annex { line-height: 11.5pt } .formula { line-height: 28pt; margin: 3.5pt 0 } .terms tbody th, .terms td { padding-bottom: 2pt }
.annex tbody th { padding-inline-start: 0 !important; text-indent: 0 }
"""
#: Ideographs fill their square: they are set smaller, with more between the lines.
CHINESE = """
html { font-size: 9.75pt; line-height: 17.5pt }
h1 { font-size: 26pt; line-height: 35pt; letter-spacing: 0 } h1.lesser, .promise-title { font-size: 21pt; line-height: 31.5pt } .title-long { font-size: 17pt; line-height: 26pt }
.quote { font-size: 20pt; line-height: 35pt; letter-spacing: 0 } .cover-name h1 { font-size: 28pt; line-height: 38pt; letter-spacing: 0 } .cover-name .name-long { font-size: 22pt; line-height: 31.5pt }
.lead { font-size: 12pt; line-height: 21pt } .sentence { font-size: 12pt; line-height: 21pt }
.letter { font-size: 10.5pt; line-height: 19.25pt } .letter.letter-long { font-size: 9.75pt; line-height: 16pt }
.big-numeral, .headline-figure, .key-figure { letter-spacing: 0 }
"""
#: Statuses of two words take two lines, and the formula of the method is as wide as its words.
LONGER = """
.formula { font-size: 11.5pt } .s-result { width: 20mm } .s-bar { width: 18mm }
.glance .st { display: block; background-position: left 3pt }
"""
#: Russian words run longer: labels and heads are a little smaller, so that they keep their places.
RUSSIAN = """
.formula { font-size: 10.5pt }
h1 { font-size: 27pt } .promise-title { font-size: 22pt } .title-long { font-size: 18pt }
.terms { font-size: 8.25pt; line-height: 11pt } .terms td { padding-bottom: 3pt }
"""
OF_LANGUAGE = {"ar": ARABIC, "zh": CHINESE, "es": LONGER, "ru": LONGER + RUSSIAN}


@lru_cache(maxsize=16)
def style_sheet(language: str, scripts: frozenset[str], *, rtl: bool, more: str = "", numerals: str = LATIN) -> str:
    """The whole style sheet, with the families of the scripts that the text has beside Latin; `more` names a sheet
    that another kind of report adds, `numerals` those of the numbers of pages in Arabic."""
    css = "".join((HERE / name).read_text(encoding="utf-8") for name in ("print.css", more) if name)
    families = faces.families(scripts)
    for name, family in families.items():
        css = re.sub(rf"\b{name}\b", family, css)
    css = css.replace("START", "right" if rtl else "left").replace("END", "left" if rtl else "right")
    css += OF_LANGUAGE.get(language, "")
    if language == "ar" and numerals == ARABIC_DIGITS:
        css = css.replace("counter(page)", "counter(page, arabic-indic)")
    css = re.sub(r"var\(--([a-z-]+)\)", lambda found: PRINT[found[1]], css)
    rules = "".join(
        f"@font-face{{font-family:{family};font-weight:{weight};src:url({ASSETS}{file})}}"
        for (family, weight), file in faces.files(scripts).items()
    )
    icons = "".join(
        f".{name}{{background-image:{icon}}}" for name, icon in {**key_icons(), **mark_icons(rtl=rtl)}.items()
    )
    return rules + css + icons
