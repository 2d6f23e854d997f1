"""What a report may open: data: addresses and its own assets, nothing else, whatever people wrote into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FOLDER = Path(__file__).parent / "assets"


class AssetMissing(FatalURLFetchingError):
    """Something the report points at is not among its assets: fatal, or the engine would print a hole in its place."""


class Fetcher(URLFetcher):
    """Opens data: addresses and the report's own assets; anything else stops the report."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if url.startswith("assets:"):
            path = (FOLDER / unquote(urlsplit(url).path).lstrip("/")).resolve()
            if path.is_relative_to(FOLDER.resolve()) and path.is_file():
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "application/octet-stream"})
        raise AssetMissing(f"not an asset of the report: {url[:200]}")
