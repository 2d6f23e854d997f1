"""Check a sealed report without the site it came from. Needs nothing but pyHanko, in a folder of its own:

    python3 -m venv check && check/bin/pip install pyhanko
    check/bin/python check_edition.py report.pdf certificate.pem [seals.json [checkpoints.json]]

1. The signature: made with the certificate, over the whole file, with nothing added later.
2. The list of seals: its hashes follow from each other, and the fingerprint of the file stands on it.
3. The checkpoints: signed with the certificate; the list is as long as the newest one says, and ends as it says.

It opens only the files it is given and nothing on the network. The last line is "Genuine." or "Genuine, but replaced by"
a newer edition (exit code 0), or says what is wrong (exit code 1).
"""

import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


class Wrong(Exception):
    """What is wrong, in words."""


def canonical(value):
    """Canonical JSON (RFC 8785) of texts, whole numbers, lists and objects."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check_signature(report, certificate):
    """The signature covers the whole file, is intact, and was made with one of the certificates."""
    with open(report, "rb") as file:
        size = file.seek(0, 2)
        try:
            signatures = PdfFileReader(file).embedded_signatures
        except Exception as fault:
            raise Wrong(f"The file cannot be read as a PDF: {fault}") from fault
        if not signatures:
            raise Wrong("There is no signature in this file.")
        trust = ValidationContext(trust_roots=list(load_certs_from_pemder([certificate])), allow_fetching=False)
        status = validate_pdf_signature(signatures[0], signer_validation_context=trust)
        if not status.intact or not status.valid:
            raise Wrong("The file was changed after it was signed.")
        if not status.trusted:
            raise Wrong("The file was signed by somebody else: the certificate is not the one that was given.")
        # The only gap in what was signed is the signature itself, in hexadecimal digits between < and >.
        begin, length, behind, rest = signatures[0].byte_range
        gap = 2 * len(signatures[0].pkcs7_content) + 2
        is_whole = (begin, length + gap, behind + rest) == (0, behind, size)
        if status.modification_level != ModificationLevel.NONE or len(signatures) > 1 or not is_whole:
            raise Wrong("Something was added to the file after it was signed.")
        print(f"The signature is right: {status.signing_cert.subject.human_friendly}")


def check_list(report, seals):
    """Every hash of the list is right, and the file is on it. The number of the edition that took its place, or ""."""
    with open(report, "rb") as file:
        fingerprint = sha256(file.read())
    previous, found, sealed_on, replaced_by = "0" * 64, None, {}, {}
    for number, seal in enumerate(seals, start=1):
        hashed = {name: value for name, value in seal.items() if name != "hash"}
        if seal["n"] != number or seal["previous"] != previous or sha256(canonical(hashed).encode()) != seal["hash"]:
            raise Wrong(f"Line {number} of the list of seals does not follow from the line before it.")
        if fingerprint in seal["facts"].values():
            found = seal
        if seal["kind"] == "edition":
            sealed_on[seal["code"]] = seal["at"][:10]
            replaced_by.update(dict.fromkeys(seal["facts"].get("replaces", []), seal["code"]))
        previous = seal["hash"]
    if found is None:
        raise Wrong(f"The fingerprint {fingerprint} is not on the list of seals.")
    code = found["code"]
    sealed = f", sealed on {sealed_on[code]}" if code in sealed_on else ""
    print(f"It stands on line {found['n']} of {len(seals)}: {code}{sealed}; this file was made on {found['at'][:10]}.")
    newer = ""
    while code in replaced_by:
        # Taken out as it is followed: a list that leads round in a circle ends too.
        code = newer = replaced_by.pop(code)
    return newer


def check_checkpoints(seals, checkpoints, certificate):
    """The checkpoints are signed, and the list holds what each of them says."""
    with open(certificate, "rb") as file:
        keys = {
            sha256(one.public_bytes(Encoding.DER)): one.public_key() for one in load_pem_x509_certificates(file.read())
        }
    for point in checkpoints:
        told = json.loads(point["signed"])
        key, signature = keys.get(told["certificate"]), base64.b64decode(point["signature"])
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, point["signed"].encode(), ec.ECDSA(hashes.SHA256()))
            elif key is not None:
                key.verify(signature, point["signed"].encode(), padding.PKCS1v15(), hashes.SHA256())
            else:
                raise Wrong(f"Checkpoint {told['checkpoint']} was signed with another certificate.")
        except InvalidSignature:
            raise Wrong(f"The signature of checkpoint {told['checkpoint']} is not right.") from None
        if told["seals"] > len(seals):
            raise Wrong(
                f"The list has {len(seals)} lines, and checkpoint {told['checkpoint']} counted {told['seals']}."
            )
        if told["seals"] and seals[told["seals"] - 1]["hash"] != told["seals_head"]:
            raise Wrong(f"The list is not the one that checkpoint {told['checkpoint']} was signed for.")
    print(f"{len(checkpoints)} checkpoints are signed, and the list is as they say.")


def rows(path, name):
    with open(path, encoding="utf-8") as file:
        return json.load(file)[name]


def main(arguments):
    if not 2 <= len(arguments) <= 4:
        print(__doc__)
        return 2
    report, certificate = arguments[:2]
    newer = ""
    try:
        check_signature(report, certificate)
        if len(arguments) > 2:
            seals = rows(arguments[2], "seals")
            newer = check_list(report, seals)
        if len(arguments) > 3:
            check_checkpoints(seals, rows(arguments[3], "checkpoints"), certificate)
    except Wrong as what:
        print(f"Not genuine: {what}")
        return 1
    print(f"Genuine, but replaced by {newer}." if newer else "Genuine.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
