"""Doors of the reviews room: the desk, one item, the approvals, the champion's side."""

from impact.reviews.views import approvals, champion_side, desk, item
from impact.reviews.views.room import blueprint

__all__ = ["approvals", "blueprint", "champion_side", "desk", "item"]
