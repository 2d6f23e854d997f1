"""Small real files as evidence of the invented organisations: made here, so that nothing has to be carried along."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Sequence

_NOTE = "Demonstration: the organisation and every figure are made up."


def pdf(lines: Sequence[str]) -> bytes:
    """One page of plain text (ASCII) in Helvetica."""
    text = "".join(f"({_escaped(line)}) Tj T* " for line in (*lines, "", _NOTE))
    page = f"BT /F1 12 Tf 16 TL 72 770 Td {text}ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def table(rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([*rows, [_NOTE]])
    return out.getvalue().encode()


def bars(heights: Sequence[int]) -> bytes:
    """A PNG picture of bars, each 0 to 100 high."""
    width, height = 40 * len(heights), 100
    rows = b""
    for line in range(height, 0, -1):
        pixels = b"".join((b"\x1f\x4e\x79" if line <= bar else b"\xff\xff\xff") * 30 + b"\xff" * 30 for bar in heights)
        rows += b"\x00" + pixels
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, content) for name, content in [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)
