"""Countries and areas: codes, names, regions, order. Expected values are written out."""

from collections import Counter

import pytest

from impact.errors import NotFound
from impact.places.countries import all_countries, by_iso3, regions, sorted_by_name, sub_regions


def test_there_are_250_countries_and_areas_193_of_them_members_of_the_united_nations():
    assert len(all_countries()) == 250
    assert sum(country.is_un_member for country in all_countries()) == 193


def test_observers_and_areas_are_no_members():
    assert [by_iso3(code).is_un_member for code in ("VAT", "PSE", "HKG", "TWN", "XKX", "COK")] == [False] * 6
    assert [by_iso3(code).is_un_member for code in ("SSD", "MNE", "NRU", "NLD", "SLE")] == [True] * 5


def test_namibia_has_its_two_letters_and_is_not_read_as_missing():
    namibia = by_iso3("NAM")
    assert (namibia.iso2, namibia.m49, namibia.name("ar")) == ("NA", "516", "ناميبيا")


def test_codes_are_complete_and_used_once():
    for codes in (
        [country.iso2 for country in all_countries()],
        [country.iso3 for country in all_countries()],
        [country.m49 for country in all_countries() if country.m49],
    ):
        assert len(codes) == len(set(codes))
    assert all(len(country.iso2) == 2 and len(country.iso3) == 3 for country in all_countries())
    assert [country.iso3 for country in all_countries() if not country.m49] == ["XKX"]
    assert by_iso3("AFG").m49 == "004"


@pytest.mark.parametrize(
    "code, language, name",
    [
        ("TUR", "en", "Türkiye"),
        ("PSE", "fr", "État de Palestine"),
        ("CIV", "en", "Côte d’Ivoire"),
        ("NLD", "en", "Netherlands (Kingdom of the)"),
        ("NLD", "ar", "هولندا (مملكة هولندا)"),
        ("RWA", "ru", "Руанда"),
        ("ISL", "es", "Islandia"),
        ("JPN", "zh", "日本"),
        ("HKG", "fr", "Chine, région administrative spéciale de Hong Kong"),
    ],
)
def test_names_are_written_as_the_united_nations_write_them(code, language, name):
    assert by_iso3(code).name(language) == name


def test_a_name_falls_back_to_english_for_a_language_or_a_name_that_is_missing():
    assert by_iso3("FIN").name("sw") == "Finland"
    assert by_iso3("TWN").name("fr") == "Taiwan (Province of China)"
    assert by_iso3("FIN").name("fr-CA") == by_iso3("FIN").name("fr_CA") == "Finlande"


def test_only_the_two_without_translated_names_lack_any():
    assert {country.iso3 for country in all_countries() if len(country.names) < 6} == {"TWN", "XKX"}


def test_there_are_five_regions_and_seventeen_sub_regions():
    assert [(region.code, region.label) for region in regions()] == [
        ("002", "Africa"),
        ("019", "Americas"),
        ("142", "Asia"),
        ("150", "Europe"),
        ("009", "Oceania"),
    ]
    assert len(sub_regions()) == 17
    assert Counter(country.region.label if country.region else "none" for country in all_countries()) == {
        "Africa": 60,
        "Americas": 57,
        "Europe": 52,
        "Asia": 51,
        "Oceania": 29,
        "none": 1,
    }
    assert by_iso3("RWA").sub_region.label == "Sub-Saharan Africa"


def test_an_unknown_code_is_not_found_and_small_letters_are_read():
    with pytest.raises(NotFound):
        by_iso3("ZZZ")
    assert by_iso3("mwi").name("en") == "Malawi"


def test_the_order_follows_the_names_of_the_language():
    french = [country.name("fr") for country in sorted_by_name("fr")]
    assert french.index("Espagne") < french.index("Estonie") < french.index("État de Palestine") < french.index("Fidji")
    english = [country.iso3 for country in sorted_by_name("en")]
    assert english[0] == "AFG"
    assert english.index("ALA") < english.index("ALB")  # Åland among the As, not after Zimbabwe
    arabic = [country.name("ar") for country in sorted_by_name("ar")]
    assert arabic.index("إسبانيا") < arabic.index("بلجيكا")
    assert len(french) == len(english) == len(arabic) == 250


@pytest.mark.parametrize(
    "code",
    ["CIV", "CPV", "SWZ", "MKD", "CZE", "KOR", "LAO", "VNM", "TUR", "MDA", "GMB", "IRN", "SYR", "RUS", "COD", "CMR"],
)
def test_economies_of_the_gender_gap_index_with_several_spellings_are_found_by_code(code):
    assert by_iso3(code).is_un_member
