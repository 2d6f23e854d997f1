"""The readers of every page and every change, held against faults that they must find."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from impact.actor import SYSTEM
from impact.audit.operations import record
from impact.champions.models import Champion
from impact.db import db, transaction
from tests import every_change
from tests.every_page import faults
from tests.progress.makers import a_champion

POLICY = "script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'"
FRAME = '<!DOCTYPE html><html lang="en" dir="ltr"><head><title>A · B</title></head><body><main><h1>A</h1>{}</main></body></html>'


def found_in(part: str) -> str:
    return "; ".join(faults(FRAME.replace("{}", part), POLICY, "/en/"))


def test_a_good_page_has_no_fault() -> None:
    assert found_in('<p id="a">x</p><style nonce="abc">p{}</style><label for="b">B</label><input id="b">') == ""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<p><div>x</div></p>", "unexpected-end-tag"),
        ("<p>a & b &nosuch; </p>", "expected-named-entity"),
        ("<ul><div>x</div></ul>", "<div> directly in <ul>"),
        ("<section><b>x</section>", "end-tag-too-early"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' is given 2 times"),
        ("<h1>Another</h1>", "2 headings of the first rank"),
        ('<input name="who">', "no label for 'who'"),
        ('<select name="who"><option>x</option></select>', "no label for 'who'"),
        ('<label for="nothing">x</label>', "names nothing"),
        ('<p style="color:red">x</p>', "an inline style or handler"),
        ('<p onclick="go()">x</p>', "an inline style or handler"),
        ('<a href="javascript:go()">x</a>', "javascript:"),
        ('<a href="/x"></a>', "without words"),
        ("<script>go()</script>", "that the policy does not allow"),
        ('<style nonce="other">p{}</style>', "that the policy does not allow"),
        ('<script src="https://elsewhere.example/x.js"></script>', "a script from"),
        ('<form method="post" action="/x"></form>', "with 0 tokens"),
        ('<img src="/static/x.png">', "an image without alt"),
    ],
)
def test_a_fault_is_found(part: str, fault: str) -> None:
    assert fault in found_in(part)


def test_a_page_in_the_wrong_direction_is_found() -> None:
    assert "lang 'en' and dir 'ltr' on a page under /ar/" in "; ".join(faults(FRAME, POLICY, "/ar/champions"))


def test_a_change_without_an_entry_is_found(app: Flask) -> None:
    with transaction():
        a_champion()
    with every_change.watched() as unrecorded:
        with transaction():
            db.session.execute(update(Champion).values(sector="Changed"))
        assert unrecorded == ["champion"]
        unrecorded.clear()
        with transaction():
            champion = db.session.scalars(select(Champion)).one()
            champion.sector = "Changed again"
            record(SYSTEM, "correct", champion)
        assert unrecorded == []


def test_the_browser_of_the_tests_reads_the_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.every_page.faults", lambda *given: ["a fault"])
    monkeypatch.setattr("tests.every_page._good", set())
    with pytest.raises(AssertionError, match="a fault"):
        client.get("/en/how-it-works")
