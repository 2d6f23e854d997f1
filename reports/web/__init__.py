"""The HTML edition: the sections of the printed report as one page for every screen, with the same words and figures.

The sections' own contexts and templates say what the PDF says; only the front, the contents and the charts' sheets are
the page's own. It asks for no script, and is set by static/css/edition.css on screens and on paper.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from impact.charts import Chart, web
from reports import drawn, numerals, tables
from reports.contents import SECTIONS, entries
from reports.harmless import harmless
from reports.imprint import Imprint, imprint_of
from reports.publishable import must_be_public
from reports.sections import commitment as promises
from reports.sections import cover
from reports.snapshot_types import Snapshot
from reports.templates import environment
from reports.web.turned import Turned, turn
from reports.words import Words

#: What the page says in ways of its own.
OWN = {"cover", "contents"}


@dataclass(frozen=True)
class Link:
    """An address with its words, which are in `language`."""

    address: str
    words: str
    language: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Around:
    """What stands around the edition: addresses that a snapshot cannot know. `state` is draft, sealed or superseded."""

    styles: tuple[str, ...] = ()
    icon: str = ""
    nonce: str = ""
    home: str = "/"
    languages: tuple[Link, ...] = ()
    files: tuple[Link, ...] = ()
    state: str = "sealed"
    newer: Link | None = None
    older: Link | None = None


def to_page(snapshot: Snapshot, language: str, around: Around | None = None, imprint: Imprint | None = None) -> str:
    """The whole page in one language; `imprint` is what is said of the edition itself."""
    must_be_public(snapshot)
    w, said = Words(language), imprint or imprint_of(snapshot)
    snapshot = harmless(snapshot)
    figures: list[web.Figure] = []
    parts = [_section(name, snapshot, w, said, figures) for name in SECTIONS if name not in OWN]
    front = cover.context(snapshot, w, said)
    more = {
        "front": front,
        "entries": entries(snapshot, w),
        "changes": [w.say(change) for change in snapshot.edition.changes],
        "title": w.gettext(
            "%(organisation)s: annual progress report %(year)s",
            organisation=w.plain(snapshot.organisation.name),
            year=snapshot.year,
        ),
    }
    return framed("web_page.html", snapshot, w, around or Around(), parts, figures, said, **more)


def framed(
    template: str,
    snapshot: Any,
    w: Words,
    around: Around,
    parts: list[Turned],
    figures: list[web.Figure],
    imprint: Imprint,
    **more: Any,
) -> str:
    """The sections in their page, with the one style element that places what only this page knows."""
    rules = "".join(sorted({rule for part in parts for rule in part.rules}))
    style = web.style_block([*figures, web.Figure(Markup(""), rules)], around.nonce) if figures or rules else ""
    page = (
        environment()
        .get_template(template)
        .render(
            snapshot=snapshot,
            w=w,
            _=w.gettext,
            ngettext=w.ngettext,
            around=around,
            sections=[part.html for part in parts],
            style=style,
            imprint=imprint,
            **more,
        )
    )
    return numerals.page_in(page, imprint.numerals)


def _section(name: str, snapshot: Snapshot, w: Words, imprint: Imprint, figures: list[web.Figure]) -> Turned:
    """A section as it is printed, its charts on sheets for screens, turned into parts of the page."""
    more = {"imprint": imprint} if name == "contacts" else {}
    found = importlib.import_module(f"reports.sections.{name}").context(snapshot, w, **more)
    template = environment().get_template(f"{name}.html")
    shared = {
        "snapshot": snapshot,
        "w": w,
        "_": w.gettext,
        "ngettext": w.ngettext,
        "pages": {},
        "imprint": imprint,
    }
    html = ""
    for context in found if isinstance(found, list) else [found]:
        if name == "commitment":
            context |= _on_screen(context, snapshot, w, figures)
        html += template.render(**shared, **context)
    return turn(html, w, snapshot)


def _on_screen(context: dict[str, Any], snapshot: Snapshot, w: Words, figures: list[web.Figure]) -> dict[str, Any]:
    """The same charts of a target, drawn for wide and for narrow pages, and its table with every year."""
    item = context["item"]
    title = promises.alternative(item.target, snapshot, w)
    stack_title = w.gettext("Who is counted, year by year; the numbers are in the table of figures per year.")
    return {
        "chart": _figure(drawn.chart(item.target, snapshot, title, w), item.anchor, figures),
        "stack": _figure(drawn.stack(item.target, stack_title, w), f"{item.anchor}-people", figures),
        "table": tables.figures(item.target, snapshot, w),
        "hangs": False,
    }


def _figure(chart: Chart | None, name: str, figures: list[web.Figure]) -> Markup:
    if chart is None:
        return Markup("")
    figures.append(web.figure(chart, name))
    return figures[-1].markup
