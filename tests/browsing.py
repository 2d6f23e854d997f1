"""The browser of the tests: every page it fetches is read strictly, and every change it makes must be in the trail."""

from __future__ import annotations

import contextvars
from typing import Any

from flask.testing import FlaskClient

from impact.db import db
from tests import every_change, every_page


class Browser(FlaskClient):
    """A test client whose requests stand alone, as in production.

    The test's own application context would lend its `g` and its session to every request; and its
    open transaction would keep SQLite's write lock from them, so it is ended first.
    """

    def open(self, *args: Any, **named: Any) -> Any:
        db.session.rollback()
        db.session.expire_all()
        with every_change.watched() as unrecorded:
            answer = contextvars.Context().run(super().open, *args, **named)
        assert unrecorded == [], f"changed without an entry in the audit trail: {unrecorded}"
        every_page.check(answer)
        return answer
