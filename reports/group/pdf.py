"""The PDF of a group's report: the same pages as of a champion's, with sections of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from reports import faces
from reports.archive import VARIANT, to_file
from reports.fetching import Fetcher
from reports.group import sections
from reports.group.data import attached_to
from reports.group.page import printed_sections
from reports.group.types import GroupSnapshot
from reports.imprint import Imprint
from reports.render import UNPRINTED, WellFormed, collector_at_rest, found_pages
from reports.styles import style_sheet
from reports.templates import environment
from reports.words import Words


def to_group_pdf(snapshot: GroupSnapshot, language: str, imprint: Imprint | None = None) -> bytes:
    """A tagged PDF with its data, the same bytes every time."""
    with collector_at_rest():
        w, said = Words(language), imprint or sections.imprint_of(snapshot)
        parts = printed_sections(snapshot, w)
        # The numbers of the contents change no page: laid out once to find them, once to print them.
        pages = found_pages(_layout(to_html(snapshot, w, said, parts, {}), w))
        document = _layout(to_html(snapshot, w, said, parts, pages), w)
        identifier = bytes.fromhex(said.digest)[:12] + language.ljust(4).encode()[:4]
        return to_file(document, at=said.at, identifier=identifier, attached=attached_to(snapshot, w))


def to_html(snapshot: GroupSnapshot, w: Words, imprint: Imprint, parts: Any, pages: dict[str, int]) -> str:
    marked = [w.gettext("Demonstration data")] if snapshot.holds_demonstration else []
    html = (
        environment()
        .get_template("group_page.html")
        .render(
            snapshot=snapshot,
            w=w,
            _=w.gettext,
            ngettext=w.ngettext,
            pages=pages,
            sections=parts,
            front=sections.front(snapshot, w, imprint),
            imprint=imprint,
            entries=sections.entries(snapshot, w),
            changes=[w.say(change) for change in snapshot.edition.changes],
            foot=" · ".join([*marked, snapshot.edition.code, imprint.shortest]),
        )
    )
    return faces.printable(html.translate(UNPRINTED), w.language)


def _layout(html: str, w: Words) -> Any:
    sheet, fonts = _styled(w.language, faces.scripts(html, w.language), rtl=w.rtl)
    return WellFormed(html).render(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, pdf_tags=True)


@lru_cache(maxsize=16)
def _styled(language: str, scripts: frozenset[str], *, rtl: bool) -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    text = style_sheet(language, scripts, rtl=rtl, more="group/group.css")
    return CSS(string=text, font_config=fonts, url_fetcher=Fetcher()), fonts
