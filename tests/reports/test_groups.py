"""Reports of many organisations: their sums, their spreads, and the same words as PDF and as HTML."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal as D
from functools import lru_cache

import page as page_validation
import pypdf
import pytest

from reports import words as report_words
from reports.group import sections
from reports.group.data import attached_to, spreads
from reports.group.page import to_group_page
from reports.group.pdf import to_group_pdf
from reports.group.spread import five
from reports.group.types import GroupSnapshot
from reports.web import Around
from reports.words import Words
from tests.every_page import faults
from tests.reports.sample_group import GOVERNMENTS, GROUPS_OF_THE_SAMPLE, UNIVERSITIES, WHOLE_YEAR

EN = Words("en")


@lru_cache
def printed(name: str, language: str) -> bytes:
    return to_group_pdf(GROUPS_OF_THE_SAMPLE[name], language)


def words(html: str) -> str:
    text = re.sub(r"<style.*?</style>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


# --- sums ------------------------------------------------------------------------------------------


def test_quartiles_of_seven_figures_are_worked_out_between_them() -> None:
    found = five([D(54), D(49), D(61), D(57), D(52), D(48), D(55)])
    assert found is not None
    assert (found.lowest, found.lower, found.median, found.upper, found.highest) == (
        D(48), D("50.5"), D("54.0"), D("56.0"), D(61),
    )  # fmt: skip


def test_of_fewer_than_five_organisations_there_is_no_spread() -> None:
    assert five([D(29), D(24), D(35), D(31)]) is None
    assert five([D(29), D(24), D(35), D(31), D(30)]) is not None


def test_a_figure_that_too_few_opened_is_named_without_its_numbers() -> None:
    told = sections.common(UNIVERSITIES, EN)
    assert [row["code"] for row in told["spreads"]] == ["HFS-U1", "HFS-U2", "HFS-U3"]
    assert told["too_few"] == "Women among senior administrative leaders"
    rows = list(csv.DictReader(io.StringIO(spreads(UNIVERSITIES).decode("utf-8-sig"))))
    assert [rows[3][name] for name in ("indicator", "organisations", "lowest", "median")] == ["HFS-U4", "4", "", ""]


def test_the_lead_counts_organisations_and_targets() -> None:
    assert sections.lead(UNIVERSITIES, EN) == "7 organisations. 10 targets. 6 are reached or on track."
    assert sections.front(UNIVERSITIES, EN, sections.imprint_of(UNIVERSITIES))["figure"] == "60"


def test_each_status_is_counted_with_its_share() -> None:
    told = sections.glance(UNIVERSITIES, EN)["statuses"]
    assert [(one["code"], one["count"], one["share"]) for one in told] == [
        ("reached", "1", "10%"),
        ("on_track", "5", "50%"),
        ("slightly_behind", "1", "10%"),
        ("far_behind", "1", "10%"),
        ("moving_away", "1", "10%"),
        ("cannot_say", "1", "10%"),
    ]


def test_a_whole_year_is_counted_by_constituency() -> None:
    groups = sections.glance(WHOLE_YEAR, EN)["groups"]
    assert [(one["name"], one["organisations"], one["cells"]) for one in groups] == [
        ("Governments", "1", ["1", "0", "1", "0"]),
        ("Universities", "7", ["10", "6", "3", "1"]),
    ]


def test_invented_organisations_count_only_among_their_like() -> None:
    from dataclasses import replace

    real = replace(UNIVERSITIES.members[2], is_demonstration=False)
    mixed = replace(UNIVERSITIES, members=(real, *UNIVERSITIES.members[3:]))
    assert sections.lead(mixed, EN) == "1 organisation. 1 target. 0 are reached or on track."
    assert sections.glance(mixed, EN)["left_out"] == 4


def test_who_did_not_report_and_who_was_late_is_said() -> None:
    told = sections.changes(UNIVERSITIES, EN)
    assert [EN.plain(one.name) for one in told["silent"]] == ["Lakeside University"]
    assert [EN.plain(one.name) for one in told["late"]] == ["Two Rivers University"]
    assert told["amended"][0]["changes"] == ["Target date: from 31\u00a0July\u00a02028 to 31\u00a0July\u00a02029."]


# --- data ------------------------------------------------------------------------------------------


def test_a_snapshot_comes_back_from_its_json() -> None:
    for snapshot in GROUPS_OF_THE_SAMPLE.values():
        assert GroupSnapshot.load(snapshot.dump()) == snapshot


def test_the_data_are_attached_as_json_and_as_tables() -> None:
    assert [one.name for one in attached_to(UNIVERSITIES, EN)] == [
        "universities-2026-1.json",
        "universities-2026-1-members.csv",
        "universities-2026-1-targets.csv",
        "universities-2026-1-spreads.csv",
        "universities-2026-1-countries.csv",
    ]


# --- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(GROUPS_OF_THE_SAMPLE))
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_html_edition_is_faultless(name: str, language: str) -> None:
    html = to_group_page(GROUPS_OF_THE_SAMPLE[name], language, Around(nonce="n"))
    assert faults(html, "style-src 'nonce-n'", f"/{language}/") == []


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
@pytest.mark.parametrize("name", sorted(GROUPS_OF_THE_SAMPLE))
def test_the_pdf_can_be_read_aloud_and_kept(name: str, profile: str) -> None:
    chosen = page_validation.ValidationProfile[profile]
    report = page_validation.validate_pdf_bytes(printed(name, "en"), profile=chosen)
    assert [(one.rule_id, one.message) for one in report.failures] == []


def test_pdf_and_html_say_the_same() -> None:
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(printed("universities", "en"))).pages)
    text = " ".join(text.replace("\u00a0", " ").split())
    html = words(to_group_page(UNIVERSITIES, "en"))
    for said in ("50.5%", "61%", "7 organisations. 10 targets. 6 are reached or on track.", "Lakeside University"):
        assert said in text
        assert said in html


def test_governments_show_the_four_subindexes_of_their_countries() -> None:
    html = words(to_group_page(GOVERNMENTS, "en"))
    assert "Switzerland 0.798 0.992 0.970 0.354 0.780" in html
    assert "Global Gender Gap Index, edition 2014" in html
    assert "World Economic Forum, Global Gender Gap Report 2014" in html


@pytest.mark.parametrize("language", ["fr", "es", "ru", "zh", "ar"])
@pytest.mark.parametrize("name", sorted(GROUPS_OF_THE_SAMPLE))
def test_all_that_a_report_asks_its_words_for_is_in_its_language(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever room a message comes from: what is looked up and not found would be printed in English."""
    missing, asked = set(), []

    def looked_up(code: str, message: str) -> str | tuple[str, ...] | None:
        asked.append(message)
        found = found_before(code, message)
        if found is None:
            missing.add(message)
        return found

    found_before = report_words._found
    monkeypatch.setattr(report_words, "_found", looked_up)
    to_group_page(GROUPS_OF_THE_SAMPLE[name], language)
    assert len(asked) > 50
    assert missing == set()


def test_demonstration_is_marked_on_cover_and_foot() -> None:
    first = pypdf.PdfReader(io.BytesIO(printed("universities", "en"))).pages
    assert "Holds demonstration data" in first[0].extract_text()
    assert "Demonstration data" in first[2].extract_text()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_group_pdf(UNIVERSITIES, "en") == printed("universities", "en")
