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
    clients = [app.test_client(), *(filing.signed_in(app, person) for person in people)]
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
    assert "A reason that must not be lost" in refused.text and "Measurable: give a score from 0 to 3" in refused.text
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

    # Who decided what, and what was typed is still there.
    assert "decided already: “Approved”, by Ada" in late.text and "Wait." in late.text


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
    assert page.count("Approved.") == 1 and "decided already: “Approved”, by Bo" in page
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


def test_nothing_typed_on_the_page_is_lost_when_a_remark_is_kept_or_settled(app: Flask, cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    noor = filing.signed_in(app, cast.noor)
    item = f"/en/review/{review.public_id}"
    noor.post(f"{item}/claim")
    typed = {"verdict": "return", "reason": "A reason that is not sent yet", "specific": "2"}
    assert noor.post(f"{item}/remarks", data={**typed, "field": "why", "text": "Which figures?"}).status_code == 303
    page = noor.get(item).text
    assert "A reason that is not sent yet" in page and re.search(r'value="return" checked', page)
    assert page.count("Which figures?") == 1
    db.session.expire_all()
    assert (review.scores, review.verdict, review.verdict_reason) == ({"specific": 2}, "", "")
    remark = review.remarks[0].public_id
    changed = {**typed, "reason": "Changed, still not sent", "field": "headline", "text": "Half a remark"}
    assert noor.post(f"{item}/remarks/{remark}/settle", data=changed).status_code == 303
    page = noor.get(item).text
    assert "Changed, still not sent" in page and "Half a remark" in page
    refused = noor.post(f"{item}/remarks", data={**changed, "text": " "})
    assert refused.status_code == 422 and "Changed, still not sent" in refused.text
    assert noor.post(f"{item}/give-back", data=changed).status_code == 303
    noor.post(f"{item}/claim")
    assert "Changed, still not sent" in noor.get(item).text


def test_what_one_reviewer_typed_is_not_shown_to_the_next(app: Flask, cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    noor, bo = filing.signed_in(app, cast.noor), filing.signed_in(app, cast.both)
    item = f"/en/review/{review.public_id}"
    noor.post(f"{item}/claim")
    noor.post(item, data={"do": "save", "reason": "Only for my eyes"})
    assert bo.post(f"{item}/take-over", data={"reason": "Noor is away."}).status_code == 303
    assert "Only for my eyes" not in bo.get(item).text
    late = noor.post(item, data={"do": "send", "verdict": "return", "reason": "Only for my eyes, longer"})
    assert late.status_code == 409 and "Only for my eyes, longer" in late.text
    assert "You do not hold this item now" in late.text


def test_a_half_written_remark_goes_with_the_verdict(app: Flask, cast: Cast) -> None:
    review = filing.submit(cast.champion, cast.writer)
    noor = filing.signed_in(app, cast.noor)
    item = f"/en/review/{review.public_id}"
    noor.post(f"{item}/claim")
    sent = {"do": "send", "verdict": "return", "reason": "See there.", "field": "why", "text": "Since when?"}
    assert noor.post(item, data=sent).status_code == 303
    db.session.expire_all()
    assert ([remark.text for remark in review.remarks], review.verdict, review.drafts) == (
        ["Since when?"],
        "returned",
        {},
    )


def test_several_items_of_the_queue_are_listed_then_taken_one_by_one(app: Flask, cast: Cast) -> None:
    one, two = (filing.submit(cast.champion, cast.writer, f"Promise {word}") for word in ("one", "two"))
    filing.submit(cast.champion, cast.writer, "Promise three")
    with transaction():
        operations.claim(two, cast.both)
    noor = filing.signed_in(app, cast.noor)
    ids = [one.public_id, two.public_id]
    page = noor.get("/en/review/selected", query_string={"item": ids}).text
    assert "Promise one" in page and "Promise two" in page and "Promise three" not in page
    page = noor.post("/en/review/selected", data={"item": ids, "verb": "claim"}).text
    assert page.count("Taken for review by you.") == 1 and "Somebody else is reviewing this." in page
    assert noor.post("/en/review/selected", data={"item": ids, "verb": "approve"}).status_code == 422
    assert filing.signed_in(app, cast.ada).get("/en/review/selected").status_code == 403


def test_the_champion_reads_every_decision_with_its_reason_in_one_list(app: Flask, cast: Cast) -> None:
    filing.recommended(filing.submit(cast.champion, cast.writer, "First"), cast.noor, "Well supported by the plan.")
    waiting = filing.submit(cast.champion, cast.writer, "Second")
    with transaction():
        operations.claim(waiting, cast.noor)
        operations.keep_draft(waiting, {"reason": "Not told yet"}, cast.noor)
    page = filing.signed_in(app, cast.viewer).get("/en/organisations/sample-group/reviews").text
    assert "Well supported by the plan." in page and "Second" in page and "Not told yet" not in page
    assert "one indicator, one group" in page
    other = filing.member(filing.champion("other-group"), "Otto", Role.COORDINATOR)
    assert filing.signed_in(app, other).get("/en/organisations/sample-group/reviews").status_code == 404


@pytest.mark.parametrize("path", ["review/{0}", "approvals/{0}", "organisations/sample-group/reviews/{0}"])
def test_no_page_of_a_review_asks_more_than_twelve_questions(app: Flask, cast: Cast, path: str) -> None:
    review = filing.recommended(filing.submit(cast.champion, cast.writer), cast.noor)
    client = filing.signed_in(app, cast.writer if "organisations" in path else cast.both)
    address = "/en/" + path.format(review.public_id)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert client.get(address).status_code == 200
    asked = [text for text in seen if text.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= 12, "\n".join(asked)
