"""A browser for the pages of this room: each request stands alone, as in production."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import Browser


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = Browser
    return app.test_client()
