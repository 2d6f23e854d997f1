"""What a cohort is called: the platform's own in the reader's language, every other as its manager wrote it."""

from __future__ import annotations

from impact.champions.models.organisations import OWN_COHORTS
from impact.i18n import say


def cohort_name(name: str) -> str:
    """The name as the reader of this request reads it."""
    return say(name) if name in OWN_COHORTS else name
