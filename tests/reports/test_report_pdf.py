"""The printed report, read back from the PDF: words, pages, tags, fonts, and what must not get in."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pypdf
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from reports import render
from reports.contents import entries, numbered
from reports.names import LANGUAGES
from reports.snapshot_types import CommitmentFacts, Snapshot
from reports.values import Text
from reports.words import Words
from tests.reports.printed_messages import borrowed_messages, own_messages
from tests.reports.sample_snapshot import SAMPLE

ROOT = Path(render.__file__).parent
DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_back(pdf: bytes, tmp_path: Path) -> list[str]:
    """The text of each page as a reader program gives it, with white space made plain."""
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    out = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    return [" ".join(DIRECTION_MARKS.sub("", text).split()) for text in out.split("\f")[:-1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_passes_the_checker_for_universal_accessibility(pdfs: dict[str, bytes], language: str) -> None:
    report = page_validation.validate_pdf_bytes(pdfs[language], profile=page_validation.ValidationProfile.PDF_UA_1)
    assert [(f.rule_id, f.message) for f in report.failures] == []
    assert report.is_compliant


def test_what_worked_has_a_heading_of_its_own_and_the_leader_no_office_in_the_heading() -> None:
    html = " ".join(re.sub(r"<[^>]+>", "|", render.to_html(SAMPLE, "en")).split())
    done, worked = (html.index(f"|{heading}|") for heading in ("What was done", "What worked"))
    assert done < worked < html.index("|What stood in the way|")
    assert html.count("|What worked|") == sum(bool(one.target.worked) for one in numbered(SAMPLE)) == 1
    assert "From the leader:" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_four_commitments_has_ten_to_sixteen_pages_and_none_is_empty(
    pdfs: dict[str, bytes], language: str
) -> None:
    pages = pypdf.PdfReader(io.BytesIO(pdfs[language])).pages
    assert 10 <= len(pages) <= 16
    # Running head and foot alone are well under a hundred characters.
    assert [i for i, one in enumerate(pages, start=1) if len(one.extract_text()) < 150] == []


def test_the_english_report_says_its_sections_in_order(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    text = " ".join(read_back(pdfs["en"], tmp_path))
    said = [
        "Example University",
        "Demonstration data: this organisation is invented",
        "About this edition",
        "We are behind on professors.",
        "Professor Miriam Adeyemi-Holt",
        "4 targets. On track: 1. Slightly behind: 2. Cannot say: 1.",
        "2 were not measured. 6 are withheld",
        "(28.2 − 24.1) ÷ (33.0 − 24.1) = 4.2 ÷ 8.9",
        "Against the original target, 33 per cent by 31 July 2028: Slightly behind, ratio 0.78.",
        "Retirement is slower than we assumed.",
        "Day it is due: from 31 July 2028 to 31 July 2029.",
        "(7,904 − 0) ÷ (12,000 − 0) = 7,904 ÷ 12,000",
        "2 of 4 steps done",
        "There is no starting point yet.",
        "Ratio of 0.95 or more.",
        "Table 1. Figures of all targets",
        "equality@university.example",
    ]
    places = [text.find(sentence) for sentence in said]
    assert -1 not in places, [s for s, p in zip(said, places, strict=True) if p == -1]
    assert places == sorted(places)


def test_the_french_report_is_french(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    text = " ".join(read_back(pdfs["fr"], tmp_path))
    for sentence in (
        "L’année en un coup d’œil",
        "4 cibles. En bonne voie : 1.",
        "(28,2 − 24,1) ÷ (33,0 − 24,1)",
        "46,5 %",
        "12 000",
    ):
        assert sentence in text, sentence
    assert "was not measured" not in text


def test_arabic_words_come_out_of_the_pdf_whole(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    """Every Arabic word of the HTML is found among the words of the PDF, letter by letter."""
    html = render.to_html(SAMPLE, "ar")
    # Titles of drawings are for who does not see them: they are in the tags, not on the page.
    seen = re.sub(r"<title>.*?</title>", " ", html.partition("<body")[2], flags=re.S)
    body = re.sub(r"<[^>]+>", " ", seen)
    wanted = set(re.findall("[\u0621-\u064a]{2,}", body))
    found = set(re.findall("[\u0621-\u064a]{2,}", " ".join(read_back(pdfs["ar"], tmp_path))))
    assert len(wanted) > 300
    assert sorted(wanted - found) == []


def test_vowel_marks_are_not_printed() -> None:
    pointed = Text("ar", "عَلَى الطَّرِيقِ ـــ")
    snapshot = replace(SAMPLE, organisation=replace(SAMPLE.organisation, name=pointed))
    assert not re.search("[\u064b-\u0652\u0640]", render.to_html(snapshot, "ar"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_numbers_of_the_contents_are_true(pdfs: dict[str, bytes], language: str, tmp_path: Path) -> None:
    w = Words(language)
    document = render.layout(render.to_html(SAMPLE, language), w)
    pages = render.found_pages(document)
    text = read_back(pdfs[language], tmp_path)
    printed = re.findall(r"\d+", text[1])
    assert [str(pages[entry.anchor]) for entry in entries(SAMPLE, w) if str(pages[entry.anchor]) not in printed] == []
    # Each commitment begins on a left page, so that its spread lies open.
    assert [pages[item.anchor] % 2 for item in numbered(SAMPLE)] == [0, 0, 0, 0]
    # The title stands on the page that the contents name.
    if language != "ar":
        for entry in entries(SAMPLE, w)[1:]:
            line = re.search(re.escape(" ".join(entry.title.split())) + r" (\d+)", text[1])
            assert line is not None and int(line[1]) == pages[entry.anchor], entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_embedded_and_no_glyph_is_missing(pdfs: dict[str, bytes], language: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdfs[language]))
    names = set()
    for one in reader.pages:
        for font in one["/Resources"]["/Font"].values():
            for inner in font.get_object()["/DescendantFonts"]:
                inner = inner.get_object()
                descriptor = inner["/FontDescriptor"].get_object()
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                names.add(str(inner["/BaseFont"]).rpartition("+")[2])
    # Families by the short names of the style sheet: nothing was found on the machine instead.
    assert {name.partition("-")[0] for name in names} == (
        {"S", "D", "N"} | {"ar": {"AN"}, "zh": {"CS", "CN"}}.get(language, set())
    )
    # A letter without a glyph is written with glyph 0 of its font.
    for one in reader.pages:
        content = one.get_contents().get_data()
        for shown in re.findall(rb"<([0-9a-fA-F]+)>", content):
            assert "0000" not in [shown[i : i + 4].decode() for i in range(0, len(shown), 4)]


def test_the_same_snapshot_gives_the_same_bytes(pdfs: dict[str, bytes]) -> None:
    again = Snapshot.load(SAMPLE.dump())
    assert render.to_pdf(again, "ar") == pdfs["ar"]
    assert render.to_pdf(again, "en") == pdfs["en"]


def test_each_language_has_an_identifier_of_its_own(pdfs: dict[str, bytes]) -> None:
    assert len({pypdf.PdfReader(io.BytesIO(pdf)).trailer["/ID"][0] for pdf in pdfs.values()}) == 6


@pytest.mark.parametrize(
    "address",
    [
        "missing.png",
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "assets:/../render.py",
        "assets:/fonts/%2e%2e/%2e%2e/render.py",
        "//127.0.0.1/x.png",
    ],
)
def test_what_is_no_asset_stops_the_report(address: str) -> None:
    with pytest.raises(render.AssetMissing):
        render.layout(
            f'<html lang="en"><head><title>t</title></head><body><img src="{address}" alt="x"></body></html>',
            Words("en"),
        )


def test_data_addresses_are_drawn() -> None:
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    page = f'<html lang="en"><head><title>t</title></head><body><img src="{pixel}" alt="x"></body></html>'
    assert len(render.layout(page, Words("en")).pages) == 1


HOSTILE = "<img src=file:///etc/passwd> </style><style>*{display:none} {{ 7*7 }} %(x)s %s <script>alert(1)</script>"


def test_hostile_text_is_printed_as_it_is(tmp_path: Path) -> None:
    evil = Text("en", HOSTILE)
    long_word = Text("en", "a" * 400)
    first, *rest = SAMPLE.commitments
    target = replace(first.targets[0], narrative=evil, obstacles=long_word, scope=evil)
    commitment: CommitmentFacts = replace(first, headline=evil, targets=(target,))
    snapshot = replace(
        SAMPLE,
        organisation=replace(SAMPLE.organisation, name=Text("en", "Uni <b>& Co")),
        commitments=(commitment, *rest),
    )
    text = " ".join(read_back(render.to_pdf(snapshot, "en"), tmp_path))
    assert "Uni <b>& Co" in text
    assert "<img src=file:///etc/passwd>" in text
    assert "{{ 7*7 }} %(x)s %s" in text
    assert "root:" not in text


def test_the_report_of_an_organisation_that_filed_nothing_itself(tmp_path: Path) -> None:
    recorded = replace(
        SAMPLE,
        organisation=replace(SAMPLE.organisation, is_demonstration=False, is_recorded=True),
        statement=None,
        leader=None,
        key_figures=(),
        gaps=(),
        asked=(),
        commitments=(replace(SAMPLE.commitments[3], recorded_source="IMPACT report 2015, page 12"),),
    )
    pdf = render.to_pdf(recorded, "en")
    text = " ".join(read_back(pdf, tmp_path))
    assert "Recorded from public sources. The organisation filed none of this itself." in text
    assert "No statement: this report was made from public sources" in text
    assert "IMPACT report 2015, page 12" in text
    assert page_validation.validate_pdf_bytes(pdf, profile=page_validation.ValidationProfile.PDF_UA_1).is_compliant


def catalogue_of(language: str, domain: str = "reports", folder: Path = ROOT) -> Catalog:
    path = folder / "translations" / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", ["fr", "es", "ru", "zh", "ar"])
def test_every_sentence_that_a_report_can_print_is_translated(language: str) -> None:
    catalogue = catalogue_of(language)
    own, borrowed = own_messages(), borrowed_messages()
    assert len(own) > 250
    assert len(borrowed) > 100
    # The pages' catalogue has what is borrowed in the languages of the pages.
    pages = catalogue_of(language, "messages", ROOT.parent) if language in {"fr", "ar"} else catalogue
    gaps = []
    for message, where in [*((m, (catalogue,)) for m in own), *((m, (catalogue, pages)) for m in borrowed)]:
        entry = next((found for one in where if (found := one.get(message))), None)
        strings = entry.string if entry and isinstance(entry.string, (tuple, list)) else [entry.string if entry else ""]
        if not all(strings) or (entry is not None and list(entry.check(where[0]))):
            gaps.append(message)
    assert sorted(gaps) == []
    wanted = own | borrowed
    assert [m.id for m in catalogue if m.id and (m.id[0] if isinstance(m.id, tuple) else m.id) not in wanted] == []


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 1, "1 target."),
        ("en", 3, "3 targets."),
        ("fr", 0, "0 cible."),
        ("fr", 2, "2 cibles."),
        ("es", 1, "1 meta."),
        ("es", 0, "0 metas."),
        ("ru", 1, "1 цель."),
        ("ru", 3, "3 цели."),
        ("ru", 11, "11 целей."),
        ("ru", 21, "21 цель."),
        ("ru", 112, "112 целей."),
        ("zh", 1, "1项目标。"),
        ("zh", 4, "4项目标。"),
        ("ar", 1, "غاية واحدة."),
        ("ar", 2, "غايتان."),
        ("ar", 7, "7 غايات."),
        ("ar", 12, "12 غاية."),
        ("ar", 100, "100 غاية."),
    ],
)
def test_counts_take_the_form_of_their_language(language: str, count: int, words: str) -> None:
    assert Words(language).ngettext("%(count)s target.", "%(count)s targets.", count) == words
