"""Which gaps stand in the list, in which order, and who addresses them. Pure."""

from __future__ import annotations

from impact.indicators.gap_index import score
from impact.indicators.severity import Gap, gaps
from impact.priorities.ranking import (
    AddressedBy,
    Economy,
    Filters,
    Level,
    Order,
    Row,
    open_gaps,
    page_of,
    who_addresses,
)

ECONOMIES = (
    Economy("AAA", 2014, (Gap("political", "", 0.2, 1.0), Gap("health", "", 0.9796, 0.9796), Gap("overall", "", 0.5, 0.9949)), 1000),
    Economy("BBB", 2014, (Gap("political", "", 0.4, 1.0), Gap("political", "parl", 0.1, 1.0)), None, 5000),
    Economy("CCC", 2014, (Gap("political", "", 0.2, 1.0), Gap("economic", "", 0.99951, 1.0))),
)  # fmt: skip
REGIONS = {"AAA": "002", "BBB": "142", "CCC": "142"}


def keys(wanted: Filters, coverage: dict[tuple[str, str], AddressedBy] | None = None) -> list[str]:
    return [row.key for row in open_gaps(ECONOMIES, coverage or {}, wanted, REGIONS.__getitem__)]


def test_the_widest_gap_comes_first_and_equal_ones_by_country() -> None:
    assert keys(Filters()) == ["AAA.political", "CCC.political", "BBB.political"]


def test_closed_gaps_and_the_whole_index_are_not_in_the_list() -> None:
    """0.99951 prints as 0.0% open."""
    assert not {"AAA.health", "AAA.overall", "CCC.economic"} & set(keys(Filters()))


def test_the_most_people_come_first_where_that_is_asked_and_the_uncounted_last() -> None:
    """500 · 0.8 = 400 people; 5000 · 0.6 = 3000."""
    assert keys(Filters(order=Order.PEOPLE)) == ["BBB.political", "AAA.political", "CCC.political"]


def test_level_area_and_region_narrow_the_list() -> None:
    assert keys(Filters(level=Level.INDICATORS)) == ["BBB.parl"]
    assert keys(Filters(area="economic")) == []
    assert keys(Filters(region="142")) == ["CCC.political", "BBB.political"]


def test_the_list_tells_who_addresses_a_gap() -> None:
    coverage = {("AAA", "political"): AddressedBy.GOVERNMENT, ("CCC", "political"): AddressedBy.ORGANISATIONS}
    assert keys(Filters(addressed="nobody"), coverage) == ["BBB.political"]
    assert keys(Filters(addressed="organisations"), coverage) == ["CCC.political"]
    assert keys(Filters(addressed="government"), coverage) == ["AAA.political"]


def test_a_government_counts_before_the_organisations_of_its_country() -> None:
    links = [
        ("AAA", "university", frozenset({"prof", "economic"})),
        ("AAA", "government", frozenset({"economic"})),
        ("AAA", "corporation", frozenset({"economic"})),
    ]
    assert who_addresses(links) == {
        ("AAA", "prof"): AddressedBy.ORGANISATIONS,
        ("AAA", "economic"): AddressedBy.GOVERNMENT,
    }


def test_pages_follow_by_key_without_gap_or_double() -> None:
    rows = [Row(ECONOMIES[0], Gap("political", f"k{number}", 0.1, 1.0), AddressedBy.NOBODY) for number in range(7)]
    first, after = page_of(rows, "", 3)
    second, then = page_of(rows, after, 3)
    third, end = page_of(rows, then, 3)
    assert [place for place, _row in first + second + third] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.gap.indicator for _place, row in first + second + third] == ["k0", "k1", "k2", "k3", "k4", "k5", "k6"]
    assert (after, then, end) == ("AAA.k2", "AAA.k5", "")


def test_a_key_that_is_not_in_the_list_begins_at_the_start() -> None:
    rows = [Row(ECONOMIES[0], Gap("political", "", 0.1, 1.0), AddressedBy.NOBODY)]
    assert page_of(rows, "ZZZ.nothing")[0] == [(1, rows[0])]
    assert page_of([], "") == ([], "")


def test_an_economy_knows_its_gaps_by_name() -> None:
    economy = Economy("JPN", 2018, tuple(gaps(score({"parl": 0.25}))))
    assert economy.gap("parl") == Gap("political", "parl", 0.25, 1.0)
    assert economy.gap("economic") is None
