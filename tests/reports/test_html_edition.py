"""The HTML edition says what the PDF says, as one page that needs no script and keeps to the site's policy."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import html5lib
import pypdf
import pytest

from impact.charts.palette import PRINT
from reports.values import Text
from reports.web import Around, Link, to_page
from tests.every_page import faults
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.variant_snapshots import VARIANTS

POLICY = "style-src 'self' 'nonce-n'"
STYLES = Path(__file__).parent.parent.parent / "impact/static/css/edition.css"
#: Of the sample: key figures, the sum behind the first verdict, a date of an amendment, a count of people.
SAID = {
    "en": ("54.6%", "49.2%", "38.9%", "31.0%", "(28.2 − 24.1) ÷ (33.0 − 24.1) = 4.2 ÷ 8.9", "46.5%", "0.94", "7,904"),
    "fr": ("54,6 %", "49,2 %", "38,9 %", "31,0 %", "(28,2 − 24,1) ÷ (33,0 − 24,1) = 4,2 ÷ 8,9", "46,5 %", "0,94"),
}


@lru_cache
def page(language: str) -> str:
    return to_page(SAMPLE, language, Around(nonce="n"))


def words(html: str) -> str:
    """What a reader sees, in order, with single spaces."""
    text = re.sub(r"<style.*?</style>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&amp;", "&").split())


def plain(text: str) -> str:
    """Without what only the engine needs to hold signs and numbers together."""
    text = re.sub("[\u2060\u2066\u2069\u00ad]", "", text)
    return " ".join(re.sub("[\u00a0\u202f]", " ", text).split())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_is_faultless_html(language: str) -> None:
    assert faults(page(language), POLICY, f"/{language}/") == []


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_every_kind_of_year_is_faultless_html(name: str) -> None:
    assert faults(to_page(VARIANTS[name], "en", Around(nonce="n")), POLICY, "/en/") == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_key_figures_and_sums_are_those_of_the_pdf(language: str, pdfs: dict[str, bytes]) -> None:
    printed = plain(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdfs[language])).pages))
    shown = plain(words(page(language)))
    for figure in SAID[language]:
        assert figure in printed, figure
        assert figure in shown, figure


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_heading_of_the_pdf_is_a_heading_of_the_page(language: str, pdfs: dict[str, bytes]) -> None:
    outline = [plain(str(one["/Title"])) for one in _flat(pypdf.PdfReader(io.BytesIO(pdfs[language])).outline)]
    headings = {plain(words(one)) for one in re.findall(r"<h[1-4]\b.*?</h[1-4]>", page(language), re.S)}
    # The statement's head and the name are set in pieces on paper; the contents are a heading of both.
    assert len(outline) > 20
    missing = [title for title in outline if title not in headings]
    assert missing == []


def _flat(outline: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for one in outline if isinstance(outline, list) else []:
        found += _flat(one) if isinstance(one, list) else [one]
    return found


def test_headings_go_down_one_rank_at_a_time() -> None:
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])\b", page("en"))]
    assert ranks[0] == 1
    assert all(after - before <= 1 for before, after in zip(ranks, ranks[1:], strict=False))


def test_the_contents_lead_to_sections_that_are_there() -> None:
    html = page("ar")
    wanted = re.findall(r'href="#([^"]+)"', html)
    assert {"glance", "not-measured", "target-1", "method", "annex", "contacts"} <= set(wanted)
    assert [one for one in wanted if f'id="{one}"' not in html] == []


def test_the_long_table_keeps_every_year_on_screen() -> None:
    """Paper leaves out years in the middle where a page has no room; a page has room."""
    assert "<table" in page("en")
    assert "2023 starting point" in words(page("en")).replace("2023 <span", "2023")


def test_a_superseded_edition_says_so_and_names_the_one_that_replaces_it() -> None:
    around = Around(nonce="n", state="superseded", newer=Link("/editions/exu-2026-2/en", "exu-2026-2", "en"))
    html = to_page(SAMPLE, "en", around)
    assert 'href="/editions/exu-2026-2/en"' in html
    assert "This edition is superseded: what it says was corrected later." in words(html)
    assert "superseded" not in words(page("en"))


def test_what_people_wrote_is_text() -> None:
    hostile = replace(SAMPLE.organisation, name=Text("en", '<script>alert(1)</script>"><h1 class="k-x">&{{ 7*7 }}'))
    html = to_page(replace(SAMPLE, organisation=hostile), "en", Around(nonce="n"))
    assert faults(html, POLICY, "/en/") == []
    assert "<script" not in html
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", html, re.S)[0]


def test_what_is_written_in_another_language_is_marked() -> None:
    french = replace(SAMPLE.organisation, name=Text("fr", "Université Exemple"))
    html = to_page(replace(SAMPLE, organisation=french), "en", Around(nonce="n"))
    assert '<h1><span lang="fr" dir="ltr">Université Exemple</span></h1>' in html


def test_every_colour_of_a_drawing_has_its_colour_of_the_theme() -> None:
    sheet = STYLES.read_text()
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9A-Fa-f]{6})"', page("en"))) - {PRINT["gold"], "#8C6A84"}
    assert used
    for colour in used:
        assert f'[fill="{colour}"]' in sheet, colour
        assert f'[stroke="{colour}"]' in sheet, colour


def test_every_table_has_heads() -> None:
    root = html5lib.parse(page("en"), namespaceHTMLElements=False)
    tables = list(root.iter("table"))
    assert len(tables) > 8
    for table in tables:
        assert any(cell.get("scope") in {"row", "col", "rowgroup"} for cell in table.iter("th"))


def test_the_page_is_made_without_the_pdf_engine() -> None:
    """The process that serves pages never loads it: it weighs a hundred megabytes."""
    script = (
        "import sys; from reports.web import to_page; from tests.reports.sample_snapshot import SAMPLE;"
        "to_page(SAMPLE, 'en'); print('weasyprint' in sys.modules)"
    )
    root = Path(__file__).parent.parent.parent
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True)
    assert answer.stdout.strip() == "False"


def test_the_steps_say_their_parts_as_roles_since_phones_lay_them_out_as_blocks() -> None:
    (steps,) = re.findall(r'<table role="table" class="figures steps">.*?</table>', page("en"), re.DOTALL)
    heads = steps.count('role="columnheader"')
    assert (heads, steps.count('role="rowheader"'), steps.count('role="cell"')) == (3, 5, 10)
