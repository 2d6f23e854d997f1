"""From a snapshot to a PDF: the only place that knows the PDF engine.

Nothing is fetched but data: addresses and files under reports/assets, and what cannot be fetched fails the report
instead of leaving a hole in it. The same snapshot and language give the same bytes at any time.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reports import quicker
from reports.archive import to_file
from reports.attached import attached
from reports.contents import CONFIDENTIAL, SECTIONS, entries, first_guess, numbered
from reports.fetching import AssetMissing
from reports.finished import finished
from reports.harmless import harmless
from reports.imprint import Imprint, imprint_of
from reports.numerals import LATIN
from reports.publishable import must_be_confidential, must_be_public
from reports.sheets import laid_out
from reports.snapshot_types import Snapshot
from reports.templates import environment
from reports.words import Words

__all__ = ["AssetMissing", "layout", "to_confidential_pdf", "to_html", "to_pdf"]

quicker.quicken()

HERE = Path(__file__).parent
# Sections that may push others to a later page are laid out again until the contents are true.
MOST_LAYOUTS = 4
#: Sections that can be set smaller, and the pages of a commitment.
SQUEEZABLE = {"commitment", "glance"}
SPREAD = 2
#: Sections that print the facts of the edition itself.
IMPRINTED = {"cover", "contacts"}
#: What stands before the first page that the contents name.
FRONT = SECTIONS[:2]
#: Anchors after the commitments.
TAIL = {"method", "annex", "contacts", "verification", "confidential"}


def edition_line(snapshot: Snapshot, w: Words, imprint: Imprint) -> str:
    """What stands at the foot of every page."""
    parts = [w.gettext("Confidential")] if imprint.is_confidential else []
    parts += [] if imprint.is_sealed else [w.gettext("Draft, not sealed")]
    parts += [w.gettext("Demonstration data")] if snapshot.organisation.is_demonstration else []
    if snapshot.organisation.is_recorded:
        parts.append(w.gettext("Recorded from public sources"))
    return " · ".join([*parts, snapshot.edition.code, imprint.shortest])


def to_html(
    snapshot: Snapshot,
    language: str,
    pages: dict[str, int] | None = None,
    squeezed: frozenset[str] = frozenset(),
    names: tuple[str, ...] = SECTIONS,
    imprint: Imprint | None = None,
) -> str:
    """The report as one HTML page without its style sheet. `pages` are the pages of the contents, where known;
    `squeezed` the anchors of spreads that are to be set smaller; `names` the sections wanted; `imprint` what is printed of the
    edition itself, of a public one as yet unsealed where none is given."""
    w = Words(language)
    imprint = imprint or imprint_of(snapshot)
    shared = {
        "snapshot": snapshot,
        "w": w,
        "_": w.gettext,
        "ngettext": w.ngettext,
        "pages": pages or {},
        "imprint": imprint,
    }
    sections = []
    for name in names:
        more: dict[str, Any] = {"squeezed": squeezed} if name in SQUEEZABLE else {}
        more |= {"imprint": imprint} if name in IMPRINTED else {}
        found = importlib.import_module(f"reports.sections.{name}").context(snapshot, w, **more)
        template = environment().get_template(f"{name}.html")
        for context in found if isinstance(found, list) else [found]:
            sections.append(Markup(template.render(**shared, **context)))  # noqa: S704 - the template escaped it
    title = w.gettext(
        "%(organisation)s: annual progress report %(year)s",
        organisation=w.plain(snapshot.organisation.name),
        year=snapshot.year,
    )
    html = (
        environment()
        .get_template("report_page.html")
        .render(
            **shared,
            sections=sections,
            title=title,
            foot=edition_line(snapshot, w, imprint),
        )
    )
    return finished(html, language, imprint.numerals)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """A layout makes many objects that live to its end: looking through them again and again costs a quarter of it."""
    was_on = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        # Only what the layout made is looked through; what was there before is still set apart.
        gc.collect()
        gc.unfreeze()
        if was_on:
            gc.enable()


def layout(html: str, w: Words, numerals: str = LATIN) -> Any:
    """The laid-out document. AssetMissing where the page points at something that is not there."""
    return laid_out(html, w, numerals=numerals)


def found_pages(document: Any) -> dict[str, int]:
    """The first page of each anchor."""
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    return pages


def to_pdf(snapshot: Snapshot, language: str, imprint: Imprint | None = None) -> bytes:
    """The report as a file to keep (PDF/A-3a, PDF/UA-1, its data attached), the same bytes every time."""
    must_be_public(snapshot)
    with collector_at_rest():
        # In a function of its own, so that the document is out of reach when the collector looks.
        return printed(snapshot, language, imprint)


def to_confidential_pdf(snapshot: Snapshot, language: str, imprint: Imprint) -> bytes:
    """The same with its annex, marked on every page. `imprint` bears the digest of the public snapshot."""
    must_be_confidential(snapshot, imprint.digest)
    with collector_at_rest():
        return printed(snapshot, language, replace(imprint, tier="confidential"))


def printed(snapshot: Snapshot, language: str, imprint: Imprint | None = None) -> bytes:
    """Lay out until the contents are true, then write."""
    w, imprint, frozen = Words(language), imprint or imprint_of(snapshot), snapshot
    snapshot = harmless(frozen)
    names = CONFIDENTIAL if imprint.is_confidential else SECTIONS
    wanted = {entry.anchor for entry in entries(snapshot, w)}
    pages, squeezed = first_pages(snapshot, w), frozenset[str]()
    for _ in range(MOST_LAYOUTS):
        document = layout(to_html(snapshot, language, pages, squeezed, names, imprint), w, imprint.numerals)
        found = {anchor: page for anchor, page in found_pages(document).items() if anchor in wanted}
        too_full = overfull(snapshot, found) - squeezed
        if not too_full and (found == pages or renumbered(document, snapshot, language, found, imprint)):
            break
        pages, squeezed = squeezed_pages(pages, found) if too_full else found, squeezed | too_full
    mark = b"conf" if imprint.is_confidential else b""
    identifier = bytes.fromhex(imprint.digest)[: 12 - len(mark)] + mark + language.ljust(4).encode()[:4]
    return to_file(document, at=imprint.at, identifier=identifier, attached=attached(frozen, w))


def renumbered(document: Any, snapshot: Snapshot, language: str, pages: dict[str, int], imprint: Imprint) -> bool:
    """Set the contents anew with the numbers that were found, and put it in place: the other pages stay as they are.
    False where it does not take the same pages as before."""
    front = layout(to_html(snapshot, language, pages, names=FRONT, imprint=imprint), Words(language), imprint.numerals)
    room = min(page for anchor, page in pages.items() if anchor not in FRONT) - 1
    if len(front.pages) != room:
        return False
    document.pages[:room] = front.pages
    return True


def squeezed_pages(guessed: dict[str, int], found: dict[str, int]) -> dict[str, int]:
    """Where the sections will begin once each spread keeps to its room; what follows them is as long as was found."""
    shift = found["method"] - guessed["method"]
    return {anchor: found[anchor] - shift if anchor in TAIL else page for anchor, page in guessed.items()}


def overfull(snapshot: Snapshot, pages: dict[str, int]) -> frozenset[str]:
    """The targets that run a little over their two pages, and the glance that runs over its one: what is longer still is text that no setting makes fit."""
    anchors = [item.anchor for item in numbered(snapshot)]
    ends = [*anchors[1:], "method"]
    found = {
        one for one, next_one in zip(anchors, ends, strict=True) if SPREAD < pages[next_one] - pages[one] <= 2 * SPREAD
    }
    if pages.get("not-measured", 0) - pages.get("glance", 0) > 1 and "glance" in pages:
        found.add("glance")
    return frozenset(found)


def first_pages(snapshot: Snapshot, w: Words) -> dict[str, int]:
    """Where the sections begin when each keeps to its room."""
    return {entry.anchor: entry.page for entry in first_guess(entries(snapshot, w))}
