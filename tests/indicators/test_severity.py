"""How much of a gap is open: of countries, by hand from the published tables, and of made-up organisations."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.indicators import gap_links
from impact.indicators.catalogue import catalogue
from impact.indicators.gap_index import INDICATORS, SUBINDEXES, score
from impact.indicators.organisation_gaps import GroupGap, Published, medians, open_part
from impact.indicators.severity import (
    Gap,
    People,
    class_limits,
    class_of,
    gaps,
    gaps_of_areas,
    people_concerned,
    reachable,
    severity,
)

BEST = {one.key: one.benchmark for one in INDICATORS}
JAPAN_2014 = {"economic": 0.6182, "education": 0.9781, "health": 0.9791, "political": 0.0583}
JAPAN_2018 = {"parl": 0.112440, "minis": 0.1875, "head": 0.0}


def by_key(found: list[Gap]) -> dict[str, Gap]:
    return {one.key: one for one in found}


def test_the_political_gap_of_japan_in_2014_is_open_to_94_per_cent() -> None:
    found = by_key(gaps_of_areas(JAPAN_2014, 0.6584))
    assert {key: round(one.severity, 4) for key, one in found.items()} == {
        "overall": 0.3382,
        "economic": 0.3818,
        "education": 0.0219,
        "health": 0.0005,
        "political": 0.9417,
    }


def test_health_is_measured_against_the_best_that_its_formula_allows() -> None:
    found = by_key(gaps_of_areas({"health": 0.9404}, None))
    assert list(found) == ["health"]
    assert round(found["health"].highest, 4) == 0.9796
    assert round(found["health"].severity, 4) == 0.0400  # against 1 it would be 0.0596


def test_every_gap_of_a_country_at_all_benchmarks_is_closed() -> None:
    assert {one.key: one.severity for one in gaps(score(BEST))} == dict.fromkeys(
        ["overall", *SUBINDEXES, *BEST], pytest.approx(0.0)
    )


def test_an_indicator_is_measured_against_its_own_cap() -> None:
    found = by_key(gaps(score({**JAPAN_2018, "srb": 0.85, "hle": 1.06})))
    assert round(found["parl"].severity, 4) == 0.8876
    assert round(found["head"].severity, 4) == 1.0
    assert round(found["srb"].severity, 4) == 0.0996
    assert found["hle"].severity == 0.0


def test_what_is_missing_has_no_gap_and_counts_neither_as_closed_nor_as_open() -> None:
    found = by_key(gaps(score(JAPAN_2018)))
    assert set(found) == {"political", "parl", "minis", "head"}


def test_a_subindex_with_a_missing_indicator_can_still_be_closed() -> None:
    found = by_key(gaps(score({"srb": 0.944})))
    assert (found["health"].highest, found["health"].severity) == (pytest.approx(0.944), pytest.approx(0.0))
    assert reachable("health", ["hle", "parl"]) == pytest.approx(1.06)
    assert reachable("economic", ["hle", "parl"]) is None


def test_a_score_printed_a_little_too_high_is_a_closed_gap() -> None:
    assert severity(0.980, 0.979612) == 0.0


@pytest.mark.parametrize(("value", "highest"), [(0.9802, 0.979612), (-0.01, 1.0), (float("nan"), 1.0), (0.5, 0.0)])
def test_a_score_that_cannot_be_is_refused(value: float, highest: float) -> None:
    with pytest.raises(ValueError, match="is not a score between"):
        severity(value, highest)


def test_half_the_population_is_an_estimate_and_a_count_is_not() -> None:
    assert people_concerned(127_276_001) == People(63_638_001, is_estimate=True)
    assert people_concerned(127_276_000, 65_300_000) == People(65_300_000, is_estimate=False)
    assert people_concerned(None, 65_300_000) == People(65_300_000, is_estimate=False)
    assert people_concerned(None) is None


def test_five_classes_hold_about_as_many_countries_each() -> None:
    values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    limits = class_limits(values)
    assert limits == (30.0, 50.0, 70.0, 90.0)
    assert [class_of(one, limits) for one in values] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_equal_values_are_in_one_class_and_few_values_make_few_classes() -> None:
    assert class_limits([0.5, 0.5, 0.5]) == ()
    assert class_limits([0.0, 0.0, 0.0, 0.0, 0.9]) == (90.0,)
    assert class_limits([]) == ()


def test_a_class_is_told_from_the_printed_number() -> None:
    assert class_of(0.29951, (30.0,)) == 1  # printed as 30.0


RATIOS = st.dictionaries(st.sampled_from(sorted(BEST)), st.floats(0, 1, allow_subnormal=False))


@given(RATIOS)
def test_a_severity_lies_between_nothing_and_everything(ratios: dict[str, float]) -> None:
    for gap in gaps(score(ratios)):
        assert 0 <= gap.severity <= 1


@given(RATIOS, st.sampled_from(sorted(BEST)))
def test_a_better_ratio_never_widens_a_gap(ratios: dict[str, float], better: str) -> None:
    before = {gap.key: gap.severity for gap in gaps(score(ratios))}
    after = (
        {gap.key: gap.severity for gap in gaps(score({**ratios, better: BEST[better]}))} if better in ratios else before
    )
    assert all(after[key] <= before[key] + 1e-12 for key in before)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_every_value_has_its_class_and_no_class_is_empty(values: list[float]) -> None:
    limits = class_limits(values)
    assert list(limits) == sorted(set(limits))
    if values:
        assert {class_of(value, limits) for value in values} == set(range(len(limits) + 1))


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 100)), max_size=40))
def test_no_group_of_fewer_than_five_can_be_worked_out(rows: list[tuple[str, int]]) -> None:
    """What is shown parts the organisations into groups of five and more; or nobody is shown."""
    found = medians(Published("IMP-MGR", group, number, Decimal(gap) / 100) for number, (group, gap) in enumerate(rows))
    assert all(one.organisations >= 5 for one in found)
    assert sum(one.organisations for one in found) in {0, len(rows)}


# Organisations


@pytest.mark.parametrize(
    ("direction", "unit", "value", "expected"),
    [
        ("parity", "percent", "20", "0.5"),
        ("parity", "percent", "45", "0"),
        ("parity", "percent", "70", "0.25"),
        ("parity", "percent", "100", "1"),
        ("at_least_40", "percent", "10", "0.75"),
        ("at_least_40", "percent", "80", "0"),
        ("ratio_to_1", "ratio", "0.8", "0.2"),
        ("ratio_to_1", "ratio", "1.25", "0.2"),
        ("ratio_to_1", "ratio", "0", "1"),
        ("index_to_1", "index", "2", "0.5"),
        ("signed_gap", "percent", "-12", "0.12"),
        ("up", "percent", "85", "0.15"),
        ("up", "score_100", "85", "0.15"),
        ("up", "index", "0.6", "0.4"),
        ("down", "percent", "7", "0.07"),
        ("down", "index", "0.3", "0.3"),
    ],
)
def test_a_figure_of_an_organisation_leaves_a_part_of_the_gap_open(
    direction: str, unit: str, value: str, expected: str
) -> None:
    assert open_part(direction, unit, Decimal(value)) == Decimal(expected)


def test_up_to_a_cap_is_measured_against_the_cap() -> None:
    assert open_part("up_to_cap", "ratio", Decimal("0.472"), Decimal("0.944")) == Decimal("0.5")


@pytest.mark.parametrize(
    ("direction", "unit"),
    [("up", "count"), ("contextual", "money"), ("yes_no", "yes_no"), ("up", "level"), ("ratio_to_1", "percent"), ("up", "weeks")],
)  # fmt: skip
def test_a_figure_without_a_highest_possible_value_has_no_gap(direction: str, unit: str) -> None:
    assert open_part(direction, unit, Decimal(3)) is None


def published(group: str, *percents: int, indicator: str = "IMP-MGR", first: int = 1) -> list[Published]:
    """Organisations of one sector, numbered from `first`, each with the per cent of its gap that is open."""
    return [
        Published(indicator, group, number, Decimal(percent) / 100) for number, percent in enumerate(percents, first)
    ]


def test_five_organisations_have_a_median_and_four_have_none() -> None:
    assert medians(published("Banking", 10, 20, 30, 40, 90)) == [GroupGap("IMP-MGR", "Banking", 5, 30)]
    assert medians(published("Banking", 10, 20, 30, 40)) == []


def test_small_sectors_are_put_together() -> None:
    rows = published("Banking", 10, 20, 30, 40, 90) + published("Hotels", 50, 60, first=11)
    rows += published("Energy", 70, 80, 90, first=21)
    assert medians(rows) == [GroupGap("IMP-MGR", "", 5, 70), GroupGap("IMP-MGR", "Banking", 5, 30)]


def test_a_rest_of_fewer_than_five_takes_the_smallest_sector_with_it() -> None:
    """Else whoever knows the six of a sector and all seven would know the seventh."""
    rows = published("Banking", 10, 20, 30, 40, 50, 60) + published("Hotels", 20, 30, 40, 50, 60, first=11)
    rows += published("Energy", 90, first=21)
    assert medians(rows) == [GroupGap("IMP-MGR", "", 6, 45), GroupGap("IMP-MGR", "Banking", 6, 35)]


def test_a_sector_and_a_single_other_are_told_only_together() -> None:
    rows = published("Banking", 10, 20, 30, 40, 50) + published("Energy", 90, first=21)
    assert medians(rows) == [GroupGap("IMP-MGR", "", 6, 35)]


def test_an_organisation_counts_once_on_an_indicator() -> None:
    rows = published("Banking", 10, 20, 30, 40) + published("Banking", 90, first=1)
    assert medians(rows) == []


def test_indicators_are_apart_and_the_widest_gap_comes_first() -> None:
    rows = published("Banking", 10, 10, 10, 10, 10) + published("Banking", 50, 50, 50, 50, 50, indicator="UK-2")
    rows += published("Hotels", 1, 2, indicator="UK-6Q1", first=31)
    assert [(one.indicator, one.percent) for one in medians(rows)] == [("UK-2", 50), ("IMP-MGR", 10)]


# What works on which gap


def test_every_linked_code_stands_in_the_catalogue() -> None:
    codes = {row.code for row in catalogue()}
    assert set(gap_links.ADDRESSES) <= codes


def test_each_of_the_fourteen_is_addressed_by_its_own_row() -> None:
    assert gap_links.ADDRESSES["GGGI-PAR"] == {"parl", "political"}
    assert {key for code in gap_links.CODES.values() for key in gap_links.ADDRESSES[code]} == {*BEST, *SUBINDEXES}


def test_another_measure_of_the_same_thing_addresses_it_too() -> None:
    assert gap_links.ADDRESSES["SDG 5.5.1a"] == {"parl", "political"}
    assert gap_links.ADDRESSES["IMP-MMR"] == {"health"}
    assert "IMP-VAW" not in gap_links.ADDRESSES
    assert gap_links.codes_for("minis") == {"GGGI-MIN", "IMP-CAB"}
