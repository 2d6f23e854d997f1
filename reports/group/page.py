"""The HTML edition of a group's report: its printed sections, turned into a page like every other edition."""

from __future__ import annotations

from markupsafe import Markup

from reports.group import sections
from reports.group.types import GroupSnapshot
from reports.imprint import Imprint
from reports.templates import environment
from reports.web import Around, framed
from reports.web.turned import turn
from reports.words import Words


def printed_sections(snapshot: GroupSnapshot, w: Words) -> list[Markup]:
    """Each section as the PDF sets it."""
    return [
        Markup(  # noqa: S704 - the template escaped it
            environment()
            .get_template(f"group_{name}.html")
            .render(snapshot=snapshot, w=w, _=w.gettext, ngettext=w.ngettext, **sections.CONTEXTS[name](snapshot, w))
        )
        for name in sections.SECTIONS
    ]


def to_group_page(
    snapshot: GroupSnapshot, language: str, around: Around | None = None, imprint: Imprint | None = None
) -> str:
    w, said = Words(language), imprint or sections.imprint_of(snapshot)
    parts = [turn(str(part), w) for part in printed_sections(snapshot, w)]
    return framed(
        "group_web.html",
        snapshot,
        w,
        around or Around(),
        parts,
        [],
        said,
        front=sections.front(snapshot, w, said),
        title=sections.title(snapshot, w),
        entries=sections.entries(snapshot, w),
        changes=[w.say(change) for change in snapshot.edition.changes],
    )
