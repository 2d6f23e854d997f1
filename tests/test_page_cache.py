"""Kept pages: quick, the same for everybody, and never older than the last change, wherever that was made."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from impact import page_cache
from impact.accounts import operations as accounts
from impact.accounts.models import Person
from impact.actor import SYSTEM
from impact.app import create_app
from impact.champions import operations as champions
from impact.champions.models import Champion
from impact.commitments import operations as commitments
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.demo.people import PASSWORD
from impact.indicators import operations as indicators
from impact.indicators.models import Indicator
from impact.page_cache import Kept, PageCache
from tests.browsing import Browser
from tests.conftest import settings_for

ROOT = Path(__file__).parent.parent
MARKER = "the marker of this change"


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    application = create_app(settings_for(tmp_path, database, page_cache_mb=8))
    application.testing = True
    application.test_client_class = Browser
    with application.app_context():
        yield application
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


def pages_kept(app: Flask) -> int:
    """Whole pages; the rows and pieces that pages are put together from are no page."""
    cache: page_cache.PageCache = app.extensions["page_cache"]
    return sum(key[1].startswith("/") for key in cache)


def promise_of(slug: str) -> Commitment:
    champion = db.session.scalars(select(Champion).where(Champion.slug == slug)).one()
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.champion_id == champion.id, Commitment.state == "published")
        .order_by(Commitment.id)
        .limit(1)
    ).one()


def test_a_second_reader_costs_one_small_question(client: FlaskClient, asked: list[str]) -> None:
    first = client.get("/en/commitments")
    asked.clear()
    second = client.get("/en/commitments")
    assert asked == [page_cache.NEWEST_CHANGE]
    assert second.data == first.data
    for name in ("Content-Security-Policy", "Vary", "Cache-Control", "X-Content-Type-Options", "ETag"):
        assert second.headers[name] == first.headers[name]


def test_the_question_is_answered_from_its_index(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        indexes = db.session.execute(text("SELECT indexname FROM pg_indexes WHERE tablename = 'audit_entry'"))
        assert "ix_audit_entry_changes" in set(indexes.scalars())
        return
    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {page_cache.NEWEST_CHANGE}")).all()
    assert "ix_audit_entry_changes" in str(plan)


def test_each_language_and_filter_has_a_page_of_its_own(loaded: Flask) -> None:
    client = loaded.test_client()
    for _round in range(2):
        assert '<html lang="fr" dir="ltr">' in client.get("/fr/commitments").text
        assert '<html lang="ar" dir="rtl">' in client.get("/ar/commitments").text
        all_of_them = client.get("/en/commitments").text
        some = client.get("/en/commitments?constituency=university").text
        assert all_of_them != some
        assert client.get("/en/commitments?constituency=government").text != some


@pytest.mark.parametrize(
    "address",
    [
        "/en/commitments?kind=level&kind=points",
        "/en/commitments?utm_source=letter",
        "/en/commitments?after=" + "x" * 65,
        "/en/champions/nobody",
        "/en/sign-in",
        "/en/apply",
        "/healthz",
    ],
)
def test_what_is_not_a_plain_public_page_is_not_kept(app: Flask, client: FlaskClient, address: str) -> None:
    client.get(address)
    assert pages_kept(app) == 0


def test_somebody_who_is_signed_in_neither_fills_nor_reads_the_cache(loaded: Flask) -> None:
    anonymous, member = loaded.test_client(), loaded.test_client()
    person = db.session.scalars(select(Person).where(Person.email == "coordinator@university.example")).one()
    with transaction():
        token = accounts.open_session(person)
    with member.session_transaction() as session:
        session["_user_id"] = token
    name = person.name
    assert name in member.get("/en/champions").text
    assert pages_kept(loaded) == 0
    assert name not in anonymous.get("/en/champions").text
    assert pages_kept(loaded) == 1
    assert name in member.get("/en/champions").text
    assert name not in anonymous.get("/en/champions").text
    assert PASSWORD not in anonymous.get("/en/champions").text


def test_a_made_up_session_cookie_and_other_headers_change_nothing_for_others(app: Flask, client: FlaskClient) -> None:
    plain = client.get("/en/commitments").data
    for headers in (
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"},
        {"Cookie": "impact=made-up"},
        {"Accept": "application/json"},
        {"Accept-Language": "ar"},
        {"Authorization": "Bearer made-up"},
    ):
        assert app.test_client().get("/en/commitments", headers=headers).data == plain
    app.extensions["page_cache"] = PageCache(8_000_000)
    poisoned = client.get("/en/commitments", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in poisoned.data
    assert client.get("/en/commitments").data == plain


def test_a_kept_page_is_not_sent_again_to_who_has_it(client: FlaskClient) -> None:
    first = client.get("/en/commitments")
    again = client.get("/en/commitments", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_head_and_post_are_not_answered_from_it(app: Flask, client: FlaskClient) -> None:
    client.get("/en/commitments")
    assert client.head("/en/commitments").data == b""
    assert client.post("/en/commitments").status_code in {400, 405}


def _university() -> Champion:
    return db.session.scalars(select(Champion).where(Champion.slug == "example-university")).one()


def _indicator() -> Indicator:
    return db.session.scalars(select(Indicator).where(Indicator.code == "SHE-A")).one()


#: (address, the operation after which the page says so)
CHANGES: dict[str, tuple[str, Callable[[], object]]] = {
    "a standing": (
        "/en/champions/example-university",
        lambda: champions.change_standing(_university(), "suspended", MARKER, SYSTEM),
    ),
    "an indicator retired": (
        "/en/indicators/{indicator}",
        lambda: indicators.retire_indicator(_indicator(), MARKER, SYSTEM),
    ),
    "a new leader": (
        "/en/champions/example-university",
        lambda: champions.start_term(_university(), MARKER, "Rector", date(2026, 1, 1), SYSTEM),
    ),
    "a commitment recorded": (
        "/en/commitments",
        lambda: commitments.record_from_public_source(
            _university(), headline=MARKER, targets=[], source="https://source.example", recorded_on=date(2026, 1, 1),
            actor=SYSTEM,
        ),
    ),
    "a commitment ended": (
        "/en/commitments/{commitment}",
        lambda: commitments.end(promise_of("example-university"), "complete", MARKER, SYSTEM),
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", list(CHANGES))
def test_every_kind_of_change_is_seen_by_the_next_reader(loaded: Flask, change: str) -> None:
    client = loaded.test_client()
    address, act = CHANGES[change]
    address = address.format(indicator=_indicator().slug, commitment=promise_of("example-university").public_id)
    before = client.get(address)
    assert MARKER not in before.text
    assert client.get(address).data == before.data
    with transaction():
        act()
    assert MARKER in client.get(address).text


@pytest.fixture
def other(loaded: Flask, database: str) -> Iterator[Flask]:
    """The application once more, over the same data, with a cache and connections of its own."""
    application = create_app(settings_for(Path(loaded.extensions["settings"].instance), database, page_cache_mb=8))
    application.testing, application.test_client_class = True, Browser
    yield application
    with application.app_context():
        db.engine.dispose()


def test_the_next_reader_sees_a_change_and_so_does_another_process(loaded: Flask, other: Flask) -> None:
    client = loaded.test_client()
    promise = promise_of("example-university")
    page, text_before = f"/en/commitments/{promise.public_id}", "The marker-withdrawn of this test"
    for reader in (client, other.test_client(), client, other.test_client()):
        assert text_before not in reader.get(page).text
    with transaction():
        commitments.end(promise_of("example-university"), "withdraw", text_before, SYSTEM)
    assert text_before in client.get(page).text
    assert text_before in other.test_client().get(page).text


def test_a_change_made_by_another_process_is_seen_at_once(loaded: Flask, database: str, tmp_path: Path) -> None:
    client = loaded.test_client()
    slug = "example-university"
    page = f"/en/champions/{slug}"
    assert "marker of the other process" not in client.get(page).text
    # Words of this test alone reach the other process.
    script = f"""
        from pathlib import Path
        from sqlalchemy import select
        from impact.actor import SYSTEM
        from impact.app import create_app
        from impact.champions.models import Champion
        from impact.audit.operations import record
        from impact.db import db, transaction
        from tests.conftest import settings_for
        with create_app(settings_for(Path({str(tmp_path)!r}), {database!r})).app_context(), transaction():
            champion = db.session.scalars(select(Champion).where(Champion.slug == {slug!r})).one()
            champion.sector = "marker of the other process"
            champion.name = "marker of the other process"
            record(SYSTEM, "correct", champion)
    """  # noqa: S608
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=True, timeout=120)
    assert "marker of the other process" in client.get(page).text


def test_a_change_that_is_undone_leaves_the_page_as_it_was(loaded: Flask, asked: list[str]) -> None:
    client = loaded.test_client()
    before = client.get("/en/champions").data
    commitments.end(promise_of("example-university"), "withdraw", "x", SYSTEM)
    db.session.rollback()
    asked.clear()
    assert client.get("/en/champions").data == before
    assert len(asked) == 1


def test_signing_in_elsewhere_leaves_the_pages_kept(loaded: Flask, asked: list[str]) -> None:
    client = loaded.test_client()
    client.get("/en/champions")
    with transaction():
        accounts.sign_in("coordinator@university.example", PASSWORD, "127.0.0.1")
    asked.clear()
    client.get("/en/champions")
    assert len(asked) == 1


def test_tomorrow_the_page_is_made_anew(loaded: Flask, asked: list[str]) -> None:
    client = loaded.test_client()
    late = datetime(2031, 5, 1, 23, 59, 50, tzinfo=UTC)
    with time_machine.travel(late, tick=False):
        client.get("/en/commitments")
        asked.clear()
        client.get("/en/commitments")
        assert len(asked) == 1
    with time_machine.travel(late + timedelta(seconds=20), tick=False):
        asked.clear()
        client.get("/en/commitments")
        assert len(asked) > 1


def test_the_cache_stays_within_its_bytes_and_forgets_what_is_not_asked_for() -> None:
    cache = PageCache(10 * (1000 + 1024))
    today = datetime(2026, 1, 1, tzinfo=UTC).date()
    for number in range(50):
        cache.put(("", f"/{number}", ()), Kept((1, today), b"x" * 1000, "", ""))
        cache.get(("", "/0", ()))
    assert len(cache) == 10
    assert cache.size == 10 * (1000 + 1024)
    assert cache.get(("", "/0", ())) is not None
    assert cache.get(("", "/1", ())) is None
    cache.put(("", "/0", ()), Kept((2, today), b"y", "", ""))
    assert cache.size == 9 * (1000 + 1024) + 1025
    cache.put(("", "/huge", ()), Kept((2, today), b"z" * 100_000, "", ""))
    assert len(cache) == 0
    assert cache.size == 0


def test_a_style_of_the_page_is_named_by_its_hash_so_no_nonce_is_shared(app: Flask) -> None:
    with app.test_request_context("/en/commitments"):
        g.csp_nonce = "n0nce"
        page, policy = page_cache.without_nonce('<style nonce="n0nce">p{}</style>') or ("", "")
        assert page == "<style>p{}</style>"
        assert "style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='" in policy
        assert "n0nce" not in policy
        assert page_cache.without_nonce('<p data-nonce="n0nce">') is None


def test_while_the_database_is_away_the_last_page_is_shown(loaded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = loaded.test_client()
    loaded.config["SHOW_ERROR_PAGES"] = True
    before = client.get("/en/commitments").data

    def away() -> None:
        raise OperationalError("SELECT", {}, Exception("the database is away"))

    monkeypatch.setattr(page_cache, "version", away)
    assert client.get("/en/commitments").data == before
    assert client.get("/en/champions").status_code == 503
