"""What the reports of many organisations are called."""

from __future__ import annotations

from impact.messages import gettext_noop as N_
from reports.words import Words

CONSTITUENCIES = {
    "government": N_("Governments"),
    "corporation": N_("Corporations"),
    "university": N_("Universities"),
}
#: constituency, or "" for the whole year → message id
NAMES = {
    "": N_("The IMPACT report of the year"),
    "government": N_("Parity report: governments"),
    "corporation": N_("Parity report: corporations"),
    "university": N_("Parity report: universities"),
}


def title_in(w: Words, constituency: str, year: int) -> str:
    """In a language of reports; "" is the whole year."""
    if not constituency:
        return w.gettext("The IMPACT report %(year)s", year=w.year(year))
    return w.gettext(
        "%(constituency)s: parity report %(year)s",
        constituency=w.gettext(CONSTITUENCIES[constituency]),
        year=w.year(year),
    )
