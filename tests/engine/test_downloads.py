"""A kept file leaves as a download that no browser shows, runs or guesses about."""

from collections.abc import Callable
from typing import BinaryIO
from wsgiref.util import FileWrapper

import pytest
from flask import Flask
from flask.testing import FlaskClient

from impact.downloads import disposition, file_response
from impact.errors import NotFound
from impact.storage import storage

WORDS = b"0123456789"


@pytest.fixture
def download(engine_app: Flask) -> Callable[..., FlaskClient]:
    digest = storage().put(WORDS)

    def prepare(name: str = "report.pdf", content_type: str = "application/pdf", public: bool = False) -> FlaskClient:
        engine_app.add_url_rule("/file", "file", lambda: file_response(digest, name, content_type, public=public))
        return engine_app.test_client()

    return prepare


def test_a_private_file_is_an_attachment_that_nothing_keeps(download: Callable[..., FlaskClient]) -> None:
    answer = download().get("/file")
    assert answer.data == WORDS
    assert answer.headers["Content-Disposition"] == "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Length"] == "10"


def test_a_public_file_may_be_cached(download: Callable[..., FlaskClient]) -> None:
    assert download(public=True).get("/file").headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", ""])
def test_what_a_browser_could_run_leaves_as_bytes(download: Callable[..., FlaskClient], content_type: str) -> None:
    assert download(content_type=content_type).get("/file").headers["Content-Type"] == "application/octet-stream"


def test_a_known_file_is_not_sent_again(download: Callable[..., FlaskClient]) -> None:
    client = download()
    etag = client.get("/file").headers["ETag"]
    again = client.get("/file", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/file", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "handed_over", "body"),
    [("", True, WORDS), ("bytes=7-", True, b"789"), ("bytes=-2", True, b"89"), ("bytes=0-3", False, b"0123")],
)
def test_a_server_that_sends_files_unread_gets_the_open_file_up_to_its_end(
    download: Callable[..., FlaskClient], wanted: str, handed_over: bool, body: bytes
) -> None:
    handed: list[FileWrapper] = []

    def file_wrapper(file: BinaryIO, size: int) -> FileWrapper:
        handed.append(FileWrapper(file, size))
        return handed[-1]

    with download().get(
        "/file",
        headers={"Range": wanted} if wanted else {},
        environ_overrides={"wsgi.file_wrapper": file_wrapper},
    ) as answer:
        assert (answer.data, bool(handed)) == (body, handed_over)
    assert all(wrapper.filelike.closed for wrapper in handed)


@pytest.mark.parametrize(
    "wanted, status, content_range, body",
    [
        ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
        ("bytes=7-", 206, "bytes 7-9/10", b"789"),
        ("bytes=-2", 206, "bytes 8-9/10", b"89"),
        ("bytes=5-99", 206, "bytes 5-9/10", b"56789"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("lines=0-3", 416, "bytes */10", b""),
        ("bytes=0-1,4-5", 200, None, WORDS),
        ("nonsense", 200, None, WORDS),
    ],
)
def test_a_part_can_be_asked_for(
    download: Callable[..., FlaskClient], wanted: str, status: int, content_range: str | None, body: bytes
) -> None:
    answer = download().get("/file", headers={"Range": wanted})
    assert (answer.status_code, answer.headers.get("Content-Range"), answer.data) == (status, content_range, body)


def test_a_part_of_another_version_is_the_whole_file(download: Callable[..., FlaskClient]) -> None:
    answer = download().get("/file", headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert (answer.status_code, answer.data) == (200, WORDS)


def test_head_sends_no_body(download: Callable[..., FlaskClient]) -> None:
    answer = download().head("/file")
    assert (answer.status_code, answer.headers["Content-Length"], answer.data) == (200, "10", b"")


def test_a_file_that_is_not_there_is_not_found(engine_app: Flask) -> None:
    with engine_app.test_request_context(), pytest.raises(NotFound):
        file_response("0" * 64, "x.pdf", "application/pdf")


@pytest.mark.parametrize(
    "name, header",
    [
        (
            "résumé 承诺.pdf",
            "attachment; filename=\"resume .pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%E6%89%BF%E8%AF%BA.pdf",
        ),
        ("تقرير.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf"),
        (
            "a\r\nX-Injected: 1.pdf",
            "attachment; filename=\"aX-Injected_ 1.pdf\"; filename*=UTF-8''aX-Injected_%201.pdf",
        ),
        (
            "Examplia：2023年度进展报告.pdf",
            "attachment; filename=\"Examplia, 2023.pdf\"; filename*=UTF-8''"
            "Examplia%EF%BC%9A2023%E5%B9%B4%E5%BA%A6%E8%BF%9B%E5%B1%95%E6%8A%A5%E5%91%8A.pdf",
        ),
        (
            'q".pdf; filename="x.html',
            "attachment; filename=\"q_.pdf; filename=_x.html\"; filename*=UTF-8''q_.pdf%3B%20filename%3D_x.html",
        ),
    ],
)
def test_the_name_of_a_download_cannot_break_its_header(name: str, header: str) -> None:
    assert disposition(name) == header
