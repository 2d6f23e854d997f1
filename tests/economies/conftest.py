"""Requests of these tests stand alone, as in production."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browsing import Browser


@pytest.fixture(autouse=True)
def _own_requests(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames:
        app: Flask = request.getfixturevalue("app")
        app.test_client_class = Browser
