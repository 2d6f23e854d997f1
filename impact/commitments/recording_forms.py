"""The form by which the staff record what a public source says of a real organisation."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField

from impact.commitments.forms import CommitmentForm, TargetForm
from impact.forms import AtMost, DayField, Required, TextField, WebAddress
from impact.i18n import gettext
from impact.indicators.models import Indicator

#: Targets that one form can hold.
MOST = 10


class RecordForm(CommitmentForm):
    """What was promised, and where that can be read."""

    headline = TextField(
        _l("The promise in one sentence"),
        [Required(_l("Write the promise in one sentence")), AtMost(200)],
        description=_l("In our own words, as the source has it. Nothing that it does not say."),
    )
    source_title = TextField(
        _l("Title of the source"), [Required(_l("Give the title of the page, report or speech")), AtMost(300)]
    )
    source_publisher = TextField(_l("Publisher"), [Required(_l("Say who published it")), AtMost(200)])
    source_url = TextField(_l("Web address"), [WebAddress(), AtMost(500)])
    source_date = DayField(_l("Date of the source"), description=_l("Where it gives one."))
    second_hand = BooleanField(
        _l("The original was not read"),
        description=_l("Tick this where the source only reports what another one said. The public page says so."),
    )
    targets = HiddenField()

    def how_many(self) -> int:
        text = self.targets.data or ""
        return min(max(int(text), 1), MOST) if text.isascii() and text.isdigit() and len(text) < 3 else 1

    def source(self) -> str:
        """One line: title, publisher, date, address."""
        day = self.source_date.data
        parts = [
            self.source_title.data,
            self.source_publisher.data,
            day.isoformat() if day else "",
            self.source_url.data,
        ]
        return ". ".join(part.strip().rstrip(".") for part in parts if part)


class RecordedTargetForm(TargetForm):
    due_is_year = BooleanField(_l("Only the year is known"))
    baseline_is_year = BooleanField(_l("Only the year is known"))

    class Meta:
        # The one token is in the form around it.
        csrf = False

    def missing(self) -> bool:
        """Name what a target cannot be recorded without."""
        if not self.indicator.data:
            self.indicator.errors = [*self.indicator.errors, gettext("Choose an indicator")]
        if not self.kind.data:
            self.kind.errors = [*self.kind.errors, gettext("Choose what kind of target it is")]
        return not (self.indicator.data and self.kind.data)


def prefix(number: int) -> str:
    return f"t{number}-"


def target_forms(sent: MultiDict[str, str] | None, number: int, indicators: list[Indicator]) -> list[Any]:
    """The forms of so many targets, from what was sent."""
    filled = with_whole_years(sent) if sent is not None else None
    found = [RecordedTargetForm(formdata=filled, prefix=prefix(row)) for row in range(1, number + 1)]
    for form in found:
        form.offer_choices(indicators)
    return found


def with_whole_years(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """Where only the year is known, its last day stands for it; the flag beside it says so."""
    changed = MultiDict(sent)
    for row in range(1, MOST + 1):
        for name in ("due", "baseline_date"):
            start = f"{prefix(row)}{name}"
            flag = f"{prefix(row)}{'due' if name == 'due' else 'baseline'}_is_year"
            if sent.get(flag) and sent.get(f"{start}-year"):
                changed[f"{start}-day"], changed[f"{start}-month"] = "31", "12"
    return changed


def without_target(sent: MultiDict[str, str], gone: int, number: int) -> MultiDict[str, str]:
    """The form as it was sent, without one of its targets; those after it move up."""
    changed = MultiDict((name, text) for name, text in sent.items(multi=True) if not _is_of(name, gone))
    for row in range(gone + 1, number + 1):
        for name, text in sent.items(multi=True):
            if _is_of(name, row):
                changed.poplist(name)
                changed.add(prefix(row - 1) + name.removeprefix(prefix(row)), text)
    changed["targets"] = str(max(number - 1, 1))
    return changed


def _is_of(name: str, row: int) -> bool:
    return name.startswith(prefix(row))
