"""The stylesheets keep the promises of the design: one place of colours, both directions, both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import ROOT

CSS = ROOT / "impact" / "static" / "css"
SHEETS = sorted(CSS.glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
HEX = re.compile(r"#[0-9A-Fa-f]{3,8}\b")


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)


DARK = (':root:not([data-theme="light"])', ':root[data-theme="dark"]')


def block(selector: str) -> dict[str, str]:
    """The custom properties of the rule with this selector in tokens.css."""
    text = without_comments(CSS / "tokens.css")
    start = text.index("{", text.index(selector)) + 1
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text[start : text.index("}", start)]))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_dark_theme_of_the_system_and_of_the_switch_are_the_same() -> None:
    by_system = block(':root:not([data-theme="light"])')
    by_switch = block(':root[data-theme="dark"]')
    assert by_system == by_switch
    assert len(by_system) > 30


def test_paper_is_light_whatever_the_screen_was() -> None:
    """A page printed from the dark theme would be pale words on white, and the map a black disc."""
    text = without_comments(CSS / "tokens.css")
    media = [text[: text.index(one)].rsplit("@media", 1)[-1].split("{")[0].strip() for one in DARK]
    assert media == ["screen and (prefers-color-scheme: dark)", "screen"]


def test_every_colour_of_the_light_theme_has_a_dark_one() -> None:
    fixed = {
        "--focus-ring",
        "--gold",
        "--gap-1",
        "--gap-2",
        "--gap-3",
        "--map-edge",
        *(f"--shade-{i}" for i in range(5)),
    }
    light = {name for name, value in block(":root {").items() if HEX.fullmatch(value)} - fixed
    assert light == set(block(':root[data-theme="dark"]'))


@pytest.mark.parametrize(
    "text, ground, light, dark",
    [
        ("ink", "paper", 16.6, 15.9),
        ("ink-soft", "paper", 7.4, 9.2),
        ("ink-soft", "sunk", 6.8, 7.0),
        ("plum", "paper", 11.2, 9.8),
        ("good", "paper", 6.7, 9.6),
        ("good", "good-tint", 6.0, 7.0),
        ("warning", "warning-tint", 5.6, 7.0),
        ("bad", "bad-tint", 6.1, 7.0),
        ("on-plum", "plum", 11.7, 9.4),
        ("on-bad", "bad", 7.1, 7.0),
        ("edge", "surface", 4.0, 4.5),
        ("ink", "added-tint", 7.0, 7.0),
        ("ink", "removed-tint", 7.0, 7.0),
        ("on-men", "men", 5.1, 5.1),
        ("on-plum-deep-soft", "plum-deep", 7.0, 7.0),
    ],
)
def test_text_stands_out_from_its_ground_in_both_themes(text: str, ground: str, light: float, dark: float) -> None:
    for theme, least in ((block(":root {"), light), (block(':root[data-theme="dark"]'), dark)):
        assert round(contrast(theme[f"--{text}"], theme[f"--{ground}"]), 1) >= least


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_only_the_tokens_name_colours(path: Path) -> None:
    # Paper is white and black whatever the theme: print.css sets the tokens themselves.
    if path.name in {"tokens.css", "print.css"}:
        return
    # A selector that finds a printed drawing by its colour names none of its own.
    named = re.sub(r'url\([^)]*\)|\[(?:fill|stroke)="#[0-9A-F]{6}"\]', "", without_comments(path))
    assert HEX.findall(named) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_layout_knows_no_left_and_no_right(path: Path) -> None:
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|(?:text-align|float|clear):\s*(?:left|right)",
        without_comments(path),
    )
    assert physical == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_token_that_is_used_is_defined(path: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+):", "".join(without_comments(sheet) for sheet in SHEETS)))
    assert set(re.findall(r"var\((--[\w-]+)", without_comments(path))) - defined == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_style_nothing_inline(path: Path) -> None:
    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)\s*=", path.read_text(encoding="utf-8")) == []


def test_the_fonts_that_are_named_are_there() -> None:
    named = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', (CSS / "fonts.css").read_text(encoding="utf-8")))
    assert named == {path.name for path in (ROOT / "impact" / "static" / "fonts").glob("*.woff2")}
