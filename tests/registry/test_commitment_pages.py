"""What the page of a commitment tells: the demonstration seen in June 2026, and figures of a world of the tests' own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.cells import safe
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.progress import operations
from impact.progress.models import Evidence
from tests.progress import makers

D = Decimal
PROFESSORS, GAP, PAY = "Women among full professors", "Nobody left behind on the way to a degree", "The same pay for the same shift"  # fmt: skip
BOARDS, GIRLS, MANAGERS = "Boards that look like the country, by law if need be", "No girl is married before she is eighteen", "Women who lead depots, and women who join"  # fmt: skip


def address_of(headline: str) -> str:
    public_id = db.session.scalars(select(Commitment.public_id).where(Commitment.headline == headline)).one()
    return f"/en/commitments/{public_id}"


def words(app: Flask, path: str) -> str:
    """The page as read: without tags and with single spaces."""
    page = app.test_client().get(path).text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])).split())


def test_the_amended_promise_shows_both_paths_both_statuses_and_the_year_without_a_figure(loaded: Flask) -> None:
    path = address_of(PROFESSORS)
    page, read = loaded.test_client().get(path).text, words(loaded, path)
    assert "(26.8 − 19) ÷ (32 − 19) = 7.8 ÷ 13 percentage points" in read
    assert "Slightly behind 60% of the way in 74% of the time." in read
    assert "Against the target as first published: Not reached" in read
    assert 'class="original"' in page and 'class="original-end"' in page and 'class="missing"' in page
    assert "not measured: The staff system was replaced in the autumn" in read
    assert "A figure will be known by 31 March 2025." in read
    assert "Returned once with remarks before it was approved" in read


def test_an_amendment_is_told_once_in_the_words_of_the_review_desk(loaded: Flask) -> None:
    read = words(loaded, address_of(PROFESSORS))
    assert (
        "Was: Raise the share of women among full professors from 19% (31 December 2021) to 32% by 31 December 2025 "
        "Now: Raise the share of women among full professors from 19% (31 December 2021) to 32% by 30 June 2027 "
        "Reason given: The date was moved: The staff system was replaced" in read
    )


def test_small_groups_are_withheld_and_so_is_what_would_give_them_away(loaded: Flask) -> None:
    read = words(loaded, address_of(PROFESSORS))
    assert "2022 86 withheld withheld withheld 410" in read
    assert "317" not in read and "312" not in read
    assert "Counts of fewer than 10 people are withheld" in read


def test_parts_of_a_sum_are_shown_out_of_the_sum(loaded: Flask) -> None:
    read = words(loaded, address_of(GAP))
    assert "2022 1,180 870 14 36 2,100" in read
    assert "(10,500 − 0) ÷ (12,000 − 0) = 10,500 ÷ 12,000" in read


def test_another_status_stands_beside_the_computed_one_with_its_reason(loaded: Flask) -> None:
    read = words(loaded, address_of(PAY))
    assert "Slightly behind 58% of the way in 73% of the time." in read
    assert "A reviewer set another status: On track Demonstration: the pay round of January" in read


def test_a_condition_that_was_met_is_told_with_its_sum(loaded: Flask) -> None:
    read = words(loaded, address_of(BOARDS))
    assert "Condition met 36%, 31 December 2023: the way begins here" in read
    assert "(39 − 36) ÷ (43 − 36) = 3 ÷ 7 percentage points" in read


def test_the_history_names_no_member_of_staff_and_no_remark(loaded: Flask) -> None:
    for headline in (PROFESSORS, GAP, PAY, BOARDS, GIRLS, MANAGERS):
        page = loaded.test_client().get(address_of(headline)).text
        for secret in ("Which panels, and from when?", "demo.example", "Demonstration: considered."):
            assert secret not in page
    read = words(loaded, address_of(PROFESSORS))
    tail = read.split("History")[-1].strip()
    assert tail.startswith(
        "2 April 2026 The figures for 2025 were approved by a second person. "
        "3 June 2025 The figures for 2024 were approved by a second person. "
        "2 June 2024 Approved by a second person: amendment 1."
    )
    assert "Submitted for review: the commitment. 15 February 2022 Signed off by the leader" in tail


def test_public_evidence_is_a_download_and_confidential_evidence_is_not_there(loaded: Flask) -> None:
    client = loaded.test_client()
    page = client.get(address_of(PROFESSORS)).text
    assert "Files read, by faculty" not in page
    links = re.findall(r'href="(/en/evidence/[^"]+)"', page)
    assert len(links) == 4
    answer = client.get(links[0])
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment;")
    secret = db.session.scalars(select(Evidence.public_id).where(Evidence.is_public.is_(False)).limit(1)).one()
    assert client.get(links[0].rsplit("/", 1)[0] + f"/{secret}").status_code == 404


@pytest.mark.parametrize("headline", [PROFESSORS, GAP, PAY, BOARDS, GIRLS, MANAGERS])
def test_no_commitment_page_asks_more_than_twelve_questions(loaded: Flask, asked: list[str], headline: str) -> None:
    client, path = loaded.test_client(), address_of(headline)
    asked.clear()
    assert client.get(path).status_code == 200
    assert 0 < len(asked) <= 12, "\n".join(asked)


def test_an_indicator_lists_each_target_in_its_own_sentence_with_its_status(loaded: Flask) -> None:
    page, read = loaded.test_client().get("/en/indicators/imp-tvet").text, words(loaded, "/en/indicators/imp-tvet")
    assert "Double the share of girls and women among students in technical and vocational education from 12%" in read
    assert "Republic of Examplia: students of public vocational schools" in read
    assert "Not measured The school census was put off" in read
    assert "Cannot say no date published 17.5% starting point" in read
    assert "#target-2" in page


def test_a_champion_page_draws_each_commitment_small(loaded: Flask) -> None:
    page, read = loaded.test_client().get("/en/champions/example-university").text, words(
        loaded, "/en/champions/example-university"
    )  # fmt: skip
    assert "2 commitments at a glance" in read
    assert page.count("chart-small") == 2 + 1  # two charts and their rule
    assert "60% of the way, 74% of the time" in read
    assert "On track Count up the number of people trained" in read
    assert "Reached Deliver, by 30 June 2024: an equality office with five posts is open" in read


def test_the_figures_are_a_file_for_spreadsheets_without_what_is_withheld(loaded: Flask) -> None:
    answer = loaded.test_client().get(f"{address_of(PROFESSORS)}/target-1.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    rows = answer.get_data().decode("utf-8-sig").splitlines()
    assert rows[:3] == [
        "row,date,date_is_year,value,unit,numerator,denominator,women,men,other,undisclosed,withheld,delivered,"
        "not_measured,source",
        'baseline,2021-12-31,,19,percent,76,400,,,,,,,,"Staff records, year-end extract"',
        'figure,2022-12-31,,20.97561,percent,86,410,86,,,,yes,,,"Staff records, year-end extract"',
    ]
    assert rows[3].startswith("figure,2023-12-31,,,percent,,,,,,,,,The staff system was replaced")
    assert rows[-1] == "target,2027-06-30,,32,percent,,,,,,,,,,"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Staff records", "Staff records"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff20SUM", "'\uff20SUM"),
        ("  =1", "'=1"),
        ("two\nlines", "two lines"),
        ("", ""),
    ],
)
def test_no_text_becomes_a_formula(text: str, cell: str) -> None:
    assert safe(text) == cell


def test_the_chart_is_a_picture_to_keep(loaded: Flask) -> None:
    client = loaded.test_client()
    answer = client.get(f"{address_of(PROFESSORS)}/target-1.svg")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer.text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<title>Raise the share of women among full professors from 19%" in answer.text
    for missing in ("target-0.csv", "target-2.csv", "target-9.svg"):
        assert client.get(f"{address_of(PROFESSORS)}/{missing}").status_code == 404


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        yield makers.a_world()


def test_a_correction_stands_beside_what_it_replaced(world: makers.World, app: Flask) -> None:
    first = makers.a_figure(world)
    operations.enter_figure(first, {**makers.COUNTS, "on": date(2018, 12, 31)}, world.coordinator)
    report = makers.approved(first.report, world)
    fixed = operations.start_correction(report, "One headcount was wrong.", world.coordinator)
    operations.enter_figure(fixed.figures[0], {"numerator": D(104), "version": None}, world.coordinator)
    makers.approved(fixed, world)
    db.session.commit()
    read = words(app, f"/en/commitments/{world.commitment.public_id}")
    assert (
        "Corrections 31 December 2018: 24.1% (101 of 419) was corrected to 24.8% (104 of 419). One headcount was wrong."
        in read
    )


def test_a_draft_gives_out_no_file(world: makers.World, client: FlaskClient) -> None:
    world.commitment.state = "draft"
    world.commitment.published_at = world.commitment.approved_at = world.commitment.approved_by_id = None
    db.session.commit()
    path = f"/en/commitments/{world.commitment.public_id}"
    for file in ("target-1.csv", "target-1.svg"):
        assert client.get(f"{path}/{file}").status_code == 404


def test_a_source_that_is_a_formula_leaves_as_text(world: makers.World, client: FlaskClient) -> None:
    with transaction():
        world.target.baseline_source = "=cmd|' /C calc'!A0"
    answer = client.get(f"/en/commitments/{world.commitment.public_id}/target-1.csv")
    assert ",'=cmd|' /C calc'!A0\r\n" in answer.get_data().decode("utf-8-sig")
    assert io.StringIO(answer.text).readline().count(",") == 14
