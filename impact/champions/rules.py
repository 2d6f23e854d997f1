"""The terms of the programme, addresses made from names, and refusals of what is typed. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from impact.errors import Invalid
from impact.messages import gettext_noop as N_

#: The public reason of the first standing; its values are the cohort's name and the day.
ADMITTED_TO = N_("Admitted to “%(cohort)s” on %(day)s.")

#: Raised when a sentence below changes its meaning; each application keeps the edition it accepted.
TERMS_EDITION = "2026-1"

#: (heading, sentence): what an organisation accepts, printed above the box that accepts it.
TERMS: tuple[tuple[str, str], ...] = (
    (
        N_("A report every year"),
        N_(
            "Each year the organisation gives a figure for every target, or says why it was not measured. "
            "Late and missing years are shown."
        ),
    ),
    (
        N_("Open data"),
        N_("Published commitments, figures and their sources may be used by anybody under CC BY 4.0."),
    ),
    (
        N_("What is published"),
        N_(
            "The name, the leader with their dates, the statement, commitments, targets, figures, every amendment with its "
            "reason, and the status that the public rule works out. A published target is never deleted."
        ),
    ),
    (
        N_("What stays confidential"),
        N_(
            "Contacts, drafts, the vetting note, remarks of reviewers, evidence marked confidential, and counts of fewer than "
            "ten people."
        ),
    ),
)


def slug_from(name: str) -> str:
    """Latin letters and digits of the name joined by hyphens, at most 70 characters; "" where it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:70].strip("-")


def require_words(**fields: tuple[str, str]) -> None:
    """Raise Invalid for each field whose text is empty: name=(text, message id)."""
    problems: Mapping[str, tuple[str, Mapping[str, Any]]] = {
        name: (message, {}) for name, (words, message) in fields.items() if not words.strip()
    }
    if problems:
        raise Invalid(N_("Something is still missing."), problems)
