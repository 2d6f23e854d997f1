"""What every page shares: the names templates may use, the navigation, and error pages that help."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError, generate_csrf
from jinja2 import StrictUndefined
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from impact import i18n
from impact.actor import ANYONE, Actor
from impact.charts import marks
from impact.db import db
from impact.errors import Refusal
from impact.forms import cleaned
from impact.logs import log
from impact.permissions import Action, may


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool


#: (endpoint, label) of the public navigation; an endpoint that does not exist yet is left out.
PUBLIC = (
    ("registry.commitments", lazy_gettext("Commitments")),
    ("registry.champions", lazy_gettext("Champions")),
    ("registry.indicators", lazy_gettext("Indicators")),
    ("priorities.severity", lazy_gettext("Where change is hardest")),
    ("registry.how_it_works", lazy_gettext("How it works")),
)
#: The items of a champion's people; each address holds the champion's slug.
OF_CHAMPION = (
    ("champions.overview", lazy_gettext("Overview")),
    ("commitments.index", lazy_gettext("Commitments")),
    ("progress.index", lazy_gettext("Figures")),
    ("reports.index", lazy_gettext("Reports")),
    ("champions.people", lazy_gettext("People")),
)
#: The items of the staff, each with the action that must be allowed.
OF_STAFF = (
    ("reviews.desk", lazy_gettext("Review desk"), Action.REVIEW_DECIDE),
    ("reviews.approvals", lazy_gettext("Approvals"), Action.APPROVE),
    ("champions.applications", lazy_gettext("Applications"), Action.ADMISSION_DECIDE),
    ("champions.cohorts", lazy_gettext("Cohorts"), Action.COHORT_MANAGE),
    ("progress.windows", lazy_gettext("Reporting windows"), Action.WINDOW_MANAGE),
    ("reports.many", lazy_gettext("Reports"), Action.WINDOW_MANAGE),
    ("indicators.index", lazy_gettext("Indicators"), Action.INDICATOR_MANAGE),
    ("economies.index", lazy_gettext("Country figures"), Action.ECONOMIES_IMPORT),
    ("priorities.countries", lazy_gettext("Severity"), Action.PRIORITIES_SEE),
    ("pledges.index", lazy_gettext("Pledges"), Action.PLEDGES_MANAGE),
    ("accounts.staff", lazy_gettext("Staff"), Action.STAFF_MANAGE),
    ("administration.jobs", lazy_gettext("Jobs and letters"), Action.STAFF_MANAGE),
    ("administration.history", lazy_gettext("History"), Action.AUDIT_SEE),
)
#: Items that are current on their own page only.
_EXACT = frozenset({"champions.overview"})


def actor() -> Actor:
    """Who is asking, for the operations: a plain value made once a request."""
    found: Actor = g.get("actor", ANYONE)
    return found


@lru_cache(maxsize=256)
def _fingerprint(path: str, modified: float) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a static file with a fingerprint of its content, so that it may be cached for ever."""
    path = Path(current_app.static_folder or "") / name
    return url_for("static", filename=name, v=_fingerprint(str(path), path.stat().st_mtime))


def link(endpoint: str, **values: Any) -> str | None:
    """The address of an endpoint, or None where the room is not built yet."""
    if endpoint not in current_app.view_functions:
        return None
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None


def _item(endpoint: str, label: Any, **values: Any) -> Item | None:
    url = link(endpoint, **values)
    if url is None:
        return None
    here = request.path
    inside = here == url or (here.startswith(url.rstrip("/") + "/") and endpoint not in _EXACT)
    return Item(str(label), url, inside)


def navigation() -> list[Item]:
    """The public items; those of the champion's people; those of the staff: whichever the reader is."""
    who = actor()
    items: list[Item | None] = []
    slug = own_champion_slug()
    if slug:
        items = [_item(endpoint, label, slug=slug) for endpoint, label in OF_CHAMPION]
    elif who.staff:
        items = [_item(endpoint, label) for endpoint, label, action in OF_STAFF if may(who, action)]
    if not items:
        items = [_item(endpoint, label) for endpoint, label in PUBLIC]
    if who.is_anonymous:
        items.append(_item("accounts.sign_in", lazy_gettext("Sign in")))
    else:
        items.append(
            _item("work.start", lazy_gettext("Your work"))
            if (not slug and not who.staff) or len(who.champions) > 1
            else None
        )
        items.append(_item("accounts.account", who.name))
    return [item for item in items if item]


def own_champion_slug() -> str | None:
    """The champion whose pages these are, if the reader belongs to it; otherwise the reader's first."""
    mine: tuple[tuple[str, str], ...] = actor().champions
    slugs = [slug for slug, _name in mine]
    here = (request.view_args or {}).get("slug")
    if here in slugs:
        return str(here)
    return slugs[0] if slugs else None


def _context() -> dict[str, Any]:
    return {
        "locale": i18n.current(),
        "text_direction": i18n.direction(),
        "languages": i18n.languages_of_this_page(),
        "navigation": navigation(),
        "actor": actor(),
        "is_demonstration": False,
        "demonstration_sentence": "",
        "static_url": static_url,
        "link": link,
        "csrf_token": generate_csrf,
    }


def _error_page(status: int, title: str, explanation: str, kept: Sequence[tuple[str, str]] = ()) -> ResponseReturnValue:
    if g.get("lang") is None:
        first = request.path.split("/")[1]
        g.lang = first if first in i18n.available() else i18n.preferred_language()
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return {"error": {"status": status, "title": str(title), "explanation": str(explanation)}}, status
    body = render_template(
        "layout/error.html",
        status=status,
        error_title=title,
        explanation=explanation,
        request_id=g.get("request_id", ""),
        kept=kept,
    )
    return body, status


def _refused(error: Refusal) -> ResponseReturnValue:
    titles = {
        403: gettext("You may not do this"),
        404: gettext("There is no such page"),
        409: gettext("This changed meanwhile"),
        410: gettext("This is no longer offered"),
        422: gettext("Something has to be put right"),
    }
    log.info(
        "refused", extra={"fields": {"status": error.status_code, "why": error.message, "person": actor().person_id}}
    )
    return _error_page(
        error.status_code, titles.get(error.status_code, ""), i18n.say(error.message, error.values), _written()
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error.get_response()
    words = {
        400: (gettext("The request cannot be read"), gettext("Go back, reload the page and try again.")),
        403: (gettext("You may not do this"), gettext("Your role does not allow this.")),
        404: (
            gettext("There is no such page"),
            gettext(
                "The address may be mistyped, or the page may have moved. The lists of commitments and champions are a good place to look."
            ),
        ),
        405: (gettext("This address does not take that"), gettext("Go back and use the button on the page.")),
        413: (
            gettext("The file is too large"),
            gettext(
                "Files may have up to %(size)s megabytes. Make it smaller, or give a link instead.",
                size=current_app.extensions["settings"].upload_max_mb,
            ),
        ),
        429: (gettext("Too many attempts"), gettext("Wait a minute, then try again. Nothing was lost.")),
    }
    title, explanation = words.get(error.code or 500, (error.name, gettext("Go back and try again.")))
    answer = current_app.make_response(_error_page(error.code or 500, title, explanation))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


#: Never carried along from page to page.
_NEVER_KEPT = frozenset({"csrf_token", "password", "present", "new", "again", "restore"})


def _typed() -> list[tuple[str, str]]:
    """What was typed in the form that could not be taken."""
    if "kept" in request.form:
        return []
    return [
        (cleaned(name), cleaned(value))
        for name, value in request.form.items(multi=True)
        if name not in _NEVER_KEPT and value
    ]


#: What forms carry out of sight: on which text they were typed.
_OUT_OF_SIGHT = frozenset({"base_revision", "seen", "seen_revision", "rows", "version", "digest"})


def _written() -> list[tuple[str, str]]:
    """The words that somebody wrote for a form that is closed now, to be copied from the page that says so."""
    if request.method != "POST":
        return []
    found = [(name, text) for name, text in _typed() if name not in _OUT_OF_SIGHT and not name.startswith("keep-")]
    has_words = any(" " in text.strip() for _name, text in found)
    if has_words:
        g.is_private = True
    return found if has_words else []


def keep_typed() -> ResponseReturnValue:
    """The sign-in expired while a form was open: sign in again, and the form comes back filled."""
    g.is_private = True
    return (
        render_template(
            "layout/sign_in_again.html",
            kept=_typed(),
            action=request.full_path.rstrip("?"),
            has_files=any(file.filename for file in request.files.values()),
        ),
        401,
    )


def restore_page(action: str, kept: list[tuple[str, str]], failed: bool = False) -> str:
    """A page that shows what was typed and puts it back into its form at the press of a button."""
    g.is_private = True
    return render_template(
        "layout/restore.html", action=action, kept=kept, failed=failed, request_id=g.get("request_id", "")
    )


def _csrf_failed(error: CSRFError) -> ResponseReturnValue:
    """The page was old, or the sign-in expired: what was typed comes back."""
    if request.endpoint == "accounts.sign_in" or not _typed():
        return _error_page(400, gettext("This page was too old"), gettext("Go back, reload the page and try again."))
    if (
        actor().is_anonymous
        and getattr(current_app.view_functions.get(request.endpoint or ""), "guard", "public") != "public"
    ):
        return keep_typed()
    return restore_page(request.full_path.rstrip("?"), _typed()), 400


def _unexpected(error: Exception) -> ResponseReturnValue:
    if current_app.testing and not current_app.config.get("SHOW_ERROR_PAGES"):
        raise error
    db.session.rollback()
    log.error("unexpected", exc_info=error)
    kept = _typed() if request.method == "POST" else []
    if kept:
        return restore_page(request.full_path.rstrip("?"), kept, failed=True), 500
    return _error_page(
        500, gettext("Something went wrong on our side"), gettext("It has been written down. Try again in a minute.")
    )


def _database_away(error: DBAPIError) -> ResponseReturnValue:
    if current_app.testing and not current_app.config.get("SHOW_ERROR_PAGES"):
        raise error
    db.session.rollback()
    log.error("database", exc_info=error)
    kept = _typed() if request.method == "POST" else []
    if kept:
        # No page that is read again keeps a form filled, so the answer itself brings back what was typed.
        response = current_app.make_response((restore_page(request.full_path.rstrip("?"), kept, failed=True), 503))
    else:
        response = current_app.make_response(_unexpected_503())
    response.headers["Retry-After"] = "10"
    return response


def _unexpected_503() -> ResponseReturnValue:
    return _error_page(
        503,
        gettext("The service is busy"),
        gettext("Nothing was saved. Go back and try again in a minute; what you typed is still in the form."),
    )


def see_other(endpoint: str, **values: Any) -> ResponseReturnValue:
    """After a POST: the browser fetches the next page with GET."""
    return redirect(url_for(endpoint, **values), 303)


def notice(message: str) -> None:
    """A sentence shown once at the top of the next page: what happened."""
    session.setdefault("notices", [])
    session["notices"] = [*session["notices"], str(message)]


def _take_notices() -> list[str]:
    if "notices" not in session:
        return []
    taken: list[str] = session.pop("notices")
    return taken


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.context_processor(_context)
    app.jinja_env.globals["take_notices"] = _take_notices
    app.jinja_env.globals["status_mark"] = marks.svg
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _csrf_failed)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_away)
    app.register_error_handler(Exception, _unexpected)
