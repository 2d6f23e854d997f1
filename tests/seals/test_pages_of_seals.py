"""The public pages of the list, its files, and the small program that checks a report without us."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from flask import Flask
from flask.testing import FlaskClient

from impact import clock
from impact.actor import SYSTEM
from impact.db import transaction
from impact.seals import signing
from impact.seals.operations import append
from tests.seals.makers import AT, a_checkpoint, a_pdf, seals
from tests.seals.test_signing import own_certificate, settings

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "check_edition.py"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_an_empty_list_says_so(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/seals")
    assert page.status_code == 200
    if language == "en":
        assert "Nothing was sealed yet." in page.text and "The first checkpoint is still to come." in page.text
    assert client.get(f"/{language}/seals/seals.json").json == {"seals": [], "next": None}
    assert client.get(f"/{language}/seals/checkpoints.json").json == {"checkpoints": [], "next": None}
    assert client.get(f"/{language}/check-it-yourself").status_code == 200


def test_the_list_is_paged_by_key_and_costs_the_same_however_long(client: FlaskClient, asked: list[str]) -> None:
    seals(30)
    a_checkpoint()
    asked.clear()
    first = client.get("/en/seals").text
    assert len(asked) <= 6
    assert "example-university-2025-30" in first and "example-university-2025-6<" in first
    assert "example-university-2025-5<" not in first
    assert "The newest is number 1 of" in first and "30 lines of this list and 30 entries" in first
    assert "/en/seals?before=6" in first
    rest = client.get("/en/seals?before=6").text
    assert "example-university-2025-5<" in rest and "example-university-2025-1<" in rest
    assert "Next page" not in rest
    assert client.get("/en/seals?before=x").status_code == 200


def test_the_files_hold_the_whole_list(client: FlaskClient) -> None:
    seals(2)
    with transaction():
        append("file", "=cmd", {"language": "ar", "pages": 12, "sha256": "a" * 64}, SYSTEM)
    found = client.get("/en/seals/seals.json").json
    assert [row["n"] for row in found["seals"]] == [1, 2, 3]
    assert found["seals"][1]["previous"] == found["seals"][0]["hash"]
    assert found["seals"][2]["facts"] == {"language": "ar", "pages": 12, "sha256": "a" * 64}
    rows = list(csv.DictReader(io.StringIO(client.get("/en/seals/seals.csv").text.removeprefix("\ufeff"))))
    assert [(row["n"], row["code"], row["fact"], row["value"]) for row in rows[-3:]] == [
        ("3", "'=cmd", "language", "ar"), ("3", "'=cmd", "pages", "12"), ("3", "'=cmd", "sha256", "a" * 64),
    ]  # fmt: skip
    (certificate,) = x509.load_pem_x509_certificates(client.get("/en/seals/certificate.pem").data)
    assert certificate.subject.rfc4514_string() == "CN=Seal of impact.test,O=IMPACT 10x10x10"
    assert client.get("/en/seals/check-edition.py").data == SCRIPT.read_bytes()


class Kept:
    """What a reader keeps: the report, the certificate, the list, the checkpoints."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.folder = folder
        self.pdf = signing.sign(a_pdf(), at=AT, reason="Sealed edition example-university-2025-9")
        with transaction():
            append(
                "file",
                "example-university-2025-9",
                # As the job that makes a file writes them (reports/making.py).
                {
                    "edition": "example-university-2025-9",
                    "language": "en",
                    "sha256": signing.examine(self.pdf).sha256,
                    "tier": "public",
                },
                SYSTEM,
            )
        seals(2)
        a_checkpoint()
        (folder / "report.pdf").write_bytes(self.pdf)
        for name in ("certificate.pem", "seals.json", "checkpoints.json"):
            (folder / name).write_bytes(app.test_client().get(f"/en/seals/{name}").data)

    def told(self, *files: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), *(str(self.folder / name) for name in ("report.pdf", *files))],
            capture_output=True, text=True, timeout=120, check=False, cwd=self.folder,
        )  # fmt: skip
        return done.returncode, done.stdout.splitlines() or [done.stderr]

    def checked(self, *files: str) -> tuple[int, str]:
        code, lines = self.told(*(files or ("certificate.pem", "seals.json", "checkpoints.json")))
        return code, lines[-1]


@pytest.fixture
def kept(app: Flask, tmp_path: Path) -> Kept:
    folder = tmp_path / "reader"
    folder.mkdir()
    return Kept(app, folder)


def test_the_small_program_finds_a_genuine_report_genuine(kept: Kept) -> None:
    assert kept.checked() == (0, "Genuine.")


def sealed_editions(app: Flask, folder: Path, *replacements: tuple[str, list[str]]) -> None:
    """Lines of the list for editions, each with the codes that it replaces; then the list is got anew."""
    with transaction():
        for code, replaced in replacements:
            append("edition", code, {"sha256": code.encode().hex(), "replaces": replaced}, SYSTEM)
    (folder / "seals.json").write_bytes(app.test_client().get("/en/seals/seals.json").data)


def test_the_small_program_says_what_took_the_place_of_a_report(kept: Kept, app: Flask) -> None:
    code = "example-university-2025-{}".format
    sealed_editions(app, kept.folder, (code(9), []), ("other-2025-9", ["other-2025-8"]))
    assert kept.checked("certificate.pem", "seals.json") == (0, "Genuine.")
    sealed_editions(app, kept.folder, (code(10), [code(9)]), (code(11), [code(10)]))
    replaced = (0, f"Genuine, but replaced by {code(11)}.")
    assert kept.checked("certificate.pem", "seals.json") == replaced
    # The checkpoint of before counts fewer lines, and holds.
    assert kept.checked() == replaced


def test_the_small_program_tells_the_sealing_from_the_making_of_the_file(app: Flask, tmp_path: Path) -> None:
    with clock.as_of(date(2026, 4, 1)):
        sealed_editions(app, tmp_path, ("example-university-2025-9", []))
    with clock.as_of(date(2026, 11, 24)):
        kept = Kept(app, tmp_path)
    assert kept.told("certificate.pem", "seals.json")[1][1:] == [
        "It stands on line 2 of 4: example-university-2025-9, sealed on 2026-04-01; this file was made on 2026-11-24.",
        "Genuine.",
    ]


def test_the_small_program_finds_every_other_file_out(kept: Kept, app: Flask, tmp_path: Path) -> None:
    report = kept.folder / "report.pdf"
    place = kept.pdf.index(b"endstream") - 9
    report.write_bytes(kept.pdf[:place] + bytes([kept.pdf[place] ^ 1]) + kept.pdf[place + 1 :])
    assert kept.checked() == (1, "Not genuine: The file was changed after it was signed.")
    from tests.seals.test_signing import a_later_update

    report.write_bytes(a_later_update(kept.pdf))
    assert kept.checked() == (1, "Not genuine: Something was added to the file after it was signed.")
    for behind in (b"\n", "\n…\n".encode(), b"\0" * 9):
        # Also without the list, which would not hold its fingerprint.
        report.write_bytes(kept.pdf + behind)
        assert kept.checked("certificate.pem") == (
            1, "Not genuine: Something was added to the file after it was signed.",
        )  # fmt: skip
    report.write_bytes(a_pdf())
    assert kept.checked() == (1, "Not genuine: There is no signature in this file.")
    key, given = own_certificate(tmp_path)
    settings(app, signing_key_file=str(key), signing_certificate_file=str(given))
    report.write_bytes(signing.sign(a_pdf(), at=AT, reason="x"))
    assert kept.checked() == (
        1, "Not genuine: The file was signed by somebody else: the certificate is not the one that was given.",
    )  # fmt: skip


def change(path: Path, alter: Any) -> None:
    found = json.loads(path.read_text())
    alter(found)
    path.write_text(json.dumps(found))


def test_the_small_program_finds_a_list_that_was_tampered_with(kept: Kept) -> None:
    seals_file, whole = kept.folder / "seals.json", (kept.folder / "seals.json").read_text()
    change(seals_file, lambda found: found["seals"][1].update(code="other"))
    assert kept.checked() == (1, "Not genuine: Line 2 of the list of seals does not follow from the line before it.")
    seals_file.write_text(whole)
    change(seals_file, lambda found: found["seals"].pop())
    assert kept.checked() == (1, "Not genuine: The list has 2 lines, and checkpoint 1 counted 3.")
    seals_file.write_text(whole)
    change(seals_file, lambda found: found["seals"].clear())
    code, told = kept.checked()
    assert code == 1 and told.endswith("is not on the list of seals.")
    seals_file.write_text(whole)
    points = kept.folder / "checkpoints.json"
    change(
        points,
        lambda found: found["checkpoints"][0].update(signed=found["checkpoints"][0]["signed"].replace(":3", ":2")),
    )
    assert kept.checked() == (1, "Not genuine: The signature of checkpoint 1 is not right.")


def test_openssl_verifies_a_checkpoint_as_the_page_says(kept: Kept) -> None:
    folder = kept.folder
    point = json.loads((folder / "checkpoints.json").read_text())["checkpoints"][0]
    (folder / "signed").write_text(point["signed"])
    words = f"printf %s '{point['signature']}' | openssl base64 -d -A > signature && "
    words += "openssl x509 -in certificate.pem -pubkey -noout > key.pem && "
    words += "openssl dgst -sha256 -verify key.pem -signature signature signed"
    done = subprocess.run(["sh", "-c", words], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "Verified OK\n"


def commands(client: FlaskClient) -> list[str]:
    """What the page has to copy, box by box."""
    page = client.get("/en/check-it-yourself").text
    return [html.unescape(box) for box in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]


def test_the_command_that_looks_a_fingerprint_up_shows_the_number_and_the_day(kept: Kept, client: FlaskClient) -> None:
    (words,) = [box for box in commands(client) if "grep" in box]
    digest = signing.examine(kept.pdf).sha256
    done = subprocess.run(
        ["sh", "-c", words.replace("FINGERPRINT", digest)],
        cwd=kept.folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[0].endswith(f"= {digest}")
    line = json.loads((kept.folder / "seals.json").read_text())["seals"][0]
    for told in (f'"at": "{line["at"]}"', '"code": "example-university-2025-9"', '"kind": "file"', '"n": 1,'):
        assert told in done.stdout, told
    assert "example-university-2025-1" not in done.stdout
    assert words in (SCRIPT.parent / "check-it-yourself.md").read_text().replace("\n    ", "\n")


def test_the_library_is_put_in_a_folder_of_its_own(client: FlaskClient) -> None:
    """Into the system's Python Debian lets nobody install."""
    (words,) = [box for box in commands(client) if "pyhanko" in box]
    assert words.splitlines()[0] == "python3 -m venv check && check/bin/pip install pyhanko"
    assert words.splitlines()[1].startswith("check/bin/python check_edition.py report.pdf ")
    for text in (SCRIPT.read_text(), (SCRIPT.parent / "check-it-yourself.md").read_text()):
        assert words.splitlines()[0] in text and "python3 -m pip" not in text


def test_the_fingerprint_of_the_certificate_is_there_as_openssl_prints_it(kept: Kept, client: FlaskClient) -> None:
    (words,) = [box for box in commands(client) if "-fingerprint" in box]
    done = subprocess.run(["sh", "-c", words], cwd=kept.folder, capture_output=True, text=True, timeout=60, check=False)
    printed = done.stdout.strip().rpartition("=")[2]
    assert re.fullmatch(r"([0-9A-F]{2}:){31}[0-9A-F]{2}", printed)
    assert printed in client.get("/en/check-it-yourself").text.replace("<wbr>", "")
