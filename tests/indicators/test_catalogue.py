"""The catalogue that ships: how many indicators, which directions, which flags. The numbers are written out."""

import csv
import re
from decimal import Decimal

import pytest

from impact.indicators.catalogue import CATALOGUE_FILE, CatalogueError, by_code, catalogue, read
from impact.indicators.themes import DISAGGREGATIONS, THEMES

CODES = [row.code for row in catalogue()]


def record(code, /, **changes):
    """A record of the file with cells changed."""
    with CATALOGUE_FILE.open(encoding="utf-8", newline="") as file:
        found = next(row for row in csv.DictReader(file) if row["code"] == code)
    return {**found, **changes}


def test_the_catalogue_has_the_rows_of_the_three_constituencies_split_and_our_own():
    own = [code for code in CODES if code.startswith("IMP-")]
    theirs = [row for row in catalogue() if not row.code.startswith("IMP-")]
    assert len(CODES) == 159
    assert len(own) == 41
    assert [
        sum(row.constituencies == (constituency,) for row in theirs)
        for constituency in ("government", "corporation", "university")
    ] == [34, 55, 29]


@pytest.mark.parametrize(
    "codes",
    [
        ["UK-5W", "UK-5M"],
        ["UK-6Q1", "UK-6Q2", "UK-6Q3", "UK-6Q4"],
        ["WEP-1", "WEP-2", "WEP-3", "WEP-4", "WEP-5", "WEP-6", "WEP-7", "WEP-5S"],
        ["THE-R2", "THE-R3"],
        ["THE-DEG", "THE-PROG"],
        ["SDG 5.a.1a", "SDG 5.a.1b"],
        ["SDG 5.5.1a", "SDG 5.5.1b"],
        ["GRI 401-1a", "GRI 401-1b", "GRI 401-3a", "GRI 401-3b", "GRI 401-3e1", "GRI 401-3e2"],
        ["ESRS S1-16a", "ESRS S1-16b"],
        ["ESRS S1-17a", "ESRS S1-17b", "ESRS S1-17c"],
        ["C190-P", "C190-P1", "C190-P2", "C190-P3"],
        ["CARE", "CARE-GAP"],
    ],
)
def test_a_row_of_several_codes_became_several_indicators(codes):
    assert set(codes) <= set(CODES)


@pytest.mark.parametrize(
    "combined", ["UK-5W / UK-5M", "UK-6Q1…Q4", "WEP-1…7", "THE-R2/3", "THE-DEG / PROG", "SDG 5.a.1", "GRI 401-3b/a"]
)
def test_no_combined_code_is_left(combined):
    assert combined not in CODES


@pytest.mark.parametrize(
    "code, unit, direction, cap",
    [
        ("GGGI-LFP", "ratio", "ratio_to_1", "1"),
        ("GGGI-SRB", "ratio", "up_to_cap", "0.944"),
        ("GGGI-HLE", "ratio", "up_to_cap", "1.06"),
        ("GGGI-WAGE", "index", "up", None),
        ("SDG 5.2.1", "percent", "down", None),
        ("SDG 5.5.1a", "percent", "parity", None),
        ("SDG 8.5.1", "percent", "signed_gap", None),
        ("SDG 5.c.1", "level", "level", None),
        ("WBL-1.0", "score_100", "up", None),
        ("HFS-C3", "percent", "parity", None),
        ("EUWOB", "percent", "at_least_40", None),
        ("GEI-2", "yes_no", "yes_no", None),
        ("WEP-3", "level", "up", None),
        ("UK-2", "percent", "signed_gap", None),
        ("UK-5W", "percent", "ratio_to_1", None),
        ("GRI 405-2", "ratio", "ratio_to_1", None),
        ("ESRS S1-16b", "ratio", "down", None),
        ("CARE", "weeks", "up", None),
        ("SHE-GCI", "index", "index_to_1", None),
        ("SHE-DI", "index", "down", None),
        ("SHE-FUND", "percentage_points", "signed_gap", None),
        ("THE-SA", "points", "up", None),
        ("IMP-DEAN", "percent", "up", None),
        ("IMP-MMR", "rate_per_100k", "down", None),
        ("IMP-SIGN1000", "per_1000", "up", None),
        ("IMP-REACH", "count", "up", None),
        ("IMP-GRADGAP", "percentage_points", "signed_gap", None),
    ],
)
def test_unit_direction_and_cap_are_those_of_the_framework(code, unit, direction, cap):
    row = by_code(code)
    assert (row.unit, row.direction, row.cap) == (unit, direction, Decimal(cap) if cap else None)


def test_reported_cases_are_context_and_nothing_else_is():
    assert {row.code for row in catalogue() if row.direction == "contextual"} == {
        "GRI 406-1",
        "ESRS S1-17a",
        "ESRS S1-17b",
        "ESRS S1-17c",
        "IMP-INC",
    }


def test_only_named_public_posts_are_free_of_small_cell_suppression():
    assert {row.code for row in catalogue() if row.public_office} == {
        "GGGI-PAR",
        "GGGI-MIN",
        "GGGI-HOS",
        "SDG 5.5.1a",
        "SDG 5.5.1b",
        "HFS-C3",
        "GRI 405-1a",
        "EUWOB",
        "GEI-1",
        "GEI-2",
        "SHE-HEAD",
        "SHE-BRD",
        "IMP-DEAN",
        "IMP-CAB",
        "IMP-SENIOR",
        "IMP-LISTED",
    }


def test_only_counts_and_sums_of_money_that_rise_may_be_cumulative():
    cumulative = [row for row in catalogue() if row.counts]
    assert {row.code for row in cumulative} == {
        "IMP-TRAIN",
        "IMP-REACH",
        "IMP-MEN",
        "IMP-SIGN",
        "IMP-NATIONS",
        "IMP-AID",
    }
    assert {(row.unit, row.direction) for row in cumulative} == {("count", "up"), ("money", "up")}


def test_every_text_is_there_in_three_languages_and_arabic_is_arabic():
    for row in catalogue():
        for texts in (row.name, row.short_what):
            assert set(texts) == {"en", "fr", "ar"}, row.code
            assert re.search("[\u0600-\u06ff]", texts["ar"]), row.code
            assert len(set(texts.values())) == 3, row.code
        assert not row.short_what["en"].endswith("."), row.code


def test_shares_have_counts_and_wage_equality_has_none():
    assert all(row.has_counts for row in catalogue() if row.direction in {"parity", "at_least_40"})
    assert by_code("HFS-C1").numerator["en"] == "Women"
    assert by_code("HFS-C1").denominator == {
        "en": "All employees",
        "fr": "Ensemble des salariés",
        "ar": "جميع العاملين",
    }
    assert not by_code("GGGI-WAGE").has_counts


def test_the_noun_phrase_reads_within_a_sentence():
    assert by_code("SHE-A").short_what["en"] == "the share of women among full professors"
    assert by_code("SHE-A").short_what["fr"] == "la part des femmes parmi les professeurs titulaires"


def test_what_was_quoted_from_memory_says_so():
    assert {code: by_code(code).verified for code in ("SDG 5.b.1", "EUWOB", "THE-SEN", "GRI 406-1", "CARE")} == {
        "SDG 5.b.1": "M",
        "EUWOB": "M",
        "THE-SEN": "M",
        "GRI 406-1": "M",
        "CARE": "M",
    }
    assert by_code("ESRS S1-13b").verified == "V/M"
    assert by_code("WBL-1.0").verified == "V"


def test_slugs_go_into_an_address_as_they_are():
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.slug) for row in catalogue())
    assert by_code("SDG 5.5.1a").slug == "sdg-5-5-1a"


def test_every_theme_and_every_breakdown_is_used_by_some_indicator():
    assert {theme.key for theme in THEMES} == {row.theme for row in catalogue()}
    assert set(DISAGGREGATIONS) == {key for row in catalogue() for key in row.disaggregation}
    assert THEMES[0].name("ar") == "القيادة"
    assert THEMES[0].name("es") == "Leadership"


@pytest.mark.parametrize(
    "changes, complaint",
    [
        ({"unit": "percents"}, "is not a unit"),
        ({"direction": "sideways"}, "is not a direction"),
        ({"theme": "misc"}, "is not a theme"),
        ({"constituency": ""}, "no constituency"),
        ({"name_ar": " "}, "missing in ar"),
        ({"numerator_en": "", "numerator_fr": "", "numerator_ar": ""}, "come together"),
        ({"denominator_fr": ""}, "missing in a language"),
        ({"cap": "one"}, "not a number"),
        ({"counts": "maybe"}, "neither yes nor no"),
        ({"unit": "count"}, "a parity share is a percentage"),
        ({"direction": "up_to_cap"}, "needs the cap"),
    ],
)
def test_an_unsound_row_is_refused_with_its_code(changes, complaint):
    with pytest.raises(CatalogueError, match=f"SHE-A: .*{complaint}"):
        read([record("SHE-A", **changes)])


@pytest.mark.parametrize("what", ["code", "slug"])
def test_a_code_or_slug_used_twice_is_refused(what):
    other = record("SHE-GCI", **{what: record("SHE-A")[what]})
    with pytest.raises(CatalogueError, match="used twice"):
        read([record("SHE-A"), other])
