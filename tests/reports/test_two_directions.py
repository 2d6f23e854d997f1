"""What people wrote in one script on a page in another keeps its own order, and its neighbours keep theirs."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from impact.actor import Role
from impact.db import db
from impact.jobs import run_waiting
from impact.progress.models import Figure
from impact.reviews.models import Review
from tests.progress import makers as progress_makers
from tests.reports import makers
from tests.reports.makers import quickly
from tests.reports.test_report_pages import PASSWORD, signs_in

ORGANISATION = "/ar/organisations/example-university"
STATEMENT = r'<bdi{} lang="en" dir="ltr">We are behind\.\s+We know why\.</bdi>'


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch, b"%PDF-1.7 of a test")


def as_coordinator(client: FlaskClient, year: makers.Year) -> FlaskClient:
    who = progress_makers.actor("coordinator", champion=year.world.champion, role=Role.COORDINATOR)
    makers.can_sign_in(year, who, PASSWORD, Role.COORDINATOR)
    signs_in(client, "coordinator")
    return client


def as_staff(app: Flask, name: str, role: Role) -> FlaskClient:
    client = app.test_client()
    makers.staff_can_sign_in(progress_makers.actor(name), PASSWORD, role)
    signs_in(client, name)
    return client


def test_the_page_of_an_edition_marks_the_statement_with_its_language(year: makers.Year, client: FlaskClient) -> None:
    edition = makers.a_draft(year)
    db.session.commit()
    page = as_coordinator(client, year).get(f"{ORGANISATION}/editions/{edition.code}").text
    assert re.search(STATEMENT.format(""), page)
    # A sentence of the platform is in the reader's language, and says no other.
    assert re.search(r'<p class="sentence"><bdi>[^<]*[\u0600-\u06ff]', page)
    assert f"<bdi>{edition.code}</bdi>" in page


def test_the_reviewer_reads_an_edition_in_the_order_of_each_script(app: Flask, year: makers.Year) -> None:
    edition = makers.signed_off(year)
    public_id = db.session.scalars(select(Review).where(Review.subject_kind == "edition")).one().public_id
    name = makers.review_of(edition).submitted_by.name
    db.session.commit()
    client = as_staff(app, "reader", Role.REVIEWER)
    page = client.get(f"/ar/review/{public_id}").text
    assert re.search(STATEMENT.format(' class="side"'), page)
    assert re.search(r"<h1><bdi>[^<]*2018[^<]*</bdi></h1>", page)
    assert re.search(rf"</b><bdi>{name}</bdi>, <bdi>\d+ [^<]+</bdi>", page)
    assert f": <bdi>{name}</bdi>" in page


def test_a_box_for_a_text_follows_what_is_typed_in_it(year: makers.Year, client: FlaskClient) -> None:
    page = as_coordinator(client, year).get(f"{ORGANISATION}/figures/2018").text
    boxes = re.findall(r"<textarea [^>]*>", page)
    assert boxes and all('dir="auto"' in box for box in boxes)


def test_the_size_of_a_file_stays_with_its_unit(year: makers.Year, client: FlaskClient) -> None:
    makers.a_file(year, "en")
    db.session.commit()
    run_waiting()
    page = client.get("/ar/champions/example-university").text
    assert '<span class="hint"><bdi>PDF</bdi>, <bdi>1 كيلوبايت</bdi></span>' in page


def test_a_share_and_what_it_is_made_of_are_told_apart(year: makers.Year, client: FlaskClient) -> None:
    figure = db.session.scalars(select(Figure)).first()
    assert figure is not None and figure.denominator is not None
    page = as_coordinator(client, year).get(f"{ORGANISATION}/figures/2018").text
    assert re.search(r"<bdi>\u200e[\d.]+%\u200e</bdi> <bdi class=\"hint\">[\d,]+ من [\d,]+</bdi>", page)
