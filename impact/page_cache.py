"""Public pages, kept in memory for readers who are not signed in, and never stale.

A kept page holds the version of the data it was made from: the newest entry of the audit trail, which is
written in the transaction of the change itself, and the day, because a status depends on it. The version is
asked for before the page is looked up, in the transaction that would read the page, so a hit costs one small
query and a page is never newer in name than in content. Language and filters are part of the address; settings
and templates are those of the process, which keeps its own pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError

from impact import clock, i18n, security
from impact.db import db
from impact.logs import log

#: endpoint → the query arguments that the page reads. A request with any other argument is answered afresh.
KEPT: dict[str, tuple[str, ...]] = {
    "registry.home": (),
    "registry.champions": (),
    "registry.champion": (),
    "registry.commitments": ("constituency", "theme", "kind", "after"),
    "registry.commitment": (),
    "registry.countries": ("year",),
    "registry.country": ("year",),
    "registry.indicators": ("constituency",),
    "registry.indicator": (),
    "registry.how_it_works": (),
    "registry.status_rule": (),
    "registry.privacy": (),
    "registry.accessibility": (),
    "accounts.roles": (),
    "priorities.severity": ("area", "year"),
    "champions.public_cohort": (),
    "editions.page": (),
    "reports.many": (),
    "reports.verify_code": (),
    "seals.index": ("before",),
    "seals.check_it_yourself": (),
}
#: Word for word the condition of the index `ix_audit_entry_changes`; signing in changes no public page.
NEWEST_CHANGE = "SELECT max(id) FROM audit_entry WHERE action NOT IN ('sign_in', 'sign_in_refused')"
LONGEST_ARGUMENT = 64
#: What a page costs in memory beside its bytes.
_OVERHEAD = 1024

Version = tuple[int, date]
Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Kept:
    version: Version
    body: bytes
    policy: str
    tag: str


class PageCache:
    """The pages used last, within a limit of bytes; threads of one process share it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept) -> None:
        """Keep the page in place of an older one; what was not asked for longest makes room."""
        with self._lock:
            before = self._pages.pop(key, None)
            if before is not None:
                self.size -= len(before.body) + _OVERHEAD
            self._pages[key] = page
            self.size += len(page.body) + _OVERHEAD
            while self.size > self.limit:
                _key, oldest = self._pages.popitem(last=False)
                self.size -= len(oldest.body) + _OVERHEAD

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Key]:
        with self._lock:
            return iter(list(self._pages))


def version() -> Version:
    """What the pages of this moment are made from."""
    newest = db.session.connection().exec_driver_sql(NEWEST_CHANGE).scalar()
    return newest or 0, clock.today()


def _key() -> Key | None:
    """The key of this request's page; None when it must be made for this reader."""
    read = KEPT.get(request.endpoint or "")
    if read is None or request.method != "GET" or "Authorization" in request.headers:
        return None
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        return None
    arguments = tuple(request.args.items(multi=True))
    names = [name for name, _value in arguments]
    if len(set(names)) != len(names) or any(name not in read for name in names):
        return None
    if any(len(value) > LONGEST_ARGUMENT for _name, value in arguments):
        return None
    return request.root_path, request.path, arguments


def _look_up() -> Response | None:
    cache: PageCache = current_app.extensions["page_cache"]
    key = _key() if cache.limit else None
    if key is None:
        return None
    found = cache.get(key)
    try:
        present = version()
    except DBAPIError as error:
        # While the database is away nobody changes anything: the last page is better than none.
        if found is None:
            raise
        db.session.rollback()
        log.warning("kept page shown without its database", exc_info=error)
        return _answer(found)
    if found is not None and found.version == present:
        return _answer(found)
    g.page_key, g.page_version = key, present
    return None


def parts(kind: str, keys: Sequence[str], make: Callable[[Sequence[str]], Mapping[str, str]]) -> list[Markup]:
    """A piece of HTML for each key, in their order; those that are not kept for this language are made together.

    For rows that are the same for every reader, so that a page made anew (for somebody signed in, with another filter)
    is put together from rows that others have read. As old as a kept page may be, never older. `make` takes the keys
    that are missing and gives their pieces; a key that it leaves out is left out.
    """
    cache: PageCache = current_app.extensions["page_cache"]
    present = g.get("page_version") or (version() if cache.limit else None)
    language = i18n.current()
    found: dict[str, str] = {}
    for key in keys:
        kept = cache.get((kind, language, ((key, ""),)))
        if kept is not None and kept.version == present:
            found[key] = kept.body.decode()
    missing = [key for key in keys if key not in found]
    if missing:
        made = make(missing)
        found |= made
        if present is not None:
            for key, piece in made.items():
                cache.put((kind, language, ((key, ""),)), Kept(present, piece.encode(), "", ""))
    return [Markup(found[key]) for key in keys if key in found]  # noqa: S704 (our own templates made it)


def remembered(kind: str, key: str, make: Callable[[], str | None]) -> str | None:
    """A text that is the same for every reader, made of the data of this moment; kept like a page, never older.

    For answers that are quick to give and slow to allow, such as whether a file may still be handed out. What is None,
    or refused by an error, is asked for again each time.
    """
    cache: PageCache = current_app.extensions["page_cache"]
    place: Key = (kind, "", ((key, ""),))
    present = version() if cache.limit else None
    kept = cache.get(place) if cache.limit else None
    if kept is not None and kept.version == present:
        return kept.body.decode()
    made = make()
    if made is not None and present is not None:
        cache.put(place, Kept(present, made.encode(), "", ""))
    return made


def _answer(page: Kept) -> Response:
    response = Response(page.body, mimetype="text/html")
    response.headers["Content-Security-Policy"] = page.policy
    response.set_etag(page.tag)
    response.make_conditional(request)
    return response


def _keep(response: Response) -> Response:
    """Keep a page that was made for nobody in particular: no cookie, no session, no token, nothing private."""
    key = g.pop("page_key", None)
    if key is None or response.status_code != 200 or response.mimetype != "text/html" or response.is_streamed:
        return response
    if "Set-Cookie" in response.headers or session.modified or g.get("is_private", False):
        return response
    fixed = without_nonce(response.get_data(as_text=True))
    if fixed is None:
        return response
    body, policy = fixed
    page = Kept(g.page_version, body.encode(), policy, hashlib.sha256((policy + body).encode()).hexdigest()[:24])
    current_app.extensions["page_cache"].put(key, page)
    response.set_data(page.body)
    response.headers["Content-Security-Policy"] = page.policy
    response.set_etag(page.tag)
    response.make_conditional(request)
    return response


def without_nonce(page: str) -> tuple[str, str] | None:
    """(page, policy) with each style and script named by its hash, so that two readers never share a nonce.

    None when the nonce stands anywhere else.
    """
    nonce = g.get("csp_nonce")
    if nonce is None:
        return page, security.policy()
    sources: dict[str, list[str]] = {"style": [], "script": []}

    def named(found: re.Match[str]) -> str:
        digest = hashlib.sha256(found[4].encode()).digest()
        sources[found[1]].append(f"'sha256-{base64.b64encode(digest).decode()}'")
        return f"<{found[1]}{found[2]}{found[3]}>{found[4]}</{found[1]}>"

    pattern = rf'<(style|script)\b([^>]*?)\s+nonce="{re.escape(nonce)}"([^>]*)>(.*?)</\1>'
    page = re.sub(pattern, named, page, flags=re.S)
    if nonce in page:
        return None
    return page, security.policy(" ".join(sources["script"]), " ".join(sources["style"]))


def init_app(app: Flask) -> None:
    settings: Any = app.extensions["settings"]
    app.extensions["page_cache"] = PageCache(settings.page_cache_mb * 1024 * 1024)
    app.before_request(_look_up)
    # Registered early, so it runs late: it sees the answer as the others left it.
    app.after_request(_keep)
