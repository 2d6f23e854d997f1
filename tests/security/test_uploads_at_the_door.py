"""Hostile files, given the way a browser gives them (security.md 5.x, T6, T11–T13): nothing of them is kept or shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from impact.actor import Role
from impact.db import db
from impact.progress.models import Evidence
from tests.champions.makers import token_in
from tests.engine.test_uploads import BAD
from tests.security.conftest import Site

#: Names that try to leave the store, to begin a header, to hide what they are.
NAMES = {
    "../../../../tmp/evil.csv": "evil.csv",
    "..\\..\\evil.csv": "evil.csv",
    "/etc/passwd.csv": "passwd.csv",
    "\u202evsc.exe.csv": "vsc.exe.csv",
    "a" * 300 + ".csv": "a" * 146 + ".csv",
    "con.csv": "_con.csv",
    "<img src=x onerror=alert(1)>.csv": "_img src=x onerror=alert(1)_.csv",
    "%2e%2e%2fevil.csv": "_2e_2e_2fevil.csv",
    "$(id).csv": "$(id).csv",
    "a;id.csv": "a;id.csv",
    "résumé 承诺.csv": "résumé 承诺.csv",
}


def kept(site: Site) -> tuple[set[str], int]:
    """Every file of the instance except the database's own, and the number of rows."""
    db.session.rollback()
    folder: Path = site.app.extensions["settings"].instance
    files = {str(path) for path in folder.rglob("*") if path.is_file() and "test.sqlite" not in path.name}
    return files, db.session.scalar(select(func.count()).select_from(Evidence)) or 0


def give(client: Any, site: Site, name: str, content: bytes, **more: str) -> Any:
    address = site.address("progress.figure")
    token = token_in(client.get(address))
    data = {"csrf_token": token, "title": "Staff records", "file": (io.BytesIO(content), name), **more}
    return client.post(f"{address}/evidence", data=data)


def test_every_hostile_file_is_refused_on_the_page_and_leaves_nothing(site: Site) -> None:
    client, before = site.signed_in(Role.CONTRIBUTOR), kept(site)
    taken = []
    for case, (name, content, _rule) in BAD.items():
        answer = give(client, site, name, content)
        if answer.status_code != 422 or "was not taken: " not in answer.text:
            taken.append((case, answer.status_code))
    assert taken == []
    assert kept(site) == before
    assert len(BAD) > 40


@pytest.mark.parametrize("given", NAMES)
def test_a_hostile_name_is_only_ever_a_name(site: Site, given: str) -> None:
    client, before = site.signed_in(Role.CONTRIBUTOR), kept(site)
    content = f"name\n{given!r}\n".encode()
    assert give(client, site, given, content, seen_by="public").status_code == 303
    piece = db.session.scalars(select(Evidence).order_by(Evidence.id.desc()).limit(1)).one()
    assert piece.file_name == NAMES[given]
    # One file more, under its digest, in the store.
    (new,) = kept(site)[0] - before[0]
    assert Path(new).name == piece.sha256 or new.endswith(piece.sha256[4:]) or piece.sha256 in new.replace("/", "")
    answer = client.get(f"/en/evidence/{piece.public_id}")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert answer.headers["Content-Disposition"].count("\n") == 0
    assert "X-Injected" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer.mimetype == "text/csv"
    assert "<img src=x" not in client.get(site.address("progress.figure")).text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "\\\\evil.example", "file:///etc/passwd", "https:evil.example", "http://a b.example", "ftp://evil.example/x"])  # fmt: skip
def test_an_address_that_a_browser_would_run_is_no_evidence(site: Site, url: str) -> None:
    client, before = site.signed_in(Role.CONTRIBUTOR), kept(site)
    address = site.address("progress.figure")
    data = {"csrf_token": token_in(client.get(address)), "title": "A link", "url": url}
    assert client.post(f"{address}/evidence", data=data).status_code == 422
    assert kept(site) == before


def test_a_link_says_where_it_leads_and_leads_nowhere_by_itself(site: Site) -> None:
    client = site.signed_in(Role.CONTRIBUTOR)
    address = site.address("progress.figure")
    data = {"csrf_token": token_in(client.get(address)), "title": "A <b>link</b>", "url": "https://elsewhere.example/x?a=1&b=2"}  # fmt: skip
    assert client.post(f"{address}/evidence", data=data).status_code == 303
    piece = db.session.scalars(select(Evidence).order_by(Evidence.id.desc()).limit(1)).one()
    answer = client.get(f"/en/evidence/{piece.public_id}")
    assert answer.status_code == 200
    assert 'href="https://elsewhere.example/x?a=1&amp;b=2"' in answer.text
    assert "A &lt;b&gt;link&lt;/b&gt;" in answer.text
