"""Gaps in sentences, in the reader's language, with the numbers that a reader needs to redo the sum."""

from __future__ import annotations

from decimal import Decimal

from impact import i18n
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.indicators.gap_words import AREA_LABELS, indicator_name
from impact.indicators.severity import Gap
from impact.places.countries import by_iso3
from impact.priorities.ranking import AddressedBy, Economy, Row


def country_name(iso3: str) -> str:
    return by_iso3(iso3).name(i18n.current())


def what(gap: Gap) -> str:
    """The indicator or the area."""
    return indicator_name(gap.indicator, i18n.current()) if gap.indicator else _(AREA_LABELS[gap.area])


def open_percent(gap: Gap) -> str:
    """The severity with one decimal place: 94.2%."""
    return i18n.percent(Decimal(str(round(gap.severity * 100, 1))), 1)


def points(value: float) -> str:
    """A score with the four places of the report; a whole number has none."""
    return i18n.number(round(value, 4), 0 if round(value, 4) == round(value) else 4)


def sum_sentence(row: Row) -> str:
    """Where the percentage comes from; the sum is one run of its own in every direction of writing, and is not broken."""
    gap = row.gap
    score, highest = points(gap.score), points(gap.highest)
    plain = f"({highest} − {score}) ÷ {highest} = {open_percent(gap)}".replace(" ", "\u00a0")
    values = {"score": score, "highest": highest, "sum": f"\u2066{plain}\u2069"}
    if gap.indicator:
        return _(
            "The ratio counted by the index is %(score)s, and it counts up to %(highest)s: %(sum)s of the gap is open.",
            **values,
        )
    return _(
        "The score is %(score)s, and the highest possible score is %(highest)s: %(sum)s of the gap is open.", **values
    )


def people_sentence(economy: Economy) -> str:
    """Whom it concerns, and how that is known."""
    people = economy.people
    if people is None:
        return _("How many women and girls it concerns is not known: no population was imported.")
    if people.is_estimate:
        return _(
            "It concerns about %(number)s women and girls: half of the population of %(year)s, an estimate.",
            number=i18n.number(rounded(people.number)),
            year=str(economy.population_year),
        )
    return _(
        "It concerns %(number)s women and girls, counted for %(year)s.",
        number=i18n.number(people.number),
        year=str(economy.population_year),
    )


def rounded(number: int) -> int:
    """An estimate with three figures: more would pretend."""
    return round(number, 3 - len(str(number))) if number >= 1000 else number


def coverage_sentence(row: Row, on_board: int) -> str:
    """Who has promised something about it."""
    if row.addressed_by == AddressedBy.GOVERNMENT:
        return _("The government has a published commitment that addresses it.")
    if row.addressed_by == AddressedBy.ORGANISATIONS:
        return _("Only organisations of the country address it, not its government.")
    if on_board:
        return ngettext(
            "Nobody addresses it: %(num)s champion of the country is on board, without a published commitment on it.",
            "Nobody addresses it: %(num)s champions of the country are on board, without a published commitment on it.",
            on_board,
        )
    return _("Nobody addresses it: no champion of the country is on board.")


def whole_sentence(row: Row, on_board: int) -> str:
    """The row in words, to stand alone in an export; without the marks that only a page needs."""
    name = _(
        "%(what)s, %(country)s, %(year)s.",
        what=what(row.gap),
        country=country_name(row.economy.iso3),
        year=str(row.economy.year),
    )
    words = " ".join([name, sum_sentence(row), people_sentence(row.economy), coverage_sentence(row, on_board)])
    return words.translate({0x2066: None, 0x2069: None, 0xA0: " "})
