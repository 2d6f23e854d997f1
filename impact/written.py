"""How numbers, shares and days are written in a language: the one source for pages, letters and printed reports.

No request is needed: the language is an argument. Arabic keeps Latin digits by default, and a per cent in Arabic stays
one left-to-right run.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel import Locale, dates, numbers

from impact.messages import gettext_noop as N_

RIGHT_TO_LEFT = frozenset({"ar"})
LRM = "\u200e"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
#: These languages put a space before the sign of the per cent.
SPACED_PER_CENT = frozenset({"fr", "ru", "es"})

#: The United Nations print both names of a month in Arabic.
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)

#: How a day, a day of every year and a month are written, where it is not "31 July 2015". A Russian month stands in the
#: genitive, as after "from", "of" and "since", and the word for year after a whole day, so that no full stop ends it.
_DATED = {
    "es": ("d 'de' MMMM 'de' y", "d 'de' MMMM", "MMMM 'de' y"),
    "ru": ("d MMMM y 'года'", "d MMMM", "MMMM y 'года'"),
    "zh": ("y年M月d日", "M月d日", "y年M月"),
}
_PLAINLY = ("d MMMM y", "d MMMM", "MMMM y")

#: A value with its unit in words, for the units that have no sign; `number` is the written number.
WITH_UNIT = {
    "percentage_points": N_("%(number)s percentage points"),
    "points": N_("%(number)s points"),
    "weeks": N_("%(number)s weeks"),
    "hours": N_("%(number)s hours"),
    "money": N_("%(number)s US dollars"),
    "per_1000": N_("%(number)s per 1,000"),
    "rate_per_100k": N_("%(number)s per 100,000"),
}
#: The same where the value is exactly one. Languages whose words do not change say both alike.
ONE_WITH_UNIT = {
    "percentage_points": N_("%(number)s percentage point"),
    "points": N_("%(number)s point"),
    "weeks": N_("%(number)s week"),
    "hours": N_("%(number)s hour"),
    "money": N_("%(number)s US dollar"),
}


def with_unit(value: Decimal | int, unit: str) -> str | None:
    """The message that says a value with its unit in words; None for a unit that has none."""
    if abs(value) == 1 and unit in ONE_WITH_UNIT:
        return ONE_WITH_UNIT[unit]
    return WITH_UNIT.get(unit)


def decimal(value: Decimal | int | float, language: str, places: int | None = None, *, most: int = 3) -> str:
    """1234.5 → "1,234.5" with a true minus; `places` fixes the places, otherwise as many as are needed, at most `most`."""
    after = "0" * places if places is not None else "#" * most
    pattern = "#,##0" + ("." + after if after else "")
    return str(numbers.format_decimal(value, format=pattern, locale=Locale.parse(language))).replace("-", MINUS)


def minus_held(number: str, language: str) -> str:
    """A written number whose minus stays on its left, also between words that run from right to left."""
    return f"{LRM}{number}" if number.startswith(MINUS) and language in RIGHT_TO_LEFT else number


def per_cent(number: str, language: str) -> str:
    """A written number with the sign: "19%" (English), "19 %" (French); the value is in per cent already."""
    if language in SPACED_PER_CENT:
        return f"{number}{NO_BREAK}%"
    return f"{LRM}{number}%{LRM}" if language in RIGHT_TO_LEFT else f"{number}%"


def day(value: date, language: str) -> str:
    """31 July 2015."""
    return f"{value.day} {month(value, language)}" if language == "ar" else _dated(value, 0, language)


def day_and_month(value: date, language: str) -> str:
    """31 July: for what comes on the same day of each year."""
    if language == "ar":
        return f"{value.day} {ARABIC_MONTHS[value.month - 1]}"
    return _dated(value, 1, language)


def month(value: date, language: str) -> str:
    """July 2015."""
    if language == "ar":
        return f"{ARABIC_MONTHS[value.month - 1]} {value.year}"
    return _dated(value, 2, language)


def _dated(value: date, which: int, language: str) -> str:
    pattern = _DATED.get(language, _PLAINLY)[which]
    return str(dates.format_date(value, pattern, locale=Locale.parse(language)))


def year(value: str, language: str) -> str:
    """A year alone, where a sentence has room for a day: some languages do not say it without the word."""
    return {"ru": f"{value}{NO_BREAK}г.", "zh": f"{value}年"}.get(language, value)
