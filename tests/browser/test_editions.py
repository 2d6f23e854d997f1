"""An edition as a page in a real browser: the accessibility checker finds nothing, and nothing is wider than the window."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from sqlalchemy import select

from impact.db import db
from reports.models import Edition
from tests.browser.conftest import RULES, Site


def sealed_code(site: Site) -> str:
    with site.app.app_context():
        code = db.session.scalars(select(Edition.code).where(Edition.state == "sealed").order_by(Edition.id)).first()
        db.session.remove()
    assert code is not None
    return code


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [("en", 1280, "light"), ("en", 360, "dark"), ("ar", 1280, "dark"), ("ar", 360, "light")],
)
def test_the_checker_finds_nothing_in_an_edition(
    browser: Browser, site: Site, language: str, width: int, theme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    opened = context.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.goto(f"{site.url}/editions/{sealed_code(site)}/{language}")
    result = Axe().run(opened, options=RULES)
    faults = [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in result.response["violations"]]
    assert faults == []
    assert opened.evaluate("document.documentElement.scrollWidth") == width
    assert told == []
    context.close()
