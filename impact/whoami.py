"""Who is asking: from the cookie to the person (Flask-Login) and to the actor of the operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import update

from impact import clock
from impact.accounts.models import Person, SignIn
from impact.accounts.queries import live_sign_in
from impact.actor import ANYONE, Actor
from impact.champions.queries import actor_for
from impact.db import db, writing

login_manager = LoginManager()

#: How often "last seen" is written: often enough for the idle limit, seldom enough to cost nothing.
TOUCH_EVERY = timedelta(minutes=5)


class SignedIn(UserMixin):
    """What Flask-Login keeps: the person and the token of this browser's session (never the person's id)."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token

    def get_id(self) -> str:
        return self.token


def _load(token: str) -> SignedIn | None:
    settings = current_app.extensions["settings"]
    found = live_sign_in(
        token, timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    )
    if found is None:
        return None
    if clock.now() - found.last_seen_at > TOUCH_EVERY:
        g.touch = found.id
    return SignedIn(found.person, token)


def _touch(sign_in_id: int) -> None:
    """After the request, on a connection of its own: the request itself may be one that only reads."""
    db.session.rollback()
    with writing(), db.engine.begin() as connection:
        connection.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now()))


def current_actor() -> Actor:
    """The actor of this request, made once; anonymous requests touch neither session nor database."""
    if not _has_session_cookie() or not current_user.is_authenticated:
        return ANYONE
    return actor_for(current_user.person)


def _has_session_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def init_app(app: Flask) -> None:
    # Sessions are revocable rows; Flask-Login's own tie to the address would sign out people on the move.
    login_manager.session_protection = None
    login_manager.user_loader(_load)
    login_manager.init_app(app)

    @app.before_request
    def _who() -> None:
        if request.endpoint != "static":
            g.actor = current_actor()

    @app.teardown_request
    def _seen(error: BaseException | None) -> None:
        if g.get("touch"):
            _touch(g.touch)

    @app.after_request
    def _vary(response: Any) -> Any:
        # Every page looks different to somebody who is signed in.
        if response.mimetype == "text/html":
            response.vary.add("Cookie")
        return response
