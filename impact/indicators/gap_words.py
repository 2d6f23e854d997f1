"""What the parts of the gap index are called."""

from __future__ import annotations

from collections.abc import Mapping

from impact.indicators.catalogue import by_code
from impact.indicators.gap_index import BY_KEY
from impact.indicators.gap_links import CODES
from impact.messages import gettext_noop as N_

#: Message ids, in the order of the report; the whole index first.
AREA_LABELS: Mapping[str, str] = {
    "overall": N_("The whole index"),
    "economic": N_("Economic participation and opportunity"),
    "education": N_("Educational attainment"),
    "health": N_("Health and survival"),
    "political": N_("Political empowerment"),
}


def indicator_name(key: str, language: str) -> str:
    """The name of one of the fourteen in this language, in English where the catalogue has none."""
    names = by_code(CODES[key]).name
    return names.get(language) or names["en"]


def is_indicator(key: str) -> bool:
    """Whether a word names one of the fourteen rather than an area."""
    return key in BY_KEY
