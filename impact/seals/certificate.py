"""Whose signature it is: the certificate in use, those used before, and the key.

Without settings a key and a certificate are made once and kept together in one file of the instance folder, which only
its owner reads. With SIGNING_CERTIFICATE_FILE they are the operator's own; the key is in a file or in a PKCS#11 token.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier
from flask import current_app

from config import Settings
from impact import clock

#: Key and certificate of an installation without settings.
OWN_FILE = "signing.pem"
#: A reader may hold a report against it for decades.
VALID = timedelta(days=30 * 365)
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


class NoCertificate(RuntimeError):
    """The settings name a file that cannot be used; the message says which and why."""


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def key_file() -> Path:
    """Where the private key is, unless a PKCS#11 token keeps it."""
    given = settings().signing_key_file
    return Path(given) if given else own_file()


def certificate_file() -> Path:
    given = settings().signing_certificate_file
    return Path(given) if given else own_file()


def own_file() -> Path:
    """The installation's own key and certificate, made at the first use. Of two processes that make them one wins."""
    path = settings().instance / OWN_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f".{OWN_FILE}.{secrets.token_hex(8)}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(_key_and_certificate())
            handle.flush()
            os.fsync(handle.fileno())
        try:
            # A link is made whole or not at all, and never over one that is there.
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path


def _key_and_certificate() -> bytes:
    # RSA, because every reader of signed PDFs knows it; elliptic curves came into the format with PDF 2.0.
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    host = urlsplit(settings().public_url).hostname or "localhost"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "IMPACT 10x10x10"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Seal of {host}"[:64]),
        ]
    )
    now = clock.now()
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return secret + certificate.public_bytes(Encoding.PEM)


def _read(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise NoCertificate(f"{path} holds no certificate in PEM that can be read: {fault}") from fault


def current() -> x509.Certificate:
    """The certificate in use. Raises NoCertificate."""
    return _read(certificate_file())[0]


def chain() -> list[x509.Certificate]:
    """What stands behind it, where an authority gave it: the rest of its file."""
    return _read(certificate_file())[1:]


def known() -> dict[str, x509.Certificate]:
    """{fingerprint: certificate}: the one in use, then those used before. What is signed by no other is ours.

    They come from files, never from the database: who can write there must not be able to add one.
    """
    earlier = settings().earlier_certificates_file
    found = [current(), *(_read(Path(earlier)) if earlier else [])]
    return {fingerprint(certificate): certificate for certificate in found}


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate itself (DER), in lower-case hexadecimal."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def as_pem() -> str:
    """Every certificate that a seal can be checked against, for the public."""
    return "".join(certificate.public_bytes(Encoding.PEM).decode() for certificate in [*known().values(), *chain()])


def is_signed_by(certificate: x509.Certificate, words: bytes, signature: bytes) -> bool:
    """Whether the key of this certificate signed these very bytes."""
    key = certificate.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, words, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, words, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, words)
        else:
            return False
    except InvalidSignature:
        return False
    return True
