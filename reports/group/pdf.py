"""The PDF of a group's report: the same pages as of a champion's, with sections of its own."""

from __future__ import annotations

from typing import Any

from reports.archive import to_file
from reports.finished import finished
from reports.group import sections
from reports.group.data import attached_to
from reports.group.page import printed_sections
from reports.group.types import GroupSnapshot
from reports.imprint import Imprint
from reports.render import collector_at_rest, found_pages
from reports.sheets import laid_out
from reports.templates import environment
from reports.words import Words


def to_group_pdf(snapshot: GroupSnapshot, language: str, imprint: Imprint | None = None) -> bytes:
    """A tagged PDF with its data, the same bytes every time."""
    with collector_at_rest():
        w, said = Words(language), imprint or sections.imprint_of(snapshot)
        parts = printed_sections(snapshot, w)
        # The numbers of the contents change no page: laid out once to find them, once to print them.
        pages = found_pages(_layout(to_html(snapshot, w, said, parts, {}), w, said))
        document = _layout(to_html(snapshot, w, said, parts, pages), w, said)
        identifier = bytes.fromhex(said.digest)[:12] + language.ljust(4).encode()[:4]
        return to_file(document, at=said.at, identifier=identifier, attached=attached_to(snapshot, w))


def to_html(snapshot: GroupSnapshot, w: Words, imprint: Imprint, parts: Any, pages: dict[str, int]) -> str:
    marked = [] if imprint.is_sealed else [w.gettext("Draft, not sealed")]
    marked += [w.gettext("Demonstration data")] if snapshot.holds_demonstration else []
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
    return finished(html, w.language, imprint.numerals)


def _layout(html: str, w: Words, imprint: Imprint) -> Any:
    return laid_out(html, w, more="group/group.css", numerals=imprint.numerals)
