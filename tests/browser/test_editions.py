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


@pytest.mark.timeout(180)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_steps_of_a_promise_fit_a_phone(browser: Browser, site: Site, language: str) -> None:
    """Nothing of the table is cut, no day is broken, and a step has the whole line for its words."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    opened = context.new_page()
    opened.goto(f"{site.url}/editions/example-university-2024-2/{language}")
    table = opened.locator("table.steps").first
    room = table.evaluate("table => table.parentNode.clientWidth")
    assert table.evaluate("table => table.scrollWidth") <= room
    assert table.locator("tbody th").first.evaluate("cell => cell.getBoundingClientRect().width") == room
    for day in table.locator("tbody td").all():
        one_line = float(day.evaluate("cell => parseFloat(getComputedStyle(cell).lineHeight)"))
        assert day.evaluate("cell => cell.getBoundingClientRect().height") < 1.5 * one_line
    context.close()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("path", ["verify", "verify/example-university-2024-2", "check-it-yourself"])
def test_links_below_a_section_keep_their_distance(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    opened = context.new_page()
    opened.goto(f"{site.url}/en/{path}")
    gap = "p => p.getBoundingClientRect().top - p.previousElementSibling.getBoundingClientRect().bottom"
    assert opened.locator("main section + p").evaluate(gap) >= 16
    context.close()
