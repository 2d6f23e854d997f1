"""The parsed style sheets and their fonts: once per process and kind of page, for all kinds of report."""

from __future__ import annotations

from threading import Lock
from typing import Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from reports import faces
from reports.archive import VARIANT
from reports.fetching import Fetcher
from reports.styles import style_sheet
from reports.wellformed import WellFormed
from reports.words import Words

Key = tuple[str, frozenset[str], str, str]
_parsed: dict[Key, tuple[CSS, FontConfiguration]] = {}
_parsing = Lock()


def styled(
    language: str, scripts: frozenset[str], *, more: str = "", numerals: str = "latin"
) -> tuple[CSS, FontConfiguration]:
    """The sheet of a language for these scripts (reports/faces.py); `more` names what a kind of report adds to it."""
    key = (language, scripts, more, numerals)
    with _parsing:
        if key not in _parsed:
            fonts = FontConfiguration()
            text = style_sheet(language, scripts, rtl=Words(language).rtl, more=more, numerals=numerals)
            _parsed[key] = (CSS(string=text, font_config=fonts, url_fetcher=Fetcher()), fonts)
    return _parsed[key]


def forget() -> None:
    """Read the sheets and fonts anew at the next page."""
    _parsed.clear()


def laid_out(html: str, w: Words, *, more: str = "", numerals: str = "latin") -> Any:
    """The laid-out document. AssetMissing where the page points at something that is not there."""
    sheet, fonts = styled(w.language, faces.scripts(html, w.language), more=more, numerals=numerals)
    return WellFormed(html).render(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, pdf_tags=True)
