"""The words of a letter, in the receiver's language, and links that begin with PUBLIC_URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from jinja2 import TemplateNotFound

RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def render(language: str, template: str, context: Mapping[str, Any]) -> Words:
    """Render emails/<template>.txt, whose first line is the subject, and .html if there is one.

    Templates know `language`, `direction`, `subject`, `public_url` and `address(endpoint, **values)`
    besides the context. Nothing of a request is used: a letter is the same from a page, a job or a test.
    """

    def address(endpoint: str, **values: Any) -> str:
        return public_address(endpoint, language, **values)

    jinja = current_app.jinja_env
    everything: dict[str, Any] = {
        **context,
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "public_url": current_app.extensions["settings"].public_url,
        "address": address,
    }
    with force_locale(language):
        subject, _, text = jinja.get_template(f"emails/{template}.txt").render(everything).strip().partition("\n")
        subject = " ".join(subject.split())
        try:
            page = jinja.get_template(f"emails/{template}.html")
        except TemplateNotFound as missing:
            if missing.name != f"emails/{template}.html":
                raise
            return Words(subject, text.strip() + "\n", "")
        return Words(subject, text.strip() + "\n", page.render({**everything, "subject": subject}))


def public_address(endpoint: str, language: str = "en", **values: Any) -> str:
    """The full address of a page as people outside know it, never taken from a Host header."""
    rules = current_app.url_map
    public = urlsplit(current_app.extensions["settings"].public_url)
    if "lang" not in values and rules.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = language
    adapter = rules.bind(public.netloc, script_name=public.path or "/", url_scheme=public.scheme)
    return adapter.build(endpoint, values, force_external=True)
