"""The words of a report in one language, without a request: catalogues are read from files, once per process.

The report has a catalogue of its own (reports/translations); what is not in it, such as sentences made by the kinds
of targets and the rules of status, is looked up in the catalogue of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from impact import written
from impact.charts import marks
from impact.i18n import OWN_NAMES
from impact.messages import gettext_noop as N_
from impact.written import MINUS, NO_BREAK, RIGHT_TO_LEFT
from reports.target_facts import PROTECTING, WITHHELD
from reports.values import Day, Number, Sentence, Term, Text, Value

HERE = Path(__file__).parent
OWN = HERE / "translations"
PAGES = HERE.parent / "translations"
JOINER = "\u2060"
COMMAS = {"ar": "، ", "zh": "，"}
#: A year in a sentence comes as text, because only a day is a date.
YEAR = re.compile(r"(19|20)\d\d")

#: Places after the point that a value of a unit is printed with in tables and sums.
PLACES = {"count": 0, "yes_no": 0, "ratio": 2, "index": 3, "money": 0, "level": 0}


@lru_cache(maxsize=16)
def _catalogue(folder: Path, domain: str, language: str) -> Catalog | None:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _found(language: str, message: str) -> str | tuple[str, ...] | None:
    for folder, domain in ((OWN, "reports"), (PAGES, "messages")):
        catalogue = _catalogue(folder, domain, language)
        entry = catalogue.get(message) if catalogue else None
        if entry is not None and entry.string and not entry.fuzzy:
            text = entry.string
            if isinstance(text, str) or all(text):
                return tuple(text) if isinstance(text, (tuple, list)) else text
    return None


def catalogued(text: str) -> dict[str, str]:
    """An English text of the catalogue of indicators that ships, in the languages in which its own columns do not say it."""
    found = {}
    for folder in sorted(OWN.iterdir()):
        catalogue = _catalogue(OWN, "indicators", folder.name)
        entry = catalogue.get(text) if catalogue else None
        if entry is not None and entry.string:
            found[folder.name] = str(entry.string)
    return found


@dataclass(frozen=True)
class Words:
    """Everything a template asks for words: `_`, `ngettext`, and how numbers, days and texts are written."""

    language: str

    @property
    def rtl(self) -> bool:
        return self.language in RIGHT_TO_LEFT

    @property
    def dir(self) -> str:
        return "rtl" if self.rtl else "ltr"

    @property
    def locale(self) -> Locale:
        return Locale.parse(self.language)

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language, its placeholders filled."""
        found = _found(self.language, message)
        text = found if isinstance(found, str) else message
        return self._ended(text % values if values else text.replace("%%", "%"))

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of the message that the count takes in this language; `%(count)s` is the written count."""
        found = _found(self.language, one)
        filled = {"count": self.number(Decimal(count), 0), **values}
        if isinstance(found, tuple):
            return self._ended(found[plural_form(self.language, count)] % filled)
        return (one if count == 1 else many) % filled

    def _ended(self, text: str) -> str:
        """The Russian word for year is cut short with a full stop, which ends the sentence too."""
        return text.replace("г..", "г.") if self.language == "ru" else text

    # --- numbers -----------------------------------------------------------------------------------

    def number(self, value: Decimal, places: int | None = None) -> str:
        """With as many places as asked for; without, at most two and no trailing zeros. Rounded half away from zero."""
        rounded = value.quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)
        # Adding nothing makes a zero of a negative nothing.
        return written.decimal(rounded + 0, self.language, places, most=2)

    def value(self, value: Decimal, unit: str) -> str:
        """A figure of a table or a sum, without its unit, with the places of the unit."""
        return self.signed(self.number(value, PLACES.get(unit, 1)))

    def short(self, value: Decimal, unit: str) -> str:
        """A figure for a chart or a sentence: the places of the unit, without trailing zeros."""
        places = PLACES.get(unit, 1)
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return self.number(rounded, 0 if rounded == rounded.to_integral_value() else places)

    def per_cent(self, value: Decimal, places: int | None = None) -> str:
        """A share as in tables: 28.2%, in French 28,2 %, in Arabic kept left to right."""
        text = self.number(value, places) if places is not None else self.short(value, "percent")
        return written.per_cent(text, self.language)

    def amount(self, value: Decimal, unit: str) -> str:
        """A figure with its unit, as sentences say it, held together."""
        return self._amount(value, unit).replace(" ", NO_BREAK)

    def _amount(self, value: Decimal, unit: str) -> str:
        text = self.signed(self.short(value, unit))
        if unit == "percent":
            return self.gettext("%(number)s per cent", number=text)
        said = written.with_unit(value, unit)
        return self.gettext(said, number=text) if said else text

    def with_sign(self, value: Decimal, unit: str) -> str:
        """As `value`, a share with its sign: for key figures and ends of lines."""
        return self.per_cent(value) if unit == "percent" else self.signed(self.short(value, unit))

    def difference(self, value: Decimal, unit: str) -> str:
        """+0.7, −1.3, 0.0."""
        text = self.value(abs(value), unit)
        nothing = Decimal(0) == abs(value).quantize(Decimal(1).scaleb(-PLACES.get(unit, 1)), ROUND_HALF_UP)
        return text if nothing else self.held(("+" if value > 0 else MINUS) + text)

    def signed(self, number: str) -> str:
        """A number whose minus must not change sides between Arabic words."""
        return self.held(number) if number.startswith(MINUS) else number

    def held(self, text: str) -> str:
        """Signs and numbers that must keep their order, also inside Arabic: one left-to-right run."""
        return f"\u2066{text}\u2069" if self.rtl else text

    def count(self, count: int | str) -> str:
        """A count of people, or the word for one that is not shown: the same for all, or it would tell which is the small one."""
        if count in {WITHHELD, PROTECTING}:
            return self.gettext("withheld")
        return self.number(Decimal(count), 0)

    def year(self, year: int) -> str:
        return str(year)

    # --- days --------------------------------------------------------------------------------------

    def day(self, day: date | Day | None) -> str:
        """31 July 2015, held together; only the year where that is all that is known."""
        if day is None:
            return self.gettext("date not known")
        if isinstance(day, Day):
            return written.year(str(day.on.year), self.language) if day.only_year else self.day(day.on)
        if isinstance(day, datetime):
            day = day.date()
        # The two names of an Arabic month are one word: no line ends at the stroke between them.
        said = written.day(day, self.language).replace(" ", NO_BREAK)
        return said.replace("/", f"/{JOINER}") if self.rtl else said

    def day_and_month(self, day: date) -> str:
        """31 July: for figures that come on the same day of each year."""
        return written.day_and_month(day, self.language)

    def month(self, day: date) -> str:
        """September 2021."""
        return written.month(day, self.language)

    # --- texts -------------------------------------------------------------------------------------

    def say(self, sentence: Sentence) -> str:
        """A sentence from its message and typed values."""
        return self.gettext(sentence.message, **{name: self.show(value) for name, value in sentence.values.items()})

    def show(self, value: Value | None) -> str:
        """A typed value as a sentence takes it."""
        match value:
            case None:
                return self.gettext("nothing")
            case Number():
                return self.amount(value.value, value.unit)
            case Day():
                return self.day(value)
            case Term():
                return self.gettext(value.message)
            case Text() if YEAR.fullmatch(value.text):
                return written.year(value.text, self.language)
            case Text():
                return value.best(self.language)[1]
            case Sentence():
                return self.say(value)

    def plain(self, text: Text | None) -> str:
        """What someone wrote, in the reader's language where it exists."""
        return text.best(self.language)[1] if text else ""

    def text(self, text: Text | None, address: str = "") -> Markup:
        """The same, marked with its language where that is not the language of the page; a link where it has an address."""
        if text is None:
            return Markup("")
        language, plain_words = text.best(self.language)
        # A link stands inside the mark of the language: the engine tags one that holds another element wrongly.
        words = Markup('<a href="{}">{}</a>').format(address, plain_words) if address else escape(plain_words)
        if language == self.language:
            return words
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction, words)

    def direction(self, text: Text) -> str:
        """Which way the words run that `plain` and `paragraphs` choose."""
        return "rtl" if text.best(self.language)[0] in RIGHT_TO_LEFT else "ltr"

    def paragraphs(self, text: Text | None) -> Markup:
        """What someone wrote in paragraphs, each marked with its language where that differs, for eyes at the end."""
        if text is None:
            return Markup("")
        language, words = text.best(self.language)
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        other = Markup(' lang="{}" dir="{}"').format(language, direction) if language != self.language else ""
        parts = [" ".join(part.split()) for part in words.replace("\r", "").split("\n\n")]
        written_in = (
            Markup(' <span class="tongue">[{}]</span>').format(OWN_NAMES.get(language, language)) if other else ""
        )
        told = [escape(bind(part)) for part in parts if part]
        return Markup("").join(
            Markup("<p{}>{}{}</p>").format(other, part, written_in if i == len(told) else "")
            for i, part in enumerate(told, start=1)
        )

    def bound(self, text: str) -> str:
        """A sentence whose last two words stay together."""
        return bind(text)

    @property
    def comma(self) -> str:
        return COMMAS.get(self.language, ", ")

    @property
    def stop(self) -> str:
        """The end of a sentence that another follows."""
        return "。" if self.language == "zh" else ". "

    def sentences(self, said: Iterable[str]) -> str:
        """One after the other; in Chinese without a space, which the full stop brings along."""
        return ("" if self.language == "zh" else " ").join(part for part in said if part)

    def listed(self, items: Iterable[str]) -> str:
        return str(format_list(list(items), locale=self.locale))

    # --- statuses ----------------------------------------------------------------------------------

    def status(self, status: str) -> str:
        return self.gettext(STATUSES[status])

    def status_ink(self, status: str) -> str:
        """The class of the colour a status is written in."""
        return f"ink-{marks.INKS[status]}"


def plural_form(language: str, count: int) -> int:
    """Which of a catalogue's forms a count takes, as the "Plural-Forms" of its head say: Arabic has six, Russian three."""
    if language == "ar":
        if count in (0, 1, 2):
            return count
        rest = count % 100
        return 3 if 3 <= rest <= 10 else 4 if 11 <= rest <= 99 else 5
    if language == "ru":
        if count % 10 == 1 and count % 100 != 11:
            return 0
        return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
    if language == "zh":
        return 0
    if language == "fr":
        return int(count > 1)
    return int(count != 1)


def bind(text: str) -> str:
    """Hold the last two words together, so that none stands alone on a line."""
    head, space, last = text.rpartition(" ")
    return f"{head}{NO_BREAK}{last}" if space and len(last) < 12 and " " in head else text


STATUSES = {
    "reached": N_("Reached"),
    "on_track": N_("On track"),
    "slightly_behind": N_("Slightly behind"),
    "far_behind": N_("Far behind"),
    "moving_away": N_("Moving away"),
    "not_reached": N_("Not reached"),
    "not_measured": N_("Not measured"),
    "cannot_say": N_("Cannot say"),
    "not_due": N_("Not due yet"),
}
