"""An attacker with everything that is public, older editions included, does not find a small group."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from impact.db import db
from impact.progress import operations as progress
from reports import handout, render
from reports.models import Edition
from reports.snapshot_types import Snapshot
from reports.web import to_page
from tests.progress import makers as progress_makers
from tests.reports import makers

#: What was counted → the numbers that no public place may name, and those that it does (or the test reads nothing).
SMALL_REST = {**makers.ANSWER, "men": 311, "other": 3, "undisclosed": 4}
SMALL_REST_SECRET, SMALL_REST_SHOWN = ("311", "74.2", "0.7", "1.7"), ("101", "419")
FEW_COUNTED = {
    **makers.ANSWER,
    "numerator": 7,
    "denominator": 131,
    "women": 7,
    "men": 124,
    "other": 0,
    "undisclosed": 0,
}
FEW_COUNTED_SECRET, FEW_COUNTED_SHOWN = ("131", "124", "5.3", "94.7"), ("5",)
OPEN = {**makers.ANSWER, "men": 294, "other": 12, "undisclosed": 12}


@pytest.fixture
def at_noon(app: Flask) -> Iterator[Flask]:
    with time_machine.travel(makers.TAKEN, tick=False):
        yield app


def a_year(monkeypatch: pytest.MonkeyPatch, counts: dict[str, Any]) -> makers.Year:
    monkeypatch.setattr(makers, "ANSWER", counts)
    return makers.an_approved_year()


def addresses(app: Flask, edition: Edition) -> list[str]:
    """Every public address of the edition and of what it is about, found in the table of addresses."""
    about = {
        "code": edition.code,
        "slug": edition.champion.slug,
        "report_language": "en",
        "language": "en",
    }
    found = [f"/en/champions/{edition.champion.slug}"]
    for rule in app.url_map.iter_rules():
        names = set(rule.arguments) - {"lang", "lang_code", "ui_language"}
        if "GET" in (rule.methods or ()) and "code" in names and rule.endpoint.startswith("reports."):
            path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda name: str(about.get(name.group(1), "en")), rule.rule)
            found.append(path)
    return found


def fetched(client: FlaskClient, path: str) -> Any:
    """The answer, after at most one step to another address."""
    answer = client.get(path)
    return client.get(answer.headers["Location"]) if answer.status_code in {301, 302, 308} else answer


def public_texts(app: Flask, client: FlaskClient, edition: Edition) -> dict[str, str]:
    """{where: what a reader finds there}: pages, data and both PDFs with all that is attached to them."""
    snapshot = Snapshot.load(edition.snapshot)
    texts = {"snapshot": json.dumps(edition.snapshot)}
    with app.test_request_context("/"):
        texts["page"] = to_page(snapshot, "en")
    for name, pdf in (
        ("report", render.to_pdf(snapshot, "en")),
        ("hand-out", handout.to_handout(snapshot, "en")),
    ):
        reader = PdfReader(io.BytesIO(pdf))
        texts[name] = " ".join(page.extract_text() for page in reader.pages)
        for file, versions in reader.attachments.items():
            texts[f"{name}: {file}"] = versions[0].decode()
    for address in addresses(app, edition):
        answer = fetched(client, address)
        if answer.status_code == 200 and not answer.mimetype.endswith("pdf"):
            texts[address] = answer.text
    page = client.get(f"/en/champions/{edition.champion.slug}").text
    for path in sorted(set(re.findall(r'href="(/en/commitments/[^"#?]+)"', page))):
        whole = client.get(path).text
        texts[path] = whole
        for file in sorted(set(re.findall(r'href="([^"]+\.(?:csv|svg|json))"', whole))):
            texts[file] = client.get(file).text
    return texts


def named(text: str, number: str) -> bool:
    """Whether the number stands there by itself, not inside a longer one or a digest."""
    return re.search(rf"(?<![\w.,#-]){re.escape(number)}(?![\w-]|[.,]\d)", text) is not None


@pytest.mark.parametrize(
    "counts, secret, shown",
    [
        pytest.param(SMALL_REST, SMALL_REST_SECRET, SMALL_REST_SHOWN, id="small parts"),
        pytest.param(FEW_COUNTED, FEW_COUNTED_SECRET, FEW_COUNTED_SHOWN, id="few counted"),
    ],
)
def test_nothing_public_names_a_hidden_count_or_what_gives_it_away(
    at_noon: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    counts: dict[str, Any],
    secret: tuple[str, ...],
    shown: tuple[str, ...],
) -> None:
    edition = makers.an_edition(a_year(monkeypatch, counts))
    db.session.commit()
    texts = public_texts(at_noon, client, edition)
    assert len(texts) >= 8
    for number in shown:
        assert any(named(text, number) for text in texts.values()), number
    # SVG charts and style sheets hold coordinates: only what is text of them is read.
    readable = {
        where: re.sub(r"<(path|svg|g|rect|circle|line|use)[^>]*>|[\w-]+:[^;\"]+;", " ", text)
        for where, text in texts.items()
    }
    assert {(where, number) for where, text in readable.items() for number in secret if named(text, number)} == set()


def rows_of(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of a public snapshot, as its reader finds them."""
    return [figure for one in snapshot["commitments"] for target in one["targets"] for figure in target["figures"]]


def possible(figure: dict[str, Any], name: str) -> set[int]:
    """Every count of a hidden part that fits what is shown of one figure: the parts make up the whole."""
    parts = dict(figure["parts"])
    rest = int(figure["denominator"]) - sum(count for count in parts.values() if isinstance(count, int))
    others = [part for part, count in parts.items() if not isinstance(count, int) and part != name]
    # With another hidden part beside it, each count up to the rest is possible; alone, it is the rest.
    return set(range(rest + 1)) if others else {rest}


def test_the_data_of_an_edition_leave_a_small_part_open_among_many_numbers(
    at_noon: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = makers.an_edition(a_year(monkeypatch, SMALL_REST))
    (figure,) = [row for row in rows_of(edition.snapshot) if row["parts"]]
    assert figure["parts"]["women"] == 101 and figure["denominator"] in {419, "419"}
    for part in ("other", "undisclosed", "men"):
        assert len(possible(figure, part)) > 10


def test_an_older_edition_that_showed_the_parts_is_nowhere_to_be_had(
    at_noon: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First all parts were large; put right, one is small: the older whole would give the newer parts back."""
    year = a_year(monkeypatch, OPEN)
    first = makers.an_edition(year)
    db.session.commit()
    reachable = [path for path in addresses(at_noon, first) if client.get(path).status_code == 200]
    assert reachable
    correction = progress.start_correction(year.report, "A count was wrong.", year.world.coordinator)
    assert progress.enter_figure(correction.figures[0], SMALL_REST, year.world.coordinator) == {}
    progress_makers.approved(correction, year.world)
    db.session.commit()
    hidden_at_once = {path: client.get(path) for path in reachable}
    second = makers.an_edition(year, "A count was wrong.")
    db.session.commit()
    for path in reachable:
        for answer in (hidden_at_once[path], fetched(client, path)):
            assert not named(answer.text, "294"), path
    assert not named(json.dumps(second.snapshot["edition"]), "294")


def test_the_public_digest_of_the_confidential_data_cannot_be_tried_out(
    at_noon: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who knows everything but one small count still lacks the salt."""
    edition = makers.an_edition(a_year(monkeypatch, SMALL_REST))
    frozen = Snapshot.load(edition.confidential)
    assert len(frozen.salt) == 32 and frozen.digest() == edition.confidential_sha256
    assert replace(frozen, salt="").digest() != edition.confidential_sha256
    assert Snapshot.load(edition.snapshot).salt == ""
