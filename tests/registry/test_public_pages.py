"""Every public page, in three languages, over the demonstration data: it answers, sets no cookie, and leaks no draft."""

import pytest
from flask import Flask
from sqlalchemy import select

from impact.actor import SYSTEM
from impact.champions.models import Champion
from impact.commitments.models import Commitment
from impact.commitments.operations import file_commitment
from impact.db import db, transaction

PAGES = (
    "/",
    "/champions",
    "/champions/example-university",
    "/commitments",
    "/commitments?constituency=university&kind=level",
    "/commitments?theme=nonsense&after=nothing",
    "/indicators",
    "/indicators?constituency=government",
    "/severity?area=political",
    "/how-it-works",
    "/how-status-is-worked-out",
    "/roles",
    "/privacy",
    "/accessibility",
)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_public_page_answers_without_a_cookie(loaded: Flask, language: str) -> None:
    client = loaded.test_client()
    for page in PAGES:
        answer = client.get(f"/{language}{page}")
        assert answer.status_code == 200, page
        assert "Set-Cookie" not in answer.headers, page
        assert answer.text.count("<h1") == 1, page
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text


def test_every_recorded_commitment_has_a_page_that_names_its_source(loaded: Flask) -> None:
    client = loaded.test_client()
    ids = db.session.scalars(select(Commitment.public_id).where(Commitment.is_recorded)).all()
    assert len(ids) == 78
    for public_id in ids:
        answer = client.get(f"/en/commitments/{public_id}")
        assert answer.status_code == 200
        assert "Recorded from public sources, not filed by the organisation." in answer.text


def test_a_draft_is_nowhere_in_public(loaded: Flask) -> None:
    with transaction():
        university = db.session.scalars(select(Champion).where(Champion.slug == "example-university")).one()
        draft = file_commitment(university, SYSTEM, {"headline": "A secret not yet published"})
    client = loaded.test_client()
    assert client.get(f"/en/commitments/{draft.public_id}").status_code == 404
    for page in PAGES:
        assert "A secret not yet published" not in client.get(f"/en{page}").text


def test_the_list_is_paged_by_key_without_gap_or_double(loaded: Flask) -> None:
    client, seen, url = loaded.test_client(), [], "/en/commitments"
    while url:
        page = client.get(url).text
        seen += [part.split('"')[0] for part in page.split('href="/en/commitments/')[1:]]
        following = page.split('class="next" href="')
        url = following[1].split('"')[0].replace("&amp;", "&") if len(following) > 1 else ""
    assert len(seen) == len(set(seen)) == 88


@pytest.mark.parametrize(
    "address", ["/commitments", "/champions", "/champions/example-university", "/", "/indicators", "/indicators/she-a"]
)
def test_no_public_page_asks_more_than_twelve_questions(loaded: Flask, asked: list[str], address: str) -> None:
    client = loaded.test_client()
    asked.clear()
    assert client.get(f"/en{address}").status_code == 200
    assert 0 < len(asked) <= 12, "\n".join(asked)


def test_an_invented_promise_shows_its_figures_its_status_and_that_it_is_made_up(loaded: Flask) -> None:
    public_id = db.session.scalars(
        select(Commitment.public_id).where(Commitment.headline == "Women among full professors")
    ).one()
    page = loaded.test_client().get(f"/en/commitments/{public_id}").text
    assert "Demonstration data" in page
    assert "25.6%" in page
    assert "110 of 430" in page
    assert "Raise the share of women among full professors from <b>19%</b>" in page
    assert "The staff system was replaced in the autumn" in page


def test_what_is_not_known_of_a_term_or_of_a_starting_point_is_not_said(loaded: Flask) -> None:
    client = loaded.test_client()
    timeline = '<span class="when">%s</span>'
    finland = client.get("/en/champions/finland").text
    assert timeline % "years not recorded" in finland and "now</span>" not in finland
    japan = client.get("/en/champions/japan").text
    assert timeline % "until 2022" in japan and timeline % "since 2022" in japan
    assert " – now</span>" in client.get("/en/champions/example-university").text
    rwanda = select(Commitment.public_id).join(Champion).where(Champion.slug == "rwanda")
    pages = [client.get(f"/en/commitments/{public_id}").text for public_id in db.session.scalars(rwanda)]
    undated = "The day of the starting point is not recorded, so no way can be timed."
    assert sum(undated in page for page in pages) == 1
    assert sum("34%, on a day that is not recorded" in page for page in pages) == 1
