"""What the reports of many organisations are called."""

from __future__ import annotations

from impact.messages import gettext_noop as N_

#: constituency, or "" for the whole year → message id
NAMES = {
    "": N_("The IMPACT report of the year"),
    "government": N_("Parity report: governments"),
    "corporation": N_("Parity report: corporations"),
    "university": N_("Parity report: universities"),
}
