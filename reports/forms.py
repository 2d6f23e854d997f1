"""Why an edition is returned, why there is a correction, and the file that is to be verified."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from impact.forms import AtMost, Form, LongTextField


class VerifyForm(Form):
    file = FileField(
        _l("The report as PDF"), description=_l("It is looked at and forgotten: kept nowhere, sent to nobody.")
    )


class ReturnForm(Form):
    reason = LongTextField(_l("Reason"), [AtMost(2000)])


class CorrectionForm(Form):
    reason = LongTextField(
        _l("Why the edition is corrected"),
        [AtMost(2000)],
        description=_l("Printed in the new edition, beside the list of what it changes."),
    )
