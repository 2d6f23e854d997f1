"""Doors of the champion's yearly figures, of evidence, of another status, and of the staff's reporting windows."""

import impact.progress.ambitions
import impact.progress.calendar_letters
import impact.progress.reviewing  # noqa: F401  (the year's figures are reviewable as soon as there are pages)
from impact.progress.views import benchmarks, evidence, figures, statuses, windows, years
from impact.progress.views.room import blueprint

__all__ = ["benchmarks", "blueprint", "evidence", "figures", "statuses", "windows", "years"]
