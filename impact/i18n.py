"""Languages: the path says which (`/en/…`), everything printed for a reader goes through here.

Numbers, per cents and dates follow the reader's locale; Arabic keeps Latin digits by default, and a
per cent in Arabic stays one left-to-right run.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale, dates
from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, BuildError

from impact import written
from impact.written import RIGHT_TO_LEFT

babel = Babel()

#: Every language the interface is made for, in its own name; the six languages of the United Nations.
OWN_NAMES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


class LanguageConverter(BaseConverter):
    """Matches the codes of the languages only, so that `/xx/…` is not found."""

    regex = "ar|zh|en|fr|ru|es"


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    dir: str
    url: str
    current: bool


def available() -> tuple[str, ...]:
    codes: tuple[str, ...] = current_app.extensions["settings"].languages
    return tuple(code for code in OWN_NAMES if code in codes)


def preferred_language() -> str:
    """The first of the reader's languages that we have, English otherwise."""
    return request.accept_languages.best_match(list(available()), "en")


def current() -> str:
    """The code of the language in which words are printed now."""
    locale = get_locale()
    return locale.language if locale else "en"


def direction(language: str | None = None) -> str:
    return "rtl" if (language or current()) in RIGHT_TO_LEFT else "ltr"


def _select_locale() -> str:
    if has_request_context():
        return str(g.get("lang") or "en")
    return "en"


def _readable() -> tuple[str, Mapping[str, Any]]:
    """This page, or where its address takes a POST only (a refused "…/send") the nearest page above that can be read."""
    here = request.endpoint or "registry.home", request.view_args or {}
    if request.method != "POST" or request.url_rule is None or "GET" in (request.url_rule.methods or ()):
        return here
    addresses = current_app.create_url_adapter(request)
    path = request.path
    while addresses is not None and path.count("/") > 1:
        path = path.rpartition("/")[0]
        with suppress(HTTPException):
            return addresses.match(path, method="GET")
    return here


def languages_of_this_page() -> list[Language]:
    """This very page in every language, in one fixed order."""
    result = []
    endpoint, found = _readable()
    for code in available():
        arguments = dict(found, lang=code)
        query = request.args.to_dict(flat=False) if request.method == "GET" else {}
        query.pop("lang", None)
        try:
            url = url_for(endpoint, **{**query, **arguments})
        except BuildError:
            url = url_for("registry.home", lang=code)
        result.append(Language(code, OWN_NAMES[code], direction(code), url, code == current()))
    return result


def say(message: str, values: Mapping[str, Any] | None = None) -> str:
    """A message id with typed values (from rules or kinds) as a sentence in the reader's language."""
    # A message without values may hold a bare per cent sign.
    if not values:
        return gettext(message).replace("%%", "%")
    return gettext(message, **{name: show(value) for name, value in values.items()})


def show(value: Any) -> str:
    """A typed value for a sentence: numbers, dates and nested messages in the reader's locale."""
    if isinstance(value, bool) or value is None:
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_time(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, (int, Decimal, float)):
        return number(value)
    if hasattr(value, "unit") and hasattr(value, "amount"):
        return value_with_unit(value.amount, value.unit)
    if hasattr(value, "in_language"):
        return str(value.in_language(current()))
    if isinstance(value, (list, tuple)):
        return "\n".join(show(item) for item in value)
    if hasattr(value, "message"):
        return say(value.message, getattr(value, "values", None))
    return str(value)


def _locale() -> Locale:
    return get_locale() or Locale("en")


def number(value: Decimal | int | float | None, digits: int | None = None) -> str:
    """1234.5 → "1,234.5"; `digits` fixes the places, otherwise as many as are needed (at most 3)."""
    if value is None:
        return gettext("not known")
    return written.minus_held(written.decimal(value, current(), digits), current())


def percent(value: Decimal | int | float | None, digits: int | None = None) -> str:
    """19 → "19%" (English), "19 %" (French); the value is in per cent already."""
    if value is None:
        return gettext("not known")
    return written.per_cent(number(value, digits), current())


def _as_typed(value: Decimal | int) -> Decimal:
    """A share with up to two places was typed so and stays; a longer one is a quotient, and gets one place."""
    exact = Decimal(value)
    return exact if round(exact, 2) == exact else round(exact, 1)


def value_with_unit(value: Decimal | int | None, unit: str, digits: int | None = None) -> str:
    """A value of an indicator with its unit, in words where the unit has no sign."""
    if value is None:
        return gettext("not known")
    unit = str(unit)
    if unit in {"percent", "percentage_points"} and digits is None:
        value = _as_typed(value)
    if unit == "percent":
        return percent(value, digits)
    text = number(value, digits)
    said = written.with_unit(value, unit)
    return gettext(said, number=text) if said else text


def long_date(value: date | None) -> str:
    """31 July 2015; UN practice in Arabic gives both month names."""
    if value is None:
        return gettext("no date")
    return written.day(value, current())


def short_date(value: date | None) -> str:
    """31 Jul 2015, for tables and chart labels."""
    if value is None:
        return gettext("no date")
    return str(dates.format_date(value, "d MMM y", locale=_locale()))


def date_time(value: datetime | None) -> str:
    """31 July 2015, 14:02 UTC."""
    if value is None:
        return gettext("no date")
    return gettext("%(day)s, %(time)s UTC", day=long_date(value.date()), time=f"{value:%H:%M}")


def in_its_language(text: str, language: str) -> Markup:
    """What people wrote stays in its language and says so where that differs from the page's."""
    if not text:
        return Markup("")
    if language == current():
        return Markup("<bdi>%s</bdi>") % text
    return Markup('<bdi lang="%s" dir="%s">%s</bdi>') % (language, direction(language), text)


def isolated(text: Any) -> Markup:
    """A name or words in an unknown language: what stands beside them keeps its order, and they keep theirs."""
    return Markup("<bdi>%s</bdi>") % text if text or text == 0 else Markup("")


def init_app(app: Flask) -> None:
    app.url_map.converters["lang"] = LanguageConverter
    app.config.update(
        BABEL_DEFAULT_LOCALE="en",
        BABEL_DEFAULT_TIMEZONE="UTC",
        BABEL_TRANSLATION_DIRECTORIES=str(
            app.config["TRANSLATIONS"] if "TRANSLATIONS" in app.config else _translations()
        ),
    )
    babel.init_app(app, locale_selector=_select_locale)

    @app.url_value_preprocessor
    def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values or {}).pop("lang", None) or g.get("lang")

    @app.url_defaults
    def _give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("lang") or current()

    for name, function in {
        "number": number,
        "percent": percent,
        "value": value_with_unit,
        "long_date": long_date,
        "short_date": short_date,
        "date_time": date_time,
        "say": say,
        "show": show,
        "in_its_language": in_its_language,
        "isolated": isolated,
    }.items():
        app.jinja_env.filters[name] = function
    app.jinja_env.globals.update(say=say, text_direction_of=direction)


def _translations() -> str:
    from config import ROOT

    return str(ROOT / "translations")


__all__ = ["force_locale", "gettext", "lazy_gettext", "ngettext"]
