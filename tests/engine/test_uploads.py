"""What may be uploaded is what it says it is; everything else is refused with the rule and the way out."""

import hashlib
import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from impact.errors import Invalid
from impact.storage import storage
from impact.uploads import ALLOWED, check_upload, keep, safe_name

MEGABYTE = 1024 * 1024


def check(content: bytes, name: str, **options: int) -> str:
    """The content type of a file that is taken."""
    with (checked := check_upload(io.BytesIO(content), name, **{"max_bytes": 20 * MEGABYTE, **options})).file:
        assert checked.sha256 == hashlib.sha256(content).hexdigest()
        assert checked.size == len(content)
        assert checked.file.read() == content
        return checked.content_type


# --- makers ----------------------------------------------------------------------------------------


def pdf(catalog: bytes = b"<</Type/Catalog/Pages 2 0 R>>", extra: bytes = b"") -> bytes:
    """A small whole PDF with a cross-reference table."""
    objects = [catalog, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"]
    body = b"%PDF-1.7\n"
    for number, words in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    body += extra
    return body + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def stream(dictionary: bytes, words: bytes) -> bytes:
    return b"9 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (dictionary, len(words), words)


def picture(form: str, size: tuple[int, int] = (40, 30), **options: bool) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 60)).save(file, form, **options)
    return file.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    def chunk(kind: bytes, words: bytes) -> bytes:
        return struct.pack(">I", len(words)) + kind + words + struct.pack(">I", zlib.crc32(kind + words))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


SHEET = "xl/worksheets/sheet1.xml"
SHEET_BEGINS = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(cells: bytes, before: bytes = b"") -> bytes:
    return (
        SHEET_BEGINS.replace(b"<worksheet", before + b"<worksheet")
        + b"<sheetData>"
        + cells
        + b"</sheetData></worksheet>"
    )


TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    b'<Override PartName="/xl/worksheets/sheet1.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
RELATION = b'<Relationship Id="r%d" Type="' + OFFICE + b'/%s" Target="%s"/>'


def parts_of_a_workbook(rows: int = 3) -> dict[str, bytes]:
    """What a small workbook with one sheet of text and numbers is made of."""
    row = '<row r="%(n)d"><c r="A%(n)d" t="inlineStr"><is><t>Women on the board</t></is></c><c r="B%(n)d"><v>%(v)f</v></c></row>'
    cells = "".join(row % {"n": number, "v": (number * 7919 % 1000) / 997} for number in range(1, rows + 1))
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS % (RELATION % (1, b"officeDocument", b"xl/workbook.xml")),
        "xl/workbook.xml": b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="' + OFFICE + '"><sheets><sheet name="النساء" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS % (RELATION % (1, b"worksheet", b"worksheets/sheet1.xml")),
        SHEET: sheet(cells.encode()),
    }


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return file.getvalue()


def workbook(rows: int = 3) -> bytes:
    return packed(parts_of_a_workbook(rows))


def changed(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The workbook with its parts changed."""
    parts = parts_of_a_workbook()
    change(parts)
    return packed(parts)


def with_part(name: str, words: bytes) -> bytes:
    return changed(lambda parts: parts.__setitem__(name, words))


# --- what is taken ---------------------------------------------------------------------------------

TABLE = "name,share\nZoë,19\nأمينة,21\n"
GOOD = {
    "report.pdf": (pdf(), "application/pdf"),
    "with a stream.PDF": (
        pdf(extra=stream(b"/Filter/FlateDecode", zlib.compress(b"/JS in a picture"))),
        "application/pdf",
    ),
    "chance.pdf": (pdf(extra=stream(b"/Type/XObject", b"\0/JS \xff/Launch ")), "application/pdf"),
    "chart.png": (picture("PNG"), "image/png"),
    "photo.jpg": (picture("JPEG"), "image/jpeg"),
    "photo.JPEG": (picture("JPEG", progressive=True), "image/jpeg"),
    "figures.xlsx": (workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "many.xlsx": (workbook(20_000), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "figures.csv": (TABLE.encode(), "text/csv"),
    "excel's.csv": (TABLE.encode("utf-16"), "text/csv"),
    "marked.csv": (TABLE.encode("utf-8-sig"), "text/csv"),
    "note.txt": (b"One line\r\n\tand another\f", "text/plain"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken(name: str) -> None:
    content, content_type = GOOD[name]
    assert check(content, name) == content_type


def test_what_our_own_printer_makes_is_a_good_pdf() -> None:
    import weasyprint

    made = weasyprint.HTML(string="<html lang=en><title>x</title><h1>Equal pay</h1>").write_pdf()
    assert check(made, "ours.pdf") == "application/pdf"


# --- what is not -----------------------------------------------------------------------------------

SCRIPT = b"<script>document.title='XSS'</script>"
BOMB = {
    "many rows": sheet(b"".join(b"<row><c><v>1</v></c></row>" for _ in range(100_000))),
    "far away": sheet(b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "far away without rows": sheet(b'<row><c r="XFD1"/></row><row><c r="A999999"/></row>'),
}
PDF_REFUSED = "not a whole PDF"
XLSX_REFUSED = "not a whole Excel workbook"
BAD: dict[str, tuple[str, bytes, str]] = {
    # the name
    "a programme": ("report.pdf.exe", b"MZ\x90\0", "only PDF, PNG"),
    "a page": ("page.html", SCRIPT, "only PDF, PNG"),
    "a drawing": ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "only PDF, PNG"),
    "no extension": ("report", pdf(), "only PDF, PNG"),
    "an old workbook": ("figures.xls", b"\xd0\xcf\x11\xe0", "only PDF, PNG"),
    "a workbook for macros": ("figures.xlsm", workbook(), "only PDF, PNG"),
    # nothing
    "an empty file": ("empty.pdf", b"", "it is empty"),
    # PDF
    "a page named pdf": ("page.pdf", b"%PDF-1.4\n<html>" + SCRIPT + b"</html>", PDF_REFUSED),
    "a picture named pdf": ("chart.pdf", picture("PNG"), PDF_REFUSED),
    "half a pdf": ("half.pdf", pdf()[:-30], PDF_REFUSED),
    "something before it": ("before.pdf", SCRIPT + pdf(), PDF_REFUSED),
    "something after it": ("after.pdf", pdf() + SCRIPT * 100, PDF_REFUSED),
    "a wrong cross-reference": ("wrong.pdf", pdf().replace(b"startxref\n", b"startxref\n9"), PDF_REFUSED),
    "a stream without an end": (
        "open.pdf",
        pdf(extra=stream(b"/Type/ObjStm", b"x").replace(b"endstream", b"")),
        PDF_REFUSED,
    ),
    "a script in it": (
        "script.pdf",
        pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"),
        "a script or a command",
    ),
    "a script written with escapes": (
        "escaped.pdf",
        pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Java#53cript/J#53(app.alert(1))>>>>"),
        "a script or a command",
    ),
    "a script in packed objects": (
        "packed.pdf",
        pdf(extra=stream(b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b"<</S/JavaScript/JS(x)>>"))),
        "a script or a command",
    ),
    "a command": ("command.pdf", pdf(b"<</OpenAction<</S/Launch/F(cmd.exe)>>>>"), "a script or a command"),
    # pictures
    "a page named png": ("page.png", b"<!doctype html>" + SCRIPT, "not a whole PNG"),
    "a jpeg named png": ("photo.png", picture("JPEG"), "not a whole PNG"),
    "a png named jpg": ("chart.jpg", picture("PNG"), "not a whole JPEG"),
    "a gif named png": ("polyglot.png", b"GIF89a/*" + b"\0" * 20 + b"*/=1;", "not a whole PNG"),
    "half a png": ("half.png", picture("PNG", (400, 300))[:-40], "not a whole PNG"),
    "half a jpeg": ("half.jpg", picture("JPEG", (400, 300))[:-400], "not a whole JPEG"),
    "very many pixels": ("bomb.png", png_that_says(40_000, 40_000), "25 million pixels"),
    "more pixels than Pillow takes": (
        "bomb.png",
        png_that_says(2**31 - 1, 2**31 - 1),
        "million pixels|not a whole PNG",
    ),
    # workbooks
    "a text named xlsx": ("text.xlsx", b"a,b\n", XLSX_REFUSED),
    "a zip named xlsx": ("zip.xlsx", with_part("x", b"")[:200], XLSX_REFUSED),
    "another zip": ("zip.xlsx", changed(lambda parts: parts.pop("xl/workbook.xml")), XLSX_REFUSED),
    "an external entity": (
        "xxe.xlsx",
        with_part(
            SHEET, sheet(b"<row><c><v>&x;</v></c></row>", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
        ),
        XLSX_REFUSED,
    ),
    "an entity in another encoding": (
        "utf16.xlsx",
        with_part("xl/styles.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w []><w/>'.encode("utf-16")),
        XLSX_REFUSED,
    ),
    "a doctype across two pieces": (
        "across.xlsx",
        with_part("xl/styles.xml", b"<!--" + b"x" * (256 * 1024 - 9) + b"--><!DOCTYPE w []><w/>"),
        XLSX_REFUSED,
    ),
    "broken xml": ("broken.xlsx", with_part(SHEET, b"<worksheet><sheetData>"), XLSX_REFUSED),
    "a way out": ("slip.xlsx", with_part("../../etc/zipslip.txt", b"x"), XLSX_REFUSED),
    "an absolute way out": ("slip.xlsx", with_part("/etc/zipslip.txt", b"x"), XLSX_REFUSED),
    "macros": ("macros.xlsx", with_part("xl/vbaProject.bin", b"x"), "holds macros"),
    "links to other files": ("links.xlsx", with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "holds macros"),
    "an embedded file": ("embedded.xlsx", with_part("xl/embeddings/oleObject1.bin", b"x"), "holds macros"),
    "macros by their type": (
        "type.xlsx",
        changed(
            lambda parts: parts.update(
                {"[Content_Types].xml": parts["[Content_Types].xml"].replace(b"sheet.main", b"macroEnabled.main")}
            )
        ),
        "holds macros",
    ),
    "a bomb": ("bomb.xlsx", with_part("xl/media/zeros.bin", b"\0" * 30 * MEGABYTE), "too large inside"),
    "very many rows": ("rows.xlsx", with_part(SHEET, BOMB["many rows"]), "too large inside"),
    "a far-off cell": ("far.xlsx", with_part(SHEET, BOMB["far away"]), "too large inside"),
    "a far-off cell in hiding": ("far.xlsx", with_part(SHEET, BOMB["far away without rows"]), "too large inside"),
    "very many parts": (
        "parts.xlsx",
        changed(lambda parts: parts.update({f"xl/media/{n}.bin": b"" for n in range(1001)})),
        "too large inside",
    ),
    # text
    "another encoding": ("latin1.csv", "Zoë\n".encode("latin-1"), "choose “UTF-8”"),
    "a zero byte": ("zero.csv", b"name\na\0b\n", "not text"),
    "an escape sequence": ("escape.txt", b"\x1b[2J", "not text"),
    "a picture named txt": ("chart.txt", picture("PNG"), "UTF-8|not text"),
    "a very long line": ("wide.csv", b"a," * 100_000, "longer than 100000 characters"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_quickly_with_its_name_the_rule_and_the_way_out(case: str) -> None:
    name, content, rule = BAD[case]
    assert len(content) < 20 * MEGABYTE
    began = time.monotonic()
    with pytest.raises(Invalid, match=rule) as refused:
        check(content, name)
    assert time.monotonic() - began < 2
    words = str(refused.value)
    assert f"“{name}” was not taken: " in words
    # What to do comes after the rule.
    assert words.count(". ") + words.count(", or ") >= 1


def test_a_workbook_whose_directory_lies_about_a_size_is_refused() -> None:
    content = bytearray(with_part("xl/media/zeros.bin", b"\0" * 5000))
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/zeros.bin"))
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    with pytest.raises(Invalid, match=XLSX_REFUSED):
        check(bytes(content), "lies.xlsx")


def test_a_file_that_is_too_large_is_refused_while_it_is_read() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"a" * size

    endless = Endless()
    with pytest.raises(Invalid, match="larger than 2 MB"):
        check_upload(endless, "endless.txt", max_bytes=2 * MEGABYTE)  # type: ignore[arg-type]
    assert endless.given <= 2 * MEGABYTE + 64 * 1024


def test_the_limit_is_that_of_the_settings(engine_app: Flask) -> None:
    limit = engine_app.extensions["settings"].upload_max_mb * MEGABYTE
    with pytest.raises(Invalid, match="larger than 20 MB"):
        check_upload(io.BytesIO(b"a\n" * (limit // 2) + b"a"), "large.txt")
    check_upload(io.BytesIO(b"a\n" * (limit // 2)), "large.txt").file.close()


def test_a_pdf_made_of_beginnings_takes_no_time() -> None:
    words = b"/Type/ObjStm stream\n" * 500_000
    began = time.monotonic()
    assert check(pdf(extra=words + b"endstream\n"), "beginnings.pdf") == "application/pdf"
    assert time.monotonic() - began < 2


def test_a_checked_file_is_kept_under_its_digest_and_marked_unscanned(engine_app: Flask, tmp_path: Path) -> None:
    checked = check_upload(io.BytesIO(pdf()), "../../../tmp/evil.pdf")
    assert checked.file_name == "evil.pdf"
    assert checked.is_scanned is False
    assert keep(checked) == checked.sha256
    assert checked.file.closed
    assert storage().get(checked.sha256) == pdf()
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [checked.sha256]


@pytest.mark.parametrize(
    "given, safe",
    [
        ("report.pdf", "report.pdf"),
        ("../../../../tmp/evil.pdf", "evil.pdf"),
        ("..\\..\\evil.pdf", "evil.pdf"),
        ("C:\\fakepath\\report.pdf", "report.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\r\nX-Injected: 1.pdf", "aX-Injected_ 1.pdf"),
        ('q".pdf; filename="x.html', "q_.pdf; filename=_x.html"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        (".htaccess", "htaccess"),
        ("con.pdf", "_con.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
        ("%2e%2e%2fevil.pdf", "_2e_2e_2fevil.pdf"),
        ("résumé 承诺.pdf", "résumé 承诺.pdf"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ("تقرير المساواة.pdf", "تقرير المساواة.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_a_given_name_is_made_safe_and_stays_readable(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_the_list_of_what_is_allowed_is_short() -> None:
    assert sorted(ALLOWED) == ["csv", "jpeg", "jpg", "pdf", "png", "txt", "xlsx"]
