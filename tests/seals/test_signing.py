"""The certificate, the signature inside a PDF, and what examining finds of it."""

from __future__ import annotations

import asyncio
import io
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import page
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from flask import Flask
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from config import Settings, SettingsError
from impact.seals import certificate, signing
from tests.seals.makers import AT, a_pdf

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def signed(app: Flask) -> bytes:
    return signing.sign(a_pdf(), at=AT, reason="Sealed edition example-university-2025-1")


def settings(app: Flask, **changes: Any) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], **changes)


def own_certificate(
    folder: Path, password: bytes = b"", key: CertificateIssuerPrivateKeyTypes | None = None
) -> tuple[Path, Path]:
    """A key under a password, RSA where none is given, and its certificate, as an operator would bring them."""
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The operator")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(now).not_valid_after(now + timedelta(days=30)).sign(key, hashes.SHA256())
    )  # fmt: skip
    keeping = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, keeping))
    (folder / "certificate.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return folder / "key.pem", folder / "certificate.pem"


def test_the_own_certificate_is_made_once_and_read_by_its_owner_only(app: Flask) -> None:
    first = certificate.fingerprint(certificate.current())
    assert certificate.fingerprint(certificate.current()) == first
    path = app.extensions["settings"].instance / "signing.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.glob("*signing*")] == ["signing.pem"]
    assert "PRIVATE" not in certificate.as_pem()


def test_two_processes_that_begin_together_get_the_same_certificate(tmp_path: Path) -> None:
    words = (
        "import sys; from impact.app import create_app; from impact.seals import certificate\n"
        "with create_app().app_context():\n"
        "    sys.stdin.read(1); print(certificate.fingerprint(certificate.current()))"
    )
    where = {**os.environ, "INSTANCE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen([sys.executable, "-c", words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=where)
        for _ in range(2)
    ]
    told = [one.communicate(b"g", timeout=120)[0].decode().strip() for one in both]
    assert len(told[0]) == 64
    assert told[0] == told[1]
    assert [found.name for found in tmp_path.glob("*signing*")] == ["signing.pem"]


def test_the_operator_s_own_key_signs_and_the_earlier_certificate_still_counts(
    app: Flask, tmp_path: Path, signed: bytes
) -> None:
    before = tmp_path / "earlier.pem"
    before.write_bytes(certificate.current().public_bytes(Encoding.PEM))
    key, given = own_certificate(tmp_path, b"secret words")
    settings(
        app, signing_key_file=str(key), signing_certificate_file=str(given), signing_key_password="secret words",
        earlier_certificates_file=str(before),
    )  # fmt: skip
    anew = signing.sign(a_pdf(), at=AT, reason="x")
    assert signing.examine(anew).is_intact
    assert signing.examine(anew).certificate == certificate.fingerprint(certificate.current())
    assert signing.examine(signed).is_intact
    words = b"some words"
    assert certificate.is_signed_by(certificate.current(), words, signing.sign_words(words))
    assert not certificate.is_signed_by(certificate.current(), b"other words", signing.sign_words(words))
    settings(app, earlier_certificates_file="")
    assert not signing.examine(signed).is_ours


def test_a_key_that_takes_the_place_of_another_signs_at_once(app: Flask, tmp_path: Path) -> None:
    for _time in range(2):
        key, given = own_certificate(tmp_path)
        settings(app, signing_key_file=str(key), signing_certificate_file=str(given))
        signing.load()
        assert certificate.is_signed_by(certificate.current(), b"words", signing.sign_words(b"words"))


def test_a_key_of_an_elliptic_curve_signs_too(app: Flask, tmp_path: Path) -> None:
    key, given = own_certificate(tmp_path, key=ec.generate_private_key(ec.SECP256R1()))
    settings(app, signing_key_file=str(key), signing_certificate_file=str(given))
    assert certificate.is_signed_by(certificate.current(), b"words", signing.sign_words(b"words"))
    assert signing.examine(signing.sign(a_pdf(), at=AT, reason="x")).is_intact


def test_a_key_that_cannot_be_used_is_named(app: Flask, tmp_path: Path) -> None:
    key, given = own_certificate(tmp_path, b"secret words")
    settings(app, signing_key_file=str(key), signing_certificate_file=str(given))
    with pytest.raises(signing.CannotSign, match="cannot be read"):
        signing.sign_words(b"x")
    settings(app, signing_certificate_file=str(app.extensions["settings"].instance / "signing.pem"))
    settings(app, signing_key_password="secret words")
    with pytest.raises(certificate.NoCertificate, match="holds no certificate"):
        signing.sign_words(b"x")


def test_a_token_is_asked_as_the_settings_say(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _key, given = own_certificate(tmp_path)
    settings(
        app, signing_pkcs11_module="/usr/lib/token.so", signing_pkcs11_token="seals", signing_pkcs11_key="reports",
        signing_pkcs11_pin="1234", signing_certificate_file=str(given),
    )  # fmt: skip
    with pytest.raises(signing.CannotSign, match="python-pkcs11"):
        signing.sign_words(b"x")
    asked: dict[str, Any] = {}

    class Session:
        def __enter__(self) -> None:
            asked["open"] = True

        def __exit__(self, *fault: object) -> None:
            asked["open"] = False

    class Signer:
        def __init__(self, session: Session, **named: Any) -> None:
            asked.update(named)

        async def async_sign_raw(self, words: bytes, digest: str) -> bytes:
            return words + digest.encode()

    class Module:
        PKCS11Signer = Signer

        @staticmethod
        def open_pkcs11_session(module: str, **named: Any) -> Session:
            asked.update(named, module=module)
            return Session()

    monkeypatch.setitem(sys.modules, "pyhanko.sign.pkcs11", Module)  # type: ignore[arg-type]
    assert signing.sign_words(b"x") == b"xsha256"
    assert (asked["module"], asked["user_pin"], asked["key_label"], asked["open"]) == (
        "/usr/lib/token.so", "1234", "reports", False,
    )  # fmt: skip
    assert asked["token_criteria"].label == "seals"
    assert asked["signing_cert"].serial_number == 7


@pytest.mark.parametrize(
    "given, told",
    [
        ({"SIGNING_CERTIFICATE_FILE": "/x.pem"}, "are set together or not at all"),
        ({"SIGNING_KEY_FILE": "/x.pem"}, "are set together or not at all"),
        (
            {"SIGNING_PKCS11_MODULE": "/x.so", "SIGNING_CERTIFICATE_FILE": "/x.pem"},
            "needs SIGNING_PKCS11_KEY",
        ),
        ({"TIMESTAMP_URL": "tsa.example"}, "TIMESTAMP_URL must begin with"),
    ],
)
def test_half_of_a_choice_is_refused_at_the_start(
    given: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=told):
        Settings.from_environment()


def test_a_thread_whose_event_loop_runs_signs_too(app: Flask) -> None:
    """A browser test has one, and so has a server that answers on one."""

    async def within() -> bytes:
        return signing.sign_words(b"words")

    assert certificate.is_signed_by(certificate.current(), b"words", asyncio.run(within()))


def test_signing_touches_no_byte_of_the_pages(signed: bytes) -> None:
    assert signed.startswith(a_pdf())
    assert 4_000 < len(signed) - len(a_pdf()) < 60_000


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1])
def test_a_signed_pdf_still_passes_what_the_unsigned_one_passes(signed: bytes, profile: Any) -> None:
    assert page.validate_pdf_bytes(a_pdf(), profile=profile).is_compliant
    result = page.validate_pdf_bytes(signed, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_a_genuine_file_is_intact_and_says_what_it_is(signed: bytes) -> None:
    found = signing.examine(signed)
    assert (found.is_ours, found.is_intact, found.added) == (True, True, 0)
    assert found.reason == "Sealed edition example-university-2025-1"
    assert found.signed_sha256 == found.sha256
    assert b"20260401093000" in signed


def test_any_altered_byte_shows(signed: bytes) -> None:
    begin = signed.rfind(b"/Contents <") + len(b"/Contents <")
    for place in (20, len(a_pdf()) // 2, len(a_pdf()) - 5, len(a_pdf()) + 300):
        altered = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        found = signing.examine(altered)
        assert not found.is_intact, place
        assert found.sha256 != signing.examine(signed).sha256
    # Within the signature's own room, behind its end: it holds, and the fingerprint does not.
    place = begin + 10_000
    if signed[place : place + 1] == b"0":
        found = signing.examine(signed[:place] + b"1" + signed[place + 1 :])
        assert found.sha256 != signing.examine(signed).sha256


def a_later_update(pdf: bytes) -> bytes:
    """Something added behind the end, as editing programs do: another title."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Extensions"] = generic.DictionaryObject({})
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_was_added_after_signing_is_counted_and_the_file_before_it_is_named(signed: bytes) -> None:
    more = a_later_update(signed)
    found = signing.examine(more)
    assert (found.is_ours, found.is_intact, found.added) == (True, True, len(more) - len(signed))
    assert found.signed_sha256 == signing.examine(signed).sha256


def test_the_signature_of_somebody_else_is_not_ours(app: Flask, tmp_path: Path) -> None:
    key, given = own_certificate(tmp_path)
    own = app.extensions["settings"]
    settings(app, signing_key_file=str(key), signing_certificate_file=str(given))
    foreign = signing.sign(a_pdf(), at=AT, reason="Sealed edition example-university-2025-1")
    app.extensions["settings"] = own
    found = signing.examine(foreign)
    assert (found.is_ours, found.reason) == (False, "")


#: Files that try what a reader of PDFs does with places and lengths.
HOSTILE = {
    "nothing": b"",
    "no pdf": b"hello",
    "a range beyond the end": b"%PDF-1.7 /ByteRange [0 10 99999999999 5] <00>",
    "a range that runs backwards": b"%PDF-1.7 /ByteRange [0 50 10 5] <3082>                                   ",
    "a signature that is none": b"%PDF-1.7 /ByteRange [0 45 53 5] xxxxxxxxxxxx<30820000>12345",
    "odd hexadecimal": b"%PDF-1.7 /ByteRange [0 45 52 5] xxxxxxxxxxxx<3082000>12345",
    "very many ranges": b"/ByteRange [0 1 3 1] " * 50_000,
    "much white space": b"/ByteRange" + b" " * 1_000_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_given_is_answered(app: Flask, content: bytes) -> None:
    assert not signing.examine(content).is_ours
