"""Handing out a kept file so that no browser shows or runs it: for doors."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, request

from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.storage import CHUNK, NotStored, Storage, storage
from impact.uploads import safe_name

#: The file opens nothing, runs nothing and belongs to no site, even where a browser shows it all the same.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"

FOR_EVER = "public, max-age=31536000, immutable"


def file_response(
    sha256: str,
    file_name: str,
    content_type: str,
    *,
    public: bool = False,
    for_ever: bool = False,
    store: Storage | None = None,
) -> Response:
    """The file as a download under its name; answers If-None-Match and one Range. Raises NotFound.

    A public file may be kept by caches for a day, or for ever where its address never means another file; a private one
    is stored nowhere.
    """
    keeper = store or storage()
    caching = (FOR_EVER if for_ever else "public, max-age=86400") if public else "private, no-store"
    try:
        size = keeper.size(sha256)
        response = Response(status=200, direct_passthrough=True)
        response.headers["Content-Type"] = _content_type(content_type)
        response.headers["Content-Disposition"] = disposition(file_name)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["Cache-Control"] = caching
        response.set_etag(sha256)
        if request.if_none_match.contains(sha256):
            response.status_code = 304
            del response.headers["Content-Type"]
            return response
        return _with_body(response, keeper, sha256, size)
    except NotStored:
        raise NotFound(N_("There is no such file.")) from None


def generated_file(text: str, file_name: str, content_type: str) -> Response:
    """A public file made for this answer from what is public now, as a download under its name."""
    response = Response(text, content_type=content_type)
    response.headers["Content-Disposition"] = disposition(file_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def data_response(content: bytes, file_name: str, content_type: str) -> Response:
    """Public data that never change, as a download under their name; asked for again only when they are withdrawn."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = disposition(file_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "public, no-cache"
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.make_conditional(request)
    return response


def _with_body(response: Response, keeper: Storage, sha256: str, size: int) -> Response:
    start, end = 0, size
    wanted = request.range
    # If-Range with another digest means: the whole file, please.
    if wanted and (not request.if_range.etag or request.if_range.etag == sha256) and len(wanted.ranges) == 1:
        part = wanted.range_for_length(size)
        if part is None or wanted.units != "bytes":
            response.status_code = 416
            response.headers["Content-Range"] = f"bytes */{size}"
            return response
        start, end = part
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.headers["Content-Length"] = str(end - start)
    if request.method != "HEAD":
        response.response = _pieces(keeper, sha256, start, end)
    return response


def _pieces(keeper: Storage, sha256: str, start: int, end: int) -> Iterable[bytes]:
    """The bytes from `start` to `end`. A server that can send an open file unread gets one: it sends to its end."""
    unread = request.environ.get("wsgi.file_wrapper")
    file = keeper.opened(sha256) if unread and end == keeper.size(sha256) else None
    if file is None or unread is None:
        return keeper.stream(sha256, start, end)
    file.seek(start)
    pieces: Iterable[bytes] = unread(file, CHUNK)
    return pieces


def disposition(file_name: str) -> str:
    """RFC 6266: an ASCII name for old readers, the whole name for the others; always an attachment."""
    name = safe_name(file_name)
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    # A wide colon of Chinese has become one that no name of a file may hold; so may others of its width.
    ascii_name = re.sub(r"\s*:\s*", ", ", re.sub(r"[<>|?*%/]", "_", ascii_name))
    # Of a name in other letters only spaces and commas may be left between the words.
    ascii_name = " ".join(ascii_name.replace("\\", "").replace('"', "").split()).lstrip(", ") or "file"
    if ascii_name.startswith("."):
        ascii_name = f"file{ascii_name}"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def _content_type(content_type: str) -> str:
    """Text says its encoding by itself or not at all, so none is promised; HTML and the like never leave as such."""
    harmless = content_type.startswith(("image/png", "image/jpeg", "application/pdf", "text/csv", "text/plain"))
    office = content_type.startswith("application/vnd.openxmlformats-officedocument.")
    return content_type if harmless or office else "application/octet-stream"
