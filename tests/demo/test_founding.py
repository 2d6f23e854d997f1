"""The founding champions: who they are, and that no figure stands there without a source. Kinds and directions are
compared with the public table of kinds, written out here."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from impact.demo.founding import founding_champions, notes
from impact.indicators.catalogue import by_code
from impact.indicators.themes import THEME_KEYS
from impact.places.countries import by_iso3

CHAMPIONS = {champion.slug: champion for champion in founding_champions()}
COMMITMENTS = [commitment for champion in founding_champions() for commitment in champion.commitments]
TARGETS = [target for commitment in COMMITMENTS for target in commitment.targets]

#: The directions that each kind is allowed for. A share on its way to parity may have a level, relative or points too.
ALLOWED = {
    "level": {"up", "down", "ratio_to_1", "parity"},
    "multiply": {"up", "down"},
    "relative": {"up", "down", "parity"},
    "points": {"up", "down", "parity"},
    "cumulative": {"up"},
    "zero": {"down"},
    "ratio": {"up", "ratio_to_1"},
    "parity": {"parity"},
    "signed_gap": {"signed_gap"},
    "deliverable": {"yes_no", "level", "contextual"},
}


def target_of(slug, indicator):
    """The one target of a champion with this indicator."""
    (found,) = [
        target
        for commitment in CHAMPIONS[slug].commitments
        for target in commitment.targets
        if target.indicator == indicator
    ]
    return found


def test_there_are_thirty_ten_of_each_constituency():
    assert len(CHAMPIONS) == len(founding_champions()) == 30
    assert Counter(champion.constituency for champion in founding_champions()) == {
        "government": 10,
        "corporation": 10,
        "university": 10,
    }


def test_the_governments_are_the_eight_of_the_table_with_the_netherlands_and_sierra_leone():
    assert [champion.country for champion in founding_champions() if champion.constituency == "government"] == [
        "FIN",
        "ISL",
        "IDN",
        "JPN",
        "MWI",
        "ROU",
        "RWA",
        "SWE",
        "NLD",
        "SLE",
    ]


def test_only_the_two_without_a_text_have_no_commitment_and_a_note_says_so():
    without = [champion for champion in founding_champions() if not champion.commitments]
    assert [champion.slug for champion in without] == ["netherlands", "sierra-leone"]
    assert all("No commitment text was found" in champion.note for champion in without)
    assert any("Ireland" in note and "Philippines" in note for note in notes())


def test_there_are_78_commitments_with_81_targets_each_with_a_name_of_its_own():
    assert len(COMMITMENTS) == len({commitment.slug for commitment in COMMITMENTS}) == 78
    assert len(TARGETS) == 81
    assert all(commitment.headline and commitment.targets and commitment.source for commitment in COMMITMENTS)
    assert all(len(commitment.headline) <= 200 for commitment in COMMITMENTS)
    assert all(set(commitment.themes) <= THEME_KEYS and commitment.themes for commitment in COMMITMENTS)


def test_every_champion_has_names_in_three_languages_a_country_a_leader_and_a_source():
    for champion in founding_champions():
        assert set(champion.names) == {"en", "fr", "ar"} and all(champion.names.values()), champion.slug
        assert by_iso3(champion.country)
        assert champion.terms and all(term.name and term.office and term.source for term in champion.terms)
        assert champion.sources and all(champion.sources)
        assert champion.website == "" or champion.website.startswith("https://")


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.indicator}-{target.kind}")
def test_a_target_has_an_indicator_whose_direction_allows_its_kind(target):
    indicator = by_code(target.indicator)
    kind = target.inner_kind if target.kind == "conditional" else target.kind
    assert indicator.direction in ALLOWED[kind]
    assert (target.inner_kind is None) == (target.kind != "conditional") == (target.condition is None)
    if kind == "cumulative":
        assert indicator.counts
    assert bool(target.currency) == (indicator.unit == "money")


def test_a_target_is_used_by_the_constituency_of_its_champion():
    for champion in founding_champions():
        for commitment in champion.commitments:
            for target in commitment.targets:
                assert champion.constituency in by_code(target.indicator).constituencies, commitment.slug


def test_only_parity_and_deliverables_have_no_value():
    assert all(
        (target.value is None) == (target.kind in {"parity", "deliverable", "conditional"}) for target in TARGETS
    )


def test_no_figure_is_without_a_source_and_no_later_figure_without_a_date():
    for target in TARGETS:
        if target.baseline:
            assert target.baseline.source
            assert (target.baseline.value is None) == (target.baseline.denominator is not None)
        assert all(figure.source and figure.on.on for figure in target.figures)
        assert all(change.source for change in target.amendments)
    for champion in founding_champions():
        for result in champion.results:
            assert result.source
            assert by_code(result.indicator)


def test_a_date_is_as_precise_as_it_says():
    dates = [target.due for target in TARGETS] + [
        dated.on for target in TARGETS for dated in (*target.figures, *target.milestones)
    ]
    dates += [result.on for champion in founding_champions() for result in champion.results]
    for known in dates:
        assert (known.on is None) == (known.precision == "unknown")
        if known.is_year:
            assert (known.on.month, known.on.day) == (12, 31)


def test_the_baselines_are_those_of_the_sources_and_no_others():
    assert {
        (champion.slug, target.indicator): str(target.baseline.value or "8 of 110")
        for champion in founding_champions()
        for commitment in champion.commitments
        for target in commitment.targets
        if target.baseline
    } == {
        ("indonesia", "SDG 5.5.1a"): "17.23",
        ("rwanda", "IMP-ICT"): "34",
        ("rwanda", "IMP-TVET"): "17.5",
        ("sweden", "IMP-PAYRATIO"): "0.87",
        ("sweden", "IMP-FTGAP"): "5",
        ("hong-kong", "IMP-DEAN"): "8 of 110",
        ("nagoya", "HFS-U3"): "15.9",
        ("nagoya", "HFS-U4"): "11.6",
        ("oxford", "IMP-PROF"): "19",
        ("stony-brook", "IMP-GRADGAP"): "17",
    }


def test_hong_kong_trebles_eight_of_110_deans_by_the_end_of_2020():
    target = target_of("hong-kong", "IMP-DEAN")
    assert (target.kind, target.value, target.due.on, target.due.precision) == (
        "multiply",
        Decimal(3),
        date(2020, 12, 31),
        "year",
    )
    assert (target.baseline.numerator, target.baseline.denominator) == (Decimal(8), Decimal(110))


def test_nagoya_has_two_indicators_as_two_targets_of_one_commitment():
    (commitment,) = [found for found in CHAMPIONS["nagoya"].commitments if len(found.targets) == 2]
    assert [(target.indicator, target.value) for target in commitment.targets] == [
        ("HFS-U3", Decimal(20)),
        ("HFS-U4", Decimal(20)),
    ]


def test_accor_moved_its_date_from_2017_to_2020_and_stood_at_29_per_cent_in_2019():
    target = target_of("accorhotels", "IMP-GM")
    (change,) = target.amendments
    assert (change.field, change.old, change.new, change.reason_code) == (
        "due",
        "2017-12-31",
        "2020-12-31",
        "date_moved",
    )
    assert target.due.on == date(2017, 12, 31)
    assert [(figure.value, figure.on.on, figure.on.precision) for figure in target.figures] == [
        (Decimal(29), date(2019, 12, 31), "year")
    ]


def test_sweden_promises_quotas_on_a_condition():
    (target,) = [target for target in TARGETS if target.kind == "conditional"]
    assert (target.inner_kind, target.condition.indicator, target.condition.operator, target.condition.threshold) == (
        "deliverable",
        "IMP-LISTED",
        "below",
        Decimal(40),
    )


def test_iceland_promises_a_gap_of_nothing_parity_in_the_media_and_one_man_in_five():
    assert [
        (target.kind, target.value, target.due.on.year)
        for commitment in CHAMPIONS["iceland"].commitments
        for target in commitment.targets
    ] == [("signed_gap", Decimal(0), 2022), ("parity", None, 2020), ("level", Decimal(200), 2016)]


def test_romania_counts_institutions_of_1680():
    target = target_of("romania", "IMP-EXPERT")
    assert (target.kind, target.value, target.value_denominator) == ("ratio", Decimal(70), Decimal(1680))


@pytest.mark.parametrize(
    "slug, expected",
    [
        ("koc-holding", [("7", "2014-12-31"), ("28", "2018-12-31")]),
        ("pwc", [("18", "2016-01-31"), ("47", "2016-12-31")]),
        ("unilever", [("36", "2014-12-31"), ("45", "2018-12-31")]),
        ("mckinsey", [("39", "None"), ("43", "None")]),
        ("romania", [("1100", "2017-12-31")]),
    ],
)
def test_published_results_are_kept_with_the_date_that_was_read(slug, expected):
    assert [(str(result.value), str(result.on.on)) for result in CHAMPIONS[slug].results] == expected


def test_waterloo_published_three_figures_for_2017():
    assert {
        target.indicator: (str(target.value), [(str(figure.value), figure.on.on.year) for figure in target.figures])
        for commitment in CHAMPIONS["waterloo"].commitments
        for target in commitment.targets
    } == {
        "IMP-OUT": ("33", [("35", 2017)]),
        "HFS-U3": ("30", [("29", 2017)]),
        "HFS-U4": ("29", [("27.5", 2017)]),
    }


def test_what_was_not_read_at_its_source_is_marked():
    assert {commitment.slug for commitment in COMMITMENTS if commitment.second_hand} == {"pwc-1", "pwc-2", "pwc-3"}


def test_successors_follow_the_founders():
    assert {
        champion.slug: [term.name for term in champion.terms]
        for champion in founding_champions()
        if len(champion.terms) > 1
    } == {
        "japan": ["Shinzo Abe", "Fumio Kishida"],
        "barclays": ["Antony Jenkins", "Jes Staley"],
        "koc-holding": ["Mustafa V. Koç", "Ömer M. Koç"],
        "pwc": ["Dennis Nally", "Robert Moritz"],
        "oxford": ["Andrew Hamilton", "Louise Richardson"],
        "sao-paulo": ["Marco Antonio Zago", "Vahan Agopyan"],
    }
