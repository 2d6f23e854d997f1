"""Doors of the champions room: applying, the programme's desk, a champion's own pages."""

from impact.champions.views import applying, cohorts, own_pages, people, ties, vetting
from impact.champions.views.room import blueprint

__all__ = ["applying", "blueprint", "cohorts", "own_pages", "people", "ties", "vetting"]
