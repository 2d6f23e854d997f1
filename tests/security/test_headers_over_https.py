"""What is sent when people come over https (security.md 3.3, 3.4, 14.3.2)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from impact.actor import Role
from impact.app import create_app
from tests.conftest import settings_for
from tests.security.conftest import Site


def test_over_https_the_cookie_is_bound_to_this_host_and_browsers_stay_with_https(tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path, "sqlite://"), public_url="https://impact.test")
    app = create_app(settings)
    answer = app.test_client().get("/en/sign-in", base_url="https://impact.test")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-impact=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_every_answer_says_what_a_browser_may_do_with_it(site: Site) -> None:
    for address in ("/", "/en/", "/en/sign-in", "/en/no-such-page", "/healthz"):
        headers = site.anonymous().get(address).headers
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):  # fmt: skip
            assert part in policy
        assert "unsafe" not in policy and "*" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_public_page_that_names_its_reader_is_kept_by_nobody_else(site: Site) -> None:
    for address in ("/en/", "/en/commitments", "/en/roles"):
        assert site.anonymous().get(address).headers["Cache-Control"] == "no-cache"
        assert site.signed_in(Role.VIEWER).get(address).headers["Cache-Control"] == "private, no-cache"
