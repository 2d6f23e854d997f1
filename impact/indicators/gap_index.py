"""The Global Gender Gap Index as published by the World Economic Forum, step by step. Pure: the standard library only.

Fourteen female-to-male ratios become capped ratios, four subindexes and one score between 0 and 0.9949 (the cap of the
sex ratio at birth keeps health below 1). Method: Global Gender Gap Report 2023, pp. 63–66 and Table B.2; the same
weights are printed in the editions of 2012, 2023 and 2025.

    ratio    = female / male
    capped   = min(ratio, benchmark)                          no reward beyond parity
    subindex = Σ weight · capped / Σ weight                   over the indicators that have data: missing is not zero
    overall  = plain mean of the four unrounded subindexes    none when a whole subindex is missing
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

SUBINDEXES = ("economic", "education", "health", "political")

#: The report publishes an economy from twelve indicators on. A rule of publication: the sum below knows nothing of it.
PUBLISHED_FROM = 12

_ENDLESS = float("inf")

#: Two scores this close are one place in the ranking.
SAME_SCORE = 1e-9


@dataclass(frozen=True)
class GapIndicator:
    """`benchmark` is where a ratio is capped; `weight` the published one, `estimate` the weight fitted to the 2018 table."""

    key: str
    subindex: str
    benchmark: float
    weight: float
    estimate: float


#: In the order of the report. `estimate`: our own fit, never printed by the Forum; it gives back all of 2018's cells.
INDICATORS: tuple[GapIndicator, ...] = (
    GapIndicator("lfp", "economic", 1.0, 0.199, 0.19910),
    GapIndicator("wage", "economic", 1.0, 0.310, 0.30963),
    GapIndicator("income", "economic", 1.0, 0.221, 0.22108),
    GapIndicator("legis", "economic", 1.0, 0.149, 0.14872),
    GapIndicator("prof", "economic", 1.0, 0.121, 0.12147),
    GapIndicator("lit", "education", 1.0, 0.191, 0.18948),
    GapIndicator("prim", "education", 1.0, 0.459, 0.46106),
    GapIndicator("sec", "education", 1.0, 0.230, 0.22859),
    GapIndicator("tert", "education", 1.0, 0.121, 0.12087),
    GapIndicator("srb", "health", 0.944, 0.693, 0.69349),
    GapIndicator("hle", "health", 1.06, 0.307, 0.30651),
    GapIndicator("parl", "political", 1.0, 0.310, 0.30975),
    GapIndicator("minis", "political", 1.0, 0.247, 0.24720),
    GapIndicator("head", "political", 1.0, 0.443, 0.44305),
)
KEYS = tuple(one.key for one in INDICATORS)
BY_KEY: Mapping[str, GapIndicator] = MappingProxyType({one.key: one for one in INDICATORS})

Weights = Mapping[str, float]

#: The named sets of weights.
WEIGHTS: Mapping[str, Weights] = MappingProxyType(
    {
        "published": MappingProxyType({one.key: one.weight for one in INDICATORS}),
        "wef-unrounded-estimate": MappingProxyType({one.key: one.estimate for one in INDICATORS}),
    }
)


@dataclass(frozen=True, slots=True)
class Score:
    """What comes out for one economy and year. `capped` and `subindexes` hold None where there are no data.

    `used` counts the indicators with data, 0 to 14.
    """

    capped: Mapping[str, float | None]
    subindexes: Mapping[str, float | None]
    overall: float | None
    used: int

    @property
    def publishable(self) -> bool:
        """True from twelve indicators on (PUBLISHED_FROM)."""
        return self.used >= PUBLISHED_FROM


def score(ratios: Mapping[str, float | None], weights: Weights = WEIGHTS["published"]) -> Score:
    """The index from up to 14 ratios (wage as a number from 0 to 1). A key that is absent or None is missing.

    Raises ValueError for a negative ratio, a wage over 1, an unknown key, or weights that are not positive numbers
    for all fourteen indicators.
    """
    return scores([ratios], weights)[0]


def scores(rows: Iterable[Mapping[str, float | None]], weights: Weights = WEIGHTS["published"]) -> list[Score]:
    """`score` of many economies; the weights are looked at once."""
    checked(weights)
    plan = [(one.key, SUBINDEXES.index(one.subindex), one.benchmark, weights[one.key]) for one in INDICATORS]
    return [_score(ratios, plan) for ratios in rows]


def _score(ratios: Mapping[str, float | None], plan: Sequence[tuple[str, int, float, float]]) -> Score:
    found: dict[str, float | None] = {}
    sums, shares = [0.0] * len(SUBINDEXES), [0.0] * len(SUBINDEXES)
    used = 0
    for key, subindex, benchmark, weight in plan:
        ratio = ratios.get(key)
        if ratio is None:
            found[key] = None
            continue
        if not 0 <= ratio < _ENDLESS or (key == "wage" and ratio > 1):
            raise ValueError(f"{key}: {ratio} is not a ratio from 0 on (wage, the survey's value / 7, is at most 1)")
        value = found[key] = benchmark if ratio > benchmark else ratio
        sums[subindex] += weight * value
        shares[subindex] += weight
        used += 1
    if used < len(ratios) and ratios.keys() - BY_KEY.keys():
        raise ValueError(f"unknown indicator: {', '.join(sorted(ratios.keys() - BY_KEY.keys()))}")
    values = [total / share if share else None for total, share in zip(sums, shares, strict=True)]
    subindexes = dict(zip(SUBINDEXES, values, strict=True))
    return Score(found, subindexes, aggregate(subindexes), used)


def aggregate(subindexes: Mapping[str, float | None]) -> float | None:
    """The overall score: the plain mean of the four unrounded subindexes; None when one is missing."""
    total = 0.0
    for name in SUBINDEXES:
        value = subindexes.get(name)
        if value is None:
            return None
        total += value
    return total / len(SUBINDEXES)


def checked(weights: Weights) -> Weights:
    """The weights, when there is a positive one for each of the fourteen indicators; ValueError otherwise."""
    if weights.keys() != BY_KEY.keys() or not all(0 < weight < float("inf") for weight in weights.values()):
        raise ValueError("weights are positive numbers for each of " + ", ".join(KEYS))
    return weights


def highest(subindex: str = "", weights: Weights = WEIGHTS["published"]) -> float:
    """The highest score that can be reached, of one subindex or overall: 0.9796 for health, 0.9949 overall."""
    best = score({one.key: one.benchmark for one in INDICATORS}, weights)
    value = best.subindexes[subindex] if subindex else best.overall
    assert value is not None  # all fourteen are there
    return value


def ranks(scores: Sequence[float | None]) -> list[int | None]:
    """The place of each score, 1 for the highest; scores within 1e-9 of the best of their place share it.

    The next place counts everybody before it (1, 1, 3). None has no place.
    """
    places: list[int | None] = [None] * len(scores)
    ordered = sorted(((value, index) for index, value in enumerate(scores) if value is not None), reverse=True)
    place, best = 0, float("inf")
    for number, (value, index) in enumerate(ordered, start=1):
        if best - value > SAME_SCORE:
            place, best = number, value
        places[index] = place
    return places


def weighted_means(rows: Iterable[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    """Means of each name over economies, weighted by population. [({name: value}, people)] → {name: mean}.

    Every mapping has the same names. Empty when there is nobody to weigh.
    """
    sums: dict[str, float] = {}
    people = 0.0
    for values, weight in rows:
        people += weight
        for name, value in values.items():
            sums[name] = sums.get(name, 0.0) + value * weight
    return {name: total / people for name, total in sums.items()} if people else {}
