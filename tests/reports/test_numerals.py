"""The digits of reports in Arabic: Latin, or Arabic where the setting chooses them, and nothing else of the page."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import page as page_validation
import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings, SettingsError
from impact.db import db
from impact.jobs import run_waiting
from impact.storage import storage
from reports import handout, numerals, render
from reports.faces import covered
from reports.group import pdf as group_pdf
from reports.group import sections
from reports.imprint import imprint_of
from reports.web import to_page
from tests.reports import makers
from tests.reports.sample_group import UNIVERSITIES
from tests.reports.sample_snapshot import SAMPLE

IN_ARABIC = replace(imprint_of(SAMPLE), numerals=numerals.ARABIC)
OF_GROUP = replace(sections.imprint_of(UNIVERSITIES), numerals=numerals.ARABIC)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render.to_pdf(SAMPLE, "ar", IN_ARABIC)


@pytest.fixture
def chosen(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], arabic_numerals="arabic")


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("بلغت 1,234.5 في 31 تموز/يوليه 2018.", "بلغت ١٬٢٣٤٫٥ في ٣١ تموز/يوليه ٢٠١٨."),
        ("\u200e28.2%\u200e من 12,390", "٢٨٫٢٪ من ١٢٬٣٩٠"),
        ("\u2066\u22121.3\u2069 و\u2066+0.7\u2069", "\u2066\u2212١٫٣\u2069 و\u2066+٠٫٧\u2069"),
        ("40–60، (3)، 4.", "٤٠–٦٠، (٣)، ٤."),
        ("1, 2, 3", "١, ٢, ٣"),
        ("(28 − 24) ÷ 4 × 100", "(٢٨ − ٢٤) ÷ ٤ × ١٠٠"),
        ("PDF/A-3a وSHA-256 وفق RFC 8785 و40", "PDF/A-3a وSHA-256 وفق RFC 8785 و٤٠"),
        ("الالتزام 1.2 · متأخر", "الالتزام ١.٢ · متأخر"),
        ("النساء، %", "النساء، ٪"),
        ("IMPACT 10×10×10", "IMPACT 10×10×10"),
        ("https://a.example/5 و7", "https://a.example/5 و٧"),
        ("البصمة \u2066ed37 0766\u2069 \u20661234 5678\u2069", "البصمة \u2066ed37 0766\u2069 \u20661234 5678\u2069"),
        ("example-university-2025-1", "example-university-2025-1"),
        ("&#39;5&#39; &lt;3", "&#39;٥&#39; &lt;٣"),
    ],
)
def test_a_number_of_ours_is_written_in_arabic_and_a_code_is_not(latin: str, arabic: str) -> None:
    assert numerals.arabic(latin) == arabic


def test_only_what_is_arabic_is_written_anew() -> None:
    page = (
        '<html lang="ar"><p title="1">2 <span lang="en" dir="ltr">3 <i>4</i></span> 5<br/>6</p>'
        '<td class="numeral part">1.2</td><span class="l" dir="ltr">7</span><span class="l" dir="rtl">8</span>'
        '<svg width="9" aria-label="9"><text x="9">9</text></svg><style>.a{top:1px}</style></html>'
    )
    assert numerals.page_in(page, "arabic") == (
        '<html lang="ar"><p title="١">٢ <span lang="en" dir="ltr">3 <i>4</i></span> ٥<br/>٦</p>'
        '<td class="numeral part">١.٢</td><span class="l" dir="ltr">7</span><span class="l" dir="rtl">٨</span>'
        '<svg width="9" aria-label="٩"><text x="9">٩</text></svg><style>.a{top:1px}</style></html>'
    )
    assert numerals.page_in(page, "latin") == page


def in_arabic_text(html: str) -> list[str]:
    """The texts between tags that hold a Latin digit outside a word in Latin letters, without what stays Latin."""
    html = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.S)
    html = re.sub(r'<span class="l"(?: lang="en")? dir="ltr">.*?</span>', "", html, flags=re.S)
    html = re.sub(r'<(p|span) lang="(?:en|fr)"[^>]*>.*?</\1>', "", html, flags=re.S)
    texts = [unescape(text) for text in re.findall(r">([^<]+)<", html)]
    held = re.compile("\u2066[^\u2069]*[a-f][^\u2069]*\u2069")
    with_digit = [held.sub("", text) for text in texts if re.search(r"[0-9]", text)]
    return [
        text for text in with_digit if any(not re.search("[A-Za-z]", word) for word in re.findall(r"\S*[0-9]\S*", text))
    ]


PAGES: dict[str, Any] = {
    "report": lambda language, imprint: render.to_html(SAMPLE, language, imprint=imprint or imprint_of(SAMPLE)),
    "page": lambda language, imprint: to_page(SAMPLE, language, imprint=imprint),
    "hand-out": lambda language, imprint: handout.to_html(
        SAMPLE, render.Words(language), imprint or imprint_of(SAMPLE)
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_no_number_is_forgotten(kind: str) -> None:
    html = PAGES[kind]("ar", IN_ARABIC)
    assert [text for text in in_arabic_text(html) if "10×10×10" not in text] == []
    assert "٢٨٫٢" in html
    assert in_arabic_text(PAGES[kind]("ar", None)) != []


def test_no_number_of_a_group_is_forgotten() -> None:
    w = render.Words("ar")
    html = group_pdf.to_html(UNIVERSITIES, w, OF_GROUP, group_pdf.printed_sections(UNIVERSITIES, w), {})
    assert [text for text in in_arabic_text(html) if "10×10×10" not in text] == []


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_languages_do_not_know_the_choice(kind: str, language: str) -> None:
    assert PAGES[kind](language, IN_ARABIC) == PAGES[kind](language, None)


def test_the_pages_are_numbered_alike_and_read_back_in_order(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"], capture_output=True, check=True, text=True
    )
    texts = [re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", one) for one in done.stdout.split("\f")]
    assert "٢٨٫٢" in texts[3] and "١١٨" in "".join(texts)
    assert re.search(r"(^|\s)٤(\s|$)", texts[3].strip().splitlines()[-1])
    assert IN_ARABIC.shortest in texts[3]


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_such_a_report_passes_what_every_report_passes(pdf: bytes, profile: str) -> None:
    checked = page_validation.validate_pdf_bytes(pdf, profile=page_validation.ValidationProfile[profile])
    assert [(found.rule_id, found.message) for found in checked.failures] == []


def test_it_is_set_in_the_fonts_of_the_style_sheet_only(pdf: bytes) -> None:
    assert {ord(digit) for digit in "٠١٢٣٤٥٦٧٨٩٫٬٪"} <= covered(frozenset({"arabic"}))
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1].split("-")[0]
        for one in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for font in one["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {"S", "D", "N", "AN"}


def test_the_edition_on_the_site_follows_the_setting(chosen: None, year: makers.Year, client: FlaskClient) -> None:
    edition = makers.an_edition(year)
    db.session.commit()
    assert "٢٠١٨" in client.get(f"/editions/{edition.code}/ar").text
    assert "٢٠١٨" not in client.get(f"/editions/{edition.code}/en").text


def test_a_file_is_made_again_with_the_numerals_it_was_made_with(chosen: None, app: Flask, year: makers.Year) -> None:
    file = makers.a_file(year, "ar")
    db.session.commit()
    run_waiting()
    db.session.refresh(file)
    assert (file.state, file.engine["numerals"]) == ("ready", "arabic")
    app.extensions["settings"] = replace(app.extensions["settings"], arabic_numerals="latin")
    done = app.test_cli_runner().invoke(args=["editions", "rebuild", file.edition.code, "--check", "--language", "ar"])
    assert (done.exit_code, done.output) == (0, "public       ar  same\n")
    # Without its record it would be set in Latin ones, which are other bytes.
    file.engine = {part: said for part, said in file.engine.items() if part != "numerals"}
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["editions", "rebuild", file.edition.code, "--check", "--language", "ar"])
    assert done.exit_code == 1
    assert storage().exists(file.sha256)


def test_another_word_for_the_setting_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("ARABIC_NUMERALS", "indic")
    with pytest.raises(SettingsError, match="ARABIC_NUMERALS must be latin or arabic, not 'indic'"):
        Settings.from_environment()
    monkeypatch.setenv("ARABIC_NUMERALS", "arabic")
    assert Settings.from_environment().arabic_numerals == "arabic"
