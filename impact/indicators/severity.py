"""How much of a gap is still open: of a country, of each subindex and of each indicator of the gap index. Pure.

    severity = (highest possible score − score) / highest possible score

0 is nothing left to do, 1 is nothing done. The highest possible score is worked out from the caps and weights of the
indicators that have data, so health (at most 0.9796) and a subindex with a missing indicator can reach 0 as well.
What is missing has no severity; it is neither 0 nor 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.indicators.gap_index import BY_KEY, INDICATORS, SUBINDEXES, WEIGHTS, Score, Weights, aggregate, highest

OVERALL = "overall"

#: A score printed with three decimals may lie above the highest possible one by its rounding (health: 0.980).
ROUNDING = 0.0005


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap. `area` is a subindex or "overall"; `indicator` one of the fourteen keys, "" for a whole area.

    `score` and `highest` are on the scale of the index (an indicator: its ratio, capped at its benchmark).
    """

    area: str
    indicator: str
    score: float
    highest: float

    @property
    def severity(self) -> float:
        """The part of the gap that is open, 0 to 1."""
        return severity(self.score, self.highest)

    @property
    def key(self) -> str:
        """What it is about in one word: an indicator, a subindex or "overall"."""
        return self.indicator or self.area


@dataclass(frozen=True, slots=True)
class People:
    """The women and girls whom a country's gaps concern; an estimate where nobody counted them."""

    number: int
    is_estimate: bool


def severity(score: float, highest: float) -> float:
    """(highest − score) / highest, 0 to 1. ValueError for a score below 0 or above the highest by more than rounding."""
    if not highest > 0 or not 0 <= score <= highest + ROUNDING:
        raise ValueError(f"{score} is not a score between 0 and {highest}")
    return max(0.0, (highest - score) / highest)


def gaps(score: Score, weights: Weights = WEIGHTS["published"]) -> list[Gap]:
    """Every gap of one economy for which there are data: overall, the four subindexes, the fourteen indicators."""
    has_data = {key for key, value in score.capped.items() if value is not None}
    found = gaps_of_areas(score.subindexes, score.overall, has_data, weights)
    for one in INDICATORS:
        value = score.capped.get(one.key)
        if value is not None:
            found.append(Gap(one.subindex, one.key, value, one.benchmark))
    return found


def gaps_of_areas(
    subindexes: Mapping[str, float | None],
    overall: float | None,
    has_data: Iterable[str] | None = None,
    weights: Weights = WEIGHTS["published"],
) -> list[Gap]:
    """The gaps of the overall score and the subindexes.

    `has_data`: the indicators that the scores were worked out from; None when only the scores are known, which are then
    measured against the highest score of all fourteen.
    """
    known = None if has_data is None else set(has_data)
    reach = {area: reachable(area, known, weights) for area in SUBINDEXES}
    found = []
    best = aggregate(reach)
    if overall is not None and best is not None:
        found.append(Gap(OVERALL, "", overall, best))
    for area in SUBINDEXES:
        value, most = subindexes.get(area), reach[area]
        if value is not None and most is not None:
            found.append(Gap(area, "", value, most))
    return found


def reachable(
    subindex: str, has_data: Iterable[str] | None = None, weights: Weights = WEIGHTS["published"]
) -> float | None:
    """The highest score of a subindex when only these indicators have data; None when none of them belongs to it."""
    if has_data is None:
        return highest(subindex, weights)
    keys = [key for key in has_data if BY_KEY[key].subindex == subindex]
    if not keys:
        return None
    return sum(weights[key] * BY_KEY[key].benchmark for key in keys) / sum(weights[key] for key in keys)


def people_concerned(population: int | None, women_and_girls: int | None = None) -> People | None:
    """The women and girls counted, or else half of the population as an estimate; None where neither is known."""
    if women_and_girls is not None:
        return People(women_and_girls, is_estimate=False)
    return None if population is None else People((population + 1) // 2, is_estimate=True)


def class_limits(severities: Iterable[float], most: int = 5) -> tuple[float, ...]:
    """The lowest value of each class but the first, for classes of about equal numbers; values are per cent, one decimal.

    They are taken from what is printed, so that a reader of the table finds each country in the class its number says.
    Equal values are never parted; fewer different values give fewer classes.
    """
    values = sorted(round(one * 100, 1) for one in severities)
    found: list[float] = []
    for number in range(1, most):
        place = round(len(values) * number / most)
        if 0 < place < len(values) and values[place] > values[0] and values[place] not in found:
            found.append(values[place])
    return tuple(found)


def class_of(one: float, limits: tuple[float, ...]) -> int:
    """The class of a severity, from 0."""
    return sum(round(one * 100, 1) >= limit for limit in limits)
