"""The sheet of all parts in a real browser: both languages' directions, both themes, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !one.closest('.scrolls, .skip-link, .only-read-aloud');
}).map(one => one.tagName + '.' + one.className)"""


@pytest.fixture
def look(browser: Browser, sheet_url: str) -> Any:
    """Opens a page of the sheet; complaints of the browser (scripts, content policy) fail the test at its end."""
    contexts, complaints = [], []

    def opened(path: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        answer = page.goto(sheet_url + path)
        assert answer
        assert answer.status == 200
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


Look = Callable[..., Page]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_accessibility_checker_finds_nothing(look: Look, language: str, theme: str, width: int) -> None:
    page = look(f"/{language}/components", width, color_scheme=theme)
    result = Axe().run(page, options=RULES).response
    assert len(result["passes"]) > 30
    assert [(found["id"], [node["html"][:200] for node in found["nodes"]]) for found in result["violations"]] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_sticks_out_at_320_pixels(look: Look, language: str) -> None:
    page = look(f"/{language}/components", 320)
    for path in ("", "/columns/facts", "/columns/editor", "/columns/queue", "/columns/filters"):
        page.goto(page.url.split("/components")[0] + "/components" + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(TOO_WIDE) == []


def test_the_aside_comes_after_its_subject_on_phones_and_beside_it_on_desks(look: Look) -> None:
    def boxes(page: Page) -> list[dict[str, float]]:
        found = [page.locator(f".{name}-column").bounding_box() for name in ("main", "aside", "rest")]
        return [dict(box) for box in found if box]

    main, aside, rest = boxes(look("/en/components/columns/facts", 390))
    assert main["y"] < aside["y"] < rest["y"]
    main, aside, rest = boxes(look("/en/components/columns/facts", 1280))
    assert main["width"] == 744
    assert aside["y"] == main["y"]
    assert aside["x"] == main["x"] + 744 + 56
    assert rest["y"] < main["y"] + main["height"] + 72
    main, aside, _ = boxes(look("/ar/components/columns/facts", 1280))
    assert aside["x"] < main["x"]


def test_menus_open_without_script(look: Look) -> None:
    page = look("/en/components", 390, java_script_enabled=False)
    navigation = page.get_by_role("navigation", name="Main navigation")
    assert not navigation.is_visible()
    page.locator("summary", has_text="Menu").click()
    assert navigation.is_visible()
    filters = page.locator(".filters-panel")
    assert not filters.is_visible()
    page.locator("summary", has_text="Filters: 1 in use").click()
    assert filters.is_visible()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(look: Look) -> None:
    page = look("/en/components")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.get_by_role("link", name="The due date must be after 31 July 2015").click()
    assert page.evaluate("document.activeElement.id") == "due-day"


def test_the_theme_that_was_chosen_is_kept(look: Look) -> None:
    page = look("/en/components", color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(251, 250, 248)"
    page.get_by_role("button", name="Dark page").click()
    assert page.evaluate(ground) == "rgb(23, 20, 27)"
    page.reload()
    assert page.evaluate(ground) == "rgb(23, 20, 27)"
    assert page.get_by_role("button", name="Light page").is_visible()


def test_what_was_typed_comes_back_after_the_page_was_left(look: Look) -> None:
    page = look("/en/components")
    page.locator("#story").fill("Panels see every candidate")
    page.get_by_label("Equal pay").check()
    page.reload()
    assert page.locator("#story").input_value() == "Panels see every candidate"
    assert page.get_by_label("Equal pay").is_checked()


def test_the_draft_is_saved_and_the_sentence_rewritten_while_somebody_types(look: Look) -> None:
    page = look("/en/components")
    page.locator("#women").fill("<i>8</i>")
    expect(page.locator("[data-sentence]")).to_have_text("Treble <i>8</i>", timeout=10_000)
    assert page.locator("[data-sentence] i").count() == 0
    expect(page.locator("#trial [data-saved-at]")).to_have_text("Kept at 14:07", timeout=10_000)


def test_every_mark_keeps_an_edge_in_forced_colours(look: Look) -> None:
    page = look("/en/components", forced_colors="active")
    for selector in (".meter-bar", ".age-bar", ".seat-parts"):
        assert page.locator(selector).first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    for selector in (".button", ".process-tag", ".notice", ".scores span"):
        assert page.locator(selector).first.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"


def test_bars_fill_from_the_side_where_reading_starts(look: Look) -> None:
    fill = ".status-sum .meter-bar .fill"
    for language, at_start in (("en", True), ("ar", False)):
        page = look(f"/{language}/components")
        bar, filled = (
            page.locator(".status-sum .meter-bar").first.bounding_box(),
            page.locator(fill).first.bounding_box(),
        )
        assert bar
        assert filled
        assert round(filled["width"] / bar["width"], 2) == 0.6
        assert (abs(filled["x"] - bar["x"]) < 1) is at_start
