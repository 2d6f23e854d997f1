"""Reasons: why an edition is returned, and why there is a correction."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from impact.forms import AtMost, Form, LongTextField


class ReturnForm(Form):
    reason = LongTextField(_l("Reason"), [AtMost(2000)])


class CorrectionForm(Form):
    reason = LongTextField(
        _l("Why the edition is corrected"),
        [AtMost(2000)],
        description=_l("Printed in the new edition, beside the list of what it changes."),
    )
