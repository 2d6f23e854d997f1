"""Whether a file is a sealed edition: at the page, at its number, and on the command line."""

from __future__ import annotations

import io
import os
import re
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from impact import clock
from impact.actor import SYSTEM
from impact.db import db
from impact.seals import signing
from impact.seals.operations import append
from reports.models import Edition
from reports.verification import judge, number_in
from tests.champions.makers import token_in
from tests.reports import makers
from tests.seals.makers import a_pdf

FIRST, SECOND = "example-university-2018-1", "example-university-2018-2"


def published(edition: Edition, language: str = "en") -> bytes:
    """The edition's file, signed, kept under its fingerprint and put on the list, as the job does it."""
    assert edition.sealed_at is not None
    pdf = signing.sign(a_pdf(), at=edition.sealed_at, reason=f"Sealed edition {edition.code}")
    file = next(file for file in edition.files if (file.language, file.tier) == (language, "public"))
    found = signing.examine(pdf)
    file.unsigned_sha256 = signing.examine(a_pdf()).sha256
    with db.session.no_autoflush:
        file.sha256, file.state, file.size = found.sha256, "ready", len(pdf)
    append("file", edition.code, {"language": language, "tier": "public", "sha256": found.sha256}, SYSTEM)
    db.session.commit()
    return pdf


@dataclass
class Sealed:
    edition: Edition
    pdf: bytes
    year: makers.Year

    def superseded(self) -> Edition:
        """The figure is put right, and a second edition sealed."""
        makers.correct(self.year, 103)
        newer = makers.an_edition(self.year, "A count of professors was wrong.")
        db.session.commit()
        return newer


@pytest.fixture
def sealed(year: makers.Year) -> Sealed:
    edition = makers.an_edition(year)
    return Sealed(edition, published(edition), year)


def one_byte_altered(pdf: bytes) -> bytes:
    place = len(a_pdf()) // 2
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def updated(pdf: bytes) -> bytes:
    """A valid update behind the signature, as editing programs write it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Extensions"] = generic.DictionaryObject({})
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drop(client: Any, content: bytes, name: str = "report.pdf", language: str = "en") -> Any:
    token = token_in(client.get(f"/{language}/verify"))
    # Put together here: the test client would leave a large body in a file that it never closes.
    edge = b"--an-edge-that-is-in-no-file"
    head = edge + b'\r\nContent-Disposition: form-data; name="'
    body = head + b'csrf_token"\r\n\r\n' + token.encode() + b"\r\n"
    body += head + b'file"; filename="' + name.encode() + b'"\r\nContent-Type: application/pdf\r\n\r\n'
    body += content + b"\r\n" + edge + b"--\r\n"
    kind = f"multipart/form-data; boundary={edge[2:].decode()}"
    return client.post(f"/{language}/verify", data=body, content_type=kind)


def kept(app: Flask) -> set[str]:
    folder: Path = app.extensions["settings"].instance
    return {str(path) for path in folder.rglob("*") if path.is_file() and "test.sqlite" not in path.name}


def test_a_genuine_file_is_the_sealed_edition(sealed: Sealed, app: Flask) -> None:
    before = kept(app)
    answer = drop(app.test_client(), sealed.pdf)
    assert answer.status_code == 200
    assert "This is the sealed edition" in answer.text
    assert "Example University, annual report 2018, edition 1" in answer.text and FIRST in answer.text
    assert "Signed off by the leader" in answer.text and "<bdi>Later Leader</bdi>, 3 June 2019" in answer.text
    assert signing.examine(sealed.pdf).sha256[:4] in answer.text
    assert kept(app) == before, "the file is kept nowhere"


def test_the_sealing_and_the_making_of_a_file_have_names_of_their_own(year: makers.Year, app: Flask) -> None:
    """A file may be asked for years after the edition was sealed."""
    edition = makers.an_edition(year)
    with clock.as_of(date(2026, 11, 24)):
        pdf = published(edition)
    client = app.test_client()
    given = drop(client, pdf).text
    assert re.search(r"<dt>Approved and sealed</dt><dd>3 June 2019, 12:00", given)
    assert re.search(r"<dt>This file was made</dt><dd>24 November 2026, 12:00", given)
    assert "file made on 24 November 2026, 12:00" in client.get(f"/en/verify/{FIRST}").text
    listed = client.get("/en/seals").text
    assert "sealed on 3 June 2019, 12:00" in listed and "file made on 24 November 2026, 12:00" in listed
    assert "Sealed on" not in listed


def test_one_altered_byte_is_told(sealed: Sealed, app: Flask) -> None:
    answer = drop(app.test_client(), one_byte_altered(sealed.pdf))
    assert "it was altered: bytes were changed" in answer.text and FIRST in answer.text
    # "Get the edition itself" leads to it.
    assert f'href="/editions/{FIRST}/en"' in answer.text and f'href="/en/editions/{FIRST}/en.pdf"' in answer.text
    assert "This is the sealed edition" not in answer.text


def test_an_update_after_the_signature_is_told(sealed: Sealed, app: Flask) -> None:
    more = updated(sealed.pdf)
    assert more.startswith(sealed.pdf)
    answer = drop(app.test_client(), more)
    assert "it was altered: something was added after it was signed" in answer.text and FIRST in answer.text
    for addition in (b"\n", b"%%EOF\n", b"\0" * 10_000):
        assert judge(sealed.pdf + addition).verdict == "added"


def test_a_superseded_edition_names_the_one_in_its_place(sealed: Sealed, app: Flask) -> None:
    newer = sealed.superseded()
    assert newer.code == SECOND
    answer = drop(app.test_client(), sealed.pdf)
    assert "This is a sealed edition, and a newer one has taken its place" in answer.text
    assert f'href="/en/verify/{SECOND}"' in answer.text and "A count of professors was wrong." in answer.text
    # The mark above the title of each is its own.
    marks = [
        re.findall(r'class="process-tag.*?<span>(\w+)</span>', app.test_client().get(f"/en/verify/{code}").text)
        for code in (FIRST, SECOND)
    ]
    assert marks == [["Superseded"], ["Sealed"]]
    assert judge(published(newer)).verdict == "genuine"


def test_a_foreign_file_is_not_ours_and_neither_is_a_draft(sealed: Sealed, app: Flask) -> None:
    foreign = a_pdf().replace(b"%PDF-1.7", b"%PDF-1.6")
    answer = drop(app.test_client(), foreign)
    assert answer.status_code == 200 and "This is not one of our sealed reports" in answer.text
    assert FIRST not in answer.text


def test_pages_without_the_signature_are_told_apart(sealed: Sealed) -> None:
    unsigned = sealed.pdf[: len(a_pdf())]
    finding = judge(unsigned)
    assert (finding.verdict, finding.edition) == ("unsigned", sealed.edition)
    assert not finding.is_genuine


def test_a_file_that_we_signed_and_never_sealed_is_not_on_the_list(sealed: Sealed) -> None:
    assert sealed.edition.sealed_at is not None
    other = signing.sign(a_pdf() + b"\n", at=sealed.edition.sealed_at, reason=f"Sealed edition {FIRST}")
    assert judge(other).verdict == "not_listed"


def test_a_row_that_was_put_into_the_database_is_no_seal(sealed: Sealed) -> None:
    """The list decides, not the table of files: a fingerprint written there by SQL proves nothing."""
    assert sealed.edition.sealed_at is not None
    forged = signing.sign(a_pdf() + b"\n", at=sealed.edition.sealed_at, reason="Sealed edition x")
    next(file for file in sealed.edition.files if file.state == "ready").sha256 = signing.examine(forged).sha256
    db.session.commit()
    assert judge(forged).verdict == "not_listed"
    # The list still knows the file that was sealed: its signature names the edition.
    assert judge(sealed.pdf).verdict == "genuine"


def bad_files(pdf: bytes) -> dict[str, tuple[bytes, str]]:
    """What is given → the sentence that has to stand in the answer."""
    bomb = zlib.compress(b"<!ENTITY a 'b'>" * 1_000_000)
    return {
        "no pdf": (b"PK\x03\x04 a package", "The file is not a PDF"),
        "a page": (b"<html><script>alert(1)</script></html>", "The file is not a PDF"),
        "entities": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "The file is not a PDF"),
        "cut off": (pdf[: len(pdf) // 2], "The file ends in the middle"),
        "locked": (b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\nstartxref\n9\n%%EOF", "locked with a password"),
        "a bomb": (b"%PDF-1.7\n1 0 obj\n<</Length 9>>\nstream\n" + bomb + b"\nendstream\n%%EOF", "not one of our"),
        "a million ranges": (b"%PDF-1.7\n" + b"/ByteRange [0 1 3 1] " * 200_000 + b"%%EOF", "not one of our"),
        "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 4000 + b"%%EOF", "not one of our"),
    }


def test_hostile_files_get_a_clear_sentence_and_leave_nothing(sealed: Sealed, app: Flask) -> None:
    client, before = app.test_client(), kept(app)
    for case, (content, sentence) in bad_files(sealed.pdf).items():
        answer = drop(client, content, "<b>x</b>.pdf")
        assert answer.status_code == 200, case
        assert sentence in answer.text, case
        assert "<b>x" not in answer.text
    assert kept(app) == before


def test_nothing_and_too_much_are_refused_beside_the_field(app: Flask) -> None:
    client = app.test_client()
    empty = client.post("/en/verify", data={"csrf_token": token_in(client.get("/en/verify"))})
    assert empty.status_code == 422 and "Choose a file" in empty.text
    large = drop(client, os.urandom(1024) * 1024 * 20 + b"x")
    assert large.status_code == 422 and "larger than 20 MB" in large.text
    assert drop(client, bytes(22 * 1024 * 1024)).status_code == 413


@pytest.mark.parametrize(
    "typed, number",
    [
        (FIRST, FIRST),
        (" Example-University-2018-1 ", FIRST),
        ("https://impact.test/verify/example-university-2018-1/", FIRST),
        ("example-university- 2018-1", FIRST),
        ("", ""),
    ],
)
def test_a_number_is_understood_as_people_type_it(typed: str, number: str) -> None:
    assert number_in(typed) == number


def test_a_number_leads_to_its_page(sealed: Sealed, app: Flask) -> None:
    client = app.test_client()
    found = client.get(f"/en/verify?number=%20{FIRST.upper()}")
    assert (found.status_code, found.headers["Location"]) == (303, f"/en/verify/{FIRST}")
    page = client.get(f"/en/verify/{FIRST}").text
    assert "Example University, annual report 2018, edition 1" in page
    assert sealed.edition.sha256[:4] in page and "PDF · " in page and "English" in page
    # The cover's address names no language.
    short = client.get(f"/verify/{FIRST}", headers={"Accept-Language": "fr"})
    assert (short.status_code, short.headers["Location"]) == (302, f"/fr/verify/{FIRST}")
    assert client.get("/verify").headers["Location"] == "/en/verify"
    wrong = client.get("/en/verify?number=nothing-2018-1")
    assert wrong.status_code == 404 and "There is no sealed report with this number." in wrong.text


def test_a_number_that_is_not_sealed_is_no_number(year: makers.Year, app: Flask) -> None:
    edition = makers.recommended(year)
    db.session.commit()
    client = app.test_client()
    for code in (edition.code, "nothing-2018-1", "x" * 500):
        answer = client.get(f"/en/verify/{code}")
        assert answer.status_code == 404
        assert "There is no sealed report with this number." in answer.text
    assert client.get(f"/en/verify?number={edition.code}").status_code == 404


def test_the_pages_cost_few_questions(sealed: Sealed, app: Flask, asked: list[str]) -> None:
    client = app.test_client()
    client.get(f"/en/verify/{FIRST}")
    assert len(asked) <= 8


def run(app: Flask, path: Path, content: bytes) -> tuple[int, list[str]]:
    path.write_bytes(content)
    done = app.test_cli_runner().invoke(args=["editions", "verify", str(path)])
    return done.exit_code, done.output.splitlines()


def test_the_command_tells_the_same_with_an_exit_code(sealed: Sealed, app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    code, lines = run(app, path, sealed.pdf)
    assert (code, lines[0]) == (0, f"This is the sealed edition {FIRST}.")
    assert lines[1] == f"SHA-256 {signing.examine(sealed.pdf).sha256}"
    assert lines[2].startswith("Line ") and lines[3].startswith("Signed off by Later Leader on ")
    assert run(app, path, one_byte_altered(sealed.pdf))[0] == 1
    assert run(app, path, updated(sealed.pdf))[1][0] == (
        f"Altered: something was added to this file of {FIRST} after it was signed."
    )
    assert run(app, path, b"hello")[1][0] == "This is not one of our sealed reports. It is not a PDF."
    sealed.superseded()
    code, lines = run(app, path, sealed.pdf)
    assert (code, lines[0]) == (0, f"This is the sealed edition {FIRST}; {SECOND} has taken its place.")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_are_there_in_every_language(sealed: Sealed, app: Flask, language: str) -> None:
    client = app.test_client()
    assert client.get(f"/{language}/verify").status_code == 200
    assert client.get(f"/{language}/verify/{FIRST}").status_code == 200
    assert drop(client, sealed.pdf, language=language).status_code == 200
