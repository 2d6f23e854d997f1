"""Every address × every role × GET and POST, against a table written out by hand (tests/role_table.py).

A new route without a row fails. To add one: run this test, read what it prints, and put the row into the table
when it says what you meant. CSRF is off here; that every form needs its token is tested elsewhere.
"""

from __future__ import annotations

import pytest
from flask import Flask

from tests import every_page, role_world
from tests.role_table import TABLE

METHODS = ("GET", "POST")


def letter(status: int, location: str) -> str:
    """y: may; i: must sign in first; n: sees that it is there but may not (403); h: there is no such page (404)."""
    if status == 401 or (status == 303 and "/sign-in?next=" in location):
        return "i"
    return {403: "n", 404: "h"}.get(status, "y" if status < 500 else "!")


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


def test_each_role_may_do_what_the_table_says_and_nothing_else(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    # Two thousand pages are asked for here; how they are made is read by the tests of the rooms.
    monkeypatch.setattr(every_page, "check", lambda answer: None)
    world = role_world.make(app)
    app.config["WTF_CSRF_ENABLED"] = False
    found = {}
    for endpoint, method, arguments in routes(app):
        if endpoint == "static":
            continue
        with app.test_request_context():
            url = app.url_for(endpoint, **role_world.address(world, endpoint, arguments))
        row = ""
        for role in role_world.ROLES:
            answer = world.client(role).open(url, method=method, data={} if method == "POST" else None)
            row += letter(answer.status_code, answer.headers.get("Location", ""))
        # anonymous · four of a · four of b · staff
        found[f"{method} {endpoint}"] = " ".join((row[0], row[1:5], row[5:9], row[9:]))
    wrong = [f'    "{name}": "{row}",' for name, row in found.items() if TABLE.get(name) != row]
    assert wrong == [], "found, where the table says otherwise:\n" + "\n".join(wrong)
