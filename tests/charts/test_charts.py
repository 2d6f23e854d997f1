"""Charts: one definition, geometry computed once, the same marks on the web and on paper."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from impact.charts import (
    BarsChart,
    Figure,
    Goal,
    MilestoneChart,
    PathChart,
    Spark,
    StackChart,
    StackRow,
    Step,
    Words,
    draw,
    frames,
    marks,
    paper,
    web,
)
from impact.charts.bars import sums
from impact.charts.drawing import Drawing, spread
from impact.charts.scale import ticks


def figure(year: int, value: str | None) -> Figure:
    return Figure(date(year, 7, 31), None if value is None else Decimal(value))


BASELINE = figure(2022, "24.1")
PROFESSORS = PathChart(
    title="Women among full professors rose from 24.1 to 28.2 per cent",
    baseline=BASELINE,
    target=Goal(date(2028, 7, 31), Decimal(33)),
    figures=(figure(2023, "24.9"), figure(2024, None), figure(2025, "27.2"), figure(2026, "28.2")),
    milestones=(Goal(date(2026, 7, 31), Decimal(30)),),
    original=Goal(date(2027, 7, 31), Decimal(33)),
    words=Words(target="Target", original="Original target"),
)


def roles(drawing: Drawing) -> list[str]:
    return [shape.role for shape in drawing.shapes]


def shape(drawing: Drawing, role: str) -> str:
    return next(s.d for s in drawing.shapes if s.role == role)


def test_a_path_is_drawn_back_to_front() -> None:
    assert roles(draw(PROFESSORS, frames.WIDE)) == [
        "grid",
        "axis",
        "year-mark",
        "patch",
        "original",
        "original-end",
        "target",
        "milestone",
        "target-end",
        "missing",
        "reported",
        "reported-dots",
    ]


def test_a_year_not_measured_breaks_the_line_and_leaves_a_cross() -> None:
    drawing = draw(PROFESSORS, frames.WIDE)
    assert shape(drawing, "reported").count("M") == 2
    assert shape(drawing, "reported-dots").count("M") == 4
    assert shape(drawing, "missing").count("M") == 2  # the two strokes of one cross


def test_the_path_to_the_target_runs_through_the_milestones() -> None:
    drawing = draw(PROFESSORS, frames.PAPER)
    assert shape(drawing, "target").count("L") == 2


def test_the_geometry_of_a_small_path_is_known_to_the_tenth() -> None:
    chart = PathChart("t", figure(2020, "20"), Goal(date(2021, 12, 31), Decimal(30)), (figure(2021, "25"),))
    drawing = draw(chart, frames.PAPER)
    assert shape(drawing, "target") == "M119.8 131.2L329.4 29.4"
    assert shape(drawing, "reported") == "M119.8 131.2L267.5 80.3"
    assert drawing.axis_start == 16


def test_time_runs_left_to_right_and_values_upwards() -> None:
    drawing = draw(PROFESSORS, frames.NARROW)
    years = [label for label in drawing.labels if label.role == "year"]
    assert [y.x for y in years] == sorted(y.x for y in years)
    assert [y.text for y in years] == sorted(y.text for y in years)
    values = [label for label in drawing.labels if label.role == "tick"]
    assert [v.y for v in values] == sorted((v.y for v in values), reverse=True)


def test_without_a_baseline_only_the_target_itself_is_drawn() -> None:
    chart = PathChart("t", None, Goal(date(2020, 12, 31), Decimal(30)), (figure(2018, None),))
    assert roles(draw(chart, frames.WIDE)) == ["grid", "axis", "year-mark", "target-end", "missing"]


@pytest.mark.parametrize("frame", [frames.WIDE, frames.NARROW, frames.PAPER, frames.PAPER_NO_GUTTER])
def test_no_label_covers_another(frame: frames.Frame) -> None:
    chart = PROFESSORS
    drawing = draw(chart, frame)
    boxes = []
    for label in drawing.labels:
        width = len(label.text) * frame.text * 0.45
        left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
        boxes.append((label, left, left + width, label.y - frame.text * 0.45, label.y + frame.text * 0.45))
    for i, (a, left, right, top, bottom) in enumerate(boxes):
        for b, left2, right2, top2, bottom2 in boxes[i + 1 :]:
            assert not (left < right2 and right > left2 and top < bottom2 and bottom > top2), (a, b)


def test_bars_start_at_zero_and_stand_on_what_came_before() -> None:
    chart = BarsChart(
        "count",
        figure(2023, "0"),
        Goal(date(2028, 7, 31), Decimal(12000)),
        (figure(2024, "2140"), figure(2025, "2725")),
    )
    drawing = draw(chart, frames.WIDE)
    assert drawing.axis_start == 0
    assert shape(drawing, "bar-before").count("M") == 1
    assert shape(drawing, "bar-now").count("M") == 2
    assert [(s.before, s.total) for s in sums(chart.baseline, chart.figures)] == [(0, 2140), (2140, 4865)]


def test_a_sum_with_a_missing_period_is_said_to_be_at_least_that() -> None:
    words = Words(at_least=lambda text: f"at least {text}")
    chart = BarsChart(
        "count", None, Goal(date(2028, 7, 31), Decimal(100)), (figure(2024, None), figure(2025, "7")), words=words
    )
    assert "at least 7" in [label.text for label in draw(chart, frames.WIDE).labels]


def test_withheld_parts_share_one_hatch_without_a_number() -> None:
    chart = StackChart("who", (StackRow("2026", (118, 287, None, None), 418),))
    drawing = draw(chart, frames.STACK)
    assert roles(drawing) == ["women", "men", "withheld"]
    assert [label.text for label in drawing.labels] == ["2026", "118", "287", "418"]


def test_a_stack_fills_from_the_inline_start() -> None:
    row = StackRow("2026", (1, 3, 0, 0), 4)
    left = draw(StackChart("who", (row,)), frames.STACK)
    right = draw(StackChart("who", (row,), rtl=True), frames.STACK)
    assert shape(left, "women").startswith("M64 ")
    assert shape(right, "women").startswith("M526 ")
    assert "H679" in shape(right, "women")


def test_a_deliverable_shows_done_late_and_coming_steps() -> None:
    steps = (Step(date(2023, 9, 1), date(2023, 10, 2)), Step(date(2025, 3, 1)), Step(date(2026, 12, 1)))
    chart = MilestoneChart("d", date(2023, 1, 1), date(2027, 12, 31), date(2026, 7, 31), steps)
    found = roles(draw(chart, frames.TIMELINE))
    assert found[-4:] == ["step-done", "step-late", "step-ahead", "deliverable-end"]


def test_a_spark_keeps_lines_and_ends_and_says_nothing() -> None:
    drawing = draw(Spark(PROFESSORS), frames.SPARK)
    assert roles(drawing) == [
        "axis",
        "original",
        "original-end",
        "target",
        "target-end",
        "reported",
        "reported-dots",
    ]
    assert shape(drawing, "reported-dots").count("M") == 1
    assert drawing.labels == ()


@pytest.mark.parametrize(
    ("values", "limits", "expected"),
    [
        ([24.1, 33], (0.0, 100.0), (20, 24, 28, 32, 36)),
        ([2, 33], (0.0, 100.0), (0, 10, 20, 30, 40)),
        ([97, 100], (0.0, 100.0), (96, 97, 98, 99, 100)),
        ([-3, 8], (None, None), (-4, 0, 4, 8, 12)),
        ([5, 5], (None, None), (0, 2, 4, 6)),
        ([], (None, None), (0, 0.4, 0.8, 1.2)),
    ],
)
def test_ticks_are_few_round_and_enclose_the_values(values: list[float], limits: tuple, expected: tuple) -> None:
    assert ticks(values, limits=limits) == expected


def test_labels_are_moved_apart_as_little_as_it_takes() -> None:
    assert spread([10, 12, 40], 8, 0, 100) == [10, 18, 40]
    assert spread([95, 97], 8, 0, 100) == [92, 100]


def test_the_web_chart_holds_no_style_attribute_and_no_text_in_its_svg() -> None:
    drawn = web.figure(PROFESSORS, "chart-1")
    assert "style=" not in drawn.markup
    assert "<text" not in drawn.markup
    classes = set(re.findall(r"(chart-1-\d-\d+)", drawn.markup))
    assert classes == set(re.findall(r"\.(chart-1-\d-\d+)\{", drawn.css))
    assert "<title>Women among full professors rose from 24.1 to 28.2 per cent</title>" in drawn.markup


def test_texts_are_literal_on_the_web_and_on_paper() -> None:
    words = Words(target='<img src="x">', value=lambda v: f"<b>{v}")
    chart = PathChart("</title><script>", BASELINE, Goal(date(2028, 7, 31), Decimal(33)), words=words)
    for markup in (web.figure(chart, "c").markup, paper.svg(chart)):
        assert "<script" not in markup and "<img" not in markup and "<b>" not in markup


def test_the_style_block_carries_the_nonce_of_the_page() -> None:
    block = web.style_block([web.figure(PROFESSORS, "c")], "abc")
    assert block.startswith('<style nonce="abc">') and ".c-0-0{left:" in block


def test_the_web_markup_of_a_spark_is_as_agreed() -> None:
    chart = PathChart("t", figure(2020, "20"), Goal(date(2021, 12, 31), Decimal(30)), (figure(2021, "25"),))
    assert web.figure(Spark(chart), "s").markup == (
        '<div class="chart s-0 chart-spark" dir="ltr"><svg viewBox="0 0 176 64" aria-hidden="true">'
        '<path class="axis" d="M6 56L168 56"/><path class="target" d="M53 44L167.8 14"/>'
        '<path class="target-end" d="M163.6 9.8h8.4v8.4h-8.4Z"/><path class="reported" d="M53 44L133.9 29"/>'
        '<path class="reported-dots" d="M130.4 29a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z"/></svg></div>'
    )


def test_paper_charts_are_well_formed_and_hold_only_numbers() -> None:
    root = ElementTree.fromstring(paper.svg(PROFESSORS))
    texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "28.2" in texts and "Target" not in " ".join(t or "" for t in texts)


def test_direction_marks_are_not_drawn_as_glyphs() -> None:
    chart = PathChart("t", BASELINE, None, (figure(2023, "25"),), words=Words(value=lambda v: f"\u200e{v}%\u200e"))
    assert "\u200e" not in paper.svg(chart)


def test_every_status_has_a_mark_of_its_own_and_a_colour() -> None:
    assert set(marks.MARKS) == set(marks.INKS)
    assert len(set(marks.MARKS.values())) == 9
    assert "scale(-1 1)" in marks.svg("moving_away", rtl=True)
    assert "scale(-1 1)" not in marks.svg("reached", rtl=True)
