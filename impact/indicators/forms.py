"""Forms of the catalogue."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from impact.forms import AtMost, Form, LongTextField, NumberField, Required, TextField, WebAddress
from impact.i18n import gettext
from impact.indicators.kinds import Direction, Unit
from impact.indicators.themes import DISAGGREGATIONS, THEMES
from impact.messages import gettext_noop as N_

LANGUAGES = ("en", "fr", "ar")
CONSTITUENCIES = {"government": N_("Governments"), "corporation": N_("Corporations"), "university": N_("Universities")}
DIRECTIONS = {
    Direction.UP: N_("Up: more is better"),
    Direction.UP_TO_CAP: N_("Up to a cap: more counts no further"),
    Direction.DOWN: N_("Down: less is better"),
    Direction.PARITY: N_("Parity: a share between 40% and 60%"),
    Direction.AT_LEAST_40: N_("At least 40%"),
    Direction.RATIO_TO_1: N_("A ratio, to 1"),
    Direction.INDEX_TO_1: N_("An index, to 1"),
    Direction.SIGNED_GAP: N_("A gap with a sign, to 0"),
    Direction.LEVEL: N_("A level on a scale"),
    Direction.YES_NO: N_("Yes or no"),
    Direction.CONTEXTUAL: N_("Context: neither way is better"),
}
UNITS = {
    Unit.PERCENT: N_("per cent"),
    Unit.PERCENTAGE_POINTS: N_("percentage points"),
    Unit.COUNT: N_("a count"),
    Unit.RATIO: N_("a ratio"),
    Unit.RATE_PER_100K: N_("per 100,000"),
    Unit.PER_1000: N_("per 1,000"),
    Unit.INDEX: N_("an index"),
    Unit.SCORE_100: N_("a score out of 100"),
    Unit.LEVEL: N_("a level"),
    Unit.YES_NO: N_("yes or no"),
    Unit.POINTS: N_("points"),
    Unit.WEEKS: N_("weeks"),
    Unit.HOURS: N_("hours"),
    Unit.MONEY: N_("money, in US dollars"),
}
VERIFIED = {
    "V": N_("Read in the source"),
    "V/M": N_("The framework was read, a detail is from memory"),
    "M": N_("From memory, to be checked"),
}
#: Texts with languages: name → the longest.
TEXTS = {"name": 200, "short_what": 200, "numerator": 200, "denominator": 200, "definition": 2000}


class IndicatorForm(Form):
    code = TextField(
        _l("Code"),
        [Required(_l("Give a code")), AtMost(40)],
        description=_l("Capital letters, digits and hyphens, such as UNI-PROF. The page’s address is made of it."),
    )
    name_en = TextField(_l("Name in English"), [Required(_l("Give the name in English")), AtMost(200)])
    name_fr = TextField(_l("Name in French"), [AtMost(200)])
    name_ar = TextField(_l("Name in Arabic"), [AtMost(200)])
    short_what_en = TextField(
        _l("Words for sentences, in English"),
        [Required(_l("Give the words for sentences in English")), AtMost(200)],
        description=_l("What stands in a target’s sentence, such as “the share of women among full professors”."),
    )
    short_what_fr = TextField(_l("Words for sentences, in French"), [AtMost(200)])
    short_what_ar = TextField(_l("Words for sentences, in Arabic"), [AtMost(200)])
    constituencies = SelectMultipleField(
        _l("Who uses it"),
        [Required(_l("Choose at least one kind of organisation"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    theme = SelectField(_l("Theme"), [Required(_l("Choose the theme"))])
    unit = SelectField(_l("Unit"), [Required(_l("Choose the unit"))])
    direction = SelectField(_l("Where it should go"), [Required(_l("Choose where it should go"))])
    cap = NumberField(
        _l("Cap"), description=_l("Only for “up to a cap”: the value above which nothing more is counted.")
    )
    public_office = BooleanField(_l("It counts public offices"))
    counts = BooleanField(_l("The figures of several periods may be added up"))
    numerator_en = TextField(
        _l("Counted, in English"),
        [AtMost(200)],
        description=_l("Where counts stand behind the value, such as “women among full professors”."),
    )
    numerator_fr = TextField(_l("Counted, in French"), [AtMost(200)])
    numerator_ar = TextField(_l("Counted, in Arabic"), [AtMost(200)])
    denominator_en = TextField(_l("Out of, in English"), [AtMost(200)])
    denominator_fr = TextField(_l("Out of, in French"), [AtMost(200)])
    denominator_ar = TextField(_l("Out of, in Arabic"), [AtMost(200)])
    disaggregation = SelectMultipleField(
        _l("Must be broken down by"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    definition_en = LongTextField(_l("Definition in English"), [Required(_l("Give the definition")), AtMost(2000)])
    definition_fr = LongTextField(_l("Definition in French"), [AtMost(2000)])
    definition_ar = LongTextField(_l("Definition in Arabic"), [AtMost(2000)])
    formula = TextField(_l("Formula"), [AtMost(500)])
    source_framework = TextField(
        _l("Framework it comes from"),
        [AtMost(200)],
        description=_l("Leave it empty for a definition of the programme’s own."),
    )
    source_edition = TextField(_l("Edition"), [AtMost(120)])
    source_url = TextField(_l("Web address of the source"), [AtMost(300), WebAddress()])
    verified = RadioField(_l("How it was checked"), [InputRequired(_l("Say how it was checked"))])
    note = LongTextField(_l("Note"), [AtMost(2000)])

    def offer_choices(self) -> None:
        """Closed lists, in the reader's language."""

        def pairs(words: dict[Any, str]) -> list[tuple[str, str]]:
            return [(str(key), gettext(label)) for key, label in words.items()]

        choose = [("", gettext("Choose"))]
        self.constituencies.choices = pairs(CONSTITUENCIES)
        self.theme.choices = choose + [(theme.key, gettext(theme.label)) for theme in THEMES]
        self.unit.choices = choose + pairs(dict(UNITS))
        self.direction.choices = choose + pairs(dict(DIRECTIONS))
        self.disaggregation.choices = pairs(DISAGGREGATIONS)
        self.verified.choices = pairs(VERIFIED)

    def columns(self) -> dict[str, Any]:
        """What was typed, as the columns of the model; the address is made from the code."""
        code = (self.code.data or "").upper()
        return {
            "code": code,
            "slug": code.lower().replace(".", "-").replace(" ", "-"),
            **{name: self._texts(name) for name in TEXTS},
            **{name: self._fields[name].data or [] for name in ("constituencies", "disaggregation")},
            **{name: self._fields[name].data for name in ("theme", "unit", "direction", "cap", "verified")},
            **{name: bool(self._fields[name].data) for name in ("public_office", "counts")},
            **{
                name: self._fields[name].data or ""
                for name in ("formula", "source_framework", "source_edition", "source_url", "note")
            },
        }

    def _texts(self, name: str) -> dict[str, str]:
        given = {language: self._fields[f"{name}_{language}"].data or "" for language in LANGUAGES}
        return {language: words for language, words in given.items() if words}


class ReasonForm(Form):
    reason = LongTextField(
        _l("Reason"),
        [Required(_l("Give a reason")), AtMost(2000)],
        description=_l("Kept in the history. For a retired indicator the public reads it: say what to use instead."),
    )
