"""From the markup of a printed section to that of a part of a page.

The printed templates are ours, well-formed, and escape whatever people wrote, so what is looked for here can only be
markup of ours: a heading goes down a rank, since the page has one of the first; a length that a style attribute gave
becomes a class; marks and keys, which paper has as backgrounds, are drawn beside their words; wide tables may be moved
sideways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from impact.charts import marks
from reports.styles import key_drawings
from reports.words import Words

_RANK = re.compile(r"<(/?)h([1-4])\b")
_BAR = re.compile(r'<div class="fill ?([a-z]*)" style="width:([0-9.]+)%">')
_MARK = re.compile(r'(<\w+ class="[^"]*\bmark-([a-z_]+)\b[^"]*">)')
_KEY = re.compile(r'(<li class="(k-[a-z-]+)">)')
_TABLE = re.compile(r'<table class="((?:figures|annex|wide|terms|rules)\b[^"]*)">(.*?)</table>', re.S)
_DRAWING = re.compile(r'<svg xmlns="[^"]*"( width="[^"]*" height="[^"]*" viewBox="[^"]*">)(<title>)?')
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.S)
_HEADING = re.compile(r"<h[1-4]\b[^>]*>(.*?)</h[1-4]>", re.S)
_TAG = re.compile(r"<[^>]+>")
_GLANCE = re.compile(r'<table class="glance[^"]*">.*?</table>', re.S)


@dataclass(frozen=True)
class Turned:
    """A part of the page, and the rules of style that only it needs."""

    html: Markup
    rules: frozenset[str] = frozenset()


def turn(html: str, w: Words, snapshot: Any = None) -> Turned:
    rules: set[str] = set()

    def bar(found: re.Match[str]) -> str:
        name = f"w{found[2].replace('.', '-')}"
        rules.add(f".{name}{{inline-size:{found[2]}%}}")
        return f'<div class="fill {found[1]} {name}">'

    html = _RANK.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)
    html = _DRAWING.sub(_drawing, html)
    html = _BAR.sub(bar, html)
    html = _MARK.sub(lambda found: found[1] + str(marks.svg(found[2], rtl=w.rtl)), html)
    html = _KEY.sub(_key, html)
    html = _GLANCE.sub(lambda found: as_rows(found[0]), html)
    heading = _HEADING.search(html)
    html = _TABLE.sub(lambda found: _sideways(found, _words(heading[1]) if heading else ""), html)
    return Turned(Markup(html), frozenset(rules))  # noqa: S704 (our own templates made and escaped it)


def _drawing(found: re.Match[str]) -> str:
    said = 'role="img"' if found[2] else 'aria-hidden="true"'
    return f"<svg {said}{found[1]}{found[2] or ''}"


def _key(found: re.Match[str]) -> str:
    drawing = key_drawings().get(found[2], "")
    return found[1] + _DRAWING.sub(_drawing, drawing)


def _words(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).split())


def _sideways(found: re.Match[str], otherwise: str) -> str:
    """The table in a frame of its own, which the keyboard can reach to move it; named by its caption or its section."""
    caption = _CAPTION.search(found[2])
    words = _words(caption[1]) if caption else otherwise
    table = f'<table class="{found[1]}">{found[2]}</table>'
    if "steps" in found[1].split():
        table = as_rows(table)
    return f'<div class="sideways" role="group" aria-label="{words}" tabindex="0">{table}</div>'


def as_rows(table: str) -> str:
    """A table that narrow pages lay out as blocks says its parts as roles, which such a layout would take away."""
    for tag, role in (("table", "table"), ("thead", "rowgroup"), ("tbody", "rowgroup"), ("tr", "row"), ("td", "cell")):
        table = re.sub(rf"<{tag}(?=[ >])", f'<{tag} role="{role}"', table)
    table = table.replace('<th scope="col"', '<th role="columnheader" scope="col"')
    return table.replace('<th scope="row"', '<th role="rowheader" scope="row"')
