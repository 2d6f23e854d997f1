"""Counts, days and sources as a public page prints them; plain numbers are in `impact.progress.values_shown`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from markupsafe import Markup

from impact import i18n
from impact.commitments.models import Target
from impact.i18n import gettext as _
from impact.indicators.models import Indicator
from impact.indicators.small_cells import Hiding
from impact.messages import gettext_noop as N_
from impact.progress.queries import PublicFigure
from impact.progress.values_shown import unit_of, value_words

#: Units as they stand under the heading of a chart: "in per cent".
UNIT_LABELS: dict[str, str] = {
    "percent": N_("per cent"),
    "percentage_points": N_("percentage points"),
    "count": N_("numbers"),
    "ratio": N_("a ratio"),
    "rate_per_100k": N_("cases per 100,000"),
    "per_1000": N_("cases per 1,000"),
    "index": N_("an index"),
    "score_100": N_("a score up to 100"),
    "level": N_("levels"),
    "yes_no": N_("yes or no"),
    "points": N_("points"),
    "weeks": N_("weeks"),
    "hours": N_("hours"),
    "money": N_("US dollars"),
}


def in_all(row: PublicFigure, unit: str) -> Decimal | None:
    """Everybody whom the parts of a figure divide: what a share is divided by, or the count itself."""
    return row.value if row.denominator is None and unit == "count" and not row.suppressed else row.denominator


def count_words(value: Decimal | None, hidden: bool = False) -> str:
    """A count of people or things; withheld ones say so."""
    if value is None:
        return _("withheld") if hidden else _("not given")
    return i18n.number(value)


def of_words(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """ "110 of 430", or nothing where a count is missing or withheld."""
    if numerator is None or denominator is None:
        return ""
    return _("%(part)s of %(whole)s", part=i18n.number(numerator), whole=i18n.number(denominator))


def baseline_counts(target: Target, hiding: Hiding) -> tuple[Decimal | None, Decimal | None]:
    """Numerator and denominator of the starting point; neither where they would show a group of a few people."""
    return (None, None) if hiding.counts else (target.baseline_numerator, target.baseline_denominator)


def baseline_words(target: Target, hiding: Hiding) -> str:
    """ "19% (76 of 400), 30 April 2015", or by when it is to be measured."""
    unit = unit_of(target)
    if target.baseline_value is None:
        if target.baseline_due:
            return _("to be measured by %(day)s", day=i18n.long_date(target.baseline_due))
        return _("not published")
    value = value_words(target.baseline_value, unit)
    counts = of_words(*baseline_counts(target, hiding))
    if counts:
        value = _("%(value)s (%(counts)s)", value=value, counts=counts)
    if target.baseline_date is None:
        return _("%(value)s, on a day that is not recorded", value=value)
    return _("%(value)s, %(day)s", value=value, day=day_words(target.baseline_date, target.baseline_is_year))


def day_words(day: object, is_year: bool) -> str:
    """The day in full, or the year where only that is known."""
    if is_year and hasattr(day, "year"):
        return str(day.year)
    return i18n.show(day)


def figure_day(row: PublicFigure) -> str:
    if row.on is None:
        return str(row.year or "")
    return day_words(row.on, row.on_is_year)


def table_day(day: date | None, is_year: bool) -> str:
    """The day as tables write it, short enough for one line."""
    if day is None:
        return ""
    return str(day.year) if is_year else i18n.short_date(day)


def counted_as(indicator: Indicator, language: str) -> str:
    """ "Women among full professors", or "Seats held by women per seats held by men" where it is no share."""
    if not indicator.has_counts:
        return ""
    part, whole = indicator.text("numerator", language), _inside_a_sentence(indicator.text("denominator", language))
    if indicator.unit == "percent":
        return _("%(part)s among %(whole)s", part=part, whole=whole)
    return _("%(part)s per %(whole)s", part=part, whole=whole)


def _inside_a_sentence(label: str) -> str:
    """A label of the catalogue with a small letter first, unless it begins with initials."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def filled(message: str, **values: object) -> Markup:
    """A translated message, not yet filled, with values of which some are markup; the others are escaped."""
    return Markup(message) % values  # noqa: S704  (the message is from our catalogue)


def one_run(text: str) -> Markup:
    """Digits and signs of a sum stay one run from left to right in every language."""
    return Markup('<span class="left-to-right">%s</span>') % text
