"""Small groups: hidden in public, and not to be recovered from everything else that is public."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest
import time_machine
from flask import Flask

from impact.indicators.small_cells import CLOSED, OPEN, Counts, Hiding, coarse, hiding_for
from impact.progress import operations, queries
from impact.progress.cases import inputs_of
from impact.progress.queries import PublicFigure
from tests.progress import makers

REST_AND_MEN = Hiding(frozenset({"other", "undisclosed", "men"}))
REST_AND_WOMEN = Hiding(frozenset({"other", "undisclosed", "women"}))


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        yield makers.a_world()


def counts(counted: int | None, whole: int | None, **parts: int) -> Counts:
    return Counts(None if counted is None else Decimal(counted), None if whole is None else Decimal(whole), dict(parts))


#: everything known about the same people → what is hidden of it, with a threshold of 10
TABLE = [
    ([counts(110, 430, women=110, men=320)], OPEN),
    ([counts(110, 430, women=110, men=320, other=0, undisclosed=0)], OPEN),
    ([counts(110, 450, women=110, men=320, other=20)], OPEN),
    ([counts(9, 329, women=9, men=320)], CLOSED),
    ([counts(320, 329, women=320, men=9)], CLOSED),
    ([counts(4, 40)], CLOSED),
    ([counts(36, 40)], CLOSED),
    ([counts(110, 430, women=110, men=317, other=3)], REST_AND_MEN),
    ([counts(110, 430, women=110, men=313, other=3, undisclosed=4)], REST_AND_MEN),
    ([counts(110, 466, women=110, men=313, other=3, undisclosed=40)], REST_AND_MEN),
    # men are those counted: the counted number names them, so women are hidden
    ([counts(313, 430, women=110, men=313, other=3, undisclosed=4)], REST_AND_WOMEN),
    ([counts(None, 430, women=110, men=317, other=3)], REST_AND_MEN),
    # one small year closes them all
    ([counts(110, 430, women=110, men=320), counts(9, 400)], CLOSED),
    ([counts(110, 450, women=110, men=320, other=20), counts(110, 430, women=110, men=317, other=3)], REST_AND_MEN),
]


@pytest.mark.parametrize("known, hidden", TABLE)
def test_what_is_hidden_is_decided_for_everything_about_the_same_people(known: list[Counts], hidden: Hiding) -> None:
    assert hiding_for(known, 10, share=True) == hidden


@pytest.mark.parametrize(
    "value, baseline, unit, shown",
    [
        ("9.302326", "5", "percent", "9"),
        ("9.302326", "12", "percent", "10"),
        # never over the starting point: standing still is not moving away
        ("9.6", "9.302326", "percent", "9.302326"),
        ("9.302326", None, "percent", "9"),
        ("1.923077", "1", "per_1000", "1.9"),
        ("1.923077", "3", "per_1000", "2.0"),
    ],
)
def test_a_value_with_hidden_counts_is_rounded_to_the_side_of_the_start(
    value: str, baseline: str | None, unit: str, shown: str
) -> None:
    assert coarse(Decimal(value), Decimal(baseline) if baseline else None, unit) == Decimal(shown)


def year(world: makers.World, number: int, numerator: int, denominator: int, **parts: int) -> None:
    figure = makers.a_figure(world, number)
    data = {"numerator": Decimal(numerator), "denominator": Decimal(denominator), **parts}
    assert operations.enter_figure(figure, data, world.coordinator) == {}
    makers.approved(figure.report, world)


def seen_by_the_public(world: makers.World) -> list[PublicFigure]:
    return queries.public_figures([world.target], 10)[world.target.id]


def answers(seen: PublicFigure, most: int = 400) -> dict[str, set[int]]:
    """The attacker: every value of each part that fits all that is public of one year."""
    found: dict[str, set[int]] = {part: set() for part in seen.parts}
    names = list(seen.parts)
    hidden = [name for name in names if seen.parts[name] is None]
    whole = int(seen.denominator) if seen.denominator is not None else None
    shown = {name: count for name, count in seen.parts.items() if count is not None}
    if "women" in hidden and seen.numerator is not None:
        shown["women"] = int(seen.numerator)
        hidden.remove("women")
    assert whole is not None
    rest = whole - sum(shown.values())
    for tried in product(range(min(rest, most) + 1), repeat=max(0, len(hidden) - 1)):
        last = rest - sum(tried)
        if last >= 0 and hidden:
            for name, count in zip(hidden, (*tried, last), strict=True):
                found[name].add(count)
    for name, count in shown.items():
        found[name] = {count}
    return found


def test_an_attacker_with_every_public_number_cannot_recover_a_small_cell(world: makers.World) -> None:
    year(world, 2017, 100, 420, women=100, men=300, other=0, undisclosed=20)
    year(world, 2018, 110, 430, women=110, men=313, other=3, undisclosed=4)
    for seen in seen_by_the_public(world):
        assert seen.parts["women"] in {100, 110} and seen.denominator in {420, 430}
        possible = answers(seen)
        assert len(possible["other"]) > 10 and len(possible["undisclosed"]) > 10 and len(possible["men"]) > 10


def test_the_whole_minus_the_shown_parts_is_never_a_small_group(world: makers.World) -> None:
    year(world, 2018, 110, 430, women=110, men=319, other=1, undisclosed=0)
    (seen,) = seen_by_the_public(world)
    assert seen.parts == {"women": 110, "men": None, "other": None, "undisclosed": None}
    assert seen.denominator is not None and seen.denominator - 110 == 320


def test_a_small_group_of_one_year_hides_the_counts_of_all_years(world: makers.World) -> None:
    year(world, 2017, 12, 43)
    year(world, 2018, 4, 43)
    early, late = seen_by_the_public(world)
    assert (early.value, early.numerator, early.denominator) == (27, None, None)
    assert (late.value, late.numerator, late.denominator) == (10, None, None)
    # many pairs of counts fit what is left, with wholes of every size
    fits = {
        (n, whole)
        for whole in range(1, 100)
        for n in range(whole + 1)
        if 19 > Decimal(100 * n) / whole > 9 and Decimal(100 * n) / whole <= 10
    }
    assert len({n for n, _whole in fits}) > 5


def test_the_way_that_is_printed_gives_no_small_group_away(world: makers.World) -> None:
    year(world, 2018, 9, 43)
    (value,) = [figure.value for figure in inputs_of(world.target, makers.NOW.date()).inputs.figures]
    assert value == 20  # 20.930233 would be 9 of 43


def test_a_total_does_not_give_away_the_part_that_is_small(world: makers.World) -> None:
    """Two targets of one indicator: all professors, and those of one faculty."""
    assert world.target.indicator is not None
    faculty = makers.a_target(world.commitment, world.target.indicator, scope="faculty of science")
    figure = makers.a_figure(world)
    for other, (n, whole) in zip(figure.report.figures, [(110, 430), (3, 30)], strict=True):
        data = {"numerator": Decimal(n), "denominator": Decimal(whole)}
        operations.enter_figure(other, data, world.coordinator)
    makers.approved(figure.report, world)
    seen = queries.public_figures([world.target, faculty], 10)
    assert [seen[target.id][0].denominator for target in (world.target, faculty)] == [None, None]
    # and the answer is the same when only one of them is asked for
    assert queries.public_figures([world.target], 10)[world.target.id][0].denominator is None


def test_a_corrected_version_gives_nothing_away(world: makers.World) -> None:
    year(world, 2018, 110, 430, women=110, men=317, other=3)
    report = queries.report_of(world.champion, queries.window_of_year(world.champion, 2018))
    assert report is not None
    correction = operations.start_correction(report, "Two lists were mixed up.", world.coordinator)
    data = {"numerator": Decimal(110), "denominator": Decimal(442), "men": 317, "women": 110, "other": 15}
    operations.enter_figure(correction.figures[0], data, world.coordinator)
    makers.approved(correction, world)
    (seen,) = seen_by_the_public(world)
    assert seen.parts == {"women": 110, "men": None, "other": None}


def test_public_offices_and_recorded_figures_hide_nothing(world: makers.World) -> None:
    year(world, 2018, 4, 40, women=4, men=36)
    (seen,) = seen_by_the_public(world)
    assert seen.suppressed and seen.value == 10
    assert (seen.numerator, seen.denominator, seen.parts) == (None, None, {"women": None, "men": None})
    assert world.target.indicator is not None
    world.target.indicator.public_office = True
    (seen,) = seen_by_the_public(world)
    assert (seen.numerator, seen.parts) == (4, {"women": 4, "men": 36}) and not seen.suppressed


def test_the_threshold_is_a_setting(world: makers.World) -> None:
    year(world, 2018, 4, 40)
    assert queries.public_figures([world.target], 4)[world.target.id][0].numerator == 4
    assert queries.public_figures([world.target], 5)[world.target.id][0].numerator is None


def test_a_note_about_the_parts_is_hidden_with_them(world: makers.World) -> None:
    year(world, 2018, 110, 430, women=110, men=312, other=3, parts_note="Five did not say.")  # type: ignore[arg-type]
    (seen,) = seen_by_the_public(world)
    assert seen.suppressed and seen.parts_note == ""
