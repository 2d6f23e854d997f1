"""On the desk: how ambitious each target under review is, in sentences and with a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from impact.charts import draw, frames, web
from impact.commitments.ambition import Ambition, told
from impact.reviews.models import Review
from impact.reviews.subjects import kind_named


@dataclass(frozen=True)
class AmbitionShown:
    title: str
    sentences: Sequence[str]
    chart: web.Figure | None


def ambitions_of(review: Review, thing: Any) -> list[AmbitionShown]:
    """Of the targets in the thing that have a pace."""
    found = told(review.champion, kind_named(review.subject_kind).targets(thing))
    return [_shown(one, number) for number, one in enumerate(found, start=1) if one is not None]


def _shown(ambition: Ambition, number: int) -> AmbitionShown:
    chart = None
    if ambition.chart is not None:
        markup, css = web.one(draw(ambition.chart, frames.NARROW), f"a{number}", "chart-small")
        chart = web.Figure(markup, css)
    return AmbitionShown(ambition.title, ambition.sentences, chart)


def chart_styles(shown: Sequence[AmbitionShown], nonce: str) -> Markup:
    """The one style element of the charts; nothing without one."""
    drawings = [one.chart for one in shown if one.chart is not None]
    return web.style_block(drawings, nonce) if drawings else Markup("")
