"""What keeps a score from the highest possible one, part by part, so that anybody can redo the sum. Pure.

    highest possible score − score = Σ weight · (benchmark − capped ratio)

`weight` is the indicator's share of the whole index: a quarter of its weight among the indicators of its subindex that
have data. Where only subindexes are known, each is a part with a weight of a quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impact.indicators.gap_index import INDICATORS, SUBINDEXES, WEIGHTS, Weights, highest


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is missing. `key` is an indicator or a subindex, `value` its capped ratio or its score."""

    key: str
    area: str
    weight: float
    value: float
    highest: float

    @property
    def distance(self) -> float:
        """From the value to the highest possible one."""
        return self.highest - self.value

    @property
    def points(self) -> float:
        """What this part takes from the overall score."""
        return self.weight * self.distance


def parts_of_indicators(capped: Mapping[str, float | None], weights: Weights = WEIGHTS["published"]) -> list[Part]:
    """The largest part first; [] unless every subindex has data, because then there is no overall score to explain."""
    sums = {
        area: sum(weights[one.key] for one in INDICATORS if one.subindex == area and capped.get(one.key) is not None)
        for area in SUBINDEXES
    }
    if not all(sums.values()):
        return []
    found = [
        Part(one.key, one.subindex, weights[one.key] / sums[one.subindex] / len(SUBINDEXES), value, one.benchmark)
        for one in INDICATORS
        if (value := capped.get(one.key)) is not None
    ]
    return sorted(found, key=lambda part: -part.points)


def parts_of_areas(subindexes: Mapping[str, float | None], weights: Weights = WEIGHTS["published"]) -> list[Part]:
    """The same where only the four subindexes are known; [] when one is missing."""
    known = {area: value for area in SUBINDEXES if (value := subindexes.get(area)) is not None}
    if len(known) < len(SUBINDEXES):
        return []
    found = [
        Part(area, area, 1 / len(SUBINDEXES), value, max(value, highest(area, weights)))
        for area, value in known.items()
    ]
    return sorted(found, key=lambda part: -part.points)
