"""The map as a chart: classes, hatches and points, on the web and on paper."""

from __future__ import annotations

from xml.etree import ElementTree

from impact.charts import MapChart, draw, frames, paper, web
from impact.charts.palette import GAPS
from impact.charts.world import shade

SMALL = MapChart(
    title="Two of four areas have data",
    width=9600,
    height=4700,
    outline="M0 0H9600V4700H0z",
    areas={"AAA": "M0 0h9v9z", "BBB": "M20 0h9v9z", "CCC": "M40 0h9v9z", "XAA": "M60 0h9v9z"},
    points={"BBB": (500, 600), "DDD": (700, 600), "EEE": (900, 600)},
    classes={"AAA": 0, "BBB": 1},
    number=2,
    hollow=frozenset({"DDD"}),
    apart=frozenset({"XAA"}),
)


def shapes() -> dict[str, str]:
    return {shape.role: shape.d for shape in draw(SMALL, frames.MAP).shapes}


def test_two_classes_take_the_lightest_and_the_darkest_shade() -> None:
    assert shapes()["gap-0"] == "M0 0h9v9z"
    assert shapes()["gap-4"] == "M20 0h9v9z"
    assert [shade(one, 5) for one in range(5)] == [0, 1, 2, 3, 4]
    assert [shade(one, 3) for one in range(3)] == [0, 2, 4]
    assert shade(0, 1) == 2


def test_an_area_without_data_is_hatched_and_one_apart_has_a_look_of_its_own() -> None:
    assert shapes()["no-data"] == "M40 0h9v9z"
    assert shapes()["apart"] == "M60 0h9v9z"


def test_points_are_drawn_over_the_areas_and_only_named_ones_without_data() -> None:
    assert list(shapes()) == ["sea", "no-data", "apart", "gap-0", "gap-4", "hollow", "gap-4 point"]
    assert shapes()["gap-4 point"] == "M464 600a36 36 0 1 0 72 0a36 36 0 1 0 -72 0Z"
    assert shapes()["hollow"].startswith("M664 600")


def test_the_web_names_its_hatch_and_colours_by_token() -> None:
    figure = web.figure(SMALL, "world")
    assert 'viewBox="0 0 9600 4700"' in figure.markup
    assert 'patternTransform="rotate(45) scale(10)"' in figure.markup
    assert ".world-0 .no-data" in figure.css
    assert "url(#world-0-hatch)" in figure.css
    assert "#" not in figure.markup.replace('id="world-0-hatch"', "")


def test_paper_has_the_same_shapes_with_looks_of_their_own() -> None:
    svg = ElementTree.fromstring(paper.svg(SMALL))
    assert (svg.get("width"), svg.get("viewBox")) == ("470.6pt", "0 0 9600 4700")
    paths = svg.findall("{http://www.w3.org/2000/svg}path")
    assert [path.get("fill") for path in paths] == [
        "#FFFFFF", "url(#no-data)", "url(#no-data)", "#FAE9CC", "#6C3A00", "#FFFFFF", "#6C3A00",
    ]  # fmt: skip


def lightness(colour: str) -> float:
    """CIE L* of a colour: how light it is in grey print, and for eyes that do not tell colours apart."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16


def test_the_shades_differ_in_lightness_alone() -> None:
    found = [lightness(colour) for colour in GAPS]
    assert [round(one) for one in found] == [93, 79, 64, 47, 30]
    assert all(lighter - darker >= 13 for lighter, darker in zip(found, found[1:], strict=False))
