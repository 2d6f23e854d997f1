"""Public pages. They read, set no cookie and open no session."""

from impact.registry.views import champions, commitments, countries, country_charts, explained, home, indicators
from impact.registry.views.room import blueprint

__all__ = [
    "blueprint",
    "champions",
    "commitments",
    "countries",
    "country_charts",
    "explained",
    "home",
    "indicators",
]
