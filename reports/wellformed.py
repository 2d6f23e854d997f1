"""A page of ours for the engine, read in a tenth of the time."""

from __future__ import annotations

from xml.etree import ElementTree

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import HTML

from reports.fetching import Fetcher
from reports.styles import ASSETS


class WellFormed(HTML):
    """A page of ours, which is well-formed: parsed as XML, in a tenth of the time the HTML parser takes."""

    def __init__(self, text: str) -> None:
        try:
            root = ElementTree.fromstring(text)  # noqa: S314 - our own templates, and a document type without entities
        except ElementTree.ParseError:
            # Characters that XML does not know, from old data: the HTML parser takes them.
            super().__init__(string=text, base_url=ASSETS, url_fetcher=Fetcher())
            return
        self.base_url = ASSETS
        self.url_fetcher = Fetcher()
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
