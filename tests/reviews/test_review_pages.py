"""The desk, the approvals and the champion's page in a browser without JavaScript."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import event, select

from impact.actor import Role
from impact.db import db, transaction
from impact.mail import Letter
from impact.reviews import operations, queries
from impact.reviews.marking import marked
from tests.reviews import filing
from tests.reviews.conftest import Cast

NASTY = "<script>alert(1)</script><b onmouseover=x>'\"{{ 7*7 }}"


def test_who_may_open_which_page(app: Flask, cast: Cast) -> None:
    waiting = filing.submit(cast.champion, cast.writer).public_id
    ready = filing.recommended(filing.submit(cast.champion, cast.writer, "Two"), cast.noor).public_id
    foreign = filing.champion("other-group")
    manager = filing.staff("Mara", Role.PROGRAMME_MANAGER)
    stranger = filing.member(foreign, "Otto", Role.COORDINATOR)
    own = f"/en/organisations/sample-group/reviews/{waiting}"
    table = [
        # path, anonymous, viewer, stranger, coordinator, reviewer, approver, programme manager
        ("/en/review", 303, 403, 403, 403, 200, 200, 200),
        (f"/en/review/{waiting}", 303, 403, 403, 403, 200, 200, 200),
        ("/en/approvals", 303, 403, 403, 403, 403, 200, 403),
        (f"/en/approvals/{ready}", 303, 403, 403, 403, 403, 200, 403),
        (f"/en/approvals/confirm?item={ready}", 303, 403, 403, 403, 403, 200, 403),
        (own, 303, 200, 404, 200, 200, 200, 200),
        (f"/en/organisations/other-group/reviews/{waiting}", 303, 404, 404, 404, 404, 404, 404),
        ("/en/review/nothing-here", 303, 403, 403, 403, 404, 404, 404),
    ]
    people = [cast.viewer, stranger, cast.writer, cast.noor, cast.ada, manager]
    clients = [filing.browser(app), *(filing.signed_in(app, person) for person in people)]
    for path, *expected in table:
        assert [client.get(path).status_code for client in clients] == expected, path


def test_who_may_send_which_form(app: Flask, cast: Cast) -> None:
    waiting = filing.submit(cast.champion, cast.writer).public_id
    for path in (
        "take-oldest",
        f"{waiting}/claim",
        f"{waiting}/give-back",
        f"{waiting}/take-over",
        f"{waiting}/remarks",
    ):
        for person in (cast.viewer, cast.writer, cast.ada):
            assert filing.signed_in(app, person).post(f"/en/review/{path}").status_code == 403, path
    assert filing.signed_in(app, cast.noor).post("/en/approvals/run", data={"item": waiting}).status_code == 403


def test_the_whole_way_over_the_pages(app: Flask, cast: Cast) -> None:
    first = filing.submit(cast.champion, cast.writer, why="Because of 2015.")
    noor, lea, ada = (filing.signed_in(app, person) for person in (cast.noor, cast.writer, cast.ada))
    item = f"/en/review/{first.public_id}"
    own = f"/en/organisations/sample-group/reviews/{first.public_id}"
    assert noor.post("/en/review/take-oldest").location == item
    assert noor.post(f"{item}/remarks", data={"field": "why", "text": "Which figures?"}).status_code == 303
    assert "Which figures?" not in lea.get(own).text
    saved = noor.post(item, data={"do": "save", "specific": "3"})
    assert saved.status_code == 303 and first.scores == {"specific": 3}
    refused = noor.post(item, data={"do": "send", "verdict": "recommend", "reason": "A reason that must not be lost"})
    assert refused.status_code == 422
    assert "A reason that must not be lost" in refused.text and "Give a score from 0 to 3" in refused.text
    sent = noor.post(item, data={"do": "send", "verdict": "return", "reason": "See the remark."})
    assert sent.location == "/en/review"
    page = lea.get(own).text
    assert "See the remark." in page and "Which figures?" in page and "3 of 3" in page
    remark = first.remarks[0]
    empty = lea.post(f"{own}/remarks/{remark.public_id}", data={"answer": " "})
    assert empty.status_code == 422 and "Write an answer." in empty.text
    assert lea.post(f"{own}/remarks/{remark.public_id}", data={"answer": "Those of the board."}).status_code == 303
    db.session.expire_all()
    thing = operations.subject_of(first)
    second = filing.resubmit(thing, cast.writer, why="Because of the board.")
    item = f"/en/review/{second.public_id}"
    page = noor.get(item).text
    assert "<del>2015.</del>" in page and "<ins>the board.</ins>" in page
    assert "Which figures?" in page and "Those of the board." in page
    assert noor.post(f"{item}/remarks/{remark.public_id}/settle").status_code == 303
    assert noor.post(f"{item}/claim").status_code == 303
    verdict = {"do": "send", "verdict": "recommend", "reason": "Now it is clear."}
    assert noor.post(item, data={**verdict, **{name: str(n) for name, n in filing.FULL.items()}}).status_code == 303
    decided = ada.post(f"/en/approvals/{second.public_id}", data={"verb": "approve", "reason": "Agreed."})
    assert decided.location == "/en/approvals"
    page = lea.get(f"/en/organisations/sample-group/reviews/{second.public_id}").text
    assert "Agreed." in page and "Approved" in page
    late = ada.post(f"/en/approvals/{second.public_id}", data={"verb": "send_back", "reason": "Wait."})
    assert late.status_code == 409


def test_several_are_listed_before_they_are_decided_and_each_outcome_is_shown(app: Flask, cast: Cast) -> None:
    one = filing.recommended(filing.submit(cast.champion, cast.writer, "First promise"), cast.noor)
    two = filing.recommended(filing.submit(cast.champion, cast.writer, "Second promise"), cast.noor)
    filing.recommended(filing.submit(cast.champion, cast.writer, "Third promise"), cast.noor)
    ada = filing.signed_in(app, cast.ada)
    ids = [one.public_id, two.public_id]
    page = ada.get("/en/approvals/confirm", query_string={"item": ids}).text
    assert "First promise" in page and "Second promise" in page and "Third promise" not in page
    assert one.decision == ""
    without = ada.post("/en/approvals/run", data={"item": ids, "verb": "approve", "reason": ""})
    assert without.status_code == 422 and "Second promise" in without.text
    with transaction():
        operations.approve(two, "Somebody was faster.", cast.both)
    page = ada.post("/en/approvals/run", data={"item": ids, "verb": "approve", "reason": "All read."}).text
    assert page.count("Approved.") == 1 and "already decided" in page
    assert [queries.review_by_public_id(i).decision_reason for i in ids] == ["All read.", "Somebody was faster."]


def test_text_of_a_stranger_stays_text_on_every_page_and_in_letters(app: Flask, cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer, headline=NASTY, why=NASTY)
    with transaction():
        operations.claim(review, cast.noor)
        operations.add_remark(review, "why", NASTY, cast.noor)
        operations.score(review, filing.FULL, cast.noor)
        operations.recommend(review, NASTY, cast.noor)
    noor, lea, ada = (filing.signed_in(app, person) for person in (cast.noor, cast.writer, cast.ada))
    pages = [
        noor.get(f"/en/review/{review.public_id}").text,
        ada.get("/en/approvals").text,
        ada.get(f"/en/approvals/confirm?item={review.public_id}").text,
        ada.get(f"/en/approvals/{review.public_id}").text,
        lea.get(f"/en/organisations/sample-group/reviews/{review.public_id}").text,
    ]
    filing.submit(cast.champion, cast.writer, headline=NASTY)
    pages.append(noor.get("/en/review").text)
    for page in pages:
        assert "&lt;script&gt;alert(1)" in page and "{{ 7*7 }}" in page
        assert "<script>alert" not in page and "<b onmouseover" not in page
    letter = db.session.scalars(select(Letter).where(Letter.template == "review_decided")).one()
    assert NASTY in letter.text


def test_a_person_with_a_tie_reads_no_untold_remarks_at_the_desk(app: Flask, cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    tied = filing.staff("Tied", Role.REVIEWER)
    with transaction():
        operations.claim(review, tied)
        operations.step_aside(review, "", tied)
    client = filing.signed_in(app, tied)
    assert client.get(f"/en/review/{review.public_id}").status_code == 403
    assert f"/en/review/{review.public_id}" not in client.get("/en/review").text


def test_a_taken_item_offers_the_takeover_with_a_reason(app: Flask, cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    with transaction():
        operations.claim(review, cast.both)
    noor = filing.signed_in(app, cast.noor)
    item = f"/en/review/{review.public_id}"
    assert noor.post(f"{item}/claim").status_code == 409
    without = noor.post(f"{item}/take-over", data={"reason": ""})
    assert without.status_code == 422 and "Give a reason" in without.text
    assert noor.post(f"{item}/take-over", data={"reason": "Bo is away."}).location == item
    assert "In review by you" in noor.get(item).text


@pytest.mark.parametrize("language, direction", [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_desk_speaks_every_language_and_filters_without_growing_queries(
    app: Flask, cast: Cast, language: str, direction: str
) -> None:
    noor = filing.signed_in(app, cast.noor)
    for number in range(3):
        filing.submit(cast.champion, cast.writer, f"Promise {number}")
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    page = noor.get(f"/{language}/review?show=unclaimed&kind=commitment&constituency=corporation").text
    assert f'dir="{direction}"' in page and all(f"Promise {number}" in page for number in range(3))
    assert len([text for text in seen if text.lstrip().upper().startswith("SELECT")]) <= 12
    assert "Promise 1" not in noor.get(f"/{language}/review?constituency=university").text
    assert not re.search(r'\sstyle="', page)


@pytest.mark.parametrize(
    "before, after, old, new",
    [
        ("35% by 2021", "33% by 2021", [("out", "35%"), ("same", " by 2021")], [("in", "33%"), ("same", " by 2021")]),
        ("", "new", [], [("in", "new")]),
        ("gone", "", [("out", "gone")], []),
    ],
)
def test_words_that_changed_are_marked_on_their_own_side(
    before: str, after: str, old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    assert marked(before, after) == (old, new)
