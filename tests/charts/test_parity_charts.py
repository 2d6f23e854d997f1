"""Bars against parity: where they end, what is missing, what is cut, and right to left."""

from __future__ import annotations

from impact.charts import ParityChart, ParityRow, draw, frames, paper, web
from impact.charts.parity import wrapped


def chart(*rows: ParityRow, rtl: bool = False) -> ParityChart:
    return ParityChart("Ratios", rows, rtl)


HALF = ParityRow("Half", 0.6, 1.0, "0.600")


def shape(drawn: ParityChart, role: str) -> str:
    drawing = draw(drawn, frames.PARITY)
    return next((one.d for one in drawing.shapes if one.role == role), "")


def test_a_bar_ends_at_its_ratio_and_the_gap_at_the_benchmark() -> None:
    # The sheet is 556 wide from 2, for 1.2: 0.6 is at 280, 1 at 465.33.
    assert shape(chart(HALF), "bar-now").startswith("M2 ")
    assert "H280" in shape(chart(HALF), "bar-now")
    assert shape(chart(HALF), "bar-gap").startswith("M280 ")
    assert shape(chart(HALF), "benchmark").startswith("M465.3")


def test_what_is_missing_is_hatched_and_a_zero_is_a_whole_gap() -> None:
    missing = chart(ParityRow("Missing", None, 1.0, "no data"))
    assert shape(missing, "no-data") and not shape(missing, "bar-now") and not shape(missing, "bar-gap")
    zero = chart(ParityRow("Zero", 0.0, 1.0, "0.000"))
    assert shape(zero, "bar-gap") and not shape(zero, "bar-now") and not shape(zero, "no-data")


def test_a_ratio_over_its_benchmark_has_no_gap_and_is_cut_at_the_sheet() -> None:
    over = chart(ParityRow("Over", 6.66, 1.0, "6.660"))
    assert "H558" in shape(over, "bar-now") and not shape(over, "bar-gap")


def test_right_to_left_it_is_mirrored() -> None:
    assert shape(chart(HALF, rtl=True), "bar-now").startswith("M280 ")
    labels = draw(chart(HALF, rtl=True), frames.PARITY).labels
    assert [(one.text, one.x, one.anchor) for one in labels] == [("Half", 558, "end"), ("0.600", 2, "start")]


def test_a_long_name_stands_on_several_lines_and_the_sheet_grows() -> None:
    assert wrapped("one two three", 10, 40) == ["one two", "three"]
    long = ParityRow("Women among legislators, senior officials and managers of every kind", 0.5, 1.0, "0.500")
    assert draw(chart(long), frames.PARITY_NARROW).frame.height > draw(chart(HALF), frames.PARITY_NARROW).frame.height


def test_web_and_paper_draw_the_same_definition() -> None:
    drawn = chart(HALF, ParityRow("Missing", None, 1.0, "no data"))
    figure = web.figure(drawn, "p")
    assert figure.markup.count("<svg") == 2
    assert 'class="benchmark"' in figure.markup
    printed = paper.svg(drawn)
    assert "0.600" in printed and "url(#no-data)" in printed
