"""The confidential edition, and that nothing of it can be printed as the public one."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from reports import render
from reports.handout import to_handout
from reports.imprint import imprint_of
from reports.publishable import NotPublic, must_be_public
from reports.snapshot_types import Snapshot
from reports.target_facts import EvidenceFacts
from reports.values import Text
from reports.web import to_page
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.test_kept_files import failures, files_in
from tests.reports.test_report_pdf import read_back

FIRST, *REST = SAMPLE.commitments
TARGET = FIRST.targets[0]
SECRET = EvidenceFacts(Text("en", "Minutes of the pay board"), "pdf", None, False, "https://impact.example.org/e/1")
SMALL = tuple(replace(one, parts={**one.parts, "other": 3}) if one.parts else one for one in TARGET.figures)
CONFIDENTIAL = replace(
    SAMPLE,
    tier="confidential",
    commitments=(
        replace(FIRST, targets=(replace(TARGET, figures=SMALL, evidence=(*TARGET.evidence, SECRET)),)),
        *REST,
    ),
)


@pytest.fixture(scope="module", params=["en", "ar"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    return render.to_confidential_pdf(CONFIDENTIAL, request.param, imprint_of(SAMPLE))


def test_it_passes_both_standards(pdf: bytes) -> None:
    assert failures(pdf) == []


def test_its_annex_holds_headcounts_and_confidential_evidence(tmp_path: Path) -> None:
    pages = read_back(render.to_confidential_pdf(CONFIDENTIAL, "en", imprint_of(SAMPLE)), tmp_path)
    annex = next(text for text in pages if "Headcounts behind the figures" in text)
    assert "31 July 2026 118 418" in annex
    after = " ".join(pages[pages.index(annex) :])
    assert "Minutes of the pay board" in after
    assert "Pay figures" in after


def test_every_page_is_marked_in_head_and_foot(tmp_path: Path) -> None:
    pages = read_back(render.to_confidential_pdf(CONFIDENTIAL, "en", imprint_of(SAMPLE)), tmp_path)
    assert "Confidential: for the organisation and those who review it" in pages[0]
    unmarked = [i for i, text in enumerate(pages[1:], start=2) if text.count("Confidential ·") < 2]
    assert unmarked == []


def test_the_public_edition_bears_no_mark(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    assert "Confidential" not in " ".join(read_back(pdfs["en"], tmp_path))


def test_its_cover_bears_the_hash_of_the_public_data(pdf: bytes) -> None:
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert imprint_of(SAMPLE).short in " ".join(text.split())
    assert imprint_of(SAMPLE).digest == SAMPLE.digest() != CONFIDENTIAL.digest()


def test_the_confidential_data_are_attached_under_names_of_their_own(pdf: bytes) -> None:
    found = files_in(pdf)
    assert sorted(found)[0] == "EXU-2026-1-confidential-commitments.csv"
    assert found["EXU-2026-1-confidential.json"]["/EF"]["/F"].get_object().get_data() == CONFIDENTIAL.dump()


DISGUISED = replace(CONFIDENTIAL, tier="public")


@pytest.mark.parametrize(
    ("snapshot", "why"),
    [
        (CONFIDENTIAL, "The snapshot is of the confidential tier."),
        (DISGUISED, "A group under the threshold is counted in target 1."),
        (
            replace(SAMPLE, commitments=(replace(FIRST, targets=(replace(TARGET, evidence=(SECRET,)),)),)),
            "Evidence of target 1 that is confidential has an address.",
        ),
    ],
)
def test_confidential_data_cannot_be_printed_as_public(snapshot: Snapshot, why: str) -> None:
    for way in (render.to_pdf, to_handout, to_page):
        with pytest.raises(NotPublic, match=why):
            way(snapshot, "en")


def test_public_data_are_not_taken_for_confidential() -> None:
    with pytest.raises(ValueError, match="not the confidential snapshot"):
        render.to_confidential_pdf(SAMPLE, "en", imprint_of(SAMPLE))
    with pytest.raises(ValueError, match="not the confidential snapshot"):
        render.to_confidential_pdf(CONFIDENTIAL, "en", imprint_of(CONFIDENTIAL))


def test_the_samples_are_public() -> None:
    must_be_public(SAMPLE)
