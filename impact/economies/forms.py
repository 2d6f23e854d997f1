"""What is asked about a file of country figures. The file itself is taken by the door."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from impact.economies.models import KIND_LABELS
from impact.forms import AtMost, Form, LongTextField, Required, TextField


class LookForm(Form):
    kind = RadioField(
        _l("What the file holds"),
        [Required(_l("Choose what the file holds"))],
        choices=[SelectChoice(kind, _l(label)) for kind, label in KIND_LABELS.items()],
        validate_choice=False,
    )
    file = FileField(_l("File"), description=_l("CSV in UTF-8, at most 1 MB. A year in the file replaces that year."))
    source = TextField(
        _l("Source"),
        [Required(_l("Say where the figures come from")), AtMost(300)],
        description=_l("Publisher, title and edition. The public reads it."),
    )
    licence = TextField(
        _l("Licence"),
        [Required(_l("Say under which licence or permission they may be shown")), AtMost(300)],
        description=_l("The licence or permission under which the figures may be shown. The public reads it."),
    )
    note = LongTextField(_l("Note"), [AtMost(2000)], description=_l("For whoever reads the history of imports."))


class TakeForm(Form):
    """What was looked at, handed on as it was: the file stays with the reader until it is imported."""

    kind = HiddenField()
    source = TextField(widget=HiddenInput())
    licence = TextField(widget=HiddenInput())
    note = LongTextField(widget=HiddenInput())
    file_name = HiddenField()
    #: the file in base64, so that its bytes, and with them its digest, stay what they were
    content = HiddenField()
    key = HiddenField()
