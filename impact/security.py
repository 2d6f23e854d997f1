"""Headers of every answer: a content security policy by nonce, no framing, no sniffing, no caching of private pages."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from impact.actor import ANYONE


def csp_nonce() -> str:
    """The nonce of this answer's own style and script elements."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def policy(scripts: str = "", styles: str = "") -> str:
    """The policy, with the sources of this answer's own script and style elements (nonces or hashes)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".strip(),
            f"style-src 'self' {styles}".strip(),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def _keeping() -> str:
    """Who may keep this page: nobody a private one; of a public one that names the reader, only the reader's browser."""
    if g.get("is_private", False):
        return "no-store"
    return "no-cache" if g.get("actor", ANYONE).is_anonymous else "private, no-cache"


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        nonce = f"'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
        headers.setdefault("Content-Security-Policy", policy(nonce, nonce))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.secure_cookies:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint == "static":
            # The address of a static file holds a fingerprint of its content.
            if request.args.get("v"):
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif "Cache-Control" not in headers:
            headers["Cache-Control"] = _keeping()
        return response

    app.jinja_env.globals["csp_nonce"] = csp_nonce
