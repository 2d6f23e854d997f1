"""Doors of the annual reports."""

from reports import reviewing  # noqa: F401  (an edition is reviewable as soon as there are pages)
from reports.views import downloads, life, many, verifying, years
from reports.views.room import blueprint
from reports.views.verifying import printed

__all__ = ["blueprint", "downloads", "life", "many", "printed", "verifying", "years"]
