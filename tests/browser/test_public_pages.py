"""Every public page in a real browser: the accessibility checker finds nothing, and nothing is wider than the window."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from sqlalchemy import select

from impact.champions.models import Champion
from impact.commitments.models import Commitment
from impact.db import db
from tests.browser.conftest import RULES, Site

PAGES = (
    "",
    "champions",
    "champions/example-university",
    "champions/iceland",
    "commitments?constituency=university",
    "indicators?constituency=university",
    "indicators/she-a",
    "how-it-works",
    "how-status-is-worked-out",
    "roles",
    "privacy",
    "accessibility",
    "no-such-page",
)
#: Pages of words alone: what is checked in one language holds in the other.
TEXTS = ("champions/iceland", "indicators?constituency=university", "how-it-works", "roles", "privacy", "accessibility")
#: One of each sort that only public sources tell of: a parity, a condition, two targets.
RECORDED = ("Balanced management", "Women leaders, and quotas if boards stay under 40 %", "Close the pay gap and the gap in full-time work")  # fmt: skip


def commitments(site: Site) -> list[str]:
    """All that the invented organisations promised, and three recorded ones."""
    with site.app.app_context():
        made_up = select(Commitment.public_id).join(Champion).where(Champion.is_demonstration)
        recorded = select(Commitment.public_id).where(Commitment.headline.in_(RECORDED))
        ids = [
            *db.session.scalars(made_up.where(Commitment.published_at.is_not(None))).all(),
            *db.session.scalars(recorded).all(),
        ]
        db.session.remove()
    assert len(ids) == 13
    return [f"commitments/{public_id}" for public_id in ids]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("language", "width", "other_width", "theme"), [("en", 1280, 360, "light"), ("ar", 360, 1280, "dark")]
)
def test_the_checker_finds_nothing_and_nothing_sticks_out(
    browser: Browser, site: Site, language: str, width: int, other_width: int, theme: Any
) -> None:
    """The checker looks at each page once in English; in Arabic at every sort of page, and at the promises of one."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    sheet = context.new_page()
    found: list[object] = []
    paths = (*PAGES, *commitments(site))
    for path in paths if language == "en" else [path for path in paths if path not in TEXTS][:13]:
        answer = sheet.goto(f"{site.url}/{language}/{path}", wait_until="load")
        assert answer is not None
        assert answer.status == (404 if path == "no-such-page" else 200), path
        result = Axe().run(sheet, options=RULES).response
        found += [(path, one["id"], [node["html"][:200] for node in one["nodes"]]) for one in result["violations"]]
        for one in (width, other_width):
            sheet.set_viewport_size({"width": one, "height": 900})
            if sheet.evaluate("document.documentElement.scrollWidth") > one:
                found.append((path, f"wider than {one}"))
        sheet.set_viewport_size({"width": width, "height": 900})
    context.close()
    assert found == []
