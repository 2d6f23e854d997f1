"""Every address × every role × GET and POST, against the table of tests/role_table.py.

A new route without a row fails. To add one: write the row from what impact/permissions.py and the issue say, then run
this test, and where it finds something else, mend what is wrong. CSRF is off here; that every form needs its token is
tested elsewhere. Who may do what does not depend on the database, so this one is always SQLite.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from tests import every_page, role_world
from tests.role_table import TABLE

METHODS = ("GET", "POST")


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> str:
    shutil.copy(migrated, tmp_path / "test.sqlite")
    return f"sqlite:///{tmp_path / 'test.sqlite'}"


def letter(status: int, location: str) -> str:
    """y: may; s: may, but not in this state (409); i: must sign in first; n: sees it but may not (403); h: 404."""
    if status == 401 or (status == 303 and "/sign-in?next=" in location):
        return "i"
    return {403: "n", 404: "h", 409: "s"}.get(status, "y" if status < 500 else "!")


def routes(app: Flask) -> list[tuple[str, str, set[str]]]:
    return sorted(
        (rule.endpoint, method, set(rule.arguments))
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in (rule.methods or ())
    )


def test_every_route_has_its_row(app: Flask) -> None:
    rows = {f"{method} {endpoint}" for endpoint, method, _arguments in routes(app)}
    assert rows - set(TABLE) == set(), "add these to tests/role_table.py"
    assert set(TABLE) - rows == set(), "these are gone"


@pytest.mark.timeout(900)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two thousand pages are asked for here; how they are made is read by the tests of the rooms.
    monkeypatch.setattr(every_page, "check", lambda answer: None)
    world = role_world.make(app)
    database = role_world.Database(tmp_path / "test.sqlite")
    app.config["WTF_CSRF_ENABLED"] = False
    found = {}
    for endpoint, method, arguments in routes(app):
        if endpoint == "static":
            continue
        with app.test_request_context():
            url = app.url_for(endpoint, **role_world.address(world, endpoint, arguments))
        row = ""
        for role in role_world.ROLES:
            data = role_world.sent(world, endpoint) if method == "POST" else None
            answer = world.client(role).open(url, method=method, data=data)
            row += letter(answer.status_code, answer.headers.get("Location", ""))
            if method == "POST" and answer.status_code < 400:
                database.restore()
        # anonymous · four of a · four of b · staff
        found[f"{method} {endpoint}"] = " ".join((row[0], row[1:5], row[5:9], row[9:]))
    wrong = [f'    "{name}": "{row}",' for name, row in found.items() if TABLE.get(name) != row]
    assert wrong == [], "found, where the table says otherwise:\n" + "\n".join(wrong)
