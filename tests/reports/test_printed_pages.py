"""The pages of the report as a reader turns them: none nearly empty, no head left alone, spreads that lie open."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import page as page_validation
import pypdf
import pytest

from reports import fit, render
from reports.contents import numbered
from reports.sections import annex
from reports.sections import commitment as promises
from reports.snapshot_types import Snapshot
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.variant_snapshots import VARIANTS

#: Everything at the foot of the type area, in pixels of the layout: 297 mm less 25 mm.
FOOT = 272 * 96 / 25.4
TOP = 30 * 96 / 25.4


@lru_cache
def printed(name: str, language: str) -> tuple[bytes, Any]:
    """The PDF, and the layout it was made from."""
    snapshot = {"sample": SAMPLE, **VARIANTS}[name]
    kept = []
    lay_out = render.layout

    def layout(html: str, w: Words, numerals: str) -> Any:
        kept.append(lay_out(html, w, numerals))
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "layout", layout)
        pdf = render.printed(snapshot, language)
    # The last of whole reports: after it, the contents alone may have been set anew.
    return pdf, [one for one in kept if len(one.pages) > len(render.FRONT)][-1]


def boxes(page: Any) -> list[tuple[str, float, float]]:
    """(tag, top, bottom) of every line of text, drawing and block on a page, without its head and foot."""
    found = []

    def walk(box: Any) -> None:
        for child in getattr(box, "children", ()):
            kind = type(child).__name__
            if kind in {"LineBox", "BlockReplacedBox", "InlineReplacedBox"}:
                found.append((child.element_tag or "", child.position_y, child.position_y + child.height))
            if kind != "MarginBox":
                walk(child)

    walk(page._page_box)
    return sorted(found, key=lambda one: one[2])


def depth(page: Any) -> float:
    """How much of the type area is used, from 0 to 1."""
    found = boxes(page)
    return (found[-1][2] - TOP) / (FOOT - TOP) if found else 0.0


CASES = [
    ("sample", "ar", 16),
    ("five", "ar", 18),
    ("nothing_yet", "en", 9),
    ("many_targets", "en", 25),
    ("long_words", "en", 24),
]


@pytest.mark.parametrize(("name", "language", "count"), CASES)
def test_reports_of_every_size_have_full_pages_and_true_spreads(name: str, language: str, count: int) -> None:
    snapshot = {"sample": SAMPLE, **VARIANTS}[name]
    pdf, document = printed(name, language)
    assert len(document.pages) == count
    # A page left white so that a spread opens on a left page is meant; a page with a line or two on it is not.
    used = [depth(page) for page in document.pages]
    assert [number for number, part in enumerate(used, start=1) if 0 < part < 0.2] == []
    white = [number for number, part in enumerate(used, start=1) if part == 0]
    assert all(number % 2 for number in white)
    assert len(white) <= (2 if name in {"many_targets", "long_words"} else 0)
    pages = render.found_pages(document)
    starts = [pages[item.anchor] for item in numbered(snapshot)]
    assert [start % 2 for start in starts] == [0] * len(starts)
    if name not in {"many_targets", "long_words"}:
        # Two pages each, and the next begins on the third.
        assert [*starts, pages["method"]] == [starts[0] + 2 * i for i in range(len(starts) + 1)]
    # No heading is the last thing on its page.
    last = [found[-1][0] for page in document.pages if (found := boxes(page))]
    assert [tag for tag in last if tag in {"h1", "h2", "h3", "caption"}] == []
    report = page_validation.validate_pdf_bytes(pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_contents_whose_numbers_were_guessed_wrong_are_set_anew_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    right, _ = printed("nothing_yet", "en")
    snapshot = VARIANTS["nothing_yet"]
    guess = {anchor: page + 2 for anchor, page in render.first_pages(snapshot, Words("en")).items()}
    monkeypatch.setattr(render, "first_pages", lambda snapshot, w: guess)
    laid_out = []
    lay_out = render.layout

    def layout(html: str, w: Words, numerals: str) -> Any:
        laid_out.append(lay_out(html, w, numerals))
        return laid_out[-1]

    monkeypatch.setattr(render, "layout", layout)
    assert render.printed(snapshot, "en") == right
    assert [len(document.pages) for document in laid_out] == [9, 2]


def test_a_white_page_has_no_running_head() -> None:
    pdf, document = printed("many_targets", "en")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    white = [i for i, page in enumerate(document.pages) if depth(page) == 0]
    assert white
    for i in white:
        foot = "Draft, not sealed · Demonstration data.*"
        assert re.fullmatch(rf"\s*(\d+\s+{foot}|{foot}\d+\s*)", reader.pages[i].extract_text())


def test_a_target_that_runs_over_its_spread_is_set_smaller() -> None:
    pages = {"target-1": 6, "target-2": 10, "target-3": 12, "target-4": 22, "method": 24}
    assert render.overfull(SAMPLE, pages) == {"target-1"}


LEFT = fit.LeftPage(
    title="More women among full professors",
    kicker="",
    sentence="Raise the share of women among full professors from 24.1 per cent to 33 per cent by 31 July 2029",
    rule="Ratio 0.94. Slightly behind from 0.60, on track from 0.95.",
    notes=(),
    key=("Women among full professors", "Per cent, on 31 July of each year", "Reported", "Path to the target"),
    caption="Figures per year Full professors with a permanent contract",
    rows=5,
    table_notes=(),
)


def test_a_chart_takes_what_a_short_table_leaves_and_no_more_than_looks_well() -> None:
    assert fit.room(LEFT).chart == 236.0


def test_a_long_table_lowers_the_chart_before_it_loses_rows() -> None:
    middle, long = fit.room(replace(LEFT, rows=14)), fit.room(replace(LEFT, rows=40))
    assert middle.chart is not None and 140.0 <= middle.chart < 236.0
    assert middle.rows >= 14
    assert long.chart is not None and 140.0 <= long.chart < 155.0
    assert 14 < long.rows < 20


def rows_of(snapshot: Snapshot, language: str) -> list[list[tuple[str, int]]]:
    """Of each target in the annex, its lines as (text, columns)."""
    w = Words(language)
    return [line["cells"] for item in numbered(snapshot) for line in annex.lines(item.target, snapshot, w)]


def test_a_number_of_the_annex_keeps_to_its_column_in_every_direction() -> None:
    """Flush right in a cell that spans columns, an Arabic number would stand under the wrong head."""
    for language in ("en", "ar"):
        rows = rows_of(SAMPLE, language)
        assert {sum(span for _text, span in row) for row in rows} == {4}
        assert [
            text for row in rows if len(row) > 1 for text, span in row if span > 1 and any(map(str.isdigit, text))
        ] == []
    assert rows_of(SAMPLE, "en")[4] == [("", 3), ("33.0", 1)]


def test_what_is_too_tall_for_a_page_is_cut_into_groups_with_a_head_each() -> None:
    line = {
        "day": "31 July 2023",
        "what": "a step with a name that takes more than one line " * 3,
        "cells": [],
        "looks": "",
    }
    groups = annex.pieces([line] * 30)
    assert sum(map(len, groups)) == 30
    assert [len(group) for group in groups] == [5, 5, 5, 5, 5, 5]
    assert annex.pieces([line] * 3) == [[line] * 3]


def test_what_is_told_of_a_target_stands_together_where_its_page_has_room() -> None:
    """On the right page, in the size of all text; the left takes some of it only where the right is full."""
    short = promises.spread(numbered(SAMPLE)[2], SAMPLE, Words("en"), is_squeezed=False)
    assert (short["promised_left"], short["about_left"], short["is_tight"]) == (False, False, False)
