"""A browser for the pages of this room: each request stands alone, as in production."""

from __future__ import annotations

import contextvars
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from impact.db import db


class Browser(FlaskClient):
    """The test's own application context must not lend its `g`, its session or its write lock to a request."""

    def open(self, *args: Any, **named: Any) -> Any:
        db.session.rollback()
        db.session.expire_all()
        return contextvars.Context().run(super().open, *args, **named)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = Browser
    return app.test_client()
