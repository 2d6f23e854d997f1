"""What sets the pages is named part by part, so that another renderer can be told from an altered file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports import engine


def test_every_part_of_the_renderer_has_a_version_or_a_digest() -> None:
    parts = engine.engine()
    assert {"weasyprint", "pydyf", "pango", "harfbuzz", "fontconfig", "zlib", "fonts", "templates", "styles"} <= set(
        parts
    )
    assert [name for name, said in parts.items() if not said] == []
    for name in ("weasyprint", "pydyf", "pango", "harfbuzz", "fontconfig", "zlib"):
        assert re.fullmatch(r"[\d.]+", parts[name]), name
    for name in ("fonts", "templates", "styles", "words", "program"):
        assert re.fullmatch(r"[0-9a-f]{32}", parts[name]), name


@pytest.mark.parametrize("name", engine.OURS)
def test_every_part_of_ours_is_there(name: str) -> None:
    for pattern in engine.OURS[name]:
        assert engine.found([pattern]), pattern


def test_every_template_sheet_and_module_of_the_reports_belongs_to_a_part() -> None:
    named = {path for patterns in engine.OURS.values() for path in engine.found(patterns)}
    found = engine.found(["reports/**/*.html", "reports/**/*.css", "reports/**/*.py"])
    # Doors set no page, and the HTML edition is no file of which bytes are kept.
    doors = {"cli", "views", "web"}
    assert [path for path in found if path not in named and doors.isdisjoint(path.parts)] == []


def test_a_changed_file_changes_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ROOT", tmp_path)
    one = tmp_path / "one.css"
    one.write_text("a")
    before = engine.digest_of([one])
    one.write_text("b")
    assert engine.digest_of([one]) != before


def test_differences_name_the_part_and_both_sides() -> None:
    assert engine.differences(
        {"pango": "1.50.12", "zlib": "1.2.13"}, {"pango": "1.54.0", "zlib": "1.2.13", "x": "1"}
    ) == [
        ("pango", "1.50.12", "1.54.0"),
        ("x", "", "1"),
    ]
