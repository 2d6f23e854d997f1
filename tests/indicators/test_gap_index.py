"""The gap index against the Forum's own figures, its bounds, and the mistakes that its makers warn of.

Figures: Global Gender Gap Report 2014, table 3 (subindexes and overall, four decimals); 2018, country tables (ratios
and scores, three decimals); 2015, tables C2, C3 and C14.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.indicators import gap_index, gap_index_raw
from impact.indicators.gap_index import KEYS, WEIGHTS, score

#: Economy, its four subindexes and its overall score of 2014; rank among 142.
OF_2014 = {
    "Iceland": (0.8169, 1.0000, 0.9654, 0.6554, 0.8594),
    "Finland": (0.7859, 1.0000, 0.9789, 0.6162, 0.8453),
    "Norway": (0.8357, 1.0000, 0.9695, 0.5444, 0.8374),
    "Sweden": (0.7989, 0.9974, 0.9694, 0.5005, 0.8165),
    "Rwanda": (0.7698, 0.9289, 0.9667, 0.4762, 0.7854),
    "Netherlands": (0.7106, 1.0000, 0.9699, 0.4116, 0.7730),
    "Malawi": (0.8298, 0.8903, 0.9673, 0.2250, 0.7281),
    "Romania": (0.6825, 0.9939, 0.9791, 0.1190, 0.6936),
    "Uruguay": (0.6841, 0.9968, 0.9796, 0.0880, 0.6871),
    "China": (0.6555, 0.9855, 0.9404, 0.1506, 0.6830),
    "Indonesia": (0.5984, 0.9890, 0.9762, 0.1262, 0.6725),
    "Japan": (0.6182, 0.9781, 0.9791, 0.0583, 0.6584),
    "India": (0.4096, 0.8503, 0.9366, 0.3855, 0.6455),
    "Yemen": (0.3596, 0.7068, 0.9668, 0.0250, 0.5145),
}

#: Ratios of 2018; scores as printed; with the published weights; with the estimate.
OF_2018 = {
    "Iceland": (
        (.938931, .820222, .721790, .478749, 1, 1, .998382, 1, 1, .944, 1.020747, .615385, .666667, .718132),
        (.793, .999, .968, .674, .858),
        (.7930, .9993, .9676, .6736, .8583),
        (.7931, .9993, .9675, .6736, .8584),
    ),
    "Rwanda": (
        (1, .753504, .676503, .569245, .632266, .868518, 1, 1, .884703, .944, 1.037415, 1, .9, .014622),
        (.743, .961, .973, .539, .804),
        (.7434, .9610, .9727, .5388, .8040),
        (.7434, .9612, .9726, .5387, .8040),
    ),
    "Japan": (
        (.799065, .695906, .526734, .152, .671126, 1, 1, 1, .951527, .944, 1.059229, .112440, .1875, 0),
        (.595, .994, .979, .081, .662),
        (.5950, .9941, .9794, .0812, .6624),
        (.5951, .9941, .9793, .0812, .6624),
    ),
    "Yemen": (
        (.088359, .631142, .265061, .042932, .171026, .478403, .880964, .736007, .441706, .944, 1.016484, 0, .057143, 0),
        (.299, .718, .966, .014, .499),
        (.2989, .7177, .9663, .0141, .4993),
        (.2988, .7185, .9662, .0141, .4994),
    ),
}  # fmt: skip

SUBINDEXES = ("economic", "education", "health", "political")
FULL = dict(zip(KEYS, OF_2018["Yemen"][0], strict=True))


def printed(result: gap_index.Score) -> tuple[float, ...]:
    values = [*(result.subindexes[name] for name in SUBINDEXES), result.overall]
    return tuple(value for value in values if value is not None)


@pytest.mark.parametrize("economy", OF_2014)
def test_the_overall_score_of_2014_is_the_mean_of_its_four_subindexes(economy: str) -> None:
    *subindexes, overall = OF_2014[economy]
    assert gap_index.aggregate(dict(zip(SUBINDEXES, subindexes, strict=True))) == pytest.approx(overall, abs=1e-4)


def test_the_order_of_2014_is_the_order_of_the_printed_ranks() -> None:
    overalls = [gap_index.aggregate(dict(zip(SUBINDEXES, row[:4], strict=True))) for row in OF_2014.values()]
    assert gap_index.ranks(overalls) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]


@pytest.mark.parametrize("economy", OF_2018)
def test_fourteen_ratios_of_2018_give_the_printed_scores(economy: str) -> None:
    ratios, published, by_weights, by_estimate = OF_2018[economy]
    found = printed(score(dict(zip(KEYS, ratios, strict=True))))
    estimated = printed(score(dict(zip(KEYS, ratios, strict=True)), WEIGHTS["wef-unrounded-estimate"]))
    assert found[:4] == pytest.approx(published[:4], abs=0.0010)
    assert found[4] == pytest.approx(published[4], abs=0.0006)
    assert estimated == pytest.approx(published, abs=0.0005 + 1e-9)
    assert tuple(round(value, 4) for value in found) == by_weights
    assert tuple(round(value, 4) for value in estimated) == by_estimate


@pytest.mark.parametrize(
    ("sex_ratio", "weights", "health"),
    [(0.944, "published", 0.9796), (0.944, "wef-unrounded-estimate", 0.9796),
     (0.943396, "published", 0.9792), (0.943396, "wef-unrounded-estimate", 0.9791)],
)  # fmt: skip
def test_health_stays_below_one(sex_ratio: float, weights: str, health: float) -> None:
    result = score({"srb": sex_ratio, "hle": 1.2}, WEIGHTS[weights])
    assert result.subindexes["health"] == pytest.approx(health, abs=5e-5)
    assert result.capped["hle"] == 1.06


def test_the_highest_scores_come_from_weights_and_caps() -> None:
    assert gap_index.highest("economic") == 1
    assert gap_index.highest("education") == pytest.approx(1)
    assert round(gap_index.highest("health"), 4) == 0.9796
    assert round(gap_index.highest(), 4) == 0.9949


# The mistakes that the method's makers warn of: each of these assertions fails when one is made.


def test_missing_is_not_zero() -> None:
    without = score({**FULL, "legis": None})
    assert without.used == 13
    assert without.subindexes["economic"] == pytest.approx(
        (0.199 * 0.088359 + 0.310 * 0.631142 + 0.221 * 0.265061 + 0.121 * 0.171026) / (0.199 + 0.310 + 0.221 + 0.121)
    )
    assert without.subindexes["economic"] != score({**FULL, "legis": 0.0}).subindexes["economic"]


def test_there_is_no_reward_beyond_parity() -> None:
    assert printed(score({**FULL, "parl": 64 / 36})) == printed(score({**FULL, "parl": 1.0}))
    assert score({"tert": 44 / 7}).capped["tert"] == 1


def test_the_caps_of_health_are_not_one() -> None:
    assert score({"srb": 1.0}).capped["srb"] == 0.944
    assert score({"hle": 66 / 55}).capped["hle"] == 1.06


@pytest.mark.parametrize(("answer", "printed_as"), [(6.14, 0.88), (5.76, 0.82), (5.73, 0.82)])
def test_the_survey_is_divided_by_seven(answer: float, printed_as: float) -> None:
    found = gap_index_raw.ratio("wage", answer, None, 2015)
    assert found is not None
    assert round(found, 2) == printed_as


def test_a_share_is_not_a_ratio() -> None:
    assert gap_index_raw.ratio("parl", 20, None, 2018) == 0.25
    assert gap_index_raw.ratio("parl", 64, 36, 2015) == pytest.approx(1.7778, abs=1e-4)


def test_the_overall_score_is_the_mean_of_unrounded_subindexes() -> None:
    result = score(FULL)
    rounded = sum(round(result.subindexes[name] or 0, 3) for name in SUBINDEXES) / 4
    assert result.overall == pytest.approx(0.499255400566, abs=1e-12)
    assert result.overall != pytest.approx(rounded, abs=1e-6)


def test_the_published_education_weights_do_not_sum_to_one_and_need_not() -> None:
    assert score(dict.fromkeys(("lit", "prim", "sec", "tert"), 1.0)).subindexes["education"] == pytest.approx(1)


# Raw values by edition.


@pytest.mark.parametrize(
    ("edition", "female", "male", "ratio"),
    [(2015, 57_293, 72_471, 1.0), (2015, 32_506, 47_253, 0.81265), (2015, 38_988, 111_001, 0.9747),
     (2016, 57_293, 72_471, 0.790565), (2017, 80_000, 90_000, 1.0), (2018, 57_293, 72_471, 0.790565),
     (2018, 80_000, 90_000, 0.888889)],
)  # fmt: skip
def test_incomes_are_capped_before_they_are_divided(edition: int, female: float, male: float, ratio: float) -> None:
    assert gap_index_raw.ratio("income", female, male, edition) == pytest.approx(ratio, abs=1e-6)


def test_years_at_the_head_are_counted_over_fifty_and_may_be_fractions() -> None:
    assert gap_index_raw.ratio("head", 20.2, None, 2015) == pytest.approx(0.6779, abs=1e-4)
    assert gap_index_raw.ratio("head", 50, None, 2015) == 1
    with pytest.raises(gap_index_raw.Impossible, match="last 50"):
        gap_index_raw.ratio("head", 51, None, 2015)


def test_an_inverted_sex_ratio_is_named() -> None:
    assert gap_index_raw.ratio("srb", 100, 106, 2018) == pytest.approx(0.943396, abs=1e-6)
    with pytest.raises(gap_index_raw.Impossible, match="inverted"):
        gap_index_raw.ratio("srb", 1.25, 1, 2018)


def test_no_men_gives_the_benchmark() -> None:
    assert gap_index_raw.ratio("parl", 100, None, 2018) == 1
    assert gap_index_raw.ratio("hle", 70, 0, 2018) == 1.06


@pytest.mark.parametrize(
    ("edition", "words"), [(2019, "dated 2020"), (2005, "not known here"), (2031, "not known here")]
)
def test_an_edition_without_rules_is_refused(edition: int, words: str) -> None:
    with pytest.raises(gap_index_raw.Impossible, match=words):
        gap_index_raw.ratio("lit", 1, 1, edition)


@pytest.mark.parametrize(
    ("key", "female", "male"),
    [("wage", 0.9, None), ("wage", 7.1, None), ("wage", 5, 5), ("lit", 90, None), ("lit", None, 90), ("parl", 120, None),
     ("head", 30, 30), ("lit", -1, 90), ("gni", 1, 1)],
)  # fmt: skip
def test_what_cannot_be_is_refused(key: str, female: float | None, male: float | None) -> None:
    with pytest.raises(gap_index_raw.Impossible):
        gap_index_raw.ratio(key, female, male, 2018)


# Properties.

ratio = st.one_of(st.none(), st.floats(0, 5))
ratios = st.fixed_dictionaries({key: st.floats(0, 1) if key == "wage" else ratio for key in KEYS})
weights = st.fixed_dictionaries({key: st.floats(0.001, 10) for key in KEYS})


@given(ratios, weights)
def test_every_score_lies_within_its_bounds(values: dict[str, float | None], by: dict[str, float]) -> None:
    result = score(values, by)
    for name in SUBINDEXES:
        value = result.subindexes[name]
        assert value is None or -1e-9 <= value <= (1.06 if name == "health" else 1) + 1e-9
    assert (result.overall is None) == any(result.subindexes[name] is None for name in SUBINDEXES)
    assert result.used == sum(value is not None for value in values.values())


@given(ratios, st.sampled_from(KEYS), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_ratio_never_lowers_a_score(
    values: dict[str, float | None], key: str, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    before, after = (score({**values, key: value}).subindexes for value in (low, high))
    for name in SUBINDEXES:
        first, second = before[name], after[name]
        assert first is None or second is None or first <= second + 1e-12


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30), st.randoms())
def test_the_order_of_the_rows_does_not_matter(values: list[float | None], random: object) -> None:
    shuffled = list(range(len(values)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    places = gap_index.ranks(values)
    assert gap_index.ranks([values[index] for index in shuffled]) == [places[index] for index in shuffled]


def test_equal_scores_share_a_place() -> None:
    assert gap_index.ranks([0.5, None, 0.7, 0.5 + 5e-10, 0.4]) == [2, None, 1, 2, 4]


def test_eleven_indicators_are_scored_but_not_published() -> None:
    result = score({**FULL, "legis": None, "prof": None, "prim": None})
    assert result.overall is not None
    assert (result.used, result.publishable) == (11, False)
    assert score({**FULL, "legis": None, "prof": None}).publishable


@pytest.mark.parametrize(
    "wrong", [{"lit": -0.1}, {"lit": float("nan")}, {"lit": float("inf")}, {"wage": 1.2}, {"gni": 1.0}]
)
def test_impossible_ratios_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        score(wrong)


@pytest.mark.parametrize("by", [{}, dict.fromkeys(KEYS, 0.0), {**dict.fromkeys(KEYS, 1.0), "gni": 1.0}])
def test_weights_must_cover_the_fourteen(by: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        score(FULL, by)


def test_means_are_weighted_by_population() -> None:
    assert gap_index.weighted_means([({"overall": 0.8}, 1), ({"overall": 0.6}, 3)]) == pytest.approx({"overall": 0.65})
    assert gap_index.weighted_means([]) == {}
