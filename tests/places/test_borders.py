"""The map of the world: which areas it has, and that they lie where they should."""

from __future__ import annotations

import re

import pytest

from impact.places.borders import world_map
from impact.places.countries import all_countries


def corners(path: str) -> list[tuple[float, float]]:
    """The corners of the first ring of a relative path."""
    start, _, rest = path.removeprefix("M").partition("z")[0].partition("l")
    found = [tuple(float(number) for number in re.findall(r"-?\d+", start))]
    steps = [float(number) for number in re.findall(r"-?\d+", rest)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        found.append((found[-1][0] + dx, found[-1][1] + dy))
    return found  # type: ignore[return-value]


def holds(path: str, x: float, y: float) -> bool:
    """Whether a place lies within the largest ring."""
    ring = corners(path)
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def test_every_member_of_the_united_nations_has_an_area_or_a_point() -> None:
    drawn = {*world_map().areas, *world_map().points}
    assert [country.iso3 for country in all_countries() if country.is_un_member and country.iso3 not in drawn] == []


def test_small_states_have_a_point() -> None:
    assert {"SGP", "MLT", "BHR", "MDV", "BRB", "MUS", "CPV", "LUX", "SMR", "TUV"} <= set(world_map().points)
    assert not {"IND", "ISL", "RWA", "JPN"} & set(world_map().points)


def test_areas_of_open_status_are_shown_apart_as_the_united_nations_do() -> None:
    """Jammu and Kashmir, the Aksai Chin and Arunachal are nobody's on this map; Kosovo is within Serbia."""
    assert {code for code in world_map().areas if code.startswith("X")} == {"XAC", "XAP", "XHT", "XIT", "XJK", "XBT"}


@pytest.mark.parametrize(
    ("place", "x", "y", "code"),
    [
        ("the middle of Crimea", 5582, 816, "UKR"),
        ("Laayoune", 4467, 1396, "ESH"),
        ("Kigali", 5601, 2420, "RWA"),
        ("the middle of Iceland", 4437, 311, "ISL"),
        ("the Golan", 5680, 1200, "SYR"),
    ],
)
def test_a_place_lies_in_its_area(place: str, x: float, y: float, code: str) -> None:
    assert holds(world_map().areas[code], x, y), place
    assert [other for other, path in world_map().areas.items() if other != code and holds(path, x, y)] == []


def test_everything_lies_on_the_sheet() -> None:
    width, height = world_map().width, world_map().height
    assert (width, height) == (9600, 4700)
    for code, path in world_map().areas.items():
        assert all(0 <= x <= width and 0 <= y <= height for x, y in corners(path)), code
    assert all(0 <= x <= width and 0 <= y <= height for x, y in world_map().points.values())
