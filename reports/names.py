"""What an edition and its files are called."""

from __future__ import annotations

import re

from reports.models import EditionFile
from reports.words import Words

#: The languages in which a report is complete: its words are translated and its fonts are there.
LANGUAGES = ("en", "fr", "ar")


def edition_code(slug: str, year: int, number: int) -> str:
    """example-university-2025-1: short enough for the foot of a page."""
    return f"{slug[:30].rstrip('-')}-{year}-{number}"


def file_name(file: EditionFile) -> str:
    """The name a download gets, in the language of the report."""
    edition = file.edition
    w = Words(file.language)
    title = w.gettext(
        "%(organisation)s: annual progress report %(year)s",
        organisation=edition.champion.name_in(file.language),
        year=edition.window.year,
    )
    # A colon cannot stand in a file name.
    name = re.sub(r"\s*:\s*", ", ", title)
    return f"{name} ({edition.number}).pdf" if edition.number > 1 else f"{name}.pdf"
