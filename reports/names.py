"""What an edition and its files are called."""

from __future__ import annotations

import hashlib
import re

from flask import current_app

from impact.messages import gettext_noop as N_
from reports.group.names import title_in
from reports.models import HANDOUT, EditionFile
from reports.words import Words

#: The languages in which a report is complete: its words are translated and its fonts are there.
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


#: In the name of a file of the confidential tier.
CONFIDENTIAL = N_("confidential")
#: A longer slug is cut, and told apart from others that begin alike by a few digits of its digest.
LONGEST_SLUG = 30


def edition_code(slug: str, year: int, number: int) -> str:
    """example-university-2025-1: short enough for the foot of a page, and no other edition's."""
    if len(slug) > LONGEST_SLUG:
        digits = hashlib.sha256(slug.encode()).hexdigest()[:6]
        slug = f"{slug[: LONGEST_SLUG - 7].rstrip('-')}-{digits}"
    return f"{slug}-{year}-{number}"


def verification_address(code: str) -> str:
    """Where anybody can check the edition of this number: printed on its cover, so it is short and has no language."""
    settings = current_app.extensions["settings"]
    return f"{settings.public_url.rstrip('/')}/verify/{code}"


def file_name(file: EditionFile) -> str:
    """The name a download gets, in the language of the report."""
    edition = file.edition
    w = Words(file.language)
    if edition.champion is None:
        title = title_in(w, edition.constituency, edition.year)
    else:
        message = N_("%(organisation)s: annual progress report %(year)s")
        if file.tier == HANDOUT:
            message = N_("%(organisation)s: progress in %(year)s, on one page")
        title = w.gettext(message, organisation=edition.champion.name_in(file.language), year=edition.year)
    if file.tier == "confidential":
        title = f"{title}, {w.gettext(CONFIDENTIAL)}"
    # A colon cannot stand in a file name.
    name = re.sub(r"\s*:\s*", ", ", title).replace("：", "，")
    return f"{name} ({edition.number}).pdf" if edition.number > 1 else f"{name}.pdf"
