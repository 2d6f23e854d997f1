"""A drawing: shapes with a role each, and labels with a place each. Renderers give roles their looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Frame:
    """The sheet to draw on, in units of one CSS pixel (web) or one point (paper).

    `left`, `right`, `top`, `bottom` are the margins kept for labels; `text` is the label size. `dot` is the
    radius of a reported figure; `gap` the distance from a mark to its label. `words` says whether words may stand
    at the ends of lines; on paper they stand in the margin column instead. `unit` is how many units of a finely drawn
    sheet make one pixel or point.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    text: float
    dot: float
    gap: float
    words: bool = True
    unit: float = 1.0

    @property
    def plot_right(self) -> float:
        return self.width - self.right

    @property
    def plot_bottom(self) -> float:
        return self.height - self.bottom


@dataclass(frozen=True)
class Shape:
    """One SVG path and what it stands for ("target", "reported", …)."""

    role: str
    d: str


@dataclass(frozen=True)
class Label:
    """A text at a place, vertically centred on `y`. `number` tells digits from words, `strong` what is set bold."""

    role: str
    text: str
    x: float
    y: float
    anchor: Anchor = "middle"
    strong: bool = False
    number: bool = True


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn, back to front. `axis_start` is the value at the foot of the axis, None without one."""

    frame: Frame
    title: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    axis_start: float | None = None


def n(value: float) -> str:
    """A coordinate, to a tenth of a unit, without a needless zero."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def line(*points: tuple[float, float]) -> str:
    """An open path through the points."""
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)


def dot(x: float, y: float, r: float) -> str:
    """A circle as a path, so that all circles of a kind are one element."""
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0Z"


def square(x: float, y: float, r: float) -> str:
    """A square of half-width r round a point."""
    return f"M{n(x - r)} {n(y - r)}h{n(2 * r)}v{n(2 * r)}h{n(-2 * r)}Z"


def cross(x: float, y: float, r: float) -> str:
    """Two strokes through a point."""
    return f"M{n(x - r)} {n(y - r)}l{n(2 * r)} {n(2 * r)}M{n(x + r)} {n(y - r)}l{n(-2 * r)} {n(2 * r)}"


def box(left: float, top: float, right: float, bottom: float) -> str:
    """A filled rectangle."""
    return f"M{n(left)} {n(top)}H{n(right)}V{n(bottom)}H{n(left)}Z"


def text_width(text: str, size: float, strong: bool = False) -> float:
    """About how wide a text runs, in the units of its size: enough to keep labels apart."""
    return len(text) * size * (0.56 if strong else 0.52)


@dataclass
class Placer:
    """Puts labels where they cover neither each other nor what was reserved; drops those that may be dropped."""

    frame: Frame
    labels: list[Label] = field(default_factory=list)
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def extent(self, label: Label) -> tuple[float, float, float, float]:
        width = text_width(label.text, self.frame.text, label.strong)
        half = self.frame.text * 0.6
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        return left, label.y - half, left + width, label.y + half

    def free(self, place: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = place
        return not any(left < r and right > x and top < b and bottom > t for x, t, r, b in self.taken)

    def reserve(self, left: float, top: float, right: float, bottom: float) -> None:
        self.taken.append((left, top, right, bottom))

    def reserve_line(self, points: list[tuple[float, float]]) -> None:
        """Keep labels off a line, by small squares along it."""
        for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
            pieces = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / 4))
            for i in range(pieces + 1):
                x, y = x1 + (x2 - x1) * i / pieces, y1 + (y2 - y1) * i / pieces
                self.reserve(x - 0.7, y - 0.7, x + 0.7, y + 0.7)

    def put(self, candidates: Iterable[Label], *, needed: bool = False) -> bool:
        """Take the first candidate that is free and inside the sheet; a needed one is put at its first place anyway."""
        options = list(candidates)
        for label in options:
            left, top, right, bottom = self.extent(label)
            inside = left >= -1 and right <= self.frame.width + 1 and top >= -1 and bottom <= self.frame.height + 1
            if inside and self.free((left, top, right, bottom)):
                self.labels.append(label)
                self.reserve(left, top, right, bottom)
                return True
        if needed and options:
            self.labels.append(options[0])
            self.reserve(*self.extent(options[0]))
            return True
        return False


def spread(heights: list[float], least: float, top: float, bottom: float) -> list[float]:
    """Move the heights apart until neighbours are at least `least` away, as little as it takes; order is kept."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [heights[i] for i in order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + least)
    if placed and placed[-1] > bottom:
        placed[-1] = bottom
        for i in range(len(placed) - 2, -1, -1):
            placed[i] = min(placed[i], placed[i + 1] - least)
    if placed and placed[0] < top:
        placed[0] = top
        for i in range(1, len(placed)):
            placed[i] = max(placed[i], placed[i - 1] + least)
    result = [0.0] * len(heights)
    for rank, i in enumerate(order):
        result[i] = placed[rank]
    return result
