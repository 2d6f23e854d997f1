"""Charts in a web page: shapes in SVG, every word and digit as HTML text over them, places in one style block.

The page's content security policy forbids style attributes, so each label has a class of its own and `figure` gives
the rules back; the page collects them in one `<style nonce>` with `style_block`. Time runs left to right in every
language; texts keep the direction of their own language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from impact.charts import frames
from impact.charts.definitions import BarsChart, Chart, MapChart, MilestoneChart, ParityChart, PathChart, Spark
from impact.charts.drawing import Drawing, Frame, Label, n
from impact.charts.layout import draw

# Colours come from the page's tokens; what stands after the comma serves a page without them.
STYLES = """
.chart{position:relative;direction:ltr;margin:0}
.chart svg{display:block;inline-size:100%;block-size:auto;overflow:visible;forced-color-adjust:none}
.chart path{fill:none;stroke:none}
.chart-label{position:absolute;white-space:nowrap;font-size:14px;line-height:18px;unicode-bidi:plaintext;color:var(--ink-soft,#57505e);
  font-variant-numeric:tabular-nums lining-nums}
.chart-label.at-middle{transform:translate(-50%,-50%)}
.chart-label.at-start{transform:translate(0,-50%)}
.chart-label.at-end{transform:translate(-100%,-50%)}
.chart-label.strong{font-weight:600}
.chart .grid{stroke:var(--line,#dedad2);stroke-width:1}
.chart .axis{stroke:var(--ink,#1d1923);stroke-width:1.5}
.chart .year-mark,.chart .amendment{stroke:var(--edge,#857d8a);stroke-width:1}
.chart .patch{fill:var(--paper,#fbfaf8)}
.chart .parity{fill:var(--plum-tint,#f3eaf1)}
.chart .parity-edge{stroke:var(--edge,#857d8a);stroke-width:1.4;stroke-dasharray:1.5 3.5}
.chart .forecast-band{fill:var(--forecast,#e6dce4)}
.chart .forecast{stroke:var(--plum,#5a2350);stroke-width:1.6;stroke-dasharray:2 3}
.chart .original{stroke:var(--ink-soft,#57505e);stroke-width:1.8;stroke-dasharray:7 5}
.chart .original-end{fill:var(--paper,#fbfaf8);stroke:var(--ink-soft,#57505e);stroke-width:1.8}
.chart .target{stroke:var(--sea,#1f7a7a);stroke-width:2}
.chart .target-end{fill:var(--sea,#1f7a7a)}
.chart .deliverable-end{fill:var(--paper,#fbfaf8);stroke:var(--sea,#1f7a7a);stroke-width:2}
.chart .milestone{stroke:var(--sea,#1f7a7a);stroke-width:2.4}
.chart .reported{stroke:var(--plum,#5a2350);stroke-width:3.2;stroke-linejoin:round;stroke-linecap:round}
.chart .elapsed{stroke:var(--plum,#5a2350);stroke-width:3.2}
.chart .reported-dots,.chart .reported-small{fill:var(--plum,#5a2350);stroke:var(--paper,#fbfaf8);stroke-width:1.6}
.chart .missing{stroke:var(--ink-soft,#57505e);stroke-width:1.8}
.chart .bar-now{fill:var(--plum,#5a2350)}
.chart .bar-before{fill:var(--plum-middle,#ad789e)}
.chart .bar-gap{fill:var(--stone-tint,#efece6)}
.chart .benchmark{stroke:var(--sea,#1f7a7a);stroke-width:2.4}
.chart .today{stroke:var(--ink,#1d1923);stroke-width:1;stroke-dasharray:2 3}
.chart .step-done{fill:var(--plum,#5a2350)}
.chart .step-late{fill:var(--paper,#fbfaf8);stroke:var(--bad,#a1320f);stroke-width:2.4}
.chart .step-ahead{fill:var(--paper,#fbfaf8);stroke:var(--edge,#857d8a);stroke-width:1.8;stroke-dasharray:2 2}
.chart .women{fill:var(--women,#5a2350)}
.chart .men{fill:var(--men,#bd7f0e)}
.chart .other{fill:var(--sea,#1f7a7a)}
.chart-label.role-target,.chart-label.role-milestone{color:var(--good,#0f6464)}
.chart-label.role-reported,.chart-label.role-forecast{color:var(--plum,#5a2350)}
.chart-label.role-bar-value,.chart-label.role-on-women,.chart-label.role-on-other{color:var(--on-plum,#fff)}
.chart-label.role-on-men,.chart-label.role-on-undisclosed{color:#1d1923}
.chart-label.role-year.strong,.chart-label.role-total,.chart-label.role-row{color:var(--ink,#1d1923)}
.chart .sea{fill:var(--surface,#fff);stroke:var(--line,#dedad2);stroke-width:1;vector-effect:non-scaling-stroke}
.chart .no-data,.chart .apart,.chart .hollow,.chart .gap-0,.chart .gap-1,.chart .gap-2,.chart .gap-3,.chart .gap-4{
  stroke:var(--map-edge,#6f6773);stroke-width:.6;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.chart .apart{stroke-width:1;stroke-dasharray:1.5 1.5}
.chart .hollow{fill:var(--surface,#fff)}
.chart .gap-0{fill:var(--shade-0,#fae9cc)}
.chart .gap-1{fill:var(--shade-1,#eabd71)}
.chart .gap-2{fill:var(--shade-2,#c89133)}
.chart .gap-3{fill:var(--shade-3,#996519)}
.chart .gap-4{fill:var(--shade-4,#6c3a00)}
.chart .point{stroke:var(--ink,#1d1923);stroke-width:.9}
.chart-spark{inline-size:100%;max-inline-size:176px}
.chart-small{max-inline-size:340px}
.chart-narrow{display:none}
@media (max-width:640px){.chart-wide{display:none}.chart-narrow{display:block}}
"""

HATCH = Markup(
    '<defs><pattern id="{id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="{turn}">'
    '<path class="hatch-ground" d="M0 0h5v5H0z"/><path class="hatch-line" d="M0 0v5"/></pattern></defs>'
)


#: Filled with the hatch: nobody knows, or nobody may see.
HATCHED = ("undisclosed", "withheld", "no-data", "apart")


def turn(frame: Frame) -> str:
    """How the hatch lies on the sheet: five pixels wide, also where a pixel has many units."""
    return f"rotate(45) scale({n(frame.unit)})" if frame.unit != 1 else "rotate(45)"


@dataclass(frozen=True)
class Figure:
    """A finished chart: the markup of its figure, and the rules that place its labels."""

    markup: Markup
    css: str

    def __html__(self) -> str:
        return str(self.markup)


def frames_for(chart: Chart) -> tuple[Frame, ...]:
    """The wide sheet and the narrow one; a spark has one for all."""
    match chart:
        case PathChart() | BarsChart():
            return frames.WIDE, frames.NARROW
        case MilestoneChart():
            return frames.TIMELINE, frames.TIMELINE_NARROW
        case Spark():
            return (frames.SPARK,)
        case ParityChart():
            return frames.PARITY, frames.PARITY_NARROW
        case MapChart():
            return (frames.MAP,)
        case _:
            return frames.STACK, frames.STACK_NARROW


def figure(chart: Chart, name: str, sheets: tuple[Frame, ...] | None = None) -> Figure:
    """Draw a chart for a web page.

    `name` is unique on the page (letters, digits and hyphens): it starts the class names of the labels. With two
    sheets, the second is shown on narrow pages in place of the first.
    """
    chosen = sheets or frames_for(chart)
    names = ("chart-wide", "chart-narrow") if len(chosen) > 1 else ("chart-spark" if isinstance(chart, Spark) else "",)
    parts = [
        one(draw(chart, sheet), f"{name}-{i}", extra)
        for i, (sheet, extra) in enumerate(zip(chosen, names, strict=True))
    ]
    return Figure(Markup("").join(markup for markup, _ in parts), "".join(css for _, css in parts))


def one(drawing: Drawing, name: str, extra: str) -> tuple[Markup, str]:
    """One drawing and its rules."""
    frame = drawing.frame
    hatched = any(s.role in HATCHED for s in drawing.shapes)
    hatch = f"{name}-hatch"
    shapes = Markup("").join(Markup('<path class="{}" d="{}"/>').format(s.role, s.d) for s in drawing.shapes)
    title = drawing.title
    # Without a title of its own the drawing is said by the text beside it.
    head = Markup('role="img"><title>{}</title>').format(title) if title else Markup('aria-hidden="true">')
    svg = Markup('<svg viewBox="0 0 {} {}" {}{}{}</svg>').format(
        n(frame.width), n(frame.height), head, HATCH.format(id=hatch, turn=turn(frame)) if hatched else "", shapes
    )
    labels, rules = [], []
    for i, label in enumerate(drawing.labels):
        labels.append(_label(label, f"{name}-{i}"))
        rules.append(f".{name}-{i}{{left:{_percent(label.x, frame.width)};top:{_percent(label.y, frame.height)}}}")
    if hatched:
        rules.append(",".join(f".{name} .{role}" for role in HATCHED) + f"{{fill:url(#{hatch})}}")
    texts = (
        Markup('<div class="chart-labels" aria-hidden="true">{}</div>').format(Markup("").join(labels))
        if labels
        else ""
    )
    classes = " ".join(c for c in ("chart", name, extra) if c)
    return Markup('<div class="{}" dir="ltr">{}{}</div>').format(classes, svg, texts), "".join(rules)


def _label(label: Label, name: str) -> Markup:
    classes = f"chart-label at-{label.anchor} role-{label.role} {name}" + (" strong" if label.strong else "")
    return Markup('<span class="{}" dir="auto">{}</span>').format(classes, label.text)


def _percent(part: float, whole: float) -> str:
    return f"{part / whole * 100:.2f}%"


def style_block(figures: Iterable[Figure], nonce: str) -> Markup:
    """The one style element of a page with charts."""
    rules = STYLES + HATCH_STYLES + "".join(figure.css for figure in figures)
    return Markup('<style nonce="{}">{}</style>').format(escape(nonce), Markup(rules))


HATCH_STYLES = """
.chart .hatch-ground{fill:var(--stone-tint,#efece6)}
.chart .hatch-line{stroke:var(--stone,#8f877d);stroke-width:2}
"""
