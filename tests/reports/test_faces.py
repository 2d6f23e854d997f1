"""No letter that a report prints is missing from the fonts of the project."""

from __future__ import annotations

import re
from html import unescape

import pytest

from impact.indicators.catalogue import catalogue
from impact.places.countries import all_countries
from reports import faces, render
from reports.finished import UNPRINTED
from reports.names import LANGUAGES
from reports.words import Words, catalogued
from tests.reports.printed_messages import borrowed_messages, own_messages
from tests.reports.sample_snapshot import SAMPLE


def lacking(text: str, language: str) -> set[str]:
    return {letter for letter in text if ord(letter) not in faces.covered(faces.scripts(text, language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_and_name_can_be_printed(language: str) -> None:
    w = Words(language)
    said = [w.gettext(message) for message in own_messages() | borrowed_messages()]
    names = [row.name.get(language, "") + row.short_what.get(language, "") for row in catalogue()]
    names += [catalogued(row.name["en"]).get(language, "") for row in catalogue()]
    names += [country.names.get(language, "") for country in all_countries()]
    text = " ".join([*said, *names]).translate(UNPRINTED)
    assert lacking(text, language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_can_be_printed_as_it_is(language: str) -> None:
    text = unescape(re.sub(r"<[^>]+>", " ", render.to_html(SAMPLE, language)))
    assert lacking(text, language) == set()
    assert faces.NO_LETTER not in text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Université 中文 Пример جامعة", "Université 中文 Пример جامعة"),
        ("\U00020bb7野家", "[U+20BB7]野家"),
        ("हिन्दी University", "\u25c6\u25c6\u25c6\u25c6\u25c6\u25c6 University"),
        ("🙂", "[U+1F642]"),
        ("a\u2066b\u2069\u200b", "a\u2066b\u2069\u200b"),
    ],
)
def test_a_letter_that_no_font_has_is_shown_and_not_left_out(written: str, printed: str) -> None:
    assert faces.printable(written, "en") == printed


def test_fonts_of_other_scripts_come_only_where_their_letters_are() -> None:
    assert faces.scripts("Example University", "en") == frozenset()
    assert faces.scripts("北京大学", "en") == {"chinese"}
    assert faces.scripts("جامعة", "zh") == {"arabic", "chinese"}
    assert faces.families(frozenset({"arabic", "chinese"}))["SERIF"] == "S, AN, CS"


def test_the_two_names_of_an_arabic_month_stay_on_one_line_whoever_wrote_them() -> None:
    assert faces.printable("<p>31 تموز/يوليه a/b</p>", "ar") == "<p>31 تموز/\u2060يوليه a/b</p>"
