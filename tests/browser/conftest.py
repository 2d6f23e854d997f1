"""The whole site with demonstration data behind a real server, and people who look at it in a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from re import findall
from sys import stdout
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import delete
from sqlalchemy.orm import close_all_sessions
from werkzeug.serving import make_server

from impact.app import create_app
from impact.db import db, transaction
from impact.jobs import Job, run_waiting
from reports import making
from tests.conftest import settings_for

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass
class Site:
    """A running installation: its address, its application, its folder of letters."""

    app: Flask
    url: str
    letters: Path

    def work(self) -> None:
        """What the worker does: send what waits in the outbox, render what was asked for."""
        with self.app.app_context():
            run_waiting()
            db.session.remove()

    def link_in_letter_to(self, email: str, word: str) -> str:
        """The path of the newest link to `email` whose address contains the word."""
        self.work()
        found = []
        for path in sorted(self.letters.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = letter.get_body(("plain",))
            assert body is not None
            if email in str(letter["To"]):
                found += [link for link in findall(r"https?://[^/\s]+(/\S+)", body.get_content()) if word in link]
        assert found, f"no letter to {email} with a link to {word}"
        return found[-1]


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'demonstration.sqlite'}"))
    with app.app_context():
        # Nobody here opens the files of the demonstration, and each takes seconds.
        with transaction():
            db.session.execute(delete(Job).where(Job.kind == making.KIND))
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}", folder / "mail")
    server.shutdown()
    thread.join()
    server.server_close()
    close_all_sessions()
    with app.app_context():
        db.engine.dispose()


@dataclass
class Person:
    """Somebody at a browser. Every page they see is checked for accessibility and for complaints of the browser."""

    site: Site
    page: Page
    complaints: list[str] = field(default_factory=list)
    checked: set[tuple[str, str]] = field(default_factory=set)

    def notes(self, complaint: str) -> None:
        """What the browser says in its console; that a form came back with its faults (422) is no complaint."""
        if "status of 422" not in complaint:
            self.complaints.append(complaint)

    def goes_to(self, path: str) -> None:
        answer = self.page.goto(self.site.url + path)
        assert answer
        assert answer.status == 200, f"{path} answered {answer.status}"
        self.looks()

    def looks(self) -> None:
        """No finding of the checker, nothing wider than the window, no complaint in the console."""
        result = Axe().run(self.page, options=RULES).response
        found = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in result["violations"]]
        assert found == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{self.page.url} is too wide"
        assert self.complaints == [], self.page.url

    def presses(self, label: str, within: Locator | None = None, exact: bool = True) -> None:
        """Presses the button, waits for the page that answers, and looks at it."""
        with self.page.expect_navigation():
            (within or self.page.locator("main")).get_by_role("button", name=label, exact=exact).first.click()
        self.looks()

    def follows(self, label: str, exact: bool = True) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=label, exact=exact).first.click()
        self.looks()

    def fills(self, **values: Any) -> None:
        """Each field by its name: a date into its three boxes, a choice, a tick, a text."""
        for name, value in values.items():
            if isinstance(value, date):
                for part, number in (("day", value.day), ("month", value.month), ("year", value.year)):
                    self.page.locator(f"[name={name}-{part}]").fill(str(number))
                continue
            box = self.page.locator(f"[name={name}]")
            kind = box.first.get_attribute("type")
            if kind == "radio" or (kind == "checkbox" and value is not True):
                self.page.locator(f"[name={name}][value='{value}']").check()
            elif kind == "checkbox":
                box.check()
            elif box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(str(value))

    def signs_in(self, email: str, password: str) -> None:
        self.goes_to("/en/sign-in")
        self.fills(email=email, password=password)
        self.presses("Sign in")

    def reads(self, words: str) -> None:
        assert words in self.page.locator("main").inner_text(), self.page.url


@pytest.fixture
def people(browser: Browser, site: Site) -> Iterator[Any]:
    """Makes a person with a browser of their own; phone=True gives them a phone."""
    contexts, everybody = [], []

    def new(phone: bool = False) -> Person:
        context = browser.new_context(viewport={"width": 360 if phone else 1280, "height": 900})
        context.set_default_timeout(10_000)
        contexts.append(context)
        person = Person(site, context.new_page())
        everybody.append(person)
        person.page.on("console", lambda message: person.notes(message.text))
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        return person

    yield new
    for person in everybody:
        # pytest shows this only when the test failed: where each of them was, and what they saw.
        stdout.write(f"--- {person.page.url}\n{person.page.locator('body').inner_text()[:3000]}\n")
    for context in contexts:
        context.close()
