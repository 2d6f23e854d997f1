"""The loops of the engine that are said in fewer steps: what they print is what the engine prints."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pydyf
import pypdf
import pytest
import weasyprint

from reports import quicker, render, sheets
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE


@pytest.fixture
def the_engine_as_it_is() -> Iterator[None]:
    quicker.slow_down()
    yield
    quicker.quicken()


def contents(pdf: bytes) -> list[bytes]:
    """What is drawn on each page."""
    return [page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_is_drawn_as_the_engine_itself_draws_it(
    language: str, pdfs: dict[str, bytes], the_engine_as_it_is: None
) -> None:
    # A font configuration of its own, so that nothing that was prepared is taken.
    sheets.forget()
    assert contents(render.to_pdf(SAMPLE, language)) == contents(pdfs[language])


def test_the_loops_were_written_for_the_releases_in_use() -> None:
    """Fails when the engine is upgraded: compare the loops again, then say so in reports/quicker.py."""
    assert (weasyprint.__version__, pydyf.__version__) == quicker.WRITTEN_FOR


@pytest.mark.parametrize(
    ("item", "written"),
    [
        (b"BT", b"BT"),
        (2.0, b"2"),
        (-0.0, b"0"),
        (0.5, b"0.5"),
        (-1.25, b"-1.25"),
        (1e-9, b"0."),
        (7, b"7"),
        (True, b"True"),
        ("/F1", b"/F1"),
        (pydyf.Array([1, 2.5]), b"[1 2.5]"),
    ],
)
def test_numbers_and_words_are_written_as_the_engine_writes_them(item: object, written: bytes) -> None:
    assert quicker.to_bytes(item) == written
    assert quicker.engine_to_bytes(item) == written


def test_a_stream_that_grows_after_it_was_packed_is_packed_anew() -> None:
    stream = pydyf.Stream([b"q"], compress=True)
    before = stream.data
    stream.stream.append(b"Q")
    assert stream.data != before
    assert stream.data == pydyf.Stream([b"q", b"Q"], compress=True).data


def test_a_logical_property_still_takes_the_place_of_a_physical_one() -> None:
    html = (
        '<html lang="en" dir="{}"><head><title>t</title></head><body>'
        '<p style="margin-inline-start: 30px">x</p></body></html>'
    )

    def margins(direction: str) -> tuple[float, float]:
        page = render.layout(html.format(direction), Words("en")).pages[0]
        paragraph = page._page_box.children[0].children[0].children[0]
        return paragraph.margin_left, paragraph.margin_right

    assert margins("ltr") == (30, 0)
    assert margins("rtl") == (0, 30)
