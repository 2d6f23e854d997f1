"""The borders of the world as SVG paths, for maps. Pure: one file, read once (how it was cut: cut_world_map.mjs).

Equal Earth projection, true to area. Areas whose status is open are shown apart, as the United Nations do (codes that
begin with X; Kosovo is drawn within Serbia, as in the source).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MAP_FILE = Path(__file__).with_name("world_map.json")


@dataclass(frozen=True)
class WorldMap:
    """`areas`: {ISO 3166 alpha-3 or X-code: path}; `points`: where an area too small to see has its point.

    Paths and points are in units of the sheet: `width` × `height`, with y downwards.
    """

    width: int
    height: int
    outline: str
    areas: Mapping[str, str]
    points: Mapping[str, tuple[int, int]]

    @property
    def apart(self) -> frozenset[str]:
        """Areas whose status is open: they belong to no country of the list."""
        return frozenset(code for code in self.areas if code.startswith("X"))


@lru_cache(maxsize=1)
def world_map() -> WorldMap:
    """The map that ships."""
    read = json.loads(MAP_FILE.read_text(encoding="utf-8"))
    return WorldMap(
        read["width"],
        read["height"],
        read["outline"],
        read["areas"],
        {code: (x, y) for code, (x, y) in read["points"].items()},
    )
