"""Fields that every room shares. What somebody typed stays in the form whatever becomes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import LazyString, gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from impact import i18n
from impact.errors import Invalid


def cleaned(text: str | None) -> str:
    """Trimmed, in Unicode's composed form, line ends as \\n, without control or direction-override characters.

    PostgreSQL refuses NUL, and U+202A–U+202E and U+2066–U+2069 could make a name read as another.
    """
    if not text:
        return ""
    return readable(unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def readable(text: str) -> str:
    """Without control or direction-override characters; nothing else is changed."""
    return "".join(
        character
        for character in text
        if character in "\r\n\t"
        or (
            unicodedata.category(character) not in {"Cc", "Cs"}
            and character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )
    )


class Form(FlaskForm):
    """CSRF comes with it; `sent()` is true when the form was sent to be taken (not only to be shown filled)."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Fields are texts: files and JSON that are sent in their place are not there. Doors ask for files themselves."""
            if formdata is not None and not isinstance(formdata, MultiDict):
                formdata = request.form if request.method == "POST" and (request.form or request.files) else None
            if formdata is None:
                return None
            # Messages repeat what was sent ("… is not a valid choice"), so that it is made readable for every field.
            return MultiDict((name, readable(value)) for name, value in formdata.items(multi=True))

    def sent(self) -> bool:
        return self.is_submitted() and "restore" not in request.form

    def taken(self) -> bool:
        """Sent, and every field is right."""
        return self.sent() and bool(self.validate())

    def validate(self, extra_validators: Any = None) -> bool:
        """Messages of WTForms' own checks arrive as lazy texts, which templates would not take for sentences."""
        valid = bool(super().validate(extra_validators))
        for field in self:
            if isinstance(field.errors, (list, tuple)):
                field.errors = [str(error) if isinstance(error, LazyString) else error for error in field.errors]
        return valid

    def show_problems(self, refusal: Invalid) -> None:
        """Put what an operation refused beside its fields; what has no field stays at the top of the form."""
        for name, (message, values) in refusal.problems.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, i18n.say(message, values)]
            else:
                self.form_errors.append(i18n.say(message, values))
        if not refusal.problems:
            self.form_errors.append(i18n.say(refusal.message, refusal.values))


class TextField(StringField):
    """One line of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = cleaned(valuelist[0]).replace("\n", " ") if valuelist else ""


class LongTextField(TextAreaField):
    """Several lines of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = cleaned(valuelist[0]) if valuelist else ""


class NumberField(StringField):
    """A decimal as people write it in the page's language: "1,234.5", "1 234,5", "12%", Arabic-Indic digits.

    `data` is a Decimal or None; `raw` is what was typed, and comes back in the form.
    """

    #: Shown to somebody whose text is no number.
    example = Decimal("1234.5")

    def __init__(
        self,
        *args: Any,
        digits: int = 6,
        least: Decimal | None = None,
        most: Decimal | None = Decimal("1e13"),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.digits, self.least, self.most = digits, least, most

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else i18n.number(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = cleaned(valuelist[0]) if valuelist else ""
        if not text:
            return
        number = parse_number(text, i18n.current())
        if number is None:
            raise ValueError(
                gettext("Write this as a number, for example %(example)s", example=i18n.number(self.example))
            )
        if -number.as_tuple().exponent > self.digits:  # type: ignore[operator]
            raise ValueError(gettext("Give at most %(digits)s digits after the point", digits=self.digits))
        if self.most is not None and abs(number) > self.most:
            raise ValueError(gettext("This number is too large"))
        if self.least is not None and number < self.least:
            raise ValueError(gettext("This must be %(least)s or more", least=i18n.number(self.least)))
        self.data = number


class CountField(NumberField):
    """A whole number of people or things, 0 or more."""

    example = Decimal(1234)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("least", Decimal(0))
        super().__init__(*args, digits=0, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            if self.data is None and valuelist and parse_number(valuelist[0], i18n.current()) is not None:
                raise ValueError(gettext("Give a whole number, without decimals")) from error
            raise


def parse_number(text: str, language: str) -> Decimal | None:
    """The number that people of this language mean, or None. Signs "+", "-" and "−" and a trailing "%" are understood.

    Where both "," and "." could be the decimal sign, the language decides; spaces and apostrophes group.
    """
    plain = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text.strip())
    for sign in ("\u2212", "\u2013"):
        plain = plain.replace(sign, "-")
    plain = plain.replace("٫", ".").replace("٬", "").replace("٪", "%")
    plain = plain.rstrip("% \u00a0\u202f").replace("\u200e", "").replace("\u200f", "")
    for space in (" ", "\u00a0", "\u202f", "'", "’"):
        plain = plain.replace(space, "")
    comma_is_decimal = language in {"fr", "ru", "es"}
    if "," in plain and "." in plain:
        plain = (
            plain.replace(".", "").replace(",", ".") if plain.rfind(",") > plain.rfind(".") else plain.replace(",", "")
        )
    elif "," in plain:
        groups = plain.lstrip("+-").split(",")
        looks_grouped = len(groups[0]) in {1, 2, 3} and all(len(group) == 3 for group in groups[1:])
        plain = plain.replace(",", "") if looks_grouped and not comma_is_decimal else plain.replace(",", ".", 1)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    # "1e400" or "NaN" are numbers to Decimal, not to people.
    return number if number.is_finite() and "e" not in plain.lower() else None


class DayField(Field):
    """A date in three boxes, NAME-day, NAME-month and NAME-year; `data` is a date or None, `typed` the three texts."""

    def __init__(
        self, *args: Any, earliest: date = date(1900, 1, 1), latest: date = date(2100, 12, 31), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.earliest, self.latest = earliest, latest
        self.typed: tuple[str, str, str] = ("", "", "")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        value = data if isinstance(data, date) else (self.default() if callable(self.default) else self.default)
        self.object_data = self.data = value
        self.typed = (str(value.day), str(value.month), str(value.year)) if value else ("", "", "")
        if formdata is None or not any(f"{self.name}-{part}" in formdata for part in ("day", "month", "year")):
            return
        texts = tuple(cleaned(formdata.get(f"{self.name}-{part}", "")) for part in ("day", "month", "year"))
        self.typed = texts  # type: ignore[assignment]
        self.data = None
        if not any(texts):
            return
        try:
            day, month, year = (int("".join(str(unicodedata.digit(c)) for c in text)) for text in texts)
            self.data = date(year, month, day)
        except (ValueError, TypeError, OverflowError):
            self.process_errors = [gettext("Give a real date: day, month and year in numbers, for example 31 7 2015")]
            return
        if not self.earliest <= self.data <= self.latest:
            self.process_errors = [
                gettext(
                    "Give a date between %(first)s and %(last)s",
                    first=i18n.long_date(self.earliest),
                    last=i18n.long_date(self.latest),
                )
            ]
            self.data = None

    def _value(self) -> str:
        return " ".join(self.typed).strip()


class Required:
    """Something must be given. `message` names the thing: "Give the official name"."""

    field_flags: Mapping[str, Any] = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message if message is not None else lazy_gettext("Fill this in")

    def __call__(self, form: Any, field: Any) -> None:
        if field.errors:
            return
        if field.data is None or field.data == "" or field.data is False or field.data == []:
            # The others have nothing to say about what is not there.
            raise StopValidation(str(self.message))


class AtMost:
    """At most this many characters; the message says by how many it is over."""

    field_flags: Mapping[str, Any]

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: Any, field: Any) -> None:
        over = len(field.data or "") - self.most
        if over > 0:
            raise ValidationError(
                gettext(
                    "Shorten this by %(over)s characters; there is room for %(most)s",
                    over=i18n.number(over),
                    most=i18n.number(self.most),
                )
            )


class WebAddress:
    """An http or https address and nothing else (no javascript:, no //host)."""

    field_flags: Mapping[str, Any] = {}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError(gettext("Give a full web address that begins with https://"))


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and "." in (parts.hostname or "")
        and not any(character.isspace() or character in '<>"\\^`{|}' for character in text)
    )
