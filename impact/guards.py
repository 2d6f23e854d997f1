"""Who may enter a page. Deny by default: a route without one of these marks answers 403 to everybody.

The guard at the door spares a person a form they could not send; the operation behind it asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from impact.errors import NotAllowed
from impact.messages import gettext_noop as N_
from impact.pages import actor, keep_typed
from impact.permissions import Action, require

View = Callable[..., Any]

#: Endpoints of Flask itself and of the app that need no mark.
OPEN_ENDPOINTS = frozenset({"static", "root", "healthz"})


def public(view: View) -> View:
    """Anybody may read this page."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Only somebody who is signed in; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        g.is_private = True
        if actor().is_anonymous:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    guarded.guard = "signed in"  # type: ignore[attr-defined]
    return guarded


def staff_may(action: Action) -> Callable[[View], View]:
    """Only staff whose role allows the action."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.is_private = True
            if actor().is_anonymous:
                return ask_to_sign_in()
            require(actor(), action)
            return view(*args, **kwargs)

        guarded.guard = action.value  # type: ignore[attr-defined]
        return guarded

    return mark


def ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page. A form that was being sent is kept for the time after (see pages.keep_typed)."""
    if request.method == "POST":
        return keep_typed()
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)


def own_path(target: str | None) -> str | None:
    """`target` if it is a path on this site, None otherwise (//evil, /\\evil and https:evil are not)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 32 for character in target) or "\\" in target:
        return None
    return target


def init_app(app: Flask) -> None:
    @app.before_request
    def _deny_by_default() -> None:
        if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
            return
        view = app.view_functions[request.endpoint]
        if getattr(view, "guard", None) is None:
            raise NotAllowed(N_("Nobody may open this page."))
