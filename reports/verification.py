"""Whether a file is a sealed edition: its fingerprint decides; the signature only tells what became of one that is not.

The file is looked at and forgotten. Nothing of it is unpacked, rendered, kept or sent anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from impact.seals import signing
from impact.seals.models import Seal
from impact.seals.queries import seals_of
from reports import queries
from reports.models import Edition

#: The reason inside the signature of a file (reports/making.py) names the edition, also where the file was changed.
_NAMED = re.compile(r"Sealed edition ([a-z0-9-]{1,80})")
#: Readers of PDFs look so far for the beginning; behind the end there may be blanks.
_HEAD, _TAIL = 1024, 2048


@dataclass(frozen=True)
class Finding:
    """`verdict`: genuine, superseded, changed, added, not_listed, unsigned or foreign; `edition` where it is known.

    Of a foreign file `trouble` says what is odd about it: not_a_pdf, cut_off, encrypted or "".
    """

    verdict: str
    sha256: str
    edition: Edition | None = None
    seal: Seal | None = None
    trouble: str = ""

    @property
    def is_genuine(self) -> bool:
        """Sealed by us, byte for byte; a newer edition may have taken its place."""
        return self.verdict in {"genuine", "superseded"}


def judge(pdf: bytes) -> Finding:
    """What the file is. Whatever it holds, there is an answer."""
    found = signing.examine(pdf)
    listed = _listed(found.sha256, found.reason)
    if listed is not None:
        verdict = "superseded" if listed[0].superseded_at else "genuine"
        return Finding(verdict, found.sha256, *listed)
    if unsigned := queries.sealed_file_by_sha256(found.sha256, signed=False):
        return Finding("unsigned", found.sha256, unsigned.edition)
    if not found.is_ours:
        return Finding("foreign", found.sha256, trouble=_trouble(pdf))
    edition = _named(found.reason)
    if not found.is_intact:
        return Finding("changed", found.sha256, edition)
    return Finding("added" if found.added else "not_listed", found.sha256, edition)


def _listed(sha256: str, reason: str) -> tuple[Edition, Seal] | None:
    """The edition whose file this is, with its line on the list of seals: no line, no seal."""
    file = queries.sealed_file_by_sha256(sha256)
    edition = file.edition if file else _named(reason)
    if edition is None:
        return None
    # A file that was made anew has a line of its own; the older one holds as well.
    seal = next(
        (seal for seal in seals_of(edition.code) if seal.kind == "file" and seal.facts["sha256"] == sha256), None
    )
    return (edition, seal) if seal else None


def _named(reason: str) -> Edition | None:
    named = _NAMED.fullmatch(reason)
    return queries.sealed_by_code(named[1]) if named else None


def _trouble(pdf: bytes) -> str:
    if b"%PDF-" not in pdf[:_HEAD]:
        return "not_a_pdf"
    if not pdf[-_TAIL:].rstrip(b"\0 \r\n\t").endswith(b"%%EOF"):
        return "cut_off"
    return "encrypted" if b"/Encrypt" in pdf else ""


def number_in(text: str) -> str:
    """The number of an edition in what somebody typed: with spaces, in capitals, or as the address on the cover."""
    return re.sub(r"\s+", "", text).rstrip("/").rpartition("/")[2].lower()
