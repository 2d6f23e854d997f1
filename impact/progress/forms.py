"""Forms of figures, evidence and windows."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from impact.forms import AtMost, CountField, DayField, Form, LongTextField, NumberField, Required, TextField, WebAddress
from impact.indicators.small_cells import PARTS
from impact.progress.steps import NAMES as STEPS
from impact.progress.workflow import STATUS_LABELS

NUMBERS = ("value", "numerator", "denominator", *PARTS)


class FigureForm(Form):
    """One target, one period. Fields that the target does not ask for are taken out before it is shown."""

    version = HiddenField()
    #: fingerprints of what was saved when the form was opened
    seen = HiddenField()
    on = DayField(_l("Date that the figure is about"))
    numerator = NumberField(_l("Counted"))
    denominator = NumberField(_l("Out of"))
    value = NumberField(_l("Figure"))
    delivered = RadioField(
        _l("Is it delivered?"),
        choices=[SelectChoice("yes", _l("Yes, delivered")), SelectChoice("no", _l("No, not yet"))],
        validate_choice=False,
    )
    women = CountField(_l("Women"))
    men = CountField(_l("Men"))
    other = CountField(_l("Other or self-described"))
    undisclosed = CountField(_l("Not disclosed"))
    parts_note = LongTextField(
        _l("Why the parts do not add up"),
        [AtMost(1000)],
        description=_l("Only where they do not, or where they are not known."),
    )
    not_measured = LongTextField(
        _l("Not measured, because…"),
        [AtMost(2000)],
        description=_l("A full answer: leave the figure empty and say why. The public reads it."),
    )
    known_by = DayField(_l("A figure will be known by"))
    source = LongTextField(_l("Source and how it was counted"), [AtMost(2000)])
    method_change = LongTextField(
        _l("What changed in the method or definition"), [AtMost(2000)], description=_l("Leave empty if nothing did.")
    )
    not_bridged = BooleanField(_l("Because of the change, old and new figures cannot be compared"))
    narrative = LongTextField(_l("What was done"), [AtMost(6000)])
    worked = LongTextField(_l("What worked"), [AtMost(4000)])
    obstacles = LongTextField(_l("What stood in the way"), [AtMost(4000)])
    next_steps = LongTextField(_l("Next steps"), [AtMost(4000)])

    @property
    def steps(self) -> list[Any]:
        """The fields of the steps that this target has."""
        return [self._fields[name] for name in STEPS if name in self._fields]

    def data_for_operation(self) -> tuple[dict[str, Any], list[str]]:
        """(data of `enter_figure`, names of the fields that are asked); numbers that cannot be read go as text."""
        version = str(self.version.data or "")
        data: dict[str, Any] = {
            "version": version if version.isascii() and version.isdigit() and len(version) < 9 else "0",
            "seen": self.fingerprints(self.seen.data),
            "typed": {},
        }
        unasked = {"version", "seen", "csrf_token", "not_bridged", "delivered"}
        asked = [name for name in self._fields if name not in unasked]
        for name in asked:
            field = self._fields[name]
            data[name] = field.data
            if name in NUMBERS and field.data is None and field.raw_data and field.raw_data[0]:
                data["typed"][name] = field.raw_data[0]
        for name in ("value", "numerator", "denominator"):
            data.setdefault(name, None)
        if "not_bridged" in self._fields:
            data["method_bridged"] = not self.not_bridged.data
        if "delivered" in self._fields:
            data["delivered"] = {"yes": True, "no": False}.get(self.delivered.data or "")
        return data, asked

    @staticmethod
    def fingerprints(text: str | None) -> dict[str, str]:
        """{field: fingerprint} from a hidden field; nothing when somebody wrote something else into it."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            return {}
        return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


for _name in STEPS:
    setattr(FigureForm, _name, DayField(_l("Step done on")))


class OverrideForm(Form):
    """Another status beside the computed one; nothing chosen ends the present one."""

    status = RadioField(
        _l("Status to print beside the computed one"),
        choices=[
            SelectChoice("", _l("None: only the computed status")),
            *(SelectChoice(status, _l(label)) for status, label in STATUS_LABELS.items()),
        ],
        default="",
        validate_choice=True,
    )
    reason = LongTextField(
        _l("Reason"), [Required(_l("Give a reason")), AtMost(2000)], description=_l("The public reads it.")
    )


class EvidenceForm(Form):
    title = TextField(_l("What it shows"), [AtMost(200)])
    file = FileField(_l("File"), description=_l("PDF, PNG, JPEG, XLSX, CSV or TXT."))
    url = TextField(_l("Or a web address"), [AtMost(500), WebAddress()])
    seen_by = RadioField(
        _l("Who may open it"),
        choices=[
            SelectChoice("public", _l("Everybody, once the figure is approved")),
            SelectChoice("confidential", _l("Reviewers only")),
        ],
        default="confidential",
        validate_choice=False,
    )


class StatementForm(Form):
    statement = LongTextField(_l("The leader’s statement on the year"), [AtMost(4000)])


class CorrectionForm(Form):
    reason = LongTextField(_l("What was wrong"), [Required(_l("Say what was wrong")), AtMost(1000)])


class WindowForm(Form):
    cohort = SelectField(_l("Cohort"), [Required(_l("Choose a cohort"))], validate_choice=True)
    year = IntegerField(_l("Year that the figures are about"), [Required(_l("Give the year"))])
    period_starts = DayField(_l("Period begins"), [Required(_l("Give the first day of the period"))])
    period_ends = DayField(_l("Period ends"), [Required(_l("Give the last day of the period"))])
    opens_on = DayField(_l("Reporting opens"), [Required(_l("Give the day on which reporting opens"))])
    due_on = DayField(_l("Due"), [Required(_l("Give the due date"))])
    grace_days = IntegerField(_l("Days of grace"), [Required(_l("Give the days of grace"))], default=90)


class ConditionForm(Form):
    """A figure that decides whether a condition is met."""

    on = DayField(_l("Date that the figure is about"), [Required(_l("Give the date that the figure is about"))])
    value = NumberField(_l("Figure"), [Required(_l("Give the figure"))])
    source = TextField(
        _l("Source"),
        [Required(_l("Say where the figure comes from")), AtMost(1000)],
        description=_l("A table, a register or a document that someone else could open."),
    )


class StrikeForm(Form):
    """A figure of a condition that was wrong."""

    figure = SelectField(_l("Which figure"), [Required(_l("Choose the figure"))], validate_choice=True)
    reason = LongTextField(
        _l("What was wrong"), [Required(_l("Say what was wrong")), AtMost(1000)], description=_l("The public reads it.")
    )
