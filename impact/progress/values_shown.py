"""Numbers as pages print them: as short as they can be without crossing a value that decides."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from babel import Locale, numbers

from impact import i18n
from impact.commitments.models import Target

#: From here on an axis writes 3 million instead of 3,000,000.
LARGE = Decimal(1_000_000)


def rounded(value: Decimal, marks: Iterable[Decimal | None] = ()) -> Decimal:
    """One decimal place, or as many as keep the value on its own side of each mark: 29.96 against 30 stays 29.96."""
    near = [mark for mark in marks if mark is not None]
    for digits in range(1, 4):
        short = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
        if all((value < mark) == (short < mark) for mark in near):
            return short
    return value


def value_words(value: Decimal | None, unit: str, marks: Iterable[Decimal | None] = ()) -> str:
    """A figure with its unit in the reader's language."""
    if value is None:
        return i18n.value_with_unit(None, unit)
    short = rounded(value, marks)
    return i18n.value_with_unit(short, unit, places(short))


def expected(value: float, unit: str) -> Decimal:
    """A number that a forecast worked out, as exact as the figures it comes from: people and things are whole."""
    return Decimal(round(value)) if unit == "count" and abs(value) >= 10 else Decimal(str(round(value, 6)))


def places(value: Decimal) -> int:
    """How many decimal places a number needs when the zeros at its end are left out."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def chart_words(value: Decimal, unit: str) -> str:
    """A figure beside a line: per cent keeps its sign, longer units are said under the heading of the chart."""
    if unit == "percent":
        return i18n.percent(rounded(value))
    return tick_words(rounded(value))


def tick_words(value: Decimal) -> str:
    """A number on an axis."""
    if abs(value) < LARGE:
        return i18n.number(value)
    locale = Locale.parse(i18n.current())
    return str(numbers.format_compact_decimal(value, format_type="short", locale=locale, fraction_digits=1))


def unit_of(target: Target) -> str:
    return target.indicator.unit if target.indicator else "count"
