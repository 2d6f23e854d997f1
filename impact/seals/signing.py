"""The signature inside a PDF, and looking at one. pyHanko is loaded only here, where a seal is made or checked.

A sealed PDF is certified: whatever is added to it later shows. It is written behind the pages without touching a byte
of them, so that what was rendered can be rendered again and compared.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from impact.seals import certificate

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

T = TypeVar("T")

FIELD = "Seal"
#: No signature that we make is longer in hexadecimal digits; a timestamp takes most of it.
LONGEST = 256 * 1024
MOST_LOOKED_AT = 20
_BYTE_RANGE = re.compile(
    rb"/ByteRange\s{0,32}\[\s{0,32}(\d{1,12})\s{1,32}(\d{1,12})\s{1,32}(\d{1,12})\s{1,32}(\d{1,12})"
)
_REASON = re.compile(rb"/Reason\s{0,8}\(((?:[^()\\]|\\[0-7]{3}){1,300})\)")
_OCTAL = re.compile(rb"\\([0-7]{3})")


class CannotSign(RuntimeError):
    """The key, the token or the timestamp server does not do what the settings promise."""


def load() -> None:
    """Load the library before it is needed, and the key where it is in a file."""
    import pyhanko.sign.signers
    import pyhanko.sign.validation.generic_cms  # noqa: F401

    given = certificate.settings()
    if not given.signing_pkcs11_module:
        with suppress(CannotSign, certificate.NoCertificate):
            # Whoever signs is told why it cannot be used.
            _signer_of_file()


@contextmanager
def _signer() -> Iterator[Signer]:
    """Whoever signs by the settings: a key from a file, or one that never leaves its PKCS#11 token."""
    given = certificate.settings()
    if given.signing_pkcs11_module:
        with _token() as signer:
            yield signer
        return
    yield _signer_of_file()


@lru_cache(maxsize=2)
def _key(packed: bytes, password: bytes | None) -> PrivateKeyTypes:
    """The key of a file, by the file's bytes: the library proves a key as it loads it, which takes longer than signing."""
    return serialization.load_pem_private_key(packed, password)


def _signer_of_file() -> Signer:
    from asn1crypto.keys import PrivateKeyInfo
    from pyhanko.sign.signers import SimpleSigner

    password = certificate.settings().signing_key_password.encode() or None
    path = certificate.key_file()
    try:
        key = _key(path.read_bytes(), password)
    except (OSError, TypeError, ValueError) as fault:
        raise CannotSign(f"The key in {path} cannot be read: {fault}") from fault
    if key.public_key() != certificate.current().public_key():
        raise CannotSign(f"The key in {path} is not that of the certificate in {certificate.certificate_file()}.")

    class LoadedKey(SimpleSigner):
        """pyHanko would load the key anew, and prove it anew, for each signature."""

        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            algorithm = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
            if isinstance(key, RSAPrivateKey) and algorithm == "rsassa_pkcs1v15" and digest_algorithm == "sha256":
                return key.sign(data, PKCS1v15(), SHA256())
            return bytes(super().sign_raw(data, digest_algorithm))

    packed = key.private_bytes(Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return LoadedKey(
        signing_cert=_as_asn1(certificate.current()),
        signing_key=PrivateKeyInfo.load(packed),
        cert_registry=_registry(),
    )


def _as_asn1(found: Any) -> Any:
    from asn1crypto.x509 import Certificate

    return Certificate.load(found.public_bytes(Encoding.DER))


def _registry() -> Any:
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([_as_asn1(one) for one in certificate.chain()])
    return store


@contextmanager
def _token() -> Iterator[Signer]:
    try:
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as fault:
        raise CannotSign("SIGNING_PKCS11_MODULE needs the Python package python-pkcs11.") from fault
    given = certificate.settings()
    session = open_pkcs11_session(
        given.signing_pkcs11_module,
        token_criteria=TokenCriteria(label=given.signing_pkcs11_token) if given.signing_pkcs11_token else None,
        user_pin=given.signing_pkcs11_pin or None,
    )
    with session:
        yield PKCS11Signer(
            session,
            key_label=given.signing_pkcs11_key,
            signing_cert=_as_asn1(certificate.current()),
            ca_chain=[_as_asn1(one) for one in certificate.chain()],
        )


def sign_words(words: bytes) -> bytes:
    """The bare signature of these bytes with SHA-256, as openssl checks it. Raises CannotSign."""
    with _signer() as signer:
        return bytes(_apart(lambda: asyncio.run(signer.async_sign_raw(words, "sha256"))))


def _apart(work: Callable[[], T]) -> T:
    """Done in a thread of its own: pyHanko starts an event loop, which a thread that has one running does not let it."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def sign(pdf: bytes, *, at: datetime, reason: str) -> bytes:
    """The same PDF, certified by the installation's signature at the end: nothing may be changed in it any more.

    `at` is the moment it says; a timestamp server, where one is set, adds the moment it saw. Raises CannotSign.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    # pyHanko would write the metadata anew, and no longer as PDF/A wants them.
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    # An unseen mark that PDF/UA accepts: printable, not hidden, outside the page, with a name to read aloud.
    look = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    field = fields.SigFieldSpec(FIELD, readable_field_name="Seal of the edition", invis_sig_settings=look)
    fields.append_signature_field(writer, field)
    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
    )

    class Dated(signers.PdfSigner):
        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = at
            return session

    out = io.BytesIO()
    with _signer() as signer:
        seal = Dated(how, signer=signer, timestamper=_timestamper())
        _apart(lambda: seal.sign_pdf(writer, output=out))
    return out.getvalue()


def _timestamper() -> Any:
    url = certificate.settings().timestamp_url
    if not url:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(url, timeout=20)


@dataclass(frozen=True)
class Examined:
    """What the signature of a PDF says. Only `known` ones are looked into: of others nothing is claimed."""

    #: SHA-256 of the whole file
    sha256: str
    #: a signature that names one of our certificates, and `certificate` is its fingerprint
    is_ours: bool = False
    certificate: str = ""
    #: the signed bytes are those that were signed
    is_intact: bool = False
    #: bytes behind what was signed
    added: int = 0
    #: SHA-256 of the file as far as it was signed: with `added` that of the file before the addition
    signed_sha256: str = ""
    #: the reason given in the signature, which names the edition
    reason: str = ""


def examine(pdf: bytes) -> Examined:
    """Look for our signature in a file that may be anything. Nothing of it is unpacked, rendered or trusted.

    A signature is found by the place it names, not by following the file's own tables: an altered file may have none
    that can be followed, and a hostile one has worse.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()
    ours = certificate.known()
    # A hostile file may hold a million; a report of ours has one, and its readers added few.
    for found in islice(_BYTE_RANGE.finditer(pdf), MOST_LOOKED_AT):
        start, length, behind, rest = map(int, found.groups())
        end = behind + rest
        if start != 0 or not length < behind <= end <= len(pdf) or behind - length > LONGEST:
            continue
        packed = _unhexed(pdf[length:behind])
        looked = _looked_into(packed, pdf[:length], pdf[behind:end], ours) if packed else None
        if looked is None:
            continue
        name, is_intact = looked
        reason = _REASON.search(pdf, max(0, length - 4096), min(len(pdf), behind + 4096))
        return Examined(
            sha256,
            is_ours=True,
            certificate=name,
            is_intact=is_intact,
            added=len(pdf) - end,
            signed_sha256=hashlib.sha256(pdf[:end]).hexdigest(),
            reason=_text(reason[1]) if reason else "",
        )
    return Examined(sha256)


def _text(written: bytes) -> str:
    """A text as PDF writes it, with its signs as octal numbers."""
    return _OCTAL.sub(lambda found: bytes([int(found[1], 8) & 255]), written).decode("latin-1")


def _unhexed(text: bytes) -> bytes:
    """<3082…0000> → the bytes, or nothing."""
    if not (text.startswith(b"<") and text.endswith(b">")):
        return b""
    try:
        return bytes.fromhex(text[1:-1].decode("ascii"))
    except ValueError:
        return b""


def _looked_into(packed: bytes, before: bytes, after: bytes, ours: dict[str, Any]) -> tuple[str, bool] | None:
    """(fingerprint of our certificate, whether the bytes are those signed); None for a signature that is not ours."""
    from asn1crypto.cms import ContentInfo
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    try:
        data = ContentInfo.load(packed)["content"]
        (info,) = data["signer_infos"]
        names = {hashlib.sha256(one.chosen.dump()).hexdigest(): one.chosen for one in data["certificates"]}
        serial = info["sid"].chosen["serial_number"].native
        name = next((name for name in names if name in ours and names[name].serial_number == serial), None)
        if name is None:
            return None
    except Exception:
        # Whatever a hostile file makes the readers of ASN.1 raise.
        return None
    try:
        digest = hashlib.sha256(before + after).digest()
        intact, valid = validate_sig_integrity(info, names[name], "data", digest)
    except Exception:
        return name, False
    return name, bool(intact and valid)
