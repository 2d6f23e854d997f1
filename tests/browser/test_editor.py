"""The editor in a real browser: the sentence and the copy while typing, and the accessibility checker on every page of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from impact.actor import Role
from impact.champions.models import Champion
from impact.db import db
from tests.champions.makers import PASSWORD
from tests.commitments.test_pages_of_commitments import browser_of, made, written

__all__ = ["made"]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def path(app: Flask, made: Champion) -> str:
    return written(browser_of(app, made, Role.COORDINATOR), made)


def signed_in(browser: Browser, address: str, email: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(f"{address}/en/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def coordinator(champion: Champion) -> str:
    email = str(champion.memberships[0].person.email)
    db.session.rollback()
    return email


def test_while_somebody_types_the_sentence_is_written_and_a_copy_kept(
    browser: Browser, address: str, made: Champion, path: str
) -> None:
    page = signed_in(browser, address, coordinator(made))
    page.goto(address + path)
    page.get_by_role("link", name="Change this target").click()
    here = page.url
    page.locator("#value").fill("")
    expect(page.locator("[data-sentence] .still-missing")).to_have_text("a target", timeout=10_000)
    page.locator("#value").fill("35")
    expect(page.locator("[data-sentence]")).to_contain_text("to 35% by", timeout=10_000)
    expect(page.locator("#target [data-saved-at]")).to_have_text(re.compile(r"Kept at \d\d:\d\d"), timeout=10_000)
    page.locator("#value").fill("36")
    # Left at once, without waiting and without saving: it is there again.
    page.goto(address + path)
    page.goto(here)
    assert page.locator("#value").input_value() == "36"
    page.get_by_role("button", name="Add another milestone").click()
    assert page.locator(".milestone-row").count() == 2
    assert page.locator("#value").input_value() == "36"
    page.locator("#value").press("Enter")
    page.wait_for_url(address + path)
    expect(page.locator("main")).to_contain_text("to 36% by")
    page.goto(here)
    assert page.locator(".unsaved-copy").count() == 0
    page.context.close()


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1280), ("ar", "dark", 360)])
def test_the_accessibility_checker_finds_nothing_in_the_editor(
    browser: Browser, address: str, made: Champion, path: str, language: str, theme: Any, width: int
) -> None:
    page = signed_in(browser, address, coordinator(made), color_scheme=theme, viewport={"width": width, "height": 900})
    page.goto(address + path)
    target = str(page.get_by_role("link", name="Change this target").get_attribute("href"))
    for place in (path, f"{path}/edit", f"{path}/targets/new", target):
        page.goto(address + place.replace("/en/", f"/{language}/", 1))
        page.wait_for_load_state("networkidle")
        result = Axe().run(page, options=RULES).response
        assert len(result["passes"]) > 20
        assert [(found["id"], [node["html"][:200] for node in found["nodes"]]) for found in result["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
