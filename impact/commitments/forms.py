"""Forms of writing a commitment and its targets. Whatever is typed is saved: what cannot be read goes into `typed`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from impact import i18n
from impact.commitments.content import FIELDS, TARGET_FIELDS, as_json
from impact.commitments.models import Commitment, Target
from impact.forms import AtMost, DayField, Form, LongTextField, NumberField, TextField
from impact.i18n import gettext
from impact.indicators.kinds import KINDS, Kind
from impact.indicators.models import Indicator
from impact.indicators.themes import THEMES

#: Rows of milestones that a form can hold; it shows as many as are needed.
STEPS = range(1, 21)
_PARTS = ("on", "value", "title")


class ReasonForm(Form):
    reason = LongTextField(_l("Reason"), [AtMost(2000)])


class _Draft(Form):
    """A form that is saved whatever it holds. `base_revision` is the text on which it was typed."""

    base_revision = HiddenField()

    def base(self) -> int:
        """The revision number, or −1 where the field was tampered with."""
        text = self.base_revision.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """What could not be read stands in its box again, with a word about it."""
        for name, text in typed.items():
            if name in self._fields:
                field = self._fields[name]
                if isinstance(field, DayField):
                    field.typed = tuple([*text.split("/"), "", "", ""][:3])  # type: ignore[assignment]
                elif isinstance(field, NumberField):
                    field.raw_data = [text]
                else:
                    field.data = text
                field.errors = [*field.errors, gettext("What you typed here could not be read. Write it again.")]

    def show_fully(self) -> None:
        """A number with many digits stands in its box with all of them, so that saving does not round it."""
        for field in self:
            if isinstance(field, NumberField) and field.data is not None and field.data != round(field.data, 3):
                field.raw_data = [as_json(field.data)]

    def _typed_text(self, name: str) -> str:
        field = self._fields[name]
        if isinstance(field, DayField):
            return "/".join(field.typed)
        if isinstance(field, NumberField):
            return field._value()
        return str(field.data or "")


class CommitmentForm(_Draft):
    headline = TextField(
        _l("The promise in one sentence"),
        [AtMost(200)],
        description=_l("What will be different, for whom. Numbers belong to the targets below."),
    )
    why = LongTextField(_l("Why it matters"), [AtMost(8000)])
    actions = LongTextField(_l("Actions planned"), [AtMost(8000)])
    responsible = TextField(
        _l("Who is responsible"), [AtMost(300)], description=_l("By office, for example: the vice-rector for staff.")
    )
    themes = SelectMultipleField(
        _l("Themes"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )
    starts_on = DayField(_l("Start"))
    ends_on = DayField(_l("End"), description=_l("Three to five years after the start is usual."))
    language = SelectField(_l("Language you write in"), validate_choice=False)

    def offer_choices(self) -> None:
        self.themes.choices = [(theme.key, gettext(theme.label)) for theme in THEMES]
        self.language.choices = [(code, i18n.OWN_NAMES[code]) for code in i18n.OWN_NAMES]

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """(what could be read, {field: text} of the rest)."""
        self.validate()
        typed = {name: self._typed_text(name) for name in FIELDS if self._fields[name].errors}
        data = {name: self._fields[name].data for name in FIELDS if name not in typed}
        data["themes"] = [theme.key for theme in THEMES if theme.key in (self.themes.data or [])]
        data["language"] = self.language.data if self.language.data in i18n.OWN_NAMES else "en"
        return data, typed


def values_of(commitment: Commitment) -> dict[str, Any]:
    """The fields of the form as they stand."""
    return {name: getattr(commitment, name) for name in FIELDS} | {"base_revision": str(commitment.revision)}


class MoreThanZero:
    field_flags: Mapping[str, Any] = {}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError(gettext("The total has to be more than 0. With nobody to count there is no share."))


class TargetForm(_Draft):
    rows = HiddenField()
    kind = RadioField(_l("Kind of target"), validate_choice=False)
    indicator = SelectField(_l("Indicator"), validate_choice=False)
    scope = TextField(
        _l("Who or what is counted"),
        [AtMost(300)],
        description=_l("For example: full professors, permanent staff."),
    )
    baseline_numerator = NumberField(
        _l("Starting point: numerator"), description=_l("For example the number of women. The share is worked out.")
    )
    baseline_denominator = NumberField(
        _l("Starting point: denominator"), [MoreThanZero()], description=_l("For example all full professors.")
    )
    baseline_value = NumberField(
        _l("Starting point as one value"), description=_l("Only where there are no two counts behind it.")
    )
    baseline_date = DayField(_l("Date of the starting point"))
    baseline_source = LongTextField(_l("Source of the starting point"), [AtMost(4000)])
    baseline_due = DayField(_l("Starting point to be measured by"), description=_l("Only where it is not known yet."))
    value = NumberField(
        _l("Value to reach"),
        description=_l(
            "30 for 30%, 3 for three times as many, −5 for 5 per cent less. Nothing for zero, parity or a delivery."
        ),
    )
    value_denominator = NumberField(
        _l("Value to reach: of how many"), [MoreThanZero()], description=_l("Only for a ratio of two counts.")
    )
    due = DayField(_l("Target date"))
    method = LongTextField(_l("Method"), [AtMost(4000)], description=_l("How the figure is counted, if not as usual."))
    condition_words = TextField(_l("Condition in words"), [AtMost(300)])
    condition_operator = SelectField(_l("The condition is met"), validate_choice=False)
    condition_threshold = NumberField(_l("Threshold of the condition"))
    inner_kind = SelectField(_l("Kind of target, once the condition is met"), validate_choice=False)

    def offer_choices(self, indicators: list[Indicator]) -> None:
        language = i18n.current()
        labels = {theme.key: gettext(theme.label) for theme in THEMES}
        groups: dict[str, list[tuple[str, str]]] = {"": [("", gettext("Choose an indicator"))]}
        for row in indicators:
            groups.setdefault(labels.get(row.theme, row.theme), []).append((row.code, row.text("name", language)))
        self.indicator.choices = groups
        self.kind.choices = [(kind.value, gettext(entry.label)) for kind, entry in KINDS.items()]
        self.offer_conditions()

    def offer_conditions(self) -> None:
        """On which side of the threshold the condition is met, and what is due then."""
        self.inner_kind.choices = [("", gettext("Choose a kind"))] + [
            (kind.value, gettext(entry.label)) for kind, entry in KINDS.items() if kind is not Kind.CONDITIONAL
        ]
        self.condition_operator.choices = [
            ("", gettext("Choose one")),
            ("below", gettext("below the threshold")),
            ("above", gettext("above the threshold")),
        ]

    def name_the_counts(self, indicator: Indicator | None) -> None:
        """The two counts are called as the indicator calls them: "Women", "All full professors"."""
        if indicator is not None and indicator.has_counts and "baseline_numerator" in self:
            language = i18n.current()
            self.baseline_numerator.label.text = indicator.text("numerator", language)
            self.baseline_denominator.label.text = indicator.text("denominator", language)

    def steps(self) -> list[tuple[Any, Any, Any]]:
        """The rows of the milestones: (day, value, title) fields."""
        return [tuple(self._fields[f"step{row}_{part}"] for part in _PARTS) for row in STEPS]

    def shown_steps(self) -> list[tuple[Any, Any, Any]]:
        """The rows that the page shows: as many as were asked for, and every one that holds something."""
        rows = self.steps()
        text = self.rows.data or ""
        asked = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 1
        filled = [number for number, row in enumerate(rows, 1) if any(_is_filled(field) for field in row)]
        return rows[: min(max([asked, *filled]), len(rows))]

    def can_grow(self) -> bool:
        return len(self.shown_steps()) < len(STEPS)

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """(what could be read, {field: text} of the rest); the milestones are read, or kept as typed, together."""
        self.validate()
        own = [name for name in TARGET_FIELDS if name in self._fields]
        typed = {name: self._typed_text(name) for name in own if self._fields[name].errors}
        data = {name: self._fields[name].data for name in own if name not in typed}
        data["kind"] = self.kind.data if self.kind.data in set(Kind) else None
        data |= self._condition_chosen()
        if data["kind"] != "conditional":
            data["inner_kind"] = None
        data["indicator"] = self.indicator.data or None
        # The share follows from the two counts; a value typed beside them would contradict them.
        if data.get("baseline_numerator") is not None and data.get("baseline_denominator") is not None:
            data["baseline_value"] = None
            typed.pop("baseline_value", None)
        self._read_steps(data, typed)
        return data, typed

    def _condition_chosen(self) -> dict[str, Any]:
        """What was chosen of the condition; nothing for what was never offered."""
        inner, operator = self.inner_kind.data, self.condition_operator.data
        return {
            "inner_kind": inner if inner in set(Kind) - {Kind.CONDITIONAL} else None,
            "condition_operator": operator if operator in {"below", "above"} else "",
        }

    def _read_steps(self, data: dict[str, Any], typed: dict[str, str]) -> None:
        rows, readable = [], True
        for on, value, title in self.steps():
            filled = bool(on.data or value.data is not None or title.data)
            if on.errors or value.errors or title.errors or (filled and on.data is None):
                readable = False
            elif filled:
                rows.append({"on": on.data, "value": value.data, "title": title.data or ""})
        if readable:
            data["milestones"] = rows
        else:
            texts = {f"step{row}_{part}": self._typed_text(f"step{row}_{part}") for row in STEPS for part in _PARTS}
            typed["milestones"] = json.dumps({name: text for name, text in texts.items() if text.strip("/")})

    def show_typed(self, typed: Mapping[str, str]) -> None:
        plain = {name: text for name, text in typed.items() if name != "milestones"}
        if "milestones" in typed:
            for row in STEPS:
                for part in _PARTS:
                    field = self._fields[f"step{row}_{part}"]
                    field.data, field.raw_data = None, None
                    if isinstance(field, DayField):
                        field.typed = ("", "", "")
            plain |= json.loads(typed["milestones"])
        super().show_typed(plain)


def _is_filled(field: Any) -> bool:
    return bool(any(field.typed) if isinstance(field, DayField) else field._value())


def with_step_more(sent: MultiDict[str, str], shown: int) -> MultiDict[str, str]:
    """The form as it was sent, with one more row of milestones."""
    changed = MultiDict(sent)
    changed["rows"] = str(min(shown + 1, len(STEPS)))
    return changed


def without_step(sent: MultiDict[str, str], gone: int, shown: int) -> MultiDict[str, str]:
    """The form as it was sent, without one row of milestones; those after it move up."""
    changed = MultiDict(sent)
    for row in range(gone, len(STEPS) + 1):
        for part in ("on-day", "on-month", "on-year", "value", "title"):
            changed[f"step{row}_{part}"] = sent.get(f"step{row + 1}_{part}", "")
    changed["rows"] = str(max(shown - 1, 1))
    return changed


for _row in STEPS:
    setattr(TargetForm, f"step{_row}_on", DayField(_l("By when")))
    setattr(TargetForm, f"step{_row}_value", NumberField(_l("Value by then")))
    setattr(TargetForm, f"step{_row}_title", TextField(_l("What is done by then"), [AtMost(200)]))


def values_of_target(target: Target) -> dict[str, Any]:
    """The fields of the form as they stand."""
    values: dict[str, Any] = {
        name: getattr(target, name) for name in TARGET_FIELDS if name not in {"indicator", "milestones"}
    }
    values["indicator"] = target.indicator.code if target.indicator else ""
    values["inner_kind"] = target.inner_kind or ""
    for row, step in zip(STEPS, target.milestones, strict=False):
        values |= {f"step{row}_on": step.on, f"step{row}_value": step.value, f"step{row}_title": step.title}
    return values | {"base_revision": str(target.commitment.revision)}
