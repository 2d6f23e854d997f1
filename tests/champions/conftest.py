"""Requests of these tests stand alone, as in production."""

from __future__ import annotations

import contextvars
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from impact.db import db


class Browser(FlaskClient):
    """The test's own application context would lend its `g` to every request, and its open transaction
    would keep SQLite's write lock from them, so it is ended first.
    """

    def open(self, *args: Any, **named: Any) -> Any:
        db.session.rollback()
        db.session.expire_all()
        return contextvars.Context().run(super().open, *args, **named)


@pytest.fixture(autouse=True)
def _own_requests(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames:
        app: Flask = request.getfixturevalue("app")
        app.test_client_class = Browser
