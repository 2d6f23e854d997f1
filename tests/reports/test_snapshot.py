"""A snapshot: canonical JSON there and back, and nothing in it that is not exact."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from impact.indicators.kinds import Direction, Kind, TargetSpec, Unit
from impact.indicators.sentences import sentence as kind_sentence
from impact.progress import rules
from reports import canonical, typed
from reports.snapshot_types import Snapshot
from reports.target_facts import Change, FigureFacts, TargetFacts
from reports.values import Day, Number, Sentence, Term, Text
from reports.words import Words
from tests.reports.sample_professors import PROFESSORS
from tests.reports.sample_snapshot import SAMPLE


def test_a_snapshot_comes_back_from_its_json_as_it_was() -> None:
    assert Snapshot.load(SAMPLE.dump()) == SAMPLE
    assert Snapshot.load(SAMPLE.dump()).dump() == SAMPLE.dump()


def test_a_snapshot_comes_back_from_a_json_column() -> None:
    column = json.loads(json.dumps(canonical.plain(SAMPLE)))
    assert Snapshot.load(column) == SAMPLE
    assert Snapshot.load(column).digest() == SAMPLE.digest()


def test_the_json_is_canonical() -> None:
    figure = FigureFacts(
        2026, date(2026, 7, 31), Decimal("28.20"), Decimal(118), parts={"women": 118, "men": "withheld"}
    )
    assert canonical.dump(figure).decode() == (
        '{"delivered":null,"denominator":null,"expected":null,"is":"FigureFacts","known_by":null,"method_change":null,'
        '"not_measured":null,"numerator":"118","on":"2026-07-31","parts":{"men":"withheld","women":118},'
        '"value":"28.20","year":2026}'
    )


def test_words_are_kept_as_utf_8() -> None:
    assert "جامعة المثال".encode() in SAMPLE.dump()


@pytest.mark.parametrize(
    "value", [Number(Decimal("-0.5"), "percent"), Day(date(2026, 1, 1), True), Term("Women"), Text("en", "x"), None]
)
def test_typed_values_are_told_apart(value: object) -> None:
    change = Change("Target", value, None)  # type: ignore[arg-type]
    assert canonical.load(Change, canonical.dump(change)) == change
    if value is not None:
        sentence = Sentence("%(a)s", {"a": value})  # type: ignore[dict-item]
        assert canonical.load(Sentence, canonical.dump(sentence)) == sentence


def test_decimals_keep_their_places_and_never_an_exponent() -> None:
    assert canonical.dump(Number(Decimal("1E+3"))) == b'{"is":"Number","unit":"","value":"1000"}'
    assert canonical.load(Number, canonical.dump(Number(Decimal("0.10")))).value.as_tuple().exponent == -2


def test_moments_keep_their_time_zone() -> None:
    moment = datetime(2026, 10, 2, 9, 12, tzinfo=UTC)
    assert Snapshot.load(SAMPLE.dump()).edition.taken_at == moment


@dataclass(frozen=True)
class Inexact:
    value: object


def test_a_float_has_no_place_in_a_snapshot() -> None:
    with pytest.raises(TypeError):
        canonical.dump(Inexact(0.1))


@pytest.mark.parametrize("broken", [b"{}", b'{"is":"Snapshot"}', b'{"is":"Text","language":"en","text":"x"}'])
def test_what_is_no_snapshot_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError):
        Snapshot.load(broken)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError):
        canonical.load(Text, b'{"is":"Text","language":"en","text":"x","colour":"red"}')


def test_a_field_added_later_takes_its_default() -> None:
    raw = canonical.plain(SAMPLE)
    del raw["method_notes"]
    assert Snapshot.load(raw) == SAMPLE


def test_the_digest_changes_with_any_figure() -> None:
    assert replace(SAMPLE, year=2025).digest() != SAMPLE.digest()


def test_a_sentence_of_the_kinds_becomes_data_that_every_language_can_say() -> None:
    spec = TargetSpec(
        kind=Kind.LEVEL,
        unit=Unit.PERCENT,
        direction=Direction.UP,
        value=Decimal(30),
        due=date(2020, 12, 31),
        baseline=Decimal(19),
        baseline_date=date(2015, 7, 31),
    )
    made = kind_sentence(spec, "x")
    what = Text("en", "the share of women", {"fr": "la part des femmes", "ar": "نسبة النساء"})
    told = typed.sentence(made.message, made.values, what=what)
    assert canonical.load(Sentence, canonical.dump(told)) == told
    assert {
        language: Words(language).say(told).replace("\u00a0", " ").replace("\u2060", "")
        for language in ("en", "fr", "ar")
    } == {
        "en": "Raise the share of women from 19 per cent (31 July 2015) to 30 per cent by 31 December 2020",
        "fr": "Porter la part des femmes de 19 pour cent (31 juillet 2015) à 30 pour cent (échéance : 31 décembre 2020)",
        "ar": "رفع نسبة النساء من 19 في المائة (31 تموز/يوليه 2015) إلى 30 في المائة بحلول 31 كانون الأول/ديسمبر 2020",
    }


def test_a_sentence_may_hold_another() -> None:
    inner = Sentence("Deliver %(what)s by %(due)s", {"what": Text("en", "a plan"), "due": Day(date(2027, 1, 1))})
    outer = Sentence(
        "If the figure falls below %(threshold)s, then: %(then)s",
        {"threshold": Number(Decimal(40), "percent"), "then": inner},
    )
    assert canonical.load(Sentence, canonical.dump(outer)) == outer
    assert Words("en").say(outer).replace("\u00a0", " ") == (
        "If the figure falls below 40 per cent, then: Deliver a plan by 1 January 2027"
    )


def test_a_verdict_of_the_rule_becomes_data() -> None:
    found = rules.Verdict(
        "cannot_say",
        reason="A figure was due on %(day)s, and neither it nor a reason came.",
        values={"day": date(2026, 7, 31)},
    )
    made = typed.verdict(found)
    assert made.reason == Sentence(found.reason, {"day": Day(date(2026, 7, 31))})
    assert canonical.load(type(made), canonical.dump(made)) == made


def test_a_field_added_later_leaves_the_digests_of_older_snapshots_as_they_were() -> None:
    plain = canonical.plain(PROFESSORS)
    assert "begins" not in plain
    begun = replace(PROFESSORS, begins=PROFESSORS.baseline)
    assert canonical.load(TargetFacts, canonical.dump(begun)) == begun
