"""The hand-out: one page of the edition, in every language, with what stands worst first and what is not known."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import lru_cache

import page as page_validation
import pypdf
import pytest

from reports.handout import context, promises, to_handout
from reports.names import LANGUAGES
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.variant_snapshots import VARIANTS


@lru_cache
def handout(language: str) -> bytes:
    return to_handout(SAMPLE, language)


def text(pdf: bytes) -> str:
    found = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    found = re.sub("[\u2060\u2066\u2069]", "", found)
    return " ".join(found.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_in_every_language(language: str) -> None:
    assert len(pypdf.PdfReader(io.BytesIO(handout(language))).pages) == 1


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_it_is_one_page_for_every_kind_of_year(name: str) -> None:
    for language in ("en", "ar"):
        assert len(pypdf.PdfReader(io.BytesIO(to_handout(VARIANTS[name], language))).pages) == 1


def test_it_says_the_statuses_the_counts_and_what_is_missing() -> None:
    said = text(handout("en"))
    assert "4 targets. On track: 1. Slightly behind: 2. Cannot say: 1." in said
    assert "Women among full professors: 118 of 418; in 2024 it was 102 of 409." in said
    assert "Not measured: Mean gap in basic pay, 2026; People trained to step in, 2025." in said
    for figure in ("28.2%", "54.6%", "49.2%", "38.9%", "31.0%"):
        assert figure in said


def test_what_stands_worst_comes_first_and_the_rest_is_said_to_be_left_out() -> None:
    statuses = [item.target.verdict.status for item in promises(SAMPLE)]
    assert statuses == ["slightly_behind", "slightly_behind", "cannot_say", "on_track"]
    said = context(SAMPLE, Words("en"))["left_out"]
    assert said == "3 of 4 targets are shown, those that stand worst first. The report has them all."


def test_without_gaps_it_says_that_everything_was_measured() -> None:
    assert context(replace(SAMPLE, gaps=()), Words("en"))["missing"] == "Every figure that was due was measured."


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert to_handout(SAMPLE, "en") == handout("en")
    assert to_handout(SAMPLE, "fr") != handout("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_aloud_as_pdf_ua_asks(language: str) -> None:
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf_bytes(handout(language), profile=profile)
    assert [(one.rule_id, one.message) for one in report.failures] == []
