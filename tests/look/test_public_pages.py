"""Every public page in a real browser: the accessibility checker finds nothing, and nothing is wider than the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask_migrate import upgrade
from playwright.sync_api import Browser
from sqlalchemy import select
from werkzeug.serving import make_server

from impact.app import create_app
from impact.champions.models import Champion
from impact.commitments.models import Commitment
from impact.db import db, transaction
from impact.demo.load import load_all
from tests.conftest import settings_for

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "",
    "champions",
    "champions/example-university",
    "commitments",
    "commitments?constituency=university",
    "indicators",
    "indicators/she-a",
    "how-it-works",
    "how-status-is-worked-out",
    "roles",
    "privacy",
    "accessibility",
    "no-such-page",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """(the address of a server with the demonstration data, the pages to look at)."""
    folder: Path = tmp_path_factory.mktemp("public")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'public.sqlite'}"))
    with app.app_context():
        upgrade()
        with transaction():
            load_all()
        made_up = select(Commitment.public_id).join(Champion).where(Champion.is_demonstration)
        recorded = select(Commitment.public_id).where(Commitment.is_recorded).limit(3)
        ids = [
            *db.session.scalars(made_up.where(Commitment.published_at.is_not(None))).all(),
            *db.session.scalars(recorded).all(),
        ]
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", [*PAGES, *(f"commitments/{public_id}" for public_id in ids)]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_accessibility_checker_finds_nothing_and_nothing_sticks_out(
    browser: Browser, site: tuple[str, list[str]], language: str, width: int, theme: Any
) -> None:
    address, paths = site
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    sheet = context.new_page()
    found: list[object] = []
    for path in paths:
        answer = sheet.goto(f"{address}/{language}/{path}")
        assert answer is not None
        assert answer.status == (404 if path == "no-such-page" else 200), path
        result = Axe().run(sheet, options=RULES).response
        found += [(path, one["id"], [node["html"][:200] for node in one["nodes"]]) for one in result["violations"]]
        if sheet.evaluate("document.documentElement.scrollWidth") > width:
            found.append((path, "wider than the window"))
    context.close()
    assert found == []
