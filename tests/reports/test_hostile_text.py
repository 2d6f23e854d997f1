"""Hostile text in every field: printed as text or refused with a reason, never fetched, never breaking the page."""

from __future__ import annotations

import dataclasses
import io
import re
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from reports import fetching, harmless, render
from reports.snapshot_types import Snapshot
from reports.values import Text
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.test_kept_files import failures
from tests.reports.test_report_pdf import read_back
from tests.reports.variant_snapshots import GROUPS

#: Fields of plain text that are written by people or by hand.
WRITTEN = {"website", "recorded_source", "formula", "framework"}
WRITTEN_OF = {
    ("Leader", "name"),
    ("IndicatorFacts", "code"),
    ("Contact", "name"),
    ("Contact", "address"),
}
CONTROLS = "".join(map(chr, [*range(1, 32), *range(127, 160)]))
DIRECTIONS = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
PLANES = "".join(chr(plane * 0x10000 + 0xABC) for plane in range(17)) + "\ufffe\uffff\U0010ffff\U000e0041"

HOSTILE = {
    "markup": '</p></td></table></section><script>alert(1)</script><img src=x onerror="alert(1)"/><!-- <![CDATA[ ]]> &amp; &#60;',
    "styles": "</style><style>@import url(http://127.0.0.1:9/a.css); *{display:none}</style> '); } body{background:url(file:///etc/passwd)} /*",
    "files": '<object data="file:///etc/passwd"> <link rel=attachment href="file:///etc/passwd"/> file:///etc/passwd',
    "hosts": '<iframe src="http://169.254.169.254/latest/"> <img src="//127.0.0.1:9/"/> http://[::1]:9/ javascript:alert(1)',
    "templates": "{{ 7*7 }} {% raw %} %(x)s %s %% %d ${7*7} #{7*7} \\u0000 \\",
    "controls": f"before{CONTROLS}after",
    "directions": f"before{DIRECTIONS}after \u202egnp.exe\u202c",
    "planes": f"before {PLANES} after",
    "combined": "Z" + "\u0341\u0356\u0308" * 60 + " " + "\u200d\u200c\ufe0f" * 60 + " e\u0301",
    "quotes": "\"'`><\"'` onload=\"x\" ' data-org='",
    "spaces": "\t\r\n\x0b\u2028\u2029\u00a0\u3000 one \n\n\n two",
}


def filled(value: Any, text: str) -> Any:
    """The same snapshot with the text wherever somebody may have written one."""
    if isinstance(value, Text):
        return Text("en", text, {"ar": text})
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind, named = type(value).__name__, {}
        for field in dataclasses.fields(value):
            now = getattr(value, field.name)
            free = isinstance(now, str) and (field.name in WRITTEN or (kind, field.name) in WRITTEN_OF)
            named[field.name] = text if free else filled(now, text)
        return replace(value, **named)
    if isinstance(value, tuple):
        return tuple(filled(one, text) for one in value)
    if isinstance(value, dict):
        return {key: filled(one, text) for key, one in value.items()}
    return value


def hostile(text: str) -> Snapshot:
    snapshot = filled(replace(GROUPS, annex=GROUPS.annex[:2], commitments=SAMPLE.commitments[:3]), text)
    assert isinstance(snapshot, Snapshot)
    return snapshot


def test_the_text_is_put_into_every_field() -> None:
    """Counted by the field it stands in: none was forgotten that holds words."""
    found = {field for field, text in harmless.texts(hostile("HOSTILE")) if text == "HOSTILE"}
    codes = {field for field, text in harmless.texts(hostile("HOSTILE")) if text and text != "HOSTILE"}
    assert {"narrative", "headline", "name", "office", "text", "why", "scope", "title", "note", "formula"} <= found
    # What is left are words of the program: kinds, statuses, units, messages.
    assert codes == {
        "address", "asked", "code", "constituency", "direction", "kind", "medium", "message", "parts", "reason", "role",
        "status", "total", "unit", "tier", "verification", "what", "last_known", "step", "before", "after", "changes", "sentence",
    } & codes  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was fetched; a connection is refused and noted."""
    found: list[str] = []
    fetch = fetching.Fetcher.fetch

    def noted(self: Any, url: str, headers: Any = None) -> Any:
        found.append(url)
        return fetch(self, url, headers)

    def refused(self: socket.socket, address: Any) -> None:
        found.append(f"socket:{address}")
        raise OSError("no network here")

    monkeypatch.setattr(fetching.Fetcher, "fetch", noted)
    monkeypatch.setattr(socket.socket, "connect", refused)
    return found


_opened: list[str] | None = None


def _note_opened(event: str, given: tuple[Any, ...]) -> None:
    if _opened is not None and event in {"open", "os.open"}:
        _opened.append(str(given[0]))


sys.addaudithook(_note_opened)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The files that were opened."""
    global _opened
    _opened = []
    yield _opened
    _opened = None


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_every_field_is_printed_as_text(
    name: str, language: str, asked: list[str], opened: list[str], tmp_path: Path
) -> None:
    snapshot = hostile(HOSTILE[name])
    pdf = render.to_pdf(snapshot, language)
    opened_then = list(opened)
    assert [url[:60] for url in asked if not url.startswith(("data:image/svg+xml,", "assets:/fonts/"))] == []
    assert [path for path in opened_then if "passwd" in path or path.startswith("http")] == []
    assert failures(pdf) == []
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert 8 <= len(reader.pages) <= 40
    text = " ".join(read_back(pdf, tmp_path))
    assert "root:" not in text
    for sign in ("\u202d", "\u202e", "\x1b", "\x00"):
        assert sign not in text


def test_what_was_written_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    text = " ".join(read_back(render.to_pdf(hostile(HOSTILE["markup"]), "en"), tmp_path))
    assert "<script>alert(1)</script>" in re.sub(r"\s+", "", text)
    assert "&amp; &#60;" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_makes_no_element_and_no_attribute(name: str) -> None:
    """The page has the same elements with the same attributes as one of harmless words."""
    markup = re.compile(r"<(\w+)([^<>]*)>")

    def elements(text: str) -> set[tuple[str, frozenset[str]]]:
        html = render.to_html(harmless.harmless(hostile(text)), "en")
        return {(tag, frozenset(re.findall(r' ([\w-]+)="', given))) for tag, given in markup.findall(html)}

    plain = {tag for tag, _ in elements("two words\n\nmore words")}
    assert {tag for tag, _ in elements(HOSTILE[name])} - plain == set()
    assert not {given for _, names in elements(HOSTILE[name]) for given in names} & {"onload", "onerror", "srcset"}


def test_a_hundred_thousand_letters_are_printed_to_the_last(tmp_path: Path) -> None:
    long = Text("en", "word " * 19_999 + "ENDING")
    assert SAMPLE.statement is not None
    snapshot = replace(SAMPLE, statement=replace(SAMPLE.statement, text=long), commitments=SAMPLE.commitments[:1])
    pdf = render.to_pdf(snapshot, "en")
    assert "ENDING" in " ".join(read_back(pdf, tmp_path))
    assert failures(pdf) == []


def test_one_word_of_a_hundred_thousand_letters_is_broken_where_lines_end(tmp_path: Path) -> None:
    first, *_ = SAMPLE.commitments
    endless = replace(first, targets=(replace(first.targets[0], obstacles=Text("en", "x" * 100_000)),))
    pdf = render.to_pdf(replace(SAMPLE, commitments=(endless,)), "en")
    assert sum(line.count("x") for line in read_back(pdf, tmp_path)) > 100_000


@pytest.mark.parametrize(
    ("field", "snapshot"),
    [
        ("name", replace(SAMPLE, organisation=replace(SAMPLE.organisation, name=Text("en", "x" * 100_000)))),
        (
            "headline",
            replace(SAMPLE, commitments=(replace(SAMPLE.commitments[0], headline=Text("en", "x " * 50_000)),)),
        ),
        ("address", replace(SAMPLE, contacts=(replace(SAMPLE.contacts[0], address="x" * 100_000),))),
    ],
)
def test_a_hundred_thousand_letters_on_one_line_are_refused_with_a_reason(field: str, snapshot: Snapshot) -> None:
    with pytest.raises(harmless.CannotBePrinted, match=rf"^A text is too long to be printed: {field} has 100,000"):
        render.to_pdf(snapshot, "en")


def test_many_long_texts_are_refused_together() -> None:
    notes = tuple(Text("en", f"{i} " + "x " * 70_000) for i in range(5))
    with pytest.raises(harmless.CannotBePrinted, match="all have"):
        render.to_pdf(replace(SAMPLE, method_notes=notes), "en")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("a\u202egnp.exe\u202c", "agnp.exe"),
        ("\u2066\u2066x", "x"),
        ("one\u2029two", "one\n\ntwo"),
        ("عربي\u200e(1)", "عربي\u200e(1)"),
        ("a\ufdd0\U0001fffe\U000e0041b", "ab"),
        ("y" * 100, "y" * 100),
    ],
)
def test_signs_that_stand_for_no_letter_are_left_out(written: str, printed: str) -> None:
    assert harmless.clean(written) == printed


def test_the_data_keep_what_was_left_out_of_print() -> None:
    evil = replace(SAMPLE, organisation=replace(SAMPLE.organisation, name=Text("en", "a\u202eb")))
    assert "\u202e" in evil.dump().decode()
    assert harmless.harmless(evil).organisation.name.text == "ab"
