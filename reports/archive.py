"""A laid-out document as a file to keep: PDF/A-3a, marked as PDF/UA-1 as well, with its data attached.

The engine writes one standard at a time. It is asked for PDF/A, and the mark of PDF/UA is put into the description of
the file, where PDF/A allows it only together with a schema that says what the mark is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import Attachment
from weasyprint.css import ColorProfile

from reports.attached import Attached

VARIANT = "pdf/a-3a"
RGB = (["r"], ["g"], ["b"])

UA_MARK = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def to_file(document: Any, *, at: datetime, identifier: bytes, attached: Sequence[Attached] = ()) -> bytes:
    """The bytes of the file, the same at any time: `at` is the only moment in it, `identifier` (16 bytes) its name."""
    metadata = document.metadata
    plain_description, plain_inclusion = metadata.generate_rdf_metadata, metadata.include_in_pdf

    def described(*given: Any) -> bytes:
        return bytes(plain_description(*given).replace(b"</rdf:RDF>", UA_MARK + b"</rdf:RDF>"))

    def included(pdf: Any, variant: str, version: int, conformance: str, compress: bool) -> None:
        # Unpacked, so that a program that knows no PDF finds the description too.
        plain_inclusion(pdf, variant, version, conformance, False)

    metadata.generate_rdf_metadata, metadata.include_in_pdf = described, included
    metadata.created = metadata.modified = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # A tree of names is searched by halves: it must be in order.
    metadata.attachments = [_attachment(one, at) for one in sorted(attached, key=lambda one: one.name)]
    # The engine would open the file of its profile anew each time and leave it open.
    document.color_profiles["srgb"] = ColorProfile(io.BytesIO(_colours()), "sRGB2014.icc", "relative-colorimetric", RGB)
    return bytes(
        document.write_pdf(
            pdf_variant=VARIANT,
            pdf_tags=True,
            pdf_identifier=identifier,
            output_intent="given",
            finisher=_name_files_once,
        )
    )


@lru_cache(maxsize=1)
def _colours() -> bytes:
    """The colour profile that the engine brings along."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _attachment(one: Attached, at: datetime) -> Attachment:
    """Made anew for each file: it can be written only once. Without dates it would take the clock's."""
    moment = at.astimezone(UTC)
    return Attachment(
        string=one.content.decode(),
        name=one.name,
        description=one.description,
        relationship=one.relationship,
        created=moment,
        modified=moment,
    )


def _name_files_once(_document: Any, pdf: Any) -> None:
    """The engine lists each attached file twice among those that belong to the document."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
