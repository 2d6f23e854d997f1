"""The templates of a report's sections, which the PDF and the HTML edition share."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Always escaped; a name that is not there is a fault."""
    return Environment(
        loader=FileSystemLoader([HERE / "sections", HERE, HERE / "web", HERE / "group"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
