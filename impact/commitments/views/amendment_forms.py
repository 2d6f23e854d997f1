"""Forms of an amendment: the new values of a target, of the text, and the reason."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from impact.commitments.forms import CommitmentForm, TargetForm
from impact.commitments.models import Commitment, Target
from impact.commitments.proposals import AMENDABLE_CONDITION, AMENDABLE_OF_COMMITMENT, REASON_LABELS, amendable
from impact.forms import AtMost, Form, LongTextField
from impact.i18n import gettext
from impact.indicators.kinds import KINDS, Kind

_START = (
    "baseline_numerator",
    "baseline_denominator",
    "baseline_value",
    "baseline_date",
    "baseline_source",
    "baseline_due",
)


class AmendedTargetForm(TargetForm):
    """A target's own form without what makes it another target: its indicator and its kind."""

    kind = indicator = None
    #: whether milestones have values
    asks_values = True
    #: the digest of what was asked for when the form was opened
    seen = HiddenField()

    def of(self, target: Target) -> AmendedTargetForm:
        """This form with the boxes that this target has: only a conditional one has a condition."""
        self.fields_read = amendable(target)
        if target.kind == "conditional":
            self.offer_conditions()
        else:
            for name in AMENDABLE_CONDITION:
                del self[name]
            self._leave_out_what_is_not_asked(target)
        return self

    def _leave_out_what_is_not_asked(self, target: Target) -> None:
        """Parity has no value, a delivery neither value nor starting point; what is there all the same stays in sight."""
        if not target.kind:
            return
        kind = KINDS[Kind(target.kind)]
        if kind.needs_value:
            self.value.label.text = gettext(kind.value_label)
        elif target.value is None:
            del self["value"]
        if target.kind != "ratio" and target.value_denominator is None:
            del self["value_denominator"]
        if target.kind == "deliverable":
            self.asks_values = False
            if not any(getattr(target, name) for name in _START):
                for name in _START:
                    del self[name]

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        self.validate()
        own = [name for name in self.fields_read if name in self._fields]
        typed = {name: self._typed_text(name) for name in own if self._fields[name].errors}
        data = {name: self._fields[name].data for name in own if name not in typed}
        if "inner_kind" in own:
            data |= self._condition_chosen()
        if data.get("baseline_numerator") is not None and data.get("baseline_denominator") is not None:
            typed.pop("baseline_value", None)
        self._read_steps(data, typed)
        return data, typed


class AmendedTextForm(CommitmentForm):
    """The text of a commitment without what cannot be amended."""

    themes = starts_on = language = None  # type: ignore[assignment]
    seen = HiddenField()

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        self.validate()
        typed = {name: self._typed_text(name) for name in AMENDABLE_OF_COMMITMENT if self._fields[name].errors}
        return {name: self._fields[name].data for name in AMENDABLE_OF_COMMITMENT if name not in typed}, typed


class AmendmentReasonForm(Form):
    reason_code = SelectField(_l("Reason"), validate_choice=False)
    note = LongTextField(
        _l("Why it is amended"), [AtMost(4000)], description=_l("The public reads this beside the old and the new.")
    )

    def offer_choices(self) -> None:
        self.reason_code.choices = [("", gettext("Choose a reason"))] + [
            (code, gettext(label)) for code, label in REASON_LABELS.items()
        ]


class WantedForm(Form):
    note = LongTextField(_l("What should change"), [AtMost(4000)])


def values_of(target: Target) -> dict[str, Any]:
    """The fields of the form as the target stands, or as it would."""
    values: dict[str, Any] = {name: getattr(target, name) for name in amendable(target) if name != "milestones"}
    for row, step in enumerate(target.milestones, 1):
        values |= {f"step{row}_on": step.on, f"step{row}_value": step.value, f"step{row}_title": step.title}
    return values


def text_values_of(commitment: Commitment) -> dict[str, Any]:
    return {name: getattr(commitment, name) for name in AMENDABLE_OF_COMMITMENT}
