"""The PDF as a file to keep: both standards, what is attached, the facts of the edition, and the same bytes again."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import page as page_validation
import pypdf
import pytest
import time_machine

from reports import handout, quicker, render, sheets
from reports.attached import attached
from reports.group import pdf as group_pdf
from reports.group import sections
from reports.group.page import printed_sections
from reports.imprint import Imprint, imprint_of
from reports.making import count_pages
from reports.names import LANGUAGES
from reports.values import Text
from reports.words import Words
from tests.reports.sample_group import UNIVERSITIES
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.variant_snapshots import VARIANTS

PROFILES = (page_validation.ValidationProfile.PDF_A_3A, page_validation.ValidationProfile.PDF_UA_1)
SEALED = datetime(2026, 10, 9, 8, 30, tzinfo=UTC)
ROOT = Path(render.__file__).parent.parent


def failures(pdf: bytes) -> list[tuple[str, str]]:
    found = [page_validation.validate_pdf_bytes(pdf, profile=profile) for profile in PROFILES]
    return [(one.rule_id, one.message) for report in found for one in report.failures]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_passes_for_archives_and_for_universal_accessibility(pdfs: dict[str, bytes], language: str) -> None:
    assert failures(pdfs[language]) == []


# The sample above is checked in every language; the shapes in one of each direction, and the longest words where words are long.
SHAPES = [(name, language) for name in VARIANTS for language in ("en", "ar")] + [
    ("long_words", "es"),
    ("long_words", "ru"),
]


@pytest.mark.parametrize(("name", "language"), SHAPES)
def test_every_shape_of_report_passes_both_standards(name: str, language: str) -> None:
    assert failures(render.to_pdf(VARIANTS[name], language)) == []


def test_a_file_that_is_not_tagged_does_not_pass() -> None:
    """The checks can fail."""
    document = render.layout('<html lang="en"><head><title>t</title></head><body><p>t</p></body></html>', Words("en"))
    assert failures(document.write_pdf())


def files_in(pdf: bytes) -> dict[str, dict[str, Any]]:
    """Name → the description of the file that is attached under it."""
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert len(root["/AF"]) == len(names) // 2
    return {str(names[i]): names[i + 1].get_object() for i in range(0, len(names), 2)}


def content_of(facts: dict[str, Any]) -> bytes:
    return bytes(facts["/EF"]["/F"].get_object().get_data())


def test_the_attached_json_is_the_text_whose_hash_the_cover_prints(pdfs: dict[str, bytes]) -> None:
    for pdf in pdfs.values():
        found = content_of(files_in(pdf)["EXU-2026-1.json"])
        assert found == SAMPLE.dump()
        assert hashlib.sha256(found).hexdigest() == SAMPLE.digest()


def test_five_files_are_attached_each_with_its_part_and_description(pdfs: dict[str, bytes]) -> None:
    found = files_in(pdfs["en"])
    assert {name: (one["/AFRelationship"], one["/Desc"]) for name, one in found.items()} == {
        "EXU-2026-1-commitments.csv": ("/Data", "The commitments of this report, one in a row"),
        "EXU-2026-1-figures.csv": ("/Data", "The figures of all targets, year by year"),
        "EXU-2026-1-status.csv": ("/Data", "The status of each target with its sum"),
        "EXU-2026-1-targets.csv": ("/Data", "The targets: starting point, value to reach and day"),
        "EXU-2026-1.json": (
            "/Source",
            "Everything this report says, as data: its hash is printed on the cover",
        ),
    }
    assert list(found) == sorted(found)


def test_the_file_and_what_is_attached_bear_the_time_of_the_seal() -> None:
    pdf = render.to_pdf(VARIANTS["one"], "en", imprint_of(VARIANTS["one"], sealed_at=SEALED))
    for facts in files_in(pdf).values():
        dates = facts["/EF"]["/F"].get_object()["/Params"]
        assert {dates["/CreationDate"], dates["/ModDate"]} == {"D:20261009083000Z"}
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.creation_date == reader.metadata.modification_date == SEALED


def test_without_a_seal_it_bears_the_time_the_data_were_taken(pdfs: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdfs["fr"]))
    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2026, 10, 2, 9, 12, tzinfo=UTC)


def rows(name: str) -> list[dict[str, str]]:
    found = {one.name: one.content for one in attached(SAMPLE, Words("en"))}
    text = found[f"EXU-2026-1-{name}.csv"].decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_tables_hold_what_the_report_prints() -> None:
    assert [row["commitment"] for row in rows("commitments")] == ["1", "2", "3", "4"]
    target = rows("targets")[0]
    assert (target["target"], target["unit"], target["target_value"], target["target_on"], target["original_on"]) == (
        "1",
        "percent",
        "33",
        "2029-07-31",
        "2028-07-31",
    )
    figure = next(row for row in rows("figures") if row["target"] == "1" and row["year"] == "2026")
    assert (figure["on"], figure["numerator"], figure["denominator"], figure["women"]) == (
        "2026-07-31",
        "118",
        "418",
        "118",
    )
    assert [row["status"] for row in rows("status")] == ["slightly_behind", "on_track", "slightly_behind", "cannot_say"]


def test_a_count_that_is_withheld_on_the_page_is_withheld_in_the_table() -> None:
    parts = {row[name] for row in rows("figures") for name in ("women", "men", "other", "undisclosed")}
    assert "withheld" in parts


def test_no_cell_of_a_table_is_a_formula() -> None:
    first, *rest = SAMPLE.commitments
    evil = replace(SAMPLE, commitments=(replace(first, headline=Text("en", '=HYPERLINK("http://x")')), *rest))
    table = {one.name: one.content for one in attached(evil, Words("en"))}["EXU-2026-1-commitments.csv"].decode()
    assert next(csv.DictReader(io.StringIO(table)))["headline"] == '\'=HYPERLINK("http://x")'


def cover_of(imprint: Imprint) -> str:
    return render.to_html(SAMPLE, "en", names=("cover",), imprint=imprint)


def test_the_cover_prints_number_days_hash_and_where_it_is_checked() -> None:
    digest = "0123456789abcdef" * 4
    html = cover_of(imprint_of(SAMPLE, digest=digest, sealed_at=SEALED, signed_off_on=date(2026, 10, 5)))
    for said in (
        "1 of 2026",
        "EXU-2026-1",
        "0123 4567 89ab cdef",
        "impact.example.org/verify/<br/>EXU-2026-1",
        "QR code: https://impact.example.org/verify/EXU-2026-1",
        "<p>5\u00a0October\u00a02026</p>",
        "<p>9\u00a0October\u00a02026</p>",
    ):
        assert said in html, said


def test_the_address_to_check_is_the_one_that_was_frozen() -> None:
    edition = replace(SAMPLE.edition, verification="https://elsewhere.example/verify/EXU-2026-1")
    assert imprint_of(replace(SAMPLE, edition=edition)).verification == edition.verification


def test_nothing_is_printed_of_a_seal_before_there_is_one() -> None:
    assert "Sealed" not in cover_of(imprint_of(SAMPLE))


DRAFT = "Draft, not sealed"


def test_what_is_set_without_a_seal_says_so_on_cover_and_foot() -> None:
    beside = imprint_of(SAMPLE, sealed_at=SEALED)
    of_group = (sections.imprint_of(UNIVERSITIES), sections.imprint_of(UNIVERSITIES, sealed_at=SEALED))
    w = Words("en")
    parts = printed_sections(UNIVERSITIES, w)
    pages = {
        "report": (render.to_html(SAMPLE, "en"), render.to_html(SAMPLE, "en", imprint=beside)),
        "hand-out": (handout.to_html(SAMPLE, w, imprint_of(SAMPLE)), handout.to_html(SAMPLE, w, beside)),
        "group": tuple(group_pdf.to_html(UNIVERSITIES, w, imprint, parts, {}) for imprint in of_group),
    }
    for name, (unsealed, sealed) in pages.items():
        assert f">{DRAFT}</p>" in unsealed and DRAFT not in sealed, name
        # A hand-out has no running foot: it is one page.
        assert (f'data-foot="{DRAFT} · ' in unsealed) is (name != "hand-out"), name


def unsealed(name: str, language: str) -> str:
    return hashlib.sha256(render.to_pdf(VARIANTS[name], language)).hexdigest()


def test_the_same_bytes_come_out_on_another_day_and_after_other_reports() -> None:
    first = unsealed("one", "ar")
    with time_machine.travel(datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)):
        unsealed("nothing_yet", "fr")
        unsealed("five", "en")
        assert unsealed("one", "ar") == first
    sheets.forget()
    assert unsealed("one", "ar") == first


ANOTHER = """
import hashlib, sys
from reports import render
from tests.reports.variant_snapshots import VARIANTS
for language in sys.argv[2:]:
    if sys.argv[1] == "prepared":
        from reports.ready import make_ready
        make_ready()
    found = hashlib.sha256(render.to_pdf(VARIANTS["one"], language)).hexdigest()
print(found)
"""


@pytest.mark.parametrize(("styles", "languages"), [("cold", ("en",)), ("prepared", ("ar", "fr", "en"))])
def test_the_same_bytes_come_out_in_another_process(styles: str, languages: tuple[str, ...]) -> None:
    """Whatever it made before, with other seeds for the order of sets."""
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER, styles, *languages],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [unsealed("one", "en")]


def test_a_stream_that_would_end_like_a_line_is_written_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkers take such a last byte for the end of a line; here every stream has one."""
    monkeypatch.setattr(quicker, "ENDS_OF_LINES", tuple(bytes([number]) for number in range(256)))
    pdf = render.to_pdf(VARIANTS["nothing_yet"], "en")
    assert pdf.count(b"/ASCII85Decode") > 20
    assert failures(pdf) == []
    assert count_pages(pdf) == len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
