"""The rules of the house: floors, staircase, guards, one place that assigns a state, forms with their token."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from impact.guards import OPEN_ENDPOINTS

ROOT = Path(__file__).parent.parent
#: A room imports only from rooms before it.
STAIRCASE = (
    "places", "audit", "accounts", "seals", "champions", "indicators", "economies", "commitments", "reviews", "progress", "pledges",
    "reports", "registry", "priorities", "api", "demo",
)  # fmt: skip
DOORS = {"views", "forms", "cli", "tasks", "guards"}


def modules() -> list[Path]:
    return [path for folder in ("impact", "reports") for path in (ROOT / folder).rglob("*.py")]


def room_of(path: Path) -> str | None:
    parts = path.relative_to(ROOT).parts
    if parts[0] == "reports":
        return "reports"
    return parts[1] if len(parts) > 2 and parts[1] in STAIRCASE else None


def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_from_rooms_before_it(path: Path) -> None:
    room = room_of(path)
    if room is None:
        return
    for name in imported(path):
        parts = name.split(".")
        other = "reports" if parts[0] == "reports" else parts[1] if parts[0] == "impact" and len(parts) > 1 else None
        if other in STAIRCASE:
            assert STAIRCASE.index(other) <= STAIRCASE.index(room), f"{name} is further up the staircase"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_below_the_doors_nobody_knows_of_a_request(path: Path) -> None:
    if room_of(path) is None or path.stem in DOORS or "views" in path.parts or room_of(path) in {"registry", "demo"}:
        return
    assert not {"flask.request", "flask.session", "flask.g", "flask_login.current_user"} & set(imported(path))


def test_a_state_is_assigned_in_one_place_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        if path.name != "workflow.py" and "jobs" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert wrong == []


def test_no_message_stands_inside_an_f_string() -> None:
    """The extractor does not look there, so nobody would translate it."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for written in ast.walk(ast.parse(path.read_text()))
        if isinstance(written, ast.JoinedStr)
        for node in ast.walk(written)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"_", "_l", "N_", "gettext", "ngettext"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    assert wrong == []


def test_every_route_is_guarded(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS:
            continue
        assert getattr(app.view_functions[rule.endpoint], "guard", None), f"{rule.endpoint} has no guard"


def test_addresses_are_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for part in re.sub(r"<[^>]*>", "", rule.rule).split("/"):
            assert re.fullmatch(r"[a-z0-9.-]*", part), rule.rule


def pages() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.S | re.I):
        assert "csrf_token" in form


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_page_has_a_title_and_no_style_or_script_of_its_own(path: Path) -> None:
    words = path.read_text()
    if '{% extends "layout/page' in words and "layout" not in path.parts:
        assert "{% block title %}" in words
    if "emails" not in path.parts:
        assert not re.search(r"\sstyle=\"|\son[a-z]+=\"", words)
