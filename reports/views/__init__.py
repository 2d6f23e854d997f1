"""Doors of the annual reports."""

from reports import reviewing  # noqa: F401  (an edition is reviewable as soon as there are pages)
from reports.views import downloads, life, many, years
from reports.views.room import blueprint

__all__ = ["blueprint", "downloads", "life", "many", "years"]
