"""How often the 80 % band of the forecast holds the observed value, and the limits found by simulation.

`python -m bench.forecast_coverage` prints the coverage with unrelated and with related (AR 0.3) errors; with `--limits`
for more numbers of points and years ahead, and the F that one unbroken series in a hundred exceeds (BREAK).
"""

from __future__ import annotations

import random
import sys
from math import sqrt

from impact.progress.forecast import break_strength, fitted
from impact.progress.student import quantile

RELATED = 0.3


def series(draw: random.Random, n: int, related: float) -> list[float]:
    """n errors of spread 1 in a row, each leaning on the one before."""
    errors = [draw.gauss(0, 1)]
    while len(errors) < n:
        errors.append(related * errors[-1] + sqrt(1 - related**2) * draw.gauss(0, 1))
    return errors


def strays(n: int, ahead: int, related: float, runs: int, seed: int) -> list[float]:
    """How far the observed value lay from the line, in half-widths of the band as it is now."""
    draw = random.Random(seed)
    xs = [float(x) for x in range(n)]
    due = float(n - 1 + ahead)
    found = []
    for _ in range(runs):
        errors = series(draw, n + ahead, related)
        line = fitted(xs, [20 + 2 * x + e for x, e in zip(xs, errors[:n], strict=True)], due)
        observed = 20 + 2 * due + errors[-1]
        found.append(abs(observed - line.at_due) / (line.spread * quantile(0.9, n - 2)))
    return found


def coverage(n: int, ahead: int, related: float, runs: int = 2000, seed: int = 1) -> float:
    return sum(stray <= 1 for stray in strays(n, ahead, related, runs, seed)) / runs


def break_limit(n: int, runs: int = 20000, seed: int = 1) -> float:
    draw = random.Random(seed)
    xs = [float(x) for x in range(n)]
    return sorted(break_strength(xs, series(draw, n, RELATED)) for _ in range(runs))[int(runs * 0.99)]


def main() -> None:
    """The row of `make bench`."""
    for n in (3, 4, 5, 8):
        for related in (0.0, RELATED):
            shares = [f"{ahead} ahead {coverage(n, ahead, related):.1%}" for ahead in (1, 3, 5)]
            print(f"forecast: {n} points, AR {related}: within the 80 % band {', '.join(shares)}")


def limits() -> None:
    """The wide table behind WIDER and BREAK."""
    print("points, years ahead: share within the band with unrelated, with related errors")
    for n in range(3, 15):
        for ahead in (1, 2, 3, 5, 10):
            print(n, ahead, *(f"{coverage(n, ahead, related, 8000, 7):.3f}" for related in (0.0, RELATED)))
    for n in range(6, 13):
        print("break limit", n, round(break_limit(n), 1))


if __name__ == "__main__":
    limits() if "--limits" in sys.argv else main()
